// SPDX-License-Identifier: MIT
// Trailer, directory, head; then whatever is asked for.
#include "engine/store/segment_reader.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/store/segment_chunks.hpp"
#include "engine/store/zstd_block.hpp"

#include <utility>

namespace logstream {

namespace {

using namespace segment_format;

// What a directory unpacks to at most, for each of its bytes: it is made of small numbers that repeat.
constexpr std::uint64_t most_unpacked_per_byte = 4096;

}  // namespace

result<std::shared_ptr<const segment>> segment::open(file_system& in, const std::string& path) {
  auto file = in.open(path);
  if (!file)
    return file.failure();
  std::shared_ptr<segment> opened{new segment{path, *std::move(file)}};
  if (auto read = opened->read_directory(); !read)
    return read.failure();
  return segment_ptr{std::move(opened)};
}

error segment::damaged(std::string_view section, std::uint64_t offset, std::string_view why) const {
  return make_error(errc::invalid, path_ + ": " + std::string{section} + " at byte " +
                                       std::to_string(offset) + ": " + std::string{why});
}

error segment::damaged(std::string_view section, std::uint64_t offset, const error& why) const {
  return {why.code, damaged(section, offset, why.message).message};
}

result<void> segment::read_directory() {
  const std::uint64_t size = file_->size();
  if (size < head_size + trailer_size)
    return damaged("file", 0, "too short for a segment");
  const std::uint64_t at = size - trailer_size;
  auto bytes = file_->read(at, trailer_size);
  if (!bytes)
    return bytes.failure();
  const auto end = read_trailer(*bytes);
  if (!end)
    return damaged("trailer", at, end.failure());
  if (end->directory_offset > at || end->directory_size != at - end->directory_offset)
    return damaged("trailer", at, "the directory does not end here");

  auto packed =
      read_checked("directory", end->directory_offset, end->directory_size, end->directory_checksum);
  if (!packed)
    return packed.failure();
  byte_reader from{*packed};
  const std::uint64_t unpacked_size = from.varint();
  if (unpacked_size > most_directory_bytes || unpacked_size > packed->size() * most_unpacked_per_byte)
    return damaged("directory", end->directory_offset, "it is too large");
  std::string unpacked(static_cast<std::size_t>(unpacked_size), '\0');
  if (!decompress_block(from.raw(from.left()), unpacked.data(), unpacked.size()))
    return damaged("directory", end->directory_offset, "it cannot be unpacked");
  auto decoded = segment_directory::decode(unpacked);
  if (!decoded)
    return damaged("directory", end->directory_offset, decoded.failure());
  directory_ = *std::move(decoded);
  directory_.info.bytes = size;
  if (directory_.filters_offset() + directory_.filters_size() + checksum_size != end->directory_offset)
    return damaged("directory", end->directory_offset, "chunks and filters do not end where it begins");

  bytes = file_->read(0, head_size);
  if (!bytes)
    return bytes.failure();
  const auto head = read_head(*bytes);
  if (!head)
    return damaged("head", 0, head.failure());
  if (*head != id_of(directory_.info))
    return damaged("head", 0, "head and directory are of different segments");
  return {};
}

result<std::string> segment::read_checked(std::string_view section, std::uint64_t offset, std::uint64_t size,
                                          std::uint64_t expected) const {
  auto bytes = file_->read(offset, static_cast<std::size_t>(size));
  if (bytes && checksum(*bytes, offset) != expected)
    return damaged(section, offset, "the checksum is another");
  return bytes;
}

result<std::string> segment::read_filters() const {
  const std::uint64_t offset = directory_.filters_offset();
  const auto size = static_cast<std::size_t>(directory_.filters_size());
  auto bytes = file_->read(offset, size + checksum_size);
  if (!bytes)
    return bytes;
  const std::string_view all{*bytes};
  if (checksum(all.substr(0, size), offset) != byte_reader{all.substr(size)}.fixed<std::uint64_t>())
    return damaged("filters", offset, "the checksum is another");
  bytes->resize(size);
  return bytes;
}

result<batch_ptr> segment::read_block(std::uint32_t block, const column_selection& wanted) const {
  auto chunks = segment_chunks::read(*this, block, wanted);
  if (!chunks)
    return chunks.failure();
  return chunks->decode();
}

}  // namespace logstream
