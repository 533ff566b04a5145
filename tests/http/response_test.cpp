// SPDX-License-Identifier: MIT
// What every response carries.
#include "http/response.hpp"

#include "engine/wire/json_text.hpp"
#include "http/cors.hpp"
#include "http/receipt_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace logstream;
using namespace logstream::http;

namespace {

std::string head(const response& what, const head_options& how) {
  std::string out;
  append_head(out, what, how);
  return out;
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace

TEST_CASE("a head says no more than it must") {
  CHECK(head({200, media::json, {}, {}}, {framing::content_length, 12, false, false, {}}) ==
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n");
}

TEST_CASE("a head frames the body in one of three ways") {
  CHECK(head({200, media::json, {}, {}}, {framing::chunked, 0, false, false, {}})
            .find("Transfer-Encoding: chunked\r\n") != std::string::npos);
  const std::string open = head({200, media::json, {}, {}}, {framing::until_close, 0, true, true, {}});
  CHECK(open.find("Length") == std::string::npos);
  CHECK(open.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("no content has no length") {
  CHECK(head({204, {}, {}, {}}, {framing::content_length, 0, false, false, {}}) ==
        "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST_CASE("a client of HTTP/1.0 is told that its connection is kept") {
  CHECK(head({200, {}, {}, {}}, {framing::content_length, 0, false, true, {}})
            .find("Connection: keep-alive\r\n") != std::string::npos);
}

TEST_CASE("only allowed origins are named, and caches are told so") {
  CHECK(allowed_origin({}, "https://a.example").empty());
  CHECK(allowed_origin({"https://a.example"}, "") == "");
  CHECK(allowed_origin({"https://a.example"}, "https://b.example") == "");
  CHECK(allowed_origin({"https://a.example"}, "https://a.example") == "https://a.example");
  CHECK(allowed_origin({"https://a.example", "*"}, "https://b.example") == "*");
  const std::string named =
      head({200, {}, {}, {}}, {framing::content_length, 0, false, false, "https://a.example"});
  CHECK(named.find("Access-Control-Allow-Origin: https://a.example\r\n") != std::string::npos);
  CHECK(named.find("Vary: Origin\r\n") != std::string::npos);
}

TEST_CASE("JSON strings survive every byte") {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  all += "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80";
  CHECK(nlohmann::json::parse(json_string(all)).get<std::string>() == all);
}

TEST_CASE("bytes that are not UTF-8 are replaced, not passed on") {
  for (const char* bad :
       {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\xE2\x82", "\xFF"}) {
    CAPTURE(bad);
    const auto parsed = nlohmann::json::parse(json_string(bad), nullptr, false);
    REQUIRE_FALSE(parsed.is_discarded());
    CHECK(parsed.get<std::string>().find("\xEF\xBF\xBD") == 0);
  }
}

TEST_CASE("a receipt tells what was kept and why the rest was not") {
  ingest_receipt receipt;
  receipt.accepted = 2;
  receipt.rejected = 1;
  receipt.ids = {{1, {0, 1}, 2}, {1, {0, 1}, 3}};
  receipt.rejections = {{3, "level", "is \"no\" level"}};
  const response out = receipt_response(receipt, "/ingest");
  CHECK(out.status == 200);
  const auto body = nlohmann::json::parse(out.body);
  CHECK(body["accepted"] == 2);
  CHECK(body["rejected"] == 1);
  CHECK(body["ids"] == nlohmann::json({to_string(receipt.ids[0]), to_string(receipt.ids[1])}));
  CHECK(body["errors"][0] ==
        nlohmann::json({{"line", 3}, {"member", "level"}, {"reason", "is \"no\" level"}}));
}

TEST_CASE("a body of which nothing was kept is a bad request that says why") {
  ingest_receipt receipt;
  receipt.rejected = 1;
  receipt.rejections = {{1, "", "is not an object"}};
  const response out = receipt_response(receipt, "/ingest");
  CHECK(out.status == 400);
  const auto body = nlohmann::json::parse(out.body);
  CHECK(body["detail"] == "no event of the body could be taken");
  CHECK(body["accepted"] == 0);
  CHECK(body["errors"].size() == 1);
}

TEST_CASE("a body without events is a bad request") {
  const response out = receipt_response({}, "/ingest");
  CHECK(out.status == 400);
  CHECK(nlohmann::json::parse(out.body)["detail"] == "the body holds no events");
}
