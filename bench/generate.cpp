// SPDX-License-Identifier: MIT
// Writes the events of the simulator as files for the benchmarks: bodies of many rows, single events, a
// summary.
#include "bench/support/arguments.hpp"
#include "bench/support/workload.hpp"
#include "engine/simulate/generator.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

using namespace logstream;
using namespace logstream::bench;

constexpr const char* usage =
    "usage: bench_generate [--rows 2000000] [--rows-per-file 5000] [--single 400000] [--seed 42]\n"
    "                      [--span SECONDS, 3600] [--end UNIX-SECONDS, now] FOLDER";

std::string numbered(std::uint64_t number) {
  auto digits = std::to_string(number);
  digits.insert(0, digits.size() < 5 ? 5 - digits.size() : 0, '0');
  return digits + ".ndjson";
}

/// Counts the events of each level, whose name follows a timestamp of fixed width.
void count_levels(std::string_view body, std::array<std::uint64_t, level_count>& counts) {
  constexpr std::size_t before =
      std::string_view{R"({"timestamp":"2026-11-24T02:01:57.000000000Z","level":")"}.size();
  for (std::size_t at = 0; at < body.size(); at = body.find('\n', at) + 1) {
    const auto name = body.substr(at + before, body.find('"', at + before) - at - before);
    if (const auto value = parse_level(name))
      ++counts[static_cast<std::size_t>(*value)];
  }
}

std::string trace_id_of(std::string_view event) {
  constexpr std::string_view opening = R"("trace_id":")";
  return std::string{event.substr(event.find(opening) + opening.size(), 32)};
}

}  // namespace

int main(int count, char** words) {
  arguments line{count, words};
  generator_options options;
  options.count = line.number("rows", 2'000'000);
  options.seed = line.number("seed", 42);
  const auto rows_per_file = std::max<std::uint64_t>(line.number("rows-per-file", 5000), 1);
  const auto singles = std::min(line.number("single", 400'000), options.count);
  const auto span = static_cast<std::int64_t>(line.number("span", 3600)) * nanoseconds_per_second;
  const auto now = static_cast<std::uint64_t>(system_clock{}.now() / nanoseconds_per_second);
  const auto end = static_cast<std::int64_t>(line.number("end", now)) * nanoseconds_per_second;
  const std::filesystem::path folder = line.rest(1, usage)[0];
  options.step = span / static_cast<std::int64_t>(std::max<std::uint64_t>(options.count, 1));
  options.end_at(end);
  std::filesystem::create_directories(folder / "ndjson");

  event_generator generator{options};
  std::array<std::uint64_t, level_count> levels{};
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  std::uint64_t single_rows = 0;
  std::string body;
  std::string single;
  std::string needle;
  while (generator.remaining() > 0) {
    body.clear();
    const auto rows = generator.append(body, rows_per_file);
    write_file(folder / "ndjson" / numbered(files++), body);
    bytes += body.size();
    count_levels(body, levels);
    if (needle.empty() && generator.remaining() <= options.count / 2)
      needle = trace_id_of(body);
    if (single_rows < singles) {
      single += body;
      single_rows += rows;
    }
  }
  while (single_rows > singles) {
    single.resize(single.rfind('\n', single.size() - 2) + 1);
    --single_rows;
  }
  write_file(folder / "single.ndjson", single);

  nlohmann::ordered_json summary{{"rows", options.count},
                                 {"files", files},
                                 {"bytes", bytes},
                                 {"start", options.start / nanoseconds_per_second},
                                 {"end", end / nanoseconds_per_second},
                                 {"seed", options.seed},
                                 {"single", single_rows},
                                 {"trace_id", needle}};
  for (const auto value : all_levels)
    summary["levels"][std::string{to_string(value)}] = levels[static_cast<std::size_t>(value)];
  write_file(folder / "meta.json", summary.dump() + '\n');
  std::cout << summary.dump() << std::endl;
}
