// SPDX-License-Identifier: MIT
// The forms in which bodies may come: packed, single, array, lines, partly bad, large.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>
#include <curl/curl.h>
#include <zlib.h>
#include <zstd.h>

#include <stdexcept>

using namespace logstream::test;
using nlohmann::json;

namespace {

// `window` as deflateInit2 has it: 15 is zlib's format, 31 gzip's, -15 none at all.
std::string deflated(const std::string& text, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("deflateInit2");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd_packed(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

}  // namespace

TEST_CASE("packed bodies are unpacked") {
  service_process service;
  const std::string events = numbered_events(0, 50);
  const std::pair<const char*, std::string> table[] = {{"gzip", deflated(events, 31)},
                                                       {"x-gzip", deflated(events, 31)},
                                                       {"deflate", deflated(events, 15)},
                                                       {"zstd", zstd_packed(events)},
                                                       {"identity", events},
                                                       {"GZIP", deflated(events, 31)}};
  std::size_t stored = 0;
  for (const auto& [coding, body] : table) {
    CAPTURE(coding);
    const auto answer = service.post("/ingest", body, "Content-Encoding: " + std::string(coding) + "\r\n");
    CHECK(answer.status == 200);
    stored += json::parse(answer.body).value("accepted", 0u);
  }
  CHECK(stored == 300);
  CHECK(service.get_json("/logs/count")["total"] == 300);
}

TEST_CASE("a body that unpacks to more than the limit is refused, however small it came") {
  service_process service({"--limits.unpacked_bytes", "1MiB", "--limits.body_bytes", "1MiB"});
  const std::string bomb(64 * 1024 * 1024, ' ');
  CHECK(service.post("/ingest", deflated(bomb, 31), "Content-Encoding: gzip\r\n").status == 413);
  CHECK(service.post("/ingest", zstd_packed(bomb), "Content-Encoding: zstd\r\n").status == 413);
}

TEST_CASE("one object, an array and lines are told apart by content") {
  service_process service;
  CHECK(service.post_json("/ingest", R"({"message":"one"})")["accepted"] == 1);
  CHECK(service.post_json("/ingest", "{\n  \"message\": \"one\",\n  \"a\": {\"b\": 1}\n}\n")["accepted"] ==
        1);
  CHECK(service.post_json("/ingest", R"([{"message":"one"},{"message":"two"}])")["accepted"] == 2);
  CHECK(service.post_json("/ingest", "{\"message\":\"one\"}\r\n\r\n{\"message\":\"two\"}")["accepted"] == 2);
}

TEST_CASE("good events of a bad body are kept and the bad ones are named") {
  service_process service;
  const json receipt = service.post_json("/ingest",
                                         "{\"message\":\"good\"}\n{\"message\":\n{\"message\":\"x\","
                                         "\"timestamp\":\"soon\"}\n{\"message\":\"good\"}\n");
  CHECK(receipt["accepted"] == 2);
  CHECK(receipt["rejected"] == 2);
  REQUIRE(receipt["errors"].size() == 2);
  CHECK(receipt["errors"][0]["line"] == 2);
  CHECK(receipt["errors"][1]["line"] == 3);
  CHECK(receipt["errors"][1]["member"] == "timestamp");
  CHECK_FALSE(receipt["errors"][1]["reason"].get<std::string>().empty());
}

TEST_CASE("large bodies have no ids in their receipt") {
  service_process service;
  const json receipt = service.post_json("/ingest", numbered_events(0, 5000));
  CHECK(receipt["accepted"] == 5000);
  CHECK(receipt["ids"].empty());
}

TEST_CASE("curl need not wait before it sends a large body") {
  service_process service;
  const std::string body = numbered_events(0, 40'000);
  REQUIRE(body.size() > 2 * 1024 * 1024);
  CURL* curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, service.url("/ingest").c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, discard);
  // Without the service's leave curl would now wait for longer than it may take in all.
  curl_easy_setopt(curl, CURLOPT_EXPECT_100_TIMEOUT_MS, 60'000L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  curl_slist* fields = curl_slist_append(nullptr, "Expect: 100-continue");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
  CHECK(curl_easy_perform(curl) == CURLE_OK);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  CHECK(status == 200);
  curl_slist_free_all(fields);
  curl_easy_cleanup(curl);
}
