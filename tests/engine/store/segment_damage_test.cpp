// SPDX-License-Identifier: MIT
// A segment that is not what was written is an error, never other rows.
#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/store/segment_reader.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// The rows, or the error that reading them ends with.
result<std::vector<model_row>> read_all(file_system& in, const std::string& path) {
  const auto opened = segment::open(in, path);
  if (!opened)
    return opened.failure();
  std::vector<model_row> rows;
  for (std::uint32_t block = 0; block < (*opened)->directory().blocks().size(); ++block) {
    const auto read = (*opened)->read_block(block, column_selection::all());
    if (!read)
      return read.failure();
    for (const model_row& each : rows_of(part{*read, {}})) rows.push_back(each);
  }
  if (const auto filters = (*opened)->read_filters(); !filters)
    return filters.failure();
  return rows;
}

struct written_segment {
  std::shared_ptr<memory_file_system> disk = make_disk();
  std::string path;
  std::string bytes;
  std::vector<model_row> rows;

  explicit written_segment(random_source& random) {
    std::vector<model_row> expected;
    while (expected.empty()) {
      event_variety how;
      const auto parts = random_parts(random, how, expected);
      if (!expected.empty())
        path = write_to(disk, order_for(parts));
    }
    bytes = disk->content(path);
    rows = *read_all(*disk, path);
  }

  void check_damaged(const std::string& damaged) {
    disk->put(path, damaged);
    const auto read = read_all(*disk, path);
    if (read) {
      REQUIRE(difference(*read, rows) == "");
      return;
    }
    REQUIRE((read.failure().code == errc::invalid));
    REQUIRE(read.failure().message.find(path) == 0);
  }
};

}  // namespace

TEST_CASE("a segment of which any byte is another gives an error that names the file, or its rows") {
  random_source random{seed_or(32)};
  written_segment written{random};
  for (std::size_t at = 0; at < written.bytes.size(); at += 1 + random.below(12)) {
    INFO("byte " << at << " of " << written.bytes.size());
    std::string damaged = written.bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 + random.below(255)));
    written.check_damaged(damaged);
  }
}

TEST_CASE("a segment that was cut anywhere is an error that names the file") {
  random_source random{seed_or(33)};
  written_segment written{random};
  for (std::size_t size = 0; size < written.bytes.size(); size += 1 + random.below(40)) {
    INFO("cut to " << size << " of " << written.bytes.size());
    written.disk->put(written.path, written.bytes.substr(0, size));
    const auto read = read_all(*written.disk, written.path);
    REQUIRE_FALSE(read);
    REQUIRE(read.failure().message.find(written.path) == 0);
  }
}

TEST_CASE("an error tells the section and the offset of what is damaged") {
  const auto disk = make_disk();
  const std::string path = write_to(
      disk,
      order_for({{make_batch(std::vector{make_event(1, "a"), make_event(2, "b")}, segment_origin, 0), {}}}));
  std::string bytes = disk->content(path);
  // The first chunk, of times, stands right behind the head.
  bytes[segment_format::head_size] ^= 1;
  disk->put(path, bytes);
  const auto opened = segment::open(*disk, path);
  REQUIRE(opened);
  const auto read = (*opened)->read_block(0, column_selection::none());
  REQUIRE_FALSE(read);
  CHECK(read.failure() ==
        make_error(errc::invalid, path + ": block 0, times at byte 36: the checksum is another"));
}

TEST_CASE("a segment of a later version is told from a damaged one") {
  const auto disk = make_disk();
  const std::string path =
      write_to(disk, order_for({{make_batch(std::vector{make_event(1)}, segment_origin, 0), {}}}));
  std::string bytes = disk->content(path);
  const std::size_t trailer = bytes.size() - segment_format::trailer_size;
  bytes[trailer + 24] = 2;
  std::string sealed = bytes.substr(0, bytes.size() - 8);
  const std::uint64_t sum = checksum(std::string_view{sealed}.substr(trailer));
  byte_writer{sealed}.fixed(sum);
  disk->put(path, sealed);
  const auto opened = segment::open(*disk, path);
  REQUIRE_FALSE(opened);
  CHECK(opened.failure().code == errc::unsupported);
}
