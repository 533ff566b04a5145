// SPDX-License-Identifier: MIT
// Two shards with folders, and one query at a time over them.
#pragma once

#include "actors/log_reader.hpp"
#include "actors/shard.hpp"
#include "engine/store/row_numbers.hpp"
#include "messages/budget.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/played_blocks.hpp"
#include "tests/actors/support/recording_sink.hpp"
#include "tests/actors/support/shard_folders.hpp"
#include "tests/actors/support/test_system.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace logstream::test {

/// Rows whose text fills several pieces.
inline constexpr std::size_t many = 5 * budget::answer_piece / 100;

struct reader_fixture {
  reader_fixture() {
    for (std::uint8_t i = 0; i < 2; ++i) {
      data.push_back(open_shard(disk, i));
      shards.push_back(system.keep(spawn_shard(system.actors(), {}, data.back())));
    }
    system.run();
    others = system.actors().registry().running();
  }

  // A reader that waits to be asked would not end with the test.
  ~reader_fixture() {
    if (log->reader)
      system.tell(log->reader, atom::cancel_v);
  }

  /// Events whose times alternate between the shards.
  void store(std::size_t events) {
    append(0, make_row_of_events(0, 2, (events + 1) / 2));
    if (events > 1)
      append(1, make_row_of_events(1, 2, events / 2));
  }
  void append(std::uint32_t shard, std::shared_ptr<batch> rows) {
    numbers.number(shard, *rows);
    const std::uint64_t begin = rows->first_sequence();
    const std::uint64_t end = begin + rows->rows();
    data[shard]->append(begin, end, {std::move(rows)});
  }

  /// Has all rows that are in memory written into segments.
  void seal_all() {
    for (const auto& each : data)
      if (each->unsealed_bytes() != 0)
        seal(disk, *each);
  }

  void start(log_query query, row_format format = row_format::json) {
    spawn_log_reader(system.actors(), make_log_request(log, std::move(query), format),
                     {shards, blocks.actor, deadline});
    system.run();
  }
  void pull() { system.tell(log->reader, atom::pull_v); }
  void pull_all() {
    for (int i = 0; i < 1000 && !log->complete && !log->failure; ++i) pull();
  }
  bool reader_has_ended() { return log->dropped && system.actors().registry().running() == others; }
  nlohmann::json answer() const { return nlohmann::json::parse(log->text()); }

  test_system system;
  played_blocks blocks{system};
  row_numbers numbers{0, 2};
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  std::vector<std::shared_ptr<shard_store>> data;
  std::vector<shard_actor> shards;
  std::chrono::milliseconds deadline{30'000};
  std::size_t others = 0;
  sink_log_ptr log = std::make_shared<sink_log>();
};

inline log_query limited(std::uint64_t limit) {
  log_query query;
  query.limit = limit;
  return query;
}

}  // namespace logstream::test
