// SPDX-License-Identifier: MIT
// Opens bytes as a segment and reads all of it. An even first byte: the rest is the file. An odd one: two
// bytes of size, chunks of that size, and a directory as it is before it is packed; a file with right
// checksums is made of them, which no mutation of a file would be.
#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/store/segment_chunks.hpp"
#include "engine/store/segment_prune.hpp"
#include "engine/store/segment_reader.hpp"
#include "engine/store/zstd_block.hpp"
#include "fuzz/support/require.hpp"
#include "tests/engine/support/memory_file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using logstream::fuzz::require;

constexpr std::size_t most_file_bytes = 256 * 1024;

void read_rows(const batch& rows) {
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    const event each = rows.materialize(row);
    require(each.message.size() == rows.message(row).size(), "a row is what its batch says");
  }
}

void read_block(const segment& in, std::uint32_t block) {
  const auto whole = in.read_block(block, column_selection::all());
  if (!whole)
    return;
  require((*whole)->rows() == in.directory().blocks()[block].rows, "a block has the rows it is said to have");
  read_rows(**whole);
  const auto bare = in.read_block(block, column_selection::none());
  require(bare && (*bare)->id(0) == (*whole)->id(0), "a block that can be read whole can be read in part");
}

void read_file(std::string_view bytes) {
  test::memory_file_system disk;
  disk.put("segment", bytes);
  const auto opened = segment::open(disk, "segment");
  if (!opened)
    return;
  const segment& in = **opened;
  const auto filters = in.read_filters();
  row_filter asked;
  asked.contains = "any word here";
  asked.fields = {{"field", "value"}};
  const auto found = candidate_blocks(in.directory(), asked, filters ? *filters : std::string{});
  require(found.size() <= in.directory().blocks().size(), "candidates are blocks");
  row_counts counts;
  const auto untold = count_rows(in.directory(), {}, {}, count_by::minute, counts);
  require(untold.empty(), "no filter cuts no minute");
  for (std::uint32_t block = 0; block < in.directory().blocks().size(); ++block) read_block(in, block);
}

void put_checksum(std::string& file, std::uint64_t begin, std::uint64_t end) {
  std::string sum;
  byte_writer{sum}.fixed(checksum(std::string_view{file}.substr(begin, end - begin), begin));
  file.replace(end, sum.size(), sum);
}

void read_sealed(std::string_view bytes) {
  byte_reader from{bytes};
  const std::string_view chunks = from.raw(from.fixed<std::uint16_t>());
  const std::string_view plain = from.raw(from.left());
  const auto directory = segment_directory::decode(plain);
  if (!directory)
    return;
  std::string again;
  directory->encode(again);
  require(segment_directory::decode(again).ok(), "a directory that was read can be written and read again");

  constexpr std::size_t sum = segment_format::checksum_size;
  const std::uint64_t end = directory->filters_offset() + directory->filters_size() + sum;
  if (end > most_file_bytes)
    return;
  std::string file = segment_format::make_head(directory->info.from, id_of(directory->info));
  file.append(chunks).resize(end);
  for (std::uint32_t block = 0; block < directory->blocks().size(); ++block)
    for (std::size_t n = 0; n < directory->chunks(block).size(); ++n) {
      const chunk_place place = directory->place(block, n);
      put_checksum(file, place.offset, place.offset + place.size - sum);
    }
  put_checksum(file, directory->filters_offset(), end - sum);
  std::string packed;
  byte_writer{packed}.varint(plain.size());
  compress_block(plain, packed);
  file += packed;
  file += segment_format::make_trailer({end, packed.size(), checksum(packed, end)});
  read_file(file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (data[0] % 2 == 0)
    read_file(rest);
  else
    read_sealed(rest);
  return 0;
}
