// SPDX-License-Identifier: MIT
// The table of routes.
#include "http/router.hpp"

#include "http/cors.hpp"
#include "http/percent.hpp"
#include "http/problem.hpp"

#include <array>
#include <optional>
#include <utility>

namespace logstream::http {

namespace {

struct route_entry {
  method verb;
  /// `{}` stands for one segment. Among patterns that fit, the first counts.
  std::string_view pattern;
  /// The placeholder's name in lists.
  std::string_view placeholder;
  handler* answer;
  enum { parameters, no_parameters, any_parameters } query = no_parameters;
  bool needs_actors = true;
};

constexpr std::array<route_entry, 25> table{{
    {method::post, "/ingest", "", &routes::ingest},
    {method::get, "/logs", "", &routes::logs, route_entry::parameters},
    {method::get, "/logs/recent", "", &routes::recent_logs, route_entry::parameters},
    {method::get, "/logs/count", "", &routes::count_logs, route_entry::parameters},
    {method::get, "/logs/{}", "id", &routes::one_log},
    {method::get, "/stats", "", &routes::stats},
    {method::post, "/simulate", "", &routes::simulate, route_entry::parameters},
    {method::get, "/rules", "", &routes::list_rules},
    {method::post, "/rules", "", &routes::add_rule},
    {method::get, "/rules/{}", "name", &routes::get_rule},
    {method::put, "/rules/{}", "name", &routes::put_rule},
    {method::del, "/rules/{}", "name", &routes::erase_rule},
    {method::get, "/alerts", "", &routes::list_alerts},
    {method::get, "/webhooks", "", &routes::list_webhooks},
    {method::post, "/webhooks", "", &routes::add_webhook},
    {method::del, "/webhooks/{}", "id", &routes::erase_webhook},
    {method::post, "/webhooks/{}/test", "id", &routes::test_webhook},
    {method::get, "/snapshots", "", &routes::list_snapshots},
    {method::post, "/snapshots", "", &routes::add_snapshot},
    {method::del, "/snapshots/{}", "name", &routes::erase_snapshot},
    {method::get, "/healthz", "", &routes::healthz, route_entry::any_parameters, false},
    {method::get, "/ready", "", &routes::ready, route_entry::any_parameters, false},
    {method::get, "/metrics", "", &routes::metrics, route_entry::any_parameters},
    {method::get, "/openapi.json", "", &routes::openapi, route_entry::any_parameters, false},
    {method::get, "/", "", &routes::index, route_entry::any_parameters, false},
}};

std::string_view name_of(method verb) {
  switch (verb) {
    case method::get:
      return "GET";
    case method::head:
      return "HEAD";
    case method::post:
      return "POST";
    case method::put:
      return "PUT";
    case method::del:
      return "DELETE";
    case method::options:
      return "OPTIONS";
    case method::other:
      break;
  }
  return "?";
}

// True if `path` fits; `segment` is then what stands for the placeholder, still encoded.
bool fits(std::string_view pattern, std::string_view path, std::string_view& segment) {
  const std::size_t hole = pattern.find("{}");
  if (hole == std::string_view::npos)
    return pattern == path;
  const std::string_view before = pattern.substr(0, hole);
  const std::string_view after = pattern.substr(hole + 2);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  segment = path.substr(before.size(), path.size() - before.size() - after.size());
  return segment.find('/') == std::string_view::npos;
}

// The methods that `path` knows, as Allow lists them; empty for an unknown path.
std::string methods_of(std::string_view path) {
  std::string out;
  std::string_view segment;
  std::string_view first;
  for (const route_entry& each : table) {
    if (!fits(each.pattern, path, segment) || (!first.empty() && each.pattern != first))
      continue;
    first = each.pattern;
    out += name_of(each.verb);
    out += each.verb == method::get ? ", HEAD, " : ", ";
  }
  return out.empty() ? out : out + "OPTIONS";
}

void call(const route_entry& entry, const service& in, const exchange_ptr& request) {
  if (entry.query == route_entry::no_parameters && !request->query.empty())
    request->send(problem(400, "this path takes no parameters", request->path));
  else if (entry.needs_actors && in.handles == nullptr)
    request->send(problem(503, "the service is starting or stopping", request->path));
  else
    entry.answer(in, request);
}

// What is wrong with the request whatever it asks for.
std::optional<response> refuse_form(const exchange& request) {
  switch (request.version) {
    case protocol::http_1_1:
      if (request.field("Host").empty())
        return problem(400, "the request lacks a Host field", request.path);
      return std::nullopt;
    case protocol::http_1_0:
      return std::nullopt;
    case protocol::other:
      return problem(505, "the version of HTTP must be 1.1 or 1.0", request.path);
    case protocol::none:
      return problem(400, "the request line names no version of HTTP", request.path);
  }
  return std::nullopt;
}

void answer_without_route(const exchange_ptr& request, const std::string& methods) {
  if (methods.empty()) {
    request->send(problem(404, "there is nothing at this path", request->path));
  } else if (request->verb == method::options) {
    request->send(options_response(methods, !request->field("Access-Control-Request-Method").empty()));
  } else {
    auto answer = problem(405, "this path knows " + methods, request->path);
    answer.headers.push_back({"Allow", methods});
    request->send(std::move(answer));
  }
}

}  // namespace

void route(const service& in, const exchange_ptr& request) {
  if (!in.with.cors_origins.empty())
    request->allow_origin = allowed_origin(in.with.cors_origins, request->field("Origin"));
  if (request->verb == method::options && request->path == "*") {
    request->send(options_response("GET, HEAD, POST, PUT, DELETE, OPTIONS", false));
    return;
  }
  if (auto answer = refuse_form(*request)) {
    request->send(std::move(*answer));
    return;
  }
  const method verb = request->verb == method::head ? method::get : request->verb;
  std::string_view segment;
  for (const route_entry& each : table) {
    if (each.verb != verb || !fits(each.pattern, request->path, segment))
      continue;
    auto decoded = decode_segment(segment);
    if (!decoded || decoded->find('\0') != std::string::npos) {
      request->send(problem(400, "the path is not percent-encoded rightly", request->path));
      return;
    }
    request->segment = std::move(*decoded);
    call(each, in, request);
    return;
  }
  answer_without_route(request, methods_of(request->path));
}

std::vector<std::string> route_names() {
  std::vector<std::string> out;
  for (const route_entry& each : table) {
    std::string name(name_of(each.verb));
    name += ' ';
    name += each.pattern;
    if (const std::size_t hole = name.find("{}"); hole != std::string::npos)
      name.insert(hole + 1, each.placeholder);
    out.push_back(std::move(name));
  }
  return out;
}

}  // namespace logstream::http
