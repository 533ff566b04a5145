// SPDX-License-Identifier: MIT
// Sending to a server that takes, refuses, waits, or is not there.
#include "app/cli/send.hpp"

#include "engine/wire/encoding.hpp"
#include "tests/app/cli/stub_server.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace logstream;
using namespace logstream::test;

namespace {

struct outcome {
  exit_code code;
  std::string out;
  std::string err;
};

outcome send(send_options options) {
  options.parallel = 1;
  std::ostringstream out;
  std::ostringstream err;
  const exit_code code = run_send(options, out, err);
  return {code, out.str(), err.str()};
}

send_options to(const stub_server& server, const std::string& file) {
  send_options out;
  out.url = server.url();
  out.files = {file};
  return out;
}

const std::string taken_two = R"({"accepted":2,"rejected":0,"ids":[],"errors":[]})";

}  // namespace

TEST_CASE("lines are posted to /ingest as NDJSON", "[send]") {
  const scratch_folder folder;
  stub_server server{{answer(200, taken_two)}};
  const outcome done = send(to(server, folder.write("web.log", "one\ntwo\n")));
  CHECK(done.code == exit_code::ok);
  CHECK(done.out.starts_with("accepted 2, rejected 0, "));
  CHECK(done.err.empty());
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].line == "POST /ingest HTTP/1.1");
  CHECK(requests[0].headers.find("Content-Type: application/x-ndjson\r\n") != std::string::npos);
  CHECK(requests[0].body ==
        "{\"service\":\"web\",\"message\":\"one\"}\n{\"service\":\"web\",\"message\":\"two\"}\n");
}

TEST_CASE("many lines make several bodies of at most 5,000 lines", "[send]") {
  const scratch_folder folder;
  std::string text;
  for (int i = 0; i < 12'000; ++i) text += "line\n";
  stub_server server{{answer(200, taken_two), answer(200, taken_two), answer(200, taken_two)}};
  CHECK(send(to(server, folder.write("a.log", text))).code == exit_code::ok);
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(std::count(requests[0].body.begin(), requests[0].body.end(), '\n') == 5'000);
  CHECK(std::count(requests[2].body.begin(), requests[2].body.end(), '\n') == 2'000);
}

TEST_CASE("a body that the server could not take yet is sent again", "[send]") {
  const scratch_folder folder;
  stub_server server{{answer(429, "", "Retry-After: 0\r\n"), answer(503, ""), answer(200, taken_two)}};
  const outcome done = send(to(server, folder.write("a.log", "one\ntwo\n")));
  CHECK(done.code == exit_code::ok);
  CHECK(done.out.find("accepted 2, rejected 0, bodies sent again 2, ") != std::string::npos);
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[2].body == requests[0].body);
}

TEST_CASE("a body whose answer was lost is sent again once the server has answered before", "[send]") {
  const scratch_folder folder;
  std::string text;
  for (int i = 0; i < 5'001; ++i) text += "line\n";
  stub_server server{{answer(200, taken_two), "", answer(200, taken_two)}};
  CHECK(send(to(server, folder.write("a.log", text))).code == exit_code::ok);
  CHECK(server.requests().size() == 3);
}

TEST_CASE("a body that is too large is sent in halves", "[send]") {
  const scratch_folder folder;
  const std::string taken_one = R"({"accepted":1,"rejected":0,"ids":[],"errors":[]})";
  const std::string refused_one =
      R"({"accepted":0,"rejected":1,"ids":[],"errors":[{"line":1,"member":"message","reason":"is bad"}]})";
  stub_server server{{answer(413, ""), answer(200, taken_one), answer(400, refused_one)}};
  const outcome done = send(to(server, folder.write("a.log", "one\ntwo\n")));
  CHECK(done.code == exit_code::failed);
  CHECK(done.err == folder.file("a.log") + ":2: message: is bad\n");
  REQUIRE(server.requests().size() == 3);
  CHECK(server.requests()[1].body == "{\"service\":\"a\",\"message\":\"one\"}\n");
  CHECK(server.requests()[2].body == "{\"service\":\"a\",\"message\":\"two\"}\n");
}

TEST_CASE("refused events are named with their file, line, member and reason", "[send]") {
  const scratch_folder folder;
  stub_server server{{answer(
      200,
      R"({"accepted":1,"rejected":1,"ids":[],"errors":[{"line":2,"member":"timestamp","reason":"is no time"}]})")}};
  const outcome done = send(to(server, folder.write("a.log", "one\n\n\nfour\n")));
  CHECK(done.code == exit_code::failed);
  CHECK(done.out.starts_with("accepted 1, rejected 1, "));
  CHECK(done.err == folder.file("a.log") + ":4: timestamp: is no time\n");
}

TEST_CASE("a server that is not there ends the command at once with status 3", "[send]") {
  const scratch_folder folder;
  send_options options;
  options.url = "127.0.0.1:1";
  options.files = {folder.write("a.log", "one\n")};
  const outcome done = send(options);
  CHECK(done.code == exit_code::unreachable);
  CHECK(done.err.find("http://127.0.0.1:1: ") != std::string::npos);
}

TEST_CASE("a server that is something else ends the command with status 1", "[send]") {
  const scratch_folder folder;
  stub_server server{{answer(404, R"({"title":"Not Found","detail":"there is no /ingest"})")}};
  const outcome done = send(to(server, folder.write("a.log", "one\n")));
  CHECK(done.code == exit_code::failed);
  CHECK(done.err.find("there is no /ingest") != std::string::npos);
}

TEST_CASE("a file that is not there is wrong usage", "[send]") {
  send_options options;
  options.url = "127.0.0.1:1";
  options.files = {"does/not/exist"};
  CHECK(send(options).code == exit_code::usage);
}

TEST_CASE("packed bodies say so and unpack to the same events", "[send]") {
  const scratch_folder folder;
  const auto [packing, name, encoding] = GENERATE(table<compression, const char*, body_encoding>(
      {{compression::gzip, "gzip", body_encoding::gzip}, {compression::zstd, "zstd", body_encoding::zstd}}));
  stub_server server{{answer(200, taken_two)}};
  send_options options = to(server, folder.write("a.log", "one\ntwo\n"));
  options.packing = packing;
  CHECK(send(options).code == exit_code::ok);
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].headers.find(std::string{"Content-Encoding: "} + name) != std::string::npos);
  const auto unpacked = unpack(requests[0].body, encoding, 1 << 20);
  REQUIRE(unpacked.ok());
  CHECK(*unpacked == "{\"service\":\"a\",\"message\":\"one\"}\n{\"service\":\"a\",\"message\":\"two\"}\n");
}

TEST_CASE("the service of a file is its name without its endings", "[send]") {
  CHECK(service_of_file("/var/log/nginx.log") == "nginx");
  CHECK(service_of_file("my.app.log.1") == "my.app");
  CHECK(service_of_file("app.log-20240501") == "app");
  CHECK(service_of_file("events.ndjson") == "events");
  CHECK(service_of_file("syslog") == "syslog");
  CHECK(service_of_file(".log") == ".log");
  CHECK(service_of_file("-") == "stdin");
}
