// SPDX-License-Identifier: MIT
// Questions to the server and what is made of its answers.
#include "app/cli/query.hpp"

#include "app/cli/simulate.hpp"
#include "app/cli/stats.hpp"
#include "tests/app/cli/stub_server.hpp"

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

template <class Options, class Run>
outcome run(Run command, const Options& options) {
  std::ostringstream out;
  std::ostringstream err;
  const exit_code code = command(options, out, err);
  return {code, out.str(), err.str()};
}

std::string event(const std::string& id, const std::string& time, const std::string& message) {
  return R"({"id":")" + id + R"(","timestamp":")" + time +
         R"(","level":"ERROR","service":"api","message":")" + message +
         R"(","metadata":{"code":500,"user":"a b"}})";
}

std::string page(const std::string& events, const std::string& cursor) {
  return answer(200, R"({"logs":[)" + events + R"(],"count":1,"next_cursor":)" +
                         (cursor.empty() ? "null" : "\"" + cursor + "\"") + "}");
}

/// The messages of printed lines.
std::vector<std::string> messages(const std::string& printed) {
  std::vector<std::string> out;
  std::istringstream lines{printed};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find("api ") + 4;
    out.push_back(line.substr(begin, line.find(" code") - begin));
  }
  return out;
}

}  // namespace

TEST_CASE("filters become parameters, percent-encoded", "[query]") {
  query_options options;
  options.levels = {"ERROR", "WARN"};
  options.services = {"a&b"};
  options.from = "2024-05-01T00:00:00+02:00";
  options.to = "15m";
  options.contains = "50% caf\xC3\xA9";
  options.fields = {"user_id=1=2", "empty="};
  CHECK(filter_target(options) ==
        "/logs?level=ERROR&level=WARN&service=a%26b&from=2024-05-01T00%3A00%3A00%2B02%3A00&to=15m"
        "&q=50%25%20caf%C3%A9&field.user_id=1%3D2&field.empty=");
}

TEST_CASE("events are printed as lines, page by page up to the limit", "[query]") {
  stub_server server{{page(event("1", "2024-05-01T00:00:01Z", "one"), "c1"),
                      page(event("2", "2024-05-01T00:00:00Z", "two"), "c2")}};
  query_options options;
  options.url = server.url();
  options.limit = 2;
  const outcome done = run(run_query, options);
  CHECK(done.code == exit_code::ok);
  CHECK(done.out ==
        "2024-05-01T00:00:01Z ERROR    api one code=500 user=\"a b\"\n"
        "2024-05-01T00:00:00Z ERROR    api two code=500 user=\"a b\"\n");
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].line == "GET /logs?order=desc&limit=2&format=json HTTP/1.1");
  CHECK(requests[1].line == "GET /logs?order=desc&limit=1&format=json&cursor=c1 HTTP/1.1");
}

TEST_CASE("colours are written when asked for, and control characters of events never", "[query]") {
  stub_server server{{page(event("1", "2024-05-01T00:00:01Z", "a\\u001b[2Jb\\nc"), "")}};
  query_options options;
  options.url = server.url();
  options.color = true;
  const outcome done = run(run_query, options);
  CHECK(done.out.find("\x1b[31mERROR\x1b[0m") != std::string::npos);
  CHECK(done.out.find("a\\x1b[2Jb\\nc") != std::string::npos);
}

TEST_CASE("formats of the server are passed on as they are", "[query]") {
  stub_server server{{answer(200, "id,timestamp\r\n")}};
  query_options options;
  options.url = server.url();
  options.format = "csv";
  CHECK(run(run_query, options).out == "id,timestamp\r\n");
  CHECK(server.requests()[0].line == "GET /logs?order=desc&limit=100&format=csv HTTP/1.1");
}

TEST_CASE("what the server holds against a query is told, with a status that says whose fault it is",
          "[query]") {
  stub_server server{
      {answer(400, R"({"title":"Bad Request","detail":"'level' is no level"})"), answer(503, "")}};
  query_options options;
  options.url = server.url();
  const outcome wrong = run(run_query, options);
  CHECK(wrong.code == exit_code::usage);
  CHECK(wrong.err == "logstream: 'level' is no level\n");
  CHECK(run(run_query, options).code == exit_code::failed);
  options.url = "127.0.0.1:1";
  CHECK(run(run_query, options).code == exit_code::unreachable);
}

TEST_CASE("a follower prints each event once, oldest first, late ones too", "[query]") {
  const std::string a = event("a", "2024-05-01T00:00:01Z", "one");
  const std::string b = event("b", "2024-05-01T00:00:02Z", "two");
  const std::string late = event("c", "2024-05-01T00:00:01.5Z", "late");
  const std::string d = event("d", "2024-05-01T00:00:03Z", "three");
  stub_server server{
      {page(a, "x"), page(b, ""), page(a + "," + late, "p"), page(b + "," + d, ""), page(d, "")}};
  query_options options;
  options.url = server.url();
  options.follow = true;
  options.from = "2024-05-01";
  options.poll = std::chrono::milliseconds{1};
  options.polls = 2;
  const outcome done = run(run_query, options);
  CHECK(done.code == exit_code::ok);
  CHECK(messages(done.out) == std::vector<std::string>{"one", "two", "late", "three"});
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 5);
  CHECK(requests[0].line == "GET /logs?from=2024-05-01&order=asc&limit=1000&format=json HTTP/1.1");
  CHECK(requests[2].line ==
        "GET /logs?from=2024-04-30T23%3A59%3A57Z&order=asc&limit=1000&format=json HTTP/1.1");
  CHECK(requests[3].line.find("cursor=p") != std::string::npos);
}

TEST_CASE("a follower without a start shows the newest events and goes on behind them", "[query]") {
  const std::string a = event("a", "2024-05-01T00:00:01Z", "one");
  const std::string b = event("b", "2024-05-01T00:00:02Z", "two");
  const std::string c = event("c", "2024-05-01T00:00:02Z", "three");
  stub_server server{{page(b + "," + a, "x"), page(b + "," + c, "")}};
  query_options options;
  options.url = server.url();
  options.follow = true;
  options.limit = 2;
  options.poll = std::chrono::milliseconds{1};
  options.polls = 1;
  CHECK(messages(run(run_query, options).out) == std::vector<std::string>{"one", "two", "three"});
  const auto& requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].line == "GET /logs?order=desc&limit=2&format=json HTTP/1.1");
  CHECK(requests[1].line ==
        "GET /logs?from=2024-05-01T00%3A00%3A02Z&order=asc&limit=1000&format=json HTTP/1.1");
}

TEST_CASE("a simulation is asked for by parameters and told in one line", "[simulate]") {
  stub_server server{{answer(200, R"({"count":10000,"rejected":0,"duration_ms":31.25,"rate":320000.0})")}};
  simulate_options options;
  options.url = server.url();
  options.count = 10'000;
  options.seed = 7;
  const outcome done = run(run_simulate, options);
  CHECK(done.code == exit_code::ok);
  CHECK(done.out == "10,000 events in 31.2 ms, 320,000 events/s\n");
  CHECK(server.requests()[0].line == "POST /simulate?count=10000&seed=7 HTTP/1.1");
}

TEST_CASE("figures are shown as a table, those missing as zero", "[stats]") {
  stub_server server{
      {answer(200, R"({"total_processed":1234567,"uptime_seconds":90.5,"levels":{"ERROR":3,"INFO":0}})")}};
  stats_options options;
  options.url = server.url();
  const outcome done = run(run_stats, options);
  CHECK(done.code == exit_code::ok);
  CHECK(done.out.find("uptime                1m30s\n") != std::string::npos);
  CHECK(done.out.find("processed             1,234,567\n") != std::string::npos);
  CHECK(done.out.find("  ERROR               3\n") != std::string::npos);
  CHECK(done.out.find("INFO") == std::string::npos);
}
