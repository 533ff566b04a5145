// SPDX-License-Identifier: MIT
// Two shards, bodies whose events go to the one or the other, and bundles of them.
#pragma once

#include "actors/shard.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/store/memory_shard.hpp"
#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/test_system.hpp"

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

/// What a root keeps of its shards, and the actors.
struct two_shards {
  explicit two_shards(test_system& in) : system(in) {
    for (std::size_t i = 0; i < 2; ++i) {
      data.push_back(std::make_shared<memory_shard>());
      actors.push_back(system.keep(spawn_shard(system.actors(), data[i])));
    }
  }

  /// The shard is dead when this returns.
  void kill(std::size_t index) {
    caf::anon_send_exit(actors[index], caf::exit_reason::kill);
    system.run();
  }
  void replace(std::size_t index) { actors[index] = system.keep(spawn_shard(system.actors(), data[index])); }

  std::string message_of(const event_id& id) const {
    for (const part& each : data[id.from.shard]->candidates({}))
      for (std::uint32_t row = 0; row < each.rows->rows(); ++row)
        if (each.rows->id(row) == id)
          return std::string{each.rows->message(row)};
    return "";
  }
  std::uint64_t events() const { return data[0]->figures().events + data[1]->figures().events; }
  std::uint64_t bytes() const { return data[0]->figures().bytes + data[1]->figures().bytes; }

  test_system& system;
  std::shared_ptr<row_numbers> numbers = std::make_shared<row_numbers>(0, 2);
  std::vector<std::shared_ptr<memory_shard>> data;
  std::vector<shard_actor> actors;
};

}  // namespace logstream::test
