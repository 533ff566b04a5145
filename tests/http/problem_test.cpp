// SPDX-License-Identifier: MIT
// Problem documents and the status that each kind of error gets.
#include "http/problem.hpp"

#include "http/io/refusal.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;

TEST_CASE("each kind of failure has its status") {
  CHECK(status_of(errc::invalid) == 400);
  CHECK(status_of(errc::not_found) == 404);
  CHECK(status_of(errc::conflict) == 409);
  CHECK(status_of(errc::too_large) == 413);
  CHECK(status_of(errc::unsupported) == 415);
  CHECK(status_of(errc::overloaded) == 429);
  CHECK(status_of(errc::unavailable) == 503);
  CHECK(status_of(errc::timeout) == 504);
  CHECK(status_of(errc::disk_full) == 507);
  CHECK(status_of(errc::internal) == 500);
}

TEST_CASE("a problem document names what, why and where") {
  const response out = problem(404, "there is no \"x\"", "/logs/x");
  CHECK(out.status == 404);
  CHECK(out.media_type == "application/problem+json");
  CHECK(out.body == R"({"type":"about:blank","title":"Not Found","status":404,)"
                    R"("detail":"there is no \"x\"","instance":"/logs/x"})");
  CHECK(out.headers.empty());
}

TEST_CASE("who should come back later is told when") {
  for (const errc code : {errc::overloaded, errc::unavailable}) {
    const response out = problem(make_error(code, "busy"), "/ingest");
    REQUIRE(out.headers.size() == 1);
    CHECK(out.headers[0].name == "Retry-After");
    CHECK(out.headers[0].value == "1");
  }
}

TEST_CASE("RESTinio's reasons become answers") {
  CHECK(refusal_for("[connection:7] parser error HPE_CB_url: the on_url callback failed")->status == 414);
  CHECK(refusal_for("[connection:7] parser error HPE_CB_header_value: x")->status == 431);
  CHECK(refusal_for("[connection:7] parser error HPE_HEADER_OVERFLOW: x")->status == 431);
  CHECK(refusal_for("[connection:7] parser error HPE_CB_headers_complete: x")->status == 413);
  CHECK(refusal_for("[connection:7] parser error HPE_CB_body: x")->status == 413);
  CHECK(refusal_for("[connection:7] parser error HPE_INVALID_METHOD: x")->status == 400);
  CHECK_FALSE(
      refusal_for("[connection:7] read socket error: Connection reset by peer; parsed bytes: 0").has_value());
}

TEST_CASE("a refusal is a whole answer that ends the connection") {
  const std::string text = refusal_text({414, "the URL is too long"});
  CHECK(text.starts_with("HTTP/1.1 414 URI Too Long\r\n"));
  CHECK(text.find("\r\nConnection: close\r\n") != std::string::npos);
  const std::size_t body = text.find("\r\n\r\n") + 4;
  CHECK(text.find("\r\nContent-Length: " + std::to_string(text.size() - body) + "\r\n") != std::string::npos);
}
