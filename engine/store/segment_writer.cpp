// SPDX-License-Identifier: MIT
// Head, blocks, filters, directory, trailer; then the name.
#include "engine/store/segment_writer.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/store/zstd_block.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

segment_writer::segment_writer(std::shared_ptr<file_system> in, std::string folder, segment_order order)
    : in_(std::move(in)),
      folder_(std::move(folder)),
      order_(std::move(order)),
      runs_(gather_runs(order_.parts)),
      stream_(runs_.data(), 0),
      blocks_(order_.parts) {
  directory_.info.from = order_.from;
  directory_.info.level = order_.level;
  directory_.info.covers = order_.covers;
  path_ = folder_ + "/" + segment_name(id_of(directory_.info));
}

segment_writer::~segment_writer() {
  if (!out_)
    return;
  out_.reset();
  // What cannot be removed now goes at the next start.
  (void)in_->remove(temporary());
}

result<std::unique_ptr<segment_writer>> segment_writer::create(std::shared_ptr<file_system> in,
                                                               std::string folder, segment_order order) {
  std::unique_ptr<segment_writer> made{
      new segment_writer{std::move(in), std::move(folder), std::move(order)}};
  auto file = made->in_->create(made->temporary());
  if (!file)
    return file.failure();
  made->out_ = *std::move(file);
  const segment_info& info = made->directory_.info;
  if (auto written = made->append(segment_format::make_head(info.from, id_of(info))); !written)
    return written.failure();
  return made;
}

void segment_writer::next_stream() {
  const std::size_t begin = static_cast<std::size_t>(stream_.data() - runs_.data()) + stream_.size();
  std::size_t end = begin;
  while (end < runs_.size() && runs_[end].same_stream(runs_[begin])) ++end;
  stream_ = {runs_.data() + begin, end - begin};
  merge_.emplace(stream_);
  if (!stream_.empty())
    directory_.streams.push_back({std::string{stream_.front().labels}, stream_.front().severity});
}

result<bool> segment_writer::advance() {
  if (!merge_ || merge_->done())
    next_stream();
  if (merge_->done())
    return false;
  const auto spans = take_block(*merge_, stream_, order_.limits);
  const auto stream = static_cast<std::uint32_t>(directory_.streams.size() - 1);
  if (auto written = blocks_.write(stream_, spans, stream, directory_, filters_, block_); !written)
    return written.failure();
  if (auto written = append(block_); !written)
    return written.failure();
  return true;
}

result<segment_info> segment_writer::finish() {
  if (directory_.blocks().empty())
    return directory_.info;
  if (auto written = write_end(); !written)
    return written.failure();
  if (auto synced = out_->sync(); !synced)
    return synced.failure();
  if (auto renamed = in_->rename(temporary(), path_); !renamed)
    return renamed.failure();
  out_.reset();
  if (auto synced = in_->sync_folder(folder_); !synced)
    return synced.failure();
  directory_.info.bytes = written_;
  return directory_.info;
}

result<void> segment_writer::write_end() {
  byte_writer{filters_}.fixed(checksum(filters_, directory_.filters_offset()));
  if (auto written = append(filters_); !written)
    return written;
  const name_table& names = blocks_.names();
  for (std::uint32_t i = 0; i < names.size(); ++i) directory_.names.emplace_back(names[i]);
  std::string bytes;
  directory_.encode(bytes);
  // The size comes first: it is what the reader makes room for.
  std::string packed;
  byte_writer{packed}.varint(bytes.size());
  compress_block(bytes, packed);
  const std::string trailer =
      segment_format::make_trailer({written_, packed.size(), checksum(packed, written_)});
  if (auto written = append(packed); !written)
    return written;
  return append(trailer);
}

result<void> segment_writer::append(std::string_view bytes) {
  written_ += bytes.size();
  return out_->append({&bytes, 1});
}

result<segment_info> write_segment(std::shared_ptr<file_system> in, std::string folder, segment_order order) {
  auto writer = segment_writer::create(std::move(in), std::move(folder), std::move(order));
  if (!writer)
    return writer.failure();
  for (;;) {
    const auto more = (*writer)->advance();
    if (!more)
      return more.failure();
    if (!*more)
      return (*writer)->finish();
  }
}

}  // namespace logstream
