// SPDX-License-Identifier: MIT
// A table of bad requests and the answer that each gets from the running server.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <iterator>

using namespace logstream::test;
using nlohmann::json;

namespace {

struct bad_request {
  int status;
  /// Must occur in the problem's detail.
  const char* detail;
  std::string request;
};

std::string get(const std::string& target) {
  return get_request(target);
}
std::string post(const std::string& target, const std::string& body, const std::string& fields = {}) {
  return post_request(target, body, fields);
}
std::string with_method(const std::string& method, const std::string& target) {
  return method + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
}
std::string put(const std::string& target, const std::string& body) {
  return "PUT " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

const bad_request paths_and_methods[] = {
    {404, "nothing at this path", get("/nothing")},
    {404, "nothing at this path", get("/logs/")},
    {404, "nothing at this path", get("/logs/a/b")},
    {404, "nothing at this path", get("//logs")},
    {404, "nothing at this path", get("/LOGS")},
    {404, "nothing at this path", with_method("DELETE", "/nothing")},
    {405, "POST, OPTIONS", get("/ingest")},
    {405, "POST, OPTIONS", with_method("PUT", "/ingest")},
    {405, "GET, HEAD, OPTIONS", post("/logs", "{}")},
    {405, "GET, HEAD, OPTIONS", with_method("DELETE", "/logs")},
    {405, "GET, HEAD, OPTIONS", with_method("PATCH", "/stats")},
    {405, "GET, HEAD, POST, OPTIONS", with_method("DELETE", "/rules")},
    {405, "GET, HEAD, PUT, DELETE, OPTIONS", post("/rules/x", "{}")},
    {405, "DELETE, OPTIONS", get("/webhooks/x")},
    {405, "POST, OPTIONS", get("/simulate")},
    {405, "GET, HEAD, OPTIONS", with_method("TRACE", "/healthz")},
};

const bad_request protocol_faults[] = {
    {400, "not HTTP", "nonsense\r\n\r\n"},
    {400, "not HTTP", "GET\r\n\r\n"},
    {400, "not HTTP", "FETCH /logs HTTP/1.1\r\nHost: x\r\n\r\n"},
    {400, "not HTTP", "GET /logs HTTP/1.1\r\nHost x\r\n\r\n"},
    {400, "names no version", "GET /logs\r\n\r\n"},
    {400, "version of HTTP", "GET /logs HTTP/one\r\nHost: x\r\n\r\n"},
    {505, "version of HTTP", "GET /logs HTTP/3.0\r\nHost: x\r\n\r\n"},
    {400, "lacks a Host", "GET /logs HTTP/1.1\r\n\r\n"},
    {400, "Content-Length is not", "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n"},
    {400, "Content-Length is not", "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"},
    {400, "two lengths",
     "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {400, "size of a chunk", "POST /ingest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"},
    {413, "larger than this service takes",
     "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"},
    {414, "URL is too long", get("/logs?q=" + std::string(10'000, 'a'))},
    {414, "URL is too long", get("/logs?q=" + std::string(200'000, 'a'))},
    {431, "a header field is too long", get_request("/logs", "A: " + std::string(10'000, 'a') + "\r\n")},
    {431, "a name is too long", get_request("/logs", std::string(10'000, 'a') + ": a\r\n")},
};

const bad_request query_faults[] = {
    {400, "'levle'", get("/logs?levle=error")},
    {400, "'level' is 'loud'", get("/logs?level=loud")},
    {400, "'level' is ''", get("/logs?level=")},
    {400, "'level' is 'loud'", get("/logs?level=error,loud")},
    {400, "'from' is 'soon'", get("/logs?from=soon")},
    {400, "'from' is '2024-02-30T00:00:00Z'", get("/logs?from=2024-02-30T00:00:00Z")},
    {400, "'to' is ''", get("/logs?to=")},
    {400, "'from' is later than 'to'", get("/logs?from=1m&to=2m")},
    {400, "'limit' must be a whole number from 1", get("/logs?limit=0")},
    {400, "'limit' must be", get("/logs?limit=-1")},
    {400, "'limit' must be", get("/logs?limit=ten")},
    {400, "'limit' must be", get("/logs?limit=99999999999999999999")},
    {400, "'limit' is given twice", get("/logs?limit=1&limit=2")},
    {400, "'order' is 'up'", get("/logs?order=up")},
    {400, "'cursor' is 'abc'", get("/logs?cursor=abc")},
    {400, "'format' is 'xml'", get("/logs?format=xml")},
    {400, "'case' is 'maybe'", get("/logs?case=maybe")},
    {400, "'field.'", get("/logs?field.=x")},
    {400, "not percent-encoded rightly", get("/logs?q=%zz")},
    {400, "zero byte", get("/logs?q=a%00b")},
    {406, "none of the accepted types", get_request("/logs", "Accept: image/png\r\n")},
    {400, "'level'", get("/logs/recent?level=error")},
    {400, "'by' is 'hour'", get("/logs/count?by=hour")},
    {400, "'q'", get("/logs/count?q=x")},
    {400, "32 hexadecimal digits", get("/logs/xyz")},
    {404, "", get("/logs/00000000000000000000000000000001")},
    {400, "no parameters", get("/stats?x=1")},
};

const bad_request ingest_faults[] = {
    {400, "body is empty", post("/ingest", "")},
    {400, "body is empty", post("/ingest", "  \r\n ")},
    {400, "holds no event", post("/ingest", "[]")},
    {400, "could be taken", post("/ingest", "hello")},
    {400, "could be taken", post("/ingest", "{\"message\":")},
    {400, "could be taken", post("/ingest", "[1,2]")},
    {400, "could be taken", post("/ingest", R"({"message":"x","timestamp":"soon"})")},
    {415, "events are JSON", post("/ingest", "{}", "Content-Type: text/html\r\n")},
    {415, "events are JSON", post("/ingest", "{}", "Content-Type: application/xml\r\n")},
    {415, "events are JSON", post("/ingest", "{}", "Content-Type: multipart/form-data; boundary=a\r\n")},
    {415, "Content-Encoding must be", post("/ingest", "{}", "Content-Encoding: br\r\n")},
    {415, "Content-Encoding must be", post("/ingest", "{}", "Content-Encoding: gzip, gzip\r\n")},
    {400, "", post("/ingest", "{}", "Content-Encoding: gzip\r\n")},
    {400, "", post("/ingest", "{}", "Content-Encoding: zstd\r\n")},
    {400, "no parameters", post("/ingest?level=error", "{}")},
};

const bad_request document_faults[] = {
    {400, "'count' must be", post("/simulate?count=0", "")},
    {400, "'count' must be", post("/simulate?count=10000001", "")},
    {400, "not JSON", post("/simulate", "{")},
    {400, "'colour'", post("/simulate", R"({"colour":"red"})")},
    {400, "'LOUD'", post("/simulate", R"({"levels":{"LOUD":1}})")},
    {415, "application/json", post("/simulate", "", "Content-Type: text/csv\r\n")},
    {400, "not JSON", post("/rules", "rule")},
    {400, "name", post("/rules", "{}")},
    {400, "threshold", post("/rules", R"({"name":"x","threshold":0})")},
    {400, "window", post("/rules", R"({"name":"x","window":"long"})")},
    {400, "level", post("/rules", R"({"name":"x","level":"loud"})")},
    {400, "regex", post("/rules", R"({"name":"x","regex":"("})")},
    {400, "colour", post("/rules", R"({"name":"x","colour":"red"})")},
    {415, "application/json", post("/rules", "{}", "Content-Type: text/plain\r\n")},
    {413, "1 MiB", post("/rules", std::string(1024 * 1024 + 1, ' '))},
    {400, "not the name in the path", put("/rules/x", R"({"name":"y"})")},
    {404, "", get("/rules/nobody")},
    {404, "", with_method("DELETE", "/rules/nobody")},
    {400, "not percent-encoded", get("/rules/%zz")},
    {400, "url", post("/webhooks", "{}")},
    {400, "url", post("/webhooks", R"({"url":"ftp://x"})")},
    {400, "id", post("/webhooks", R"({"url":"http://x","id":"a b"})")},
    {404, "", with_method("DELETE", "/webhooks/nobody")},
    {404, "", post("/webhooks/nobody/test", "")},
};

void check_all(const bad_request* begin, const bad_request* end) {
  service_process service;
  for (const bad_request* each = begin; each != end; ++each) {
    const std::string shown = each->request.substr(0, 120);
    CAPTURE(shown);
    const auto answer = service.ask(each->request);
    CAPTURE(answer.body);
    CHECK(answer.status == each->status);
    CHECK(answer.header("content-type") == "application/problem+json");
    const json problem = json::parse(answer.body, nullptr, false);
    REQUIRE(problem.is_object());
    CHECK(problem["status"] == each->status);
    CHECK(problem["type"] == "about:blank");
    CHECK_FALSE(problem["title"].get<std::string>().empty());
    const auto detail = problem["detail"].get<std::string>();
    CHECK_FALSE(detail.empty());
    CHECK(detail.find(each->detail) != std::string::npos);
  }
  CHECK(service.get("/healthz").status == 200);
  CHECK(service.get_json("/logs/count")["total"] == 0);
}

}  // namespace

TEST_CASE("wrong paths and methods are told so") {
  check_all(std::begin(paths_and_methods), std::end(paths_and_methods));
}

TEST_CASE("what breaks the rules of HTTP is told so") {
  check_all(std::begin(protocol_faults), std::end(protocol_faults));
}

TEST_CASE("wrong queries are told what is wrong") {
  check_all(std::begin(query_faults), std::end(query_faults));
}

TEST_CASE("bodies without a usable event are told so") {
  check_all(std::begin(ingest_faults), std::end(ingest_faults));
}

TEST_CASE("wrong documents are told what is wrong") {
  check_all(std::begin(document_faults), std::end(document_faults));
}
