// SPDX-License-Identifier: MIT
// The order of sources, and every way in which they can be wrong.
#include "app/config/configuration.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

namespace {

result<configuration> from_file(std::string_view text) {
  return parse_configuration({}, {}, "c.yaml", text);
}

/// The problems of a file, one a line; empty when it is taken.
std::string problems(std::string_view text) {
  const auto loaded = from_file(text);
  return loaded ? "" : loaded.failure().message;
}

struct wrong_file {
  const char* text;
  const char* problem;
};

}  // namespace

TEST_CASE("without any source the defaults and the two default rules are in force", "[configuration]") {
  const auto loaded = load_configuration({}, {}, std::nullopt);
  REQUIRE(loaded.ok());
  CHECK(loaded->values.http.port == 8080);
  REQUIRE(loaded->rules.size() == 2);
  CHECK(loaded->rules[0].value["name"] == "High Error Rate");
  CHECK(loaded->rules[0].value["threshold"] == 10);
  CHECK(loaded->rules[0].value["window"] == "1m");
  CHECK(loaded->rules[1].value["name"] == "Critical Errors");
  CHECK(loaded->rules[1].value["threshold"] == 3);
  CHECK(loaded->rules[1].value["window"] == "30s");
  CHECK(loaded->webhooks.empty());
  CHECK(loaded->origins.empty());
  CHECK(loaded->warnings.empty());
}

TEST_CASE("flags win over the environment, the environment over the file, the file over defaults",
          "[configuration]") {
  const std::string file = "http:\n  port: 1001\n  threads: 2\n  max_url: 1KiB\n";
  const environment variables{{"LOGSTREAM_HTTP_PORT", "1002"}, {"LOGSTREAM_HTTP_THREADS", "3"}};
  const auto loaded = parse_configuration({{"http.port", "1003"}}, variables, "c.yaml", file);
  REQUIRE(loaded.ok());
  CHECK(loaded->values.http.port == 1003);
  CHECK(loaded->values.http.threads == 3);
  CHECK(loaded->values.http.max_url == 1024);
  CHECK(loaded->values.http.max_headers == 100);
  CHECK(loaded->origins.at("http.port") == "--http.port");
  CHECK(loaded->origins.at("http.threads") == "LOGSTREAM_HTTP_THREADS");
  CHECK(loaded->origins.at("http.max_url") == "c.yaml:4:12");
}

TEST_CASE("a setting may be written nested, dotted, or by its second name", "[configuration]") {
  for (const char* text : {"storage: {max_events: 7}", "storage.max_events: 7", "max_events: 7",
                           "storage:\n  max_events: \"7\""}) {
    CAPTURE(text);
    const auto loaded = from_file(text);
    REQUIRE(loaded.ok());
    CHECK(loaded->values.storage.max_events == 7);
  }
  const auto by_flag = load_configuration({{"max_events", "8"}}, {}, std::nullopt);
  REQUIRE(by_flag.ok());
  CHECK(by_flag->values.storage.max_events == 8);
  const auto by_variable = load_configuration({}, {{"LOGSTREAM_MAX_EVENTS", "9"}}, std::nullopt);
  REQUIRE(by_variable.ok());
  CHECK(by_variable->values.storage.max_events == 9);
}

TEST_CASE("a store on disk is taken with all that belongs to it", "[configuration]") {
  const auto loaded = from_file(
      "storage: {mode: disk, path: d, ack: write, memtable_bytes: 8MiB, seal_age: 1m, reserve_bytes: 1GiB}\n"
      "retention: {time: 48h, bytes: 5GiB}\n");
  REQUIRE(loaded.ok());
  CHECK(loaded->values.storage.mode == storage_mode::disk);
  CHECK(loaded->values.storage.path == "d");
  CHECK(loaded->values.storage.ack == ack_mode::write);
  CHECK(loaded->values.storage.memtable_bytes == 8 << 20);
  CHECK(loaded->values.storage.seal_age == std::chrono::minutes{1});
  CHECK(loaded->values.storage.reserve_bytes == 1 << 30);
  CHECK(loaded->values.retention.time == std::chrono::hours{48});
  CHECK(loaded->values.retention.bytes == std::uint64_t{5} << 30);
}

TEST_CASE("an empty file, comments and empty sections change nothing", "[configuration]") {
  for (const char* text : {"", "# nothing\n", "---\n", "http:\n", "http: {}\nlog:\n"}) {
    CAPTURE(text);
    const auto loaded = from_file(text);
    REQUIRE(loaded.ok());
    CHECK(loaded->values.http.port == 8080);
    CHECK(loaded->rules.size() == 2);
  }
}

TEST_CASE("each mistake in a file is named with its line, column and key", "[configuration]") {
  const auto [text, problem] = GENERATE(values<wrong_file>({
      {"http:\n  prot: 80\n", "c.yaml:2:3: http.prot: there is no such setting; did you mean \"http.port\"?"},
      {"htpp:\n  port: 80\n", "c.yaml:1:1: htpp: there is no such setting; did you mean \"http\"?"},
      {"port: 80\n", "c.yaml:1:1: port: there is no such setting; did you mean \"http.port\"?"},
      {"max_event: 80\n", "c.yaml:1:1: max_event: there is no such setting; did you mean \"max_events\"?"},
      {"rule: []\n", "c.yaml:1:1: rule: there is no such setting; did you mean \"rules\"?"},
      {"wholly.unlike: 1\n", "c.yaml:1:1: wholly.unlike: there is no such setting"},
      {"http:\n  port: eighty\n", "c.yaml:2:9: http.port: expects a whole number, not \"eighty\""},
      {"http:\n  port: 80000\n", "c.yaml:2:9: http.port: must be 0 to 65535, not 80000"},
      {"http:\n  port:\n", "c.yaml:2:3: http.port: has no value"},
      {"http:\n  port: [80]\n", "c.yaml:2:9: http.port: expects a single value"},
      {"http:\n  port: {a: 1}\n", "c.yaml:2:9: http.port: expects a single value"},
      {"http: 80\n", "c.yaml:1:1: http: is a section and must hold settings"},
      {"http:\n  port: 80\n  port: 81\n",
       "c.yaml:3:3: http.port: stands here a second time, first in line 2"},
      {"max_events: 1\nstorage:\n  max_events: 2\n",
       "c.yaml:3:15: storage.max_events: is set a second time, first at c.yaml:1:13"},
      {"stats:\n  interval: 10\n",
       "c.yaml:2:13: stats.interval: expects a duration with its unit, such as 10s, not \"10\""},
      {"http:\n  cors_origins: [example.com]\n",
       "c.yaml:2:17: http.cors_origins: expects * or origins such as https://grafana.example.com, not "
       "\"example.com\""},
      {"http:\n  cors_origins: [[a]]\n", "c.yaml:2:18: http.cors_origins: expects a list of texts"},
      {"http:\n  address: localhost\n",
       "c.yaml:2:12: http.address: expects an IP address, such as 127.0.0.1, 0.0.0.0 or ::, not "
       "\"localhost\""},
      {"limits:\n  unpacked_bytes: 1MiB\n",
       "c.yaml:2:19: limits.unpacked_bytes: must be at least limits.body_bytes, which is 32MiB, not 1MiB"},
      {"limits:\n  body_bytes: 1GiB\n  unpacked_bytes: 2GiB\n",
       "c.yaml:2:15: limits.body_bytes: must be at most ingest.max_bytes_in_flight, which is 256MiB, not "
       "1GiB"},
      {"- a\n- b\n", "c.yaml:1:1: the file must be a mapping of settings"},
      {"? [a]\n: 1\n", "c.yaml:1:3: a key must be plain text"},
      {"rules: 5\n", "c.yaml:1:1: rules: expects a list, each entry beginning with \"- \""},
      {"rules:\n  - High\n", "c.yaml:2:5: rules: each entry must be a mapping"},
  }));
  CAPTURE(text);
  CHECK(problems(text) == problem);
}

TEST_CASE("broken YAML is named with its line", "[configuration]") {
  CHECK(problems("http:\n  port: 80\n bad: [\n").starts_with("c.yaml:"));
  CHECK(problems("a: b: c\n").starts_with("c.yaml:1:5: "));
  CHECK(problems("http:\n\tport: 80\n").starts_with("c.yaml:2:"));
}

TEST_CASE("all problems of all sources are told at once", "[configuration]") {
  const auto loaded =
      parse_configuration({{"http.threads", "x"}, {"http.prot", "1"}}, {{"LOGSTREAM_NODE_ID", "9999"}},
                          "c.yaml", "http:\n  port: x\n  address: x\nlogg: {}\n");
  REQUIRE_FALSE(loaded.ok());
  CHECK(loaded.failure().code == errc::invalid);
  CHECK(loaded.failure().message ==
        "c.yaml:4:1: logg: there is no such setting; did you mean \"log\"?\n"
        "c.yaml:2:9: http.port: expects a whole number, not \"x\"\n"
        "LOGSTREAM_NODE_ID: must be 0 to 255, not 9999\n"
        "--http.threads: expects a whole number, not \"x\"\n"
        "--http.prot: there is no such setting; did you mean \"--http.port\"?\n"
        "c.yaml:3:12: http.address: expects an IP address, such as 127.0.0.1, 0.0.0.0 or ::, not \"x\"");
}

TEST_CASE("an unknown variable is a warning, for platforms make up such names", "[configuration]") {
  const auto loaded = load_configuration({},
                                         {{"LOGSTREAM_PORT", "tcp://10.0.0.1:80"},
                                          {"LOGSTREAM_HTTP_PROT", "1"},
                                          {"LOGSTREAM_URL", "x"},
                                          {"PATH", "/"}},
                                         std::nullopt);
  REQUIRE(loaded.ok());
  REQUIRE(loaded->warnings.size() == 2);
  CHECK(loaded->warnings[1] == "LOGSTREAM_HTTP_PROT: is no setting; did you mean \"LOGSTREAM_HTTP_PORT\"?");
}

TEST_CASE("a file that cannot be read is an error that names it", "[configuration]") {
  const auto missing = load_configuration({}, {}, "does/not/exist.yaml");
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.failure().message == "does/not/exist.yaml: cannot be read: No such file or directory");
  const auto folder = load_configuration({}, {}, "tests");
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().message == "tests: cannot be read: is a folder");
}
