// SPDX-License-Identifier: MIT
// Webhooks from JSON, and what is shown of them.
#include "engine/alert/webhook.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace logstream {

namespace {

using nlohmann::json;

webhook parsed(const json& from) {
  const auto made = parse_webhook(from);
  INFO(from.dump());
  REQUIRE(made);
  return *made;
}

std::string refusal(const json& from) {
  const auto made = parse_webhook(from);
  INFO(from.dump());
  REQUIRE(!made);
  return made.failure().message;
}

}  // namespace

TEST_CASE("a webhook needs no more than a URL, and the same URL gives the same id") {
  const webhook hook = parsed({{"url", "https://example.org/hook"}});
  CHECK(hook.id == parsed({{"url", "https://example.org/hook"}, {"secret", "s"}}).id);
  CHECK(hook.id != parsed({{"url", "https://example.org/other"}}).id);
  CHECK(hook.on_firing);
  CHECK(hook.on_resolved);
}

TEST_CASE("every member of a webhook is read") {
  const webhook hook = parsed({{"url", "http://u:p@[::1]:8000/x"},
                               {"id", "on-call"},
                               {"secret", "k"},
                               {"headers", {{"X-Team", "a"}}},
                               {"enabled", false},
                               {"events", {"resolved"}},
                               {"rules", {"r1"}},
                               {"timeout", "2s"},
                               {"connect_timeout", 0.5},
                               {"max_attempts", 3}});
  CHECK(hook.id == "on-call");
  CHECK(hook.secret == "k");
  CHECK(hook.headers.size() == 1);
  CHECK(!hook.enabled);
  CHECK(!hook.on_firing);
  CHECK(hook.timeout == std::chrono::seconds{2});
  CHECK(hook.connect_timeout == std::chrono::milliseconds{500});
  CHECK(hook.max_attempts == 3);
}

TEST_CASE("a webhook wants the events and rules it names, and all where it names none") {
  const webhook all = parsed({{"url", "http://a"}});
  CHECK(all.wants("any", true));
  CHECK(all.wants("any", false));
  const webhook some = parsed({{"url", "http://a"}, {"events", {"firing"}}, {"rules", {"r1", "r2"}}});
  CHECK(some.wants("r2", true));
  CHECK(!some.wants("r2", false));
  CHECK(!some.wants("r3", true));
}

TEST_CASE("a webhook that is wrong is refused with the member and the reason") {
  CHECK(refusal({{"id", "x"}}) == "url: is missing");
  CHECK(refusal({{"url", "ftp://a/b"}}) == "url: must begin with http:// or https://");
  CHECK(refusal({{"url", "file:///etc/passwd"}}) == "url: must begin with http:// or https://");
  CHECK(refusal({{"url", "http:///x"}}) == "url: has no host");
  CHECK(refusal({{"url", "http://user@:80/x"}}) == "url: has no host");
  CHECK(refusal({{"url", "http://a:0/"}}) == "url: has a bad port");
  CHECK(refusal({{"url", "http://a:99999/"}}) == "url: has a bad port");
  CHECK(refusal({{"url", "http://a b/"}}) == "url: must not have spaces");
  CHECK(refusal({{"url", "http://a"}, {"id", "a/b"}}) == "id: must have letters, digits, '-' and '_' only");
  CHECK(refusal({{"url", "http://a"}, {"events", {"fired"}}}) ==
        "events: 'fired' is neither firing nor resolved");
  CHECK(refusal({{"url", "http://a"}, {"events", json::array()}}) ==
        "events: must name firing, resolved or both");
  CHECK(refusal({{"url", "http://a"}, {"headers", {{"bad name", "x"}}}}) ==
        "headers: 'bad name' is not a header's name");
  CHECK(refusal({{"url", "http://a"}, {"headers", {{"X-A", "x\r\ny"}}}}) ==
        "headers.X-A: must have at most 4096 bytes and no control characters");
  CHECK(refusal({{"url", "http://a"}, {"headers", {{"content-length", "5"}}}}) ==
        "headers: 'content-length' is set by LogStream");
  CHECK(refusal({{"url", "http://a"}, {"max_attempts", 0}}) ==
        "max_attempts: must be a whole number from 1 to 100");
  CHECK(refusal({{"url", "http://a"}, {"colour", "red"}}) == "colour: is not a member of a webhook");
}

TEST_CASE("neither secret, header values nor the URL's password are shown") {
  const json shown = to_public_json(parsed({{"url", "https://user:hunter2@example.org/hook"},
                                            {"secret", "topsecret"},
                                            {"headers", {{"X-Key", "abc123"}}}}));
  CHECK(shown["url"] == "https://***@example.org/hook");
  CHECK(shown["signed"] == true);
  const std::string text = shown.dump();
  for (const char* secret : {"hunter2", "topsecret", "abc123"}) CHECK(text.find(secret) == std::string::npos);
}

}  // namespace logstream
