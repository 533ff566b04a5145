// SPDX-License-Identifier: MIT
// Queries: GET /logs, /logs/recent, /logs/count and /logs/{id}.
#include "engine/wire/json_text.hpp"
#include "http/log_parameters.hpp"
#include "http/log_stream.hpp"
#include "http/problem.hpp"
#include "http/routes/routes.hpp"

#include <caf/send.hpp>

#include <string>
#include <utility>

namespace logstream::http::routes {

namespace {

timestamp now_of(const service& in) {
  return in.with.now != nullptr ? in.with.now->now() : system_clock{}.now();
}

using log_parameter_reader = result<log_parameters>(parameters, const log_parameter_context&);

void query(const service& in, const exchange_ptr& request, log_parameter_reader* read) {
  auto given = parameters::parse(request->query);
  if (!given) {
    request->send(problem(given.failure(), request->path));
    return;
  }
  auto wanted = read(std::move(*given), {now_of(in), in.with.max_query_limit, request->field("Accept")});
  if (!wanted) {
    const error& why = wanted.failure();
    request->send(
        problem(why.code == errc::unsupported ? 406 : status_of(why.code), why.message, request->path));
    return;
  }
  auto message = std::make_shared<log_request>();
  message->query = std::move(wanted->query);
  message->format = wanted->format;
  message->sink = make_log_stream(request, media_type(wanted->format));
  caf::anon_send(in.handles->store, std::move(message));
}

std::string count_json(count_by by, const count_table& table) {
  std::string out = R"({"by":)";
  append_json_string(out, to_string(by));
  out += R"(,"counts":{)";
  std::uint64_t total = 0;
  for (const auto& [name, count] : table.rows) {
    if (out.back() != '{')
      out += ',';
    append_json_string(out, name);
    out += ':';
    append_json_number(out, count);
    total += count;
  }
  out += R"(},"total":)";
  append_json_number(out, total);
  out += '}';
  return out;
}

}  // namespace

void logs(const service& in, const exchange_ptr& request) {
  query(in, request, &read_log_parameters);
}

void recent_logs(const service& in, const exchange_ptr& request) {
  query(in, request, &read_recent_parameters);
}

void one_log(const service& in, const exchange_ptr& request) {
  const auto id = parse_event_id(request->segment);
  if (!id) {
    request->send(problem(400, "an id has 32 hexadecimal digits", request->path));
    return;
  }
  auto reply = make_answer<std::string>([request](result<std::string> found) {
    request->send(found ? response{200, media::json, std::move(*found), {}}
                        : problem(found.failure(), request->path));
  });
  caf::anon_send(in.handles->store, atom::get_v, *id, std::move(reply));
}

void count_logs(const service& in, const exchange_ptr& request) {
  auto given = parameters::parse(request->query);
  auto wanted = given ? read_count_parameters(std::move(*given), now_of(in))
                      : result<count_request>(std::move(given.failure()));
  if (!wanted) {
    request->send(problem(wanted.failure(), request->path));
    return;
  }
  const count_by by = wanted->by;
  auto reply = make_answer<count_table>([request, by](result<count_table> counts) {
    request->send(counts ? response{200, media::json, count_json(by, *counts), {}}
                         : problem(counts.failure(), request->path));
  });
  caf::anon_send(in.handles->store, atom::count_v, std::make_shared<const count_request>(std::move(*wanted)),
                 std::move(reply));
}

}  // namespace logstream::http::routes
