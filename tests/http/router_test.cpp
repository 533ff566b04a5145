// SPDX-License-Identifier: MIT
// Which path and method reach which handler.
#include "http/router.hpp"

#include "http/io/ingest_outbox.hpp"
#include "http/openapi.hpp"
#include "tests/http/support/fake_exchange.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace logstream;
using namespace logstream::http;
using test::fake_exchange;

namespace {

struct routing {
  settings with;
  asio::io_context context;
  ingest_outbox outbox{context};
  service in{with, nullptr, root_actor{}, outbox};

  response ask(method verb, std::string_view target, std::map<std::string, std::string> fields = {}) {
    const auto request = fake_exchange::make(verb, target);
    for (auto& [name, value] : fields) request->fields[name] = value;
    route(in, request);
    REQUIRE(request->sent.size() == 1);
    allow_origin = request->allow_origin;
    return request->sent[0];
  }

  std::string allow_origin;
};

std::string header_of(const response& from, std::string_view name) {
  for (const header& each : from.headers)
    if (each.name == name)
      return each.value;
  return {};
}

}  // namespace

TEST_CASE_METHOD(routing, "an unknown path is not found") {
  for (const char* path :
       {"/nothing", "/logs/", "/logs/a/b", "/Ingest", "//logs", "/webhooks/x/test/y", "/rules//"}) {
    CAPTURE(path);
    CHECK(ask(method::get, path).status == 404);
  }
}

TEST_CASE_METHOD(routing, "a known path with a wrong method tells the right ones") {
  CHECK(header_of(ask(method::get, "/ingest"), "Allow") == "POST, OPTIONS");
  CHECK(header_of(ask(method::post, "/logs"), "Allow") == "GET, HEAD, OPTIONS");
  CHECK(header_of(ask(method::post, "/logs/recent"), "Allow") == "GET, HEAD, OPTIONS");
  CHECK(header_of(ask(method::post, "/rules/x"), "Allow") == "GET, HEAD, PUT, DELETE, OPTIONS");
  CHECK(header_of(ask(method::get, "/webhooks/x/test"), "Allow") == "POST, OPTIONS");
  CHECK(ask(method::other, "/logs").status == 405);
  CHECK(ask(method::head, "/ingest").status == 405);
}

TEST_CASE_METHOD(routing, "without actors what needs them is unavailable and the rest answers") {
  CHECK(ask(method::get, "/logs").status == 503);
  CHECK(ask(method::post, "/ingest").status == 503);
  CHECK(ask(method::get, "/healthz").status == 200);
  CHECK(ask(method::get, "/openapi.json").status == 200);
  CHECK(ask(method::get, "/").status == 200);
}

TEST_CASE_METHOD(routing, "a path that takes no parameters refuses them") {
  CHECK(ask(method::get, "/stats?x=1").status == 400);
  CHECK(ask(method::get, "/healthz?x=1").status == 200);
}

TEST_CASE_METHOD(routing, "a request of HTTP/1.1 names its host") {
  CHECK(ask(method::get, "/healthz", {{"Host", ""}}).status == 400);
}

TEST_CASE_METHOD(routing, "a segment that is not encoded rightly is a bad request") {
  CHECK(ask(method::get, "/rules/%zz").status == 400);
  CHECK(ask(method::get, "/rules/a%00b").status == 400);
}

TEST_CASE_METHOD(routing, "OPTIONS tells the methods, to a preflight also what a page may send") {
  const response plain = ask(method::options, "/logs");
  CHECK(plain.status == 204);
  CHECK(header_of(plain, "Allow") == "GET, HEAD, OPTIONS");
  CHECK(header_of(plain, "Access-Control-Allow-Methods").empty());
  const response preflight = ask(method::options, "/ingest", {{"Access-Control-Request-Method", "POST"}});
  CHECK(header_of(preflight, "Access-Control-Allow-Methods") == "POST, OPTIONS");
  CHECK(header_of(preflight, "Access-Control-Allow-Headers").find("Content-Type") != std::string::npos);
  CHECK(ask(method::options, "*").status == 204);
  CHECK(ask(method::options, "/nothing").status == 404);
}

TEST_CASE_METHOD(routing, "origins are allowed by setting, also on errors") {
  ask(method::get, "/healthz", {{"Origin", "https://a.example"}});
  CHECK(allow_origin.empty());
  with.cors_origins = {"https://a.example"};
  ask(method::get, "/nothing", {{"Origin", "https://a.example"}});
  CHECK(allow_origin == "https://a.example");
  ask(method::get, "/healthz", {{"Origin", "https://b.example"}});
  CHECK(allow_origin.empty());
}

TEST_CASE("every route is in the OpenAPI document, and nothing else is") {
  const auto document = nlohmann::json::parse(openapi_document());
  std::set<std::string> described;
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [verb, operation] : methods.items()) {
      if (verb == "parameters")
        continue;
      std::string name = verb;
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
      described.insert(name + " " + path);
    }
  const auto names = route_names();
  CHECK(described == std::set<std::string>(names.begin(), names.end()));
}
