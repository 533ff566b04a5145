// SPDX-License-Identifier: MIT
// Two shards, bodies whose events go to the one or the other, and bundles of them.
#pragma once

#include "actors/shard.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/store/store_folder.hpp"
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/test_system.hpp"
#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

/// A service whose streams hash to this one of two shards.
inline std::string service_of_shard(std::uint32_t wanted) {
  for (int i = 0;; ++i) {
    std::string service = "service-" + std::to_string(i);
    batch_builder builder{2};
    builder.begin_row();
    builder.set_stream(service, level::info);
    builder.end_row();
    if (builder.build().front().shard == wanted)
      return service;
  }
}

inline const std::string in_first = service_of_shard(0);
inline const std::string in_second = service_of_shard(1);

inline std::string event_of(const std::string& service, const std::string& message) {
  return R"({"level":"info","service":")" + service + R"(","message":")" + message + "\"}\n";
}

/// Has `ended` count its end.
inline ingest_bundle_ptr make_bundle(std::vector<ingest_job_ptr> jobs, const std::shared_ptr<int>& ended) {
  auto bundle = std::make_shared<ingest_bundle>();
  bundle->on_end = std::shared_ptr<const void>(nullptr, [ended](const void*) { ++*ended; });
  bundle->jobs = std::move(jobs);
  return bundle;
}

/// A store of two shards in a folder, opened as after a start.
inline opened_store open_two_shards(const std::shared_ptr<memory_file_system>& disk) {
  store_folder_settings settings;
  settings.path = "data";
  settings.shards = 2;
  auto opened = open_store(disk, settings);
  REQUIRE(opened);
  return *std::move(opened);
}

/// What a root keeps of its shards and the log, on `disk` if there is one, and the actors.
struct two_shards {
  explicit two_shards(test_system& in, const std::shared_ptr<memory_file_system>& disk = nullptr)
      : system(in) {
    if (disk) {
      opened = open_two_shards(disk);
      data = opened.shards;
      log = opened.log;
    } else {
      data = {std::make_shared<shard_store>(), std::make_shared<shard_store>()};
      log = std::make_shared<commit_log>(std::uint8_t{0}, 2);
    }
    for (std::uint32_t i = 0; i < 2; ++i) actors.push_back(start(i));
  }

  /// The shard is dead when this returns.
  void kill(std::size_t index) {
    caf::anon_send_exit(actors[index], caf::exit_reason::kill);
    system.run();
  }
  void replace(std::uint32_t index) { actors[index] = start(index); }
  shard_actor start(std::uint32_t index) {
    return system.keep(spawn_shard(system.actors(), {}, data[index]));
  }

  std::string message_of(const event_id& id) const {
    for (const part& each : data[id.from.shard]->candidates({}).parts)
      for (std::uint32_t row = 0; row < each.rows->rows(); ++row)
        if (each.rows->id(row) == id)
          return std::string{each.rows->message(row)};
    return "";
  }
  std::uint64_t events() const { return data[0]->figures().events + data[1]->figures().events; }
  std::uint64_t bytes() const { return data[0]->figures().bytes + data[1]->figures().bytes; }

  test_system& system;
  opened_store opened;
  std::shared_ptr<commit_log> log;
  std::vector<std::shared_ptr<shard_store>> data;
  std::vector<shard_actor> actors;
};

}  // namespace logstream::test
