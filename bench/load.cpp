// SPDX-License-Identifier: MIT
// Load client: posts events as fast as they are taken or at a rate, times queries, or makes one call.
#include "bench/support/arguments.hpp"
#include "bench/support/load_client.hpp"

#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <cstdio>
#include <iostream>

namespace {

using namespace logstream::bench;

constexpr const char* usage = R"(usage:
  bench_load post [--connections 4] [--lines N] [--rate EVENTS/S] [--seconds S] [--total EVENTS] [--repeat]
                  [--restamp] [--content-type T] URL FILE|FOLDER...
      posts each file, or N lines a request; prints rates, latency and statuses as one line of JSON
  bench_load time [--method GET] [--runs 1000] [--warm-up 50] URL...
      times the same request again and again on one connection; prints one line of JSON for each URL
  bench_load call METHOD URL [BODY]
      prints the body of the answer; fails when it is not 2xx)";

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void print(const nlohmann::ordered_json& line) {
  std::cout << line.dump() << std::endl;
}

int post(arguments words) {
  load_options options;
  options.connections = words.number("connections", options.connections);
  options.content_type = words.text("content-type", options.content_type);
  options.rate = words.decimal("rate", 0);
  options.seconds = words.decimal("seconds", 0);
  options.repeat = words.flag("repeat");
  options.total = words.number("total", 0);
  options.restamp = words.flag("restamp");
  const auto lines = words.number("lines", 0);
  const auto rest = words.rest(3, usage);
  if (options.repeat && options.seconds <= 0 && options.total == 0)
    give_up("--repeat needs --seconds or --total");
  options.server = url::parse(rest[1]);
  workload work;
  for (std::size_t index = 2; index < rest.size(); ++index) work.add(rest[index], lines);
  const auto cpu_before = cpu_seconds();
  const auto report = load_client{options, work.bodies()}.run();
  nlohmann::ordered_json statuses;
  std::uint64_t refused = 0;
  for (const auto& [status, count] : report.statuses) {
    statuses[std::to_string(status)] = count;
    if (status < 200 || status >= 300)
      refused += count;
  }
  print({{"seconds", report.seconds},
         {"requests", report.requests},
         {"rows", report.rows},
         {"kept_rows", report.kept_rows},
         {"accepted", report.accepted},
         {"rejected", report.rejected},
         {"rows_per_second", static_cast<double>(report.kept_rows) / report.seconds},
         {"requests_per_second", static_cast<double>(report.requests) / report.seconds},
         {"megabytes_per_second", static_cast<double>(report.bytes) / report.seconds / 1e6},
         {"p50_ms", report.latency.quantile(0.5)},
         {"p99_ms", report.latency.quantile(0.99)},
         {"max_ms", report.latency.largest()},
         {"refused", refused},
         {"statuses", statuses},
         {"client_cpu_seconds", cpu_seconds() - cpu_before}});
  if (refused > 0)
    std::cerr << "first refusal: " << report.first_refusal << std::endl;
  return refused > 0 ? 3 : 0;
}

int time_requests(arguments words) {
  const auto method = words.text("method", "GET");
  const auto runs = words.number("runs", 1000);
  const auto warm_up = words.number("warm-up", 50);
  const auto rest = words.rest(2, usage);
  bool all_good = true;
  for (std::size_t index = 1; index < rest.size(); ++index) {
    const auto where = url::parse(rest[index]);
    http_client client{where};
    samples latency;
    std::uint64_t refused = 0;
    std::size_t bytes = 0;
    for (std::uint64_t run = 0; run < warm_up + runs; ++run) {
      const auto begun = stopwatch::now();
      const auto& reply = client.call(method, where, {});
      if (run >= warm_up)
        latency.add(seconds_since(begun) * 1e3);
      refused += reply.status() < 200 || reply.status() >= 300;
      bytes = reply.body().size();
    }
    all_good = all_good && refused == 0;
    print({{"target", where.target},
           {"runs", runs},
           {"p50_ms", latency.quantile(0.5)},
           {"p99_ms", latency.quantile(0.99)},
           {"max_ms", latency.largest()},
           {"refused", refused},
           {"last_bytes", bytes}});
  }
  return all_good ? 0 : 3;
}

int call(arguments words) {
  const auto rest = words.rest(3, usage);
  const auto where = url::parse(rest[2]);
  http_client client{where};
  const auto& reply = client.call(rest[1], where, rest.size() > 3 ? rest[3] : "");
  std::cout << reply.body() << std::endl;
  if (reply.status() >= 200 && reply.status() < 300)
    return 0;
  std::cerr << "status " << reply.status() << std::endl;
  return 3;
}

}  // namespace

int main(int count, char** words) {
  const std::string_view mode = count > 1 ? words[1] : "";
  if (mode == "post")
    return post({count, words});
  if (mode == "time")
    return time_requests({count, words});
  if (mode == "call")
    return call({count, words});
  give_up(usage);
}
