// SPDX-License-Identifier: MIT
// What a replay makes of logs that are whole, cut, damaged or not logs at all.
#include "engine/store/wal_reader.hpp"

#include "engine/base/checksum.hpp"
#include "engine/store/wal_writer.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/test_log.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string path_of(std::uint64_t number) {
  return log_folder + "/" + wal_file_name(number);
}

// The bytes of file `number` with the records [first, first + count), and where each begins.
struct log_file {
  std::string bytes;
  std::vector<std::uint64_t> begins;
};

log_file make_file(std::uint64_t number, std::uint64_t first, std::uint64_t count) {
  const auto disk = std::make_shared<memory_file_system>();
  REQUIRE(disk->make_folder(log_folder));
  auto writer = wal_writer::open(disk, {log_folder}, number);
  REQUIRE(writer);
  log_file made;
  for (const wal_entry& each : entries_for(first, count)) {
    made.begins.push_back(writer->file_bytes());
    REQUIRE(writer->append(std::vector{each}));
  }
  made.bytes = disk->content(path_of(number));
  return made;
}

// How many records end at or before `offset`.
std::size_t records_before(const log_file& file, std::uint64_t offset) {
  const auto next = std::upper_bound(file.begins.begin(), file.begins.end(), offset);
  return next == file.begins.begin() ? 0 : static_cast<std::size_t>(next - file.begins.begin()) - 1;
}

}  // namespace

TEST_CASE("files are replayed in the order of their numbers, other files are not looked at") {
  memory_file_system disk;
  disk.put(path_of(0x10), make_file(0x10, 10, 5).bytes);
  disk.put(path_of(9), make_file(9, 0, 10).bytes);
  disk.put(log_folder + "/manifest", "something else");
  disk.put(log_folder + "/wal-1.log", "something else");
  const replayed found = replay_all(disk);
  CHECK(found.sequences == numbers(0, 15));
  CHECK(found.summary.files == 2);
  CHECK(found.summary.highest_number == 0x10);
  CHECK(found.summary.rows > 15);
  CHECK(found.summary.damages.empty());
}

TEST_CASE("a log without files has no records") {
  memory_file_system disk;
  REQUIRE(disk.make_folder(log_folder));
  const replayed found = replay_all(disk);
  CHECK(found.sequences.empty());
  CHECK(found.summary.highest_number == 0);
}

TEST_CASE("wherever the last file is cut, the records before are read and the rest is told to be torn") {
  const log_file file = make_file(1, 0, 6);
  for (std::size_t size = 0; size < file.bytes.size(); ++size) {
    INFO("cut at " << size);
    memory_file_system disk;
    disk.put(path_of(1), std::string_view{file.bytes}.substr(0, size));
    const replayed found = replay_all(disk);
    REQUIRE(found.sequences == numbers(0, records_before(file, size)));
    REQUIRE(found.summary.damages.empty());
    const bool whole =
        size == 0 || std::find(file.begins.begin(), file.begins.end(), size) != file.begins.end();
    REQUIRE(found.summary.torn.has_value() == !whole);
    if (!whole) {
      const std::uint64_t begin = size < wal_file_head_bytes ? 0 : file.begins[found.sequences.size()];
      REQUIRE(found.summary.torn->offset == begin);
      REQUIRE(found.summary.torn->bytes == size - begin);
    }
  }
}

TEST_CASE("whichever bit is flipped, no record from there on is read") {
  const log_file file = make_file(1, 0, 6);
  for (std::size_t at = 0; at < file.bytes.size(); ++at)
    for (unsigned bit = 0; bit < 8; ++bit) {
      INFO("bit " << bit << " of byte " << at);
      std::string bytes = file.bytes;
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << bit);
      memory_file_system disk;
      disk.put(path_of(1), bytes);
      const replayed found = replay_all(disk);
      REQUIRE(found.sequences == numbers(0, records_before(file, at)));
      const bool head = at < wal_file_head_bytes;
      REQUIRE(found.summary.torn.has_value() == !head);
      REQUIRE(found.summary.damages.size() == (head ? 1 : 0));
    }
}

TEST_CASE(
    "damage in a file that is not the last is told with its place and size, and the next files are read") {
  const log_file first = make_file(1, 0, 6);
  memory_file_system disk;
  std::string bytes = first.bytes;
  bytes[first.begins[4] + wal_record_head_bytes] ^= 1;
  disk.put(path_of(1), bytes);
  disk.put(path_of(2), make_file(2, 6, 2).bytes);
  const replayed found = replay_all(disk);
  CHECK(found.sequences == std::vector<std::uint64_t>{0, 1, 2, 3, 6, 7});
  REQUIRE(found.summary.damages.size() == 1);
  CHECK(found.summary.damages[0].path == path_of(1));
  CHECK(found.summary.damages[0].offset == first.begins[4]);
  CHECK(found.summary.damages[0].bytes == bytes.size() - first.begins[4]);
  CHECK_FALSE(found.summary.torn);
}

TEST_CASE("a file under another name, and a record in another place, are damage") {
  const log_file first = make_file(1, 0, 3);
  memory_file_system disk;
  disk.put(path_of(2), first.bytes);
  CHECK(replay_all(disk).sequences.empty());
  CHECK(replay_all(disk).summary.damages.at(0).bytes == first.bytes.size());

  const log_file second = make_file(2, 0, 3);
  disk.put(path_of(2), wal_file_head(2) + first.bytes.substr(wal_file_head_bytes));
  CHECK(replay_all(disk).sequences.empty());
  disk.put(path_of(2), second.bytes + second.bytes.substr(second.begins[1]));
  CHECK(replay_all(disk).sequences == numbers(0, 3));
}

TEST_CASE("bytes of an older file behind the end of a newer one are no records") {
  const log_file older = make_file(1, 0, 12);
  const log_file newer = make_file(2, 0, 4);
  memory_file_system disk;
  disk.put(path_of(2), newer.bytes + older.bytes.substr(newer.bytes.size()));
  CHECK(replay_all(disk).sequences == numbers(0, 4));
}

TEST_CASE("a file of zeros behind its head ends there") {
  memory_file_system disk;
  disk.put(path_of(1), make_file(1, 0, 3).bytes + std::string(5000, '\0'));
  const replayed found = replay_all(disk);
  CHECK(found.sequences == numbers(0, 3));
  REQUIRE(found.summary.torn);
  CHECK(found.summary.torn->bytes == 5000);
}

TEST_CASE("a whole record without a batch is damage, and the records behind it are read") {
  const auto disk = std::make_shared<memory_file_system>();
  REQUIRE(disk->make_folder(log_folder));
  auto writer = wal_writer::open(disk, {log_folder}, 1);
  REQUIRE(writer);
  REQUIRE(writer->append(std::vector{entry_for(0), wal_entry{0, 9, "", checksum("")}, entry_for(1)}));
  const replayed found = replay_all(*disk);
  CHECK(found.sequences == numbers(0, 2));
  REQUIRE(found.summary.damages.size() == 1);
  CHECK(found.summary.damages[0].bytes == wal_record_head_bytes);
}

TEST_CASE("records larger than the pieces in which a file is read come back") {
  const auto disk = std::make_shared<memory_file_system>();
  REQUIRE(disk->make_folder(log_folder));
  auto writer = wal_writer::open(disk, {log_folder}, 1);
  REQUIRE(writer);
  random_source random{71};
  std::string noise;
  for (std::size_t i = 0; i < (std::size_t{6} << 20) / 8; ++i) {
    const std::uint64_t number = random.next();
    noise.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  const auto rows = make_batch(std::vector{make_event(1, noise)});
  const wal_payload payload = make_wal_payload(*rows);
  for (std::uint64_t i = 0; i < 3; ++i) {
    REQUIRE(writer->append(std::vector{wal_entry{0, i, payload.bytes, payload.checksum}}));
    REQUIRE(writer->append(entries_for(i, 1)));
  }
  std::size_t large = 0;
  const auto summary = replay_wal(*disk, log_folder, [&](const wal_record& each) -> result<void> {
    large += each.rows->message(0) == noise ? 1 : 0;
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->records == 6);
  CHECK(large == 3);
}

TEST_CASE("a consumer that fails ends the replay with its error") {
  memory_file_system disk;
  disk.put(path_of(1), make_file(1, 0, 3).bytes);
  int taken = 0;
  const auto summary = replay_wal(disk, log_folder, [&](const wal_record&) -> result<void> {
    if (++taken == 2)
      return make_error(errc::overloaded, "enough");
    return {};
  });
  REQUIRE_FALSE(summary);
  CHECK(summary.failure() == make_error(errc::overloaded, "enough"));
  CHECK(taken == 2);
}

TEST_CASE("a log in a folder that is not there is not found") {
  memory_file_system disk;
  const auto nothing = [](const wal_record&) -> result<void> { return {}; };
  CHECK(replay_wal(disk, log_folder, nothing).failure().code == errc::not_found);
}

TEST_CASE("files below a number are removed for good, the lowest first, and no others") {
  memory_file_system disk;
  for (const std::uint64_t each : {1, 2, 3, 4}) disk.put(path_of(each), wal_file_head(each));
  disk.put(log_folder + "/other", "");
  CHECK(*remove_wal_files_before(disk, log_folder, 3) == 2);
  disk.crash();
  CHECK(*disk.list(log_folder) == std::vector<std::string>{"other", wal_file_name(3), wal_file_name(4)});
  disk.fail({.call = 2});
  CHECK_FALSE(remove_wal_files_before(disk, log_folder, 9));
  CHECK(*disk.list(log_folder) == std::vector<std::string>{"other", wal_file_name(4)});
}
