// SPDX-License-Identifier: MIT
// Whatever call fails and whenever the power goes: what was said to be kept is read back once, in order.
#include "engine/store/wal_reader.hpp"
#include "engine/store/wal_writer.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/test_log.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr std::uint64_t script_records = 40;

// Writes records in groups of some appends and a sync, as a log actor does.
class scripted_log {
 public:
  explicit scripted_log(std::uint64_t first_record = 0) : kept_(first_record), appended_(first_record) {
    REQUIRE(disk_->make_folder(log_folder));
  }

  memory_file_system& disk() { return *disk_; }
  // Records below are kept; records below appended() may be.
  std::uint64_t kept() const { return kept_; }
  std::uint64_t appended() const { return appended_; }

  // Starts file `number` and writes until `end` records are kept; a failed group is written again after
  // reopening, `retries` times in all.
  void run(std::uint64_t number, std::uint64_t end, int retries) {
    for (std::optional<wal_writer> writer; kept_ < end;) {
      if (const bool done = step(writer, number, end); !done && retries-- == 0)
        return;
    }
  }

  // What a process does that starts after a crash; returns what it found.
  replayed recover() {
    replayed found = replay_all(*disk_);
    if (found.summary.torn)
      REQUIRE(disk_->truncate(found.summary.torn->path, found.summary.torn->offset));
    kept_ = appended_ = found.sequences.size();
    return found;
  }

 private:
  bool step(std::optional<wal_writer>& writer, std::uint64_t number, std::uint64_t end) {
    if (!writer) {
      auto made = wal_writer::open(disk_, {log_folder, 400}, number + opened_++);
      if (!made)
        return false;
      writer.emplace(*std::move(made));
      return true;
    }
    if (writer->failed()) {
      const auto reopened = writer->reopen();
      return reopened && !reopened->uncut;
    }
    return write_group(*writer, end);
  }

  bool write_group(wal_writer& writer, std::uint64_t end) {
    std::uint64_t next = kept_;
    for (std::uint64_t appends = 0; appends <= kept_ % 3 && next < end; ++appends) {
      const std::uint64_t count = std::min(1 + next % 4, end - next);
      appended_ = std::max(appended_, next + count);
      if (!writer.append(entries_for(next, count)))
        return false;
      next += count;
    }
    if (!writer.sync())
      return false;
    kept_ = next;
    return true;
  }

  std::shared_ptr<memory_file_system> disk_ = std::make_shared<memory_file_system>();
  std::uint64_t opened_ = 0;
  std::uint64_t kept_;
  std::uint64_t appended_;
};

std::uint64_t calls_of_script() {
  scripted_log log;
  log.run(1, script_records, 0);
  REQUIRE(log.kept() == script_records);
  return log.disk().calls();
}

}  // namespace

TEST_CASE("whichever call to the disk fails, every record is in the log once and in order in the end") {
  const std::uint64_t calls = calls_of_script();
  for (std::uint64_t call = 1; call < calls; ++call)
    for (const unsigned arriving : {0u, 50u, 100u})
      for (const bool crash : {false, true}) {
        INFO("call " << call << ", " << arriving << " percent arrive, crash " << crash);
        scripted_log log;
        log.disk().fail({.call = call, .code = errc::disk_full, .arriving_percent = arriving});
        log.run(1, script_records, 2);
        REQUIRE(log.kept() == script_records);
        if (crash)
          log.disk().crash();
        const replayed found = replay_all(log.disk());
        REQUIRE(found.sequences == numbers(0, script_records));
        REQUIRE(found.summary.damages.empty());
        REQUIRE_FALSE(found.summary.torn);
      }
}

TEST_CASE(
    "whenever the power goes, what was synced is read back once and in order, and no damage is reported") {
  const std::uint64_t calls = calls_of_script();
  for (std::uint64_t call = 1; call <= calls; ++call)
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      INFO("call " << call << ", seed " << seed);
      scripted_log log;
      log.disk().fail({.call = call, .lasting = true, .arriving_percent = static_cast<unsigned>(seed * 9)});
      log.run(1, script_records, 0);
      const std::uint64_t kept = log.kept();
      const std::uint64_t appended = log.appended();
      log.disk().crash_torn(seed);
      const replayed found = replay_all(log.disk());
      REQUIRE(found.sequences == numbers(0, found.sequences.size()));
      REQUIRE(found.sequences.size() >= kept);
      REQUIRE(found.sequences.size() <= appended);
      REQUIRE(found.summary.damages.empty());
    }
}

TEST_CASE("a log that is recovered after each of many crashes never loses or doubles a record") {
  const std::uint64_t seed = seed_or(61);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    scripted_log log;
    std::uint64_t number = 1;
    for (int crash = 0; crash < 8; ++crash) {
      INFO("crash " << crash);
      log.disk().fail({.call = 1 + random.below(30), .lasting = true, .arriving_percent = random.below(101)});
      log.run(number, log.kept() + script_records, 0);
      const std::uint64_t kept = log.kept();
      log.disk().crash_torn(random.next());
      const replayed found = log.recover();
      REQUIRE(found.sequences == numbers(0, found.sequences.size()));
      REQUIRE(found.sequences.size() >= kept);
      REQUIRE(found.summary.damages.empty());
      number = found.summary.highest_number + 1;
    }
  }
}
