// SPDX-License-Identifier: MIT
// A store over real shards with folders, filled without a committer.
#pragma once

#include "actors/shard.hpp"
#include "actors/store.hpp"
#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/handed.hpp"
#include "tests/actors/support/played_blocks.hpp"
#include "tests/actors/support/recording_sink.hpp"
#include "tests/actors/support/shard_folders.hpp"
#include "tests/actors/support/test_system.hpp"

#include <cstdint>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace logstream::test {

struct store_fixture {
  explicit store_fixture(store_settings with, std::uint8_t shards = 2) : settings(with), numbers(0, shards) {
    for (std::uint8_t i = 0; i < shards; ++i) {
      data.push_back(open_shard(disk, i));
      handles.shards.push_back(start_shard(i));
    }
    handles.blocks = blocks.actor;
    start_store();
  }

  shard_actor start_shard(std::uint8_t index) {
    return system.keep(spawn_shard(system.actors(), {}, data[index]));
  }
  void start_store() {
    store = system.keep(spawn_store(system.actors(), settings));
    wire();
  }
  void wire() { system.tell(store, atom::wire_v, std::make_shared<const service_handles>(handles)); }
  void put_in_place_of_shard(std::size_t index, shard_actor other) {
    handles.shards[index] = std::move(other);
    wire();
  }
  void kill_shard(std::size_t index) {
    caf::anon_send_exit(handles.shards[index], caf::exit_reason::kill);
    system.run();
  }

  /// Hands a batch to a shard, which has not handled it on return.
  void hand(std::uint32_t shard, std::shared_ptr<batch> rows) {
    numbers.number(shard, *rows);
    caf::anon_send(handles.shards[shard], atom::append_v, handed({std::move(rows)}));
  }
  /// Stores a batch as the committer does: the shard first, then word to the store. Nobody has handled it on
  /// return.
  void post(std::uint32_t shard, std::shared_ptr<batch> rows) {
    const std::uint64_t events = rows->rows();
    const std::uint64_t bytes = rows->bytes();
    hand(shard, std::move(rows));
    caf::anon_send(store, atom::append_v, events, bytes);
  }
  void append(std::uint32_t shard, std::shared_ptr<batch> rows) {
    post(shard, std::move(rows));
    system.run();
  }

  /// Has the rows that are in memory written into a segment. Nobody's message is under way.
  void seal(std::size_t index) { test::seal(disk, *data[index]); }

  store_figures figures() { return *system.ask<store_figures>(store, atom::stats_v); }
  std::uint64_t events() const {
    std::uint64_t all = 0;
    for (const auto& each : data) all += each->figures().events;
    return all;
  }
  /// The times of all events in memory.
  std::multiset<timestamp> times() const {
    std::multiset<timestamp> all;
    for (const auto& each : data)
      for (const part& one : each->candidates({}).parts)
        for (const stream_run& run : one.rows->runs())
          all.insert(one.rows->times().begin() + one.first_row(run), one.rows->times().begin() + run.end);
    return all;
  }

  sink_log_ptr query(log_query what = {}) {
    auto log = std::make_shared<sink_log>();
    system.tell(store, make_log_request(log, std::move(what)));
    return log;
  }

  test_system system;
  played_blocks blocks{system};
  store_settings settings;
  row_numbers numbers;
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  std::vector<std::shared_ptr<shard_store>> data;
  service_handles handles;
  store_actor store;
};

}  // namespace logstream::test
