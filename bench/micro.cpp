// SPDX-License-Identifier: MIT
// Micro-benchmarks of what the engine does for each event; rows a second are the counter items_per_second.
#include "engine/alert/rule_set.hpp"
#include "engine/alert/sliding_window.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/query/log_scan.hpp"
#include "engine/query/text_search.hpp"
#include "engine/simulate/catalog.hpp"
#include "engine/simulate/generator.hpp"
#include "engine/store/memory_shard.hpp"
#include "engine/store/row_numbers.hpp"
#include "engine/store/token_filter.hpp"
#include "engine/wire/json_events.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace logstream;

constexpr std::size_t body_rows = 5000;
// date -u -d 2026-11-24T12:00:00Z +%s
constexpr timestamp noon = 1'795'521'600 * nanoseconds_per_second;

/// A body as the bulk scenario sends it.
std::string make_body(std::uint64_t seed) {
  generator_options options;
  options.count = body_rows;
  options.seed = seed;
  options.start = noon + static_cast<timestamp>(seed) * nanoseconds_per_minute;
  event_generator generator{options};
  std::string body;
  generator.append(body, body_rows);
  return body;
}

std::vector<built_batch> decode(const std::string& body, json_event_decoder& decoder,
                                batch_builder& builder) {
  if (!decoder.decode(body, noon, builder, 0))
    return {};
  return builder.build();
}

/// A shard that holds so many bodies.
memory_shard make_shard(std::size_t bodies) {
  memory_shard shard;
  row_numbers numbers{0, 1};
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{1};
  for (std::size_t number = 0; number < bodies; ++number)
    for (auto& built : decode(make_body(number), decoder, builder)) {
      numbers.number(0, *built.rows);
      shard.append(std::move(built.rows));
    }
  return shard;
}

std::uint64_t run_query(const memory_shard& shard, const log_query& query) {
  log_scan scan{query, {shard.candidates(query.filter), {}}};
  std::uint64_t budget = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t rows = 0;
  while (scan.advance(budget) == log_scan::state::row) ++rows;
  return rows;
}

void count_rows(benchmark::State& state, std::size_t rows) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * rows));
}

void generate(benchmark::State& state) {
  generator_options options;
  options.count = std::numeric_limits<std::uint32_t>::max();
  event_generator generator{options};
  std::string body;
  for (auto _ : state) {
    body.clear();
    generator.append(body, body_rows);
    benchmark::DoNotOptimize(body.data());
  }
  count_rows(state, body_rows);
}
BENCHMARK(generate);

void decode_and_build(benchmark::State& state) {
  const auto body = make_body(1);
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{static_cast<std::uint32_t>(state.range(0))};
  std::size_t held = 0;
  for (auto _ : state) {
    held = 0;
    for (const auto& built : decode(body, decoder, builder)) held += built.rows->bytes();
  }
  count_rows(state, body_rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
  state.counters["held_to_json"] = static_cast<double>(held) / static_cast<double>(body.size());
}
BENCHMARK(decode_and_build)->ArgName("shards")->Arg(1)->Arg(2)->Arg(8);

void decode_one_event(benchmark::State& state) {
  const auto body = make_body(1);
  const std::string event{body, 0, body.find('\n') + 1};
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{1};
  for (auto _ : state) benchmark::DoNotOptimize(decode(event, decoder, builder).data());
  count_rows(state, 1);
}
BENCHMARK(decode_one_event);

void query_level(benchmark::State& state) {
  const auto shard = make_shard(100);
  log_query query;
  query.filter.levels = level_set{};
  query.filter.levels.insert(level::error);
  for (auto _ : state) benchmark::DoNotOptimize(run_query(shard, query));
}
BENCHMARK(query_level)->Unit(benchmark::kMicrosecond);

void query_minute(benchmark::State& state) {
  const auto shard = make_shard(100);
  log_query query;
  query.filter.from = noon + 50 * nanoseconds_per_minute;
  query.filter.to = query.filter.from + nanoseconds_per_minute;
  for (auto _ : state) benchmark::DoNotOptimize(run_query(shard, query));
}
BENCHMARK(query_minute)->Unit(benchmark::kMicrosecond);

void query_absent_text(benchmark::State& state) {
  constexpr std::size_t bodies = 20;
  const auto shard = make_shard(bodies);
  log_query query;
  query.filter.contains = "no message says this";
  for (auto _ : state) benchmark::DoNotOptimize(run_query(shard, query));
  count_rows(state, bodies * body_rows);
}
BENCHMARK(query_absent_text)->Unit(benchmark::kMillisecond);

void find_text(benchmark::State& state) {
  const auto body = make_body(1);
  const text_search search{"no message says this", state.range(0) != 0};
  for (auto _ : state) benchmark::DoNotOptimize(search.found_in(body));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK(find_text)->ArgName("case_sensitive")->Arg(0)->Arg(1);

/// The messages of a body.
text_buffer make_messages() {
  text_buffer messages;
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{1};
  for (const auto& built : decode(make_body(1), decoder, builder))
    for (std::uint32_t row = 0; row < built.rows->rows(); ++row) messages.push(built.rows->message(row));
  return messages;
}

void make_filter(benchmark::State& state) {
  const auto messages = make_messages();
  token_filter_builder builder;
  std::string filter;
  for (auto _ : state) {
    filter.clear();
    builder.add_words(messages.view());
    builder.finish(filter);
  }
  count_rows(state, messages.view().size());
  state.counters["filter_bytes"] = static_cast<double>(filter.size());
}
BENCHMARK(make_filter);

void ask_filter(benchmark::State& state) {
  token_filter_builder builder;
  const auto messages = make_messages();
  builder.add_words(messages.view());
  std::string filter;
  builder.finish(filter);
  std::uint64_t hash = 0;
  for (auto _ : state) benchmark::DoNotOptimize(may_contain(filter, hash += 0x9e3779b97f4a7c15u));
}
BENCHMARK(ask_filter);

void slide_window(benchmark::State& state) {
  sliding_window window{nanoseconds_per_minute, nanoseconds_per_minute};
  std::vector<timestamp> times(static_cast<std::size_t>(state.range(0)));
  timestamp now = noon;
  for (auto _ : state) {
    for (auto& time : times) time = now += 1'000'000;
    benchmark::DoNotOptimize(window.add(times).fullest.count);
    window.forget(now - nanoseconds_per_minute);
  }
  count_rows(state, times.size());
}
BENCHMARK(slide_window)->ArgName("times")->Arg(1)->Arg(300);

constexpr auto phrases = std::to_array<const char*>(
    {"timed out",       "refused",      "deadlock",      "rolled back",  "IllegalState",
     "No backend",      "rejected",     "stuck",         "declined",     "cancelled",
     "bounced",         "failed",       "Out of memory", "failing over", "read-only",
     "posting stopped", "index closed", "quorum",        "throttled",    "draining",
     "aborted",         "circuit",      "retry budget",  "stream early", "handshake"});

/// The rules of the scenarios of run.sh: in turn by level and keyword, level and service, regular expression,
/// level and field.
std::vector<rule_ptr> make_rules(std::size_t count) {
  const auto& catalog = simulation_catalog::instance();
  std::vector<rule_ptr> rules;
  for (std::size_t number = 0; number < count; ++number) {
    auto rule = std::make_shared<alert_rule>();
    rule->name = "rule-" + std::to_string(number);
    const std::string phrase = phrases[number / 4 % phrases.size()];
    if (number % 4 != 2) {
      rule->levels = level_set{};
      rule->levels.insert(level::error);
    }
    if (number % 4 == 0)
      rule->keyword = phrase;
    else if (number % 4 == 1)
      rule->services = {std::string{catalog.service(number / 4 % simulation_catalog::service_count)}};
    else if (number % 4 == 2)
      rule->regex = phrase + ".* [0-9]+";
    else
      rule->fields = {{"status", "50" + std::to_string(number / 4 % 8)}};
    rules.push_back(std::move(rule));
  }
  return rules;
}

void match_rules(benchmark::State& state) {
  const auto compiled = rule_set::compile(make_rules(static_cast<std::size_t>(state.range(0))));
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{1};
  auto built = decode(make_body(1), decoder, builder);
  if (!compiled || built.empty()) {
    state.SkipWithError("no rules or no rows");
    return;
  }
  const std::vector<batch_ptr> rows{built.front().rows};
  for (auto _ : state) benchmark::DoNotOptimize((*compiled)->match(rows).data());
  count_rows(state, body_rows);
}
BENCHMARK(match_rules)->ArgName("rules")->Arg(2)->Arg(10)->Arg(100);

}  // namespace

BENCHMARK_MAIN();
