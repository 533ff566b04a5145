// SPDX-License-Identifier: MIT
// A committer before two real shards, on a disk in memory if a test wants one.
#pragma once

#include "actors/committer.hpp"
#include "actors/open_bundle.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/two_shards.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

using memory_disk_ptr = std::shared_ptr<memory_file_system>;

struct committer_fixture {
  explicit committer_fixture(committer_settings with = {}, memory_disk_ptr on = nullptr)
      : disk(std::move(on)), settings(with) {
    handles.store = system.keep(spawn_dummy(system.actors(), store));
    handles.stats = system.keep(spawn_dummy(system.actors(), stats));
    start();
  }

  void start() {
    handles.committer = system.keep(spawn_committer(system.actors(), settings, shards.log));
    wire();
  }
  void wire() {
    handles.shards = shards.actors;
    system.tell(handles.committer, atom::wire_v, std::make_shared<const service_handles>(handles));
  }
  /// The committer is told to die; it has not when this returns.
  void post_kill() { caf::anon_send_exit(handles.committer, caf::exit_reason::kill); }

  /// Hands over, as a worker does, a bundle of one body; nobody has handled it when this returns.
  void post(ingest_job_ptr job) {
    auto open = std::make_shared<open_bundle>(make_bundle({std::move(job)}, ended));
    open->read(decoder, system.now()->now(), 1'000, builder);
    open->build(builder);
    if (disk)
      open->make_payloads();
    caf::anon_send(handles.committer, std::move(open));
  }
  receipt_ptr post(const std::string& body) {
    auto receipt = make_receipt();
    post(make_job(body, receipt));
    return receipt;
  }
  receipt_ptr commit(const std::string& body) {
    auto receipt = post(body);
    system.run();
    return receipt;
  }

  /// Of the rows in memory, sorted.
  std::vector<std::uint64_t> sequences(std::size_t shard) const {
    std::vector<std::uint64_t> all;
    for (const part& each : shards.data[shard]->candidates({}).parts)
      for (std::uint32_t row = 0; row < each.rows->rows(); ++row) all.push_back(each.rows->id(row).sequence);
    std::sort(all.begin(), all.end());
    return all;
  }

  test_system system;
  memory_disk_ptr disk;
  committer_settings settings;
  two_shards shards{system, disk};
  std::shared_ptr<store_log> store = std::make_shared<store_log>();
  std::shared_ptr<stats_log> stats = std::make_shared<stats_log>();
  std::shared_ptr<int> ended = std::make_shared<int>(0);
  service_handles handles;
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{2};
};

inline const std::string in_both = event_of(in_first, "a") + event_of(in_second, "b");

}  // namespace logstream::test
