// SPDX-License-Identifier: MIT
// Collecting rows: streams and fields are found by hash, texts stay where they are.
#include "engine/model/batch_builder.hpp"

#include "engine/model/batch_writer.hpp"
#include "engine/model/labels.hpp"
#include "engine/model/rest_entry.hpp"

#include <xxhash.h>

#include <algorithm>

namespace logstream {

namespace {

constexpr std::uint32_t no_stream = 0xffffffff;
constexpr std::uint32_t no_row = 0xffffffff;
constexpr std::size_t field_table_size = 4 * batch_builder::max_columns;
constexpr std::size_t smallest_stream_table = 256;
// What one huge body made grow beyond these is given back.
constexpr std::size_t most_kept_rows = 64 * 1024;
constexpr std::size_t most_kept_cells = 256 * 1024;
constexpr std::size_t largest_kept_stream_table = 16 * 1024;

// Empties `list`, and keeps its memory unless that is for more than `most`.
template <class T>
void clear_bounded(std::vector<T>& list, std::size_t most) {
  if (list.capacity() > most)
    list = std::vector<T>{};
  else
    list.clear();
}

// Encodes a field that has no column as an entry of its row's rest.
std::string_view encode_rest_entry(text_arena& arena, std::string_view name, std::string_view value,
                                   bool literal) {
  char* at = arena.allocate(rest_entry_head + name.size() + value.size());
  write_rest_entry(at, name, value, literal);
  return {at, rest_entry_head + name.size() + value.size()};
}

}  // namespace

batch_builder::batch_builder(std::uint32_t shards)
    : shards_(shards),
      stream_table_(smallest_stream_table, no_stream),
      field_table_(field_table_size, no_column) {}

void batch_builder::begin_row() {
  cells_.resize(end_of_cells_);
  row_.first_cell = end_of_cells_;
  row_.sequence = 0;
  row_.message = {};
}

void batch_builder::set_stream(std::string_view service, level severity) {
  row_.stream = stream_for(service, severity);
}

std::uint32_t batch_builder::stream_for(std::string_view service, level severity) {
  const std::uint64_t hash =
      XXH3_64bits_withSeed(service.data(), service.size(), static_cast<XXH64_hash_t>(severity));
  const std::size_t mask = stream_table_.size() - 1;
  std::size_t slot = hash & mask;
  for (; stream_table_[slot] != no_stream; slot = (slot + 1) & mask) {
    const stream_entry& each = streams_[stream_table_[slot]];
    if (each.hash == hash && each.severity == severity && each.service == service)
      return stream_table_[slot];
  }
  std::string labels;
  append_labels(labels, {{"service", service}});
  const std::string_view kept = arena_.keep(labels);
  const auto index = static_cast<std::uint32_t>(streams_.size());
  const auto shard = static_cast<std::uint32_t>((hash >> 32) % shards_);
  streams_.push_back({hash, kept, label_value(kept, "service"), severity, shard, 0});
  stream_table_[slot] = index;
  if (streams_.size() * 2 > stream_table_.size())
    grow_streams();
  return index;
}

void batch_builder::grow_streams() {
  stream_table_.assign(stream_table_.size() * 2, no_stream);
  const std::size_t mask = stream_table_.size() - 1;
  for (std::uint32_t index = 0; index < streams_.size(); ++index) {
    std::size_t slot = streams_[index].hash & mask;
    while (stream_table_[slot] != no_stream) slot = (slot + 1) & mask;
    stream_table_[slot] = index;
  }
}

batch_builder::field_ref batch_builder::find_field(std::string_view name) {
  const std::uint64_t hash = XXH3_64bits(name.data(), name.size());
  std::size_t slot = hash % field_table_size;
  for (; field_table_[slot] != no_column; slot = (slot + 1) % field_table_size) {
    const field_entry& each = fields_[field_table_[slot]];
    if (each.hash == hash && each.name == name)
      return field_table_[slot];
  }
  if (fields_.size() == max_columns)
    return no_column;
  const auto index = static_cast<field_ref>(fields_.size());
  fields_.push_back({hash, names_.keep(name), no_row, 0});
  field_table_[slot] = index;
  return index;
}

void batch_builder::set_field(field_ref at, std::string_view name, std::string_view value, bool literal) {
  if (at == no_column) {
    set_rest(name, encode_rest_entry(arena_, name, value, literal));
    return;
  }
  field_entry& known = fields_[at];
  const pending_cell made{value.data(), static_cast<std::uint32_t>(value.size()), at, literal};
  if (known.last_row == rows() && known.last_cell >= row_.first_cell && known.last_cell < cells_.size() &&
      cells_[known.last_cell].field == at) {
    cells_[known.last_cell] = made;
    return;
  }
  known.last_row = rows();
  known.last_cell = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back(made);
}

void batch_builder::set_rest(std::string_view name, std::string_view entry) {
  const pending_cell made{entry.data(), static_cast<std::uint32_t>(entry.size()), no_column, false};
  const auto same =
      std::find_if(cells_.begin() + row_.first_cell, cells_.end(), [&](const pending_cell& each) {
        return each.field == no_column && rest_entry_name(each.text) == name;
      });
  if (same != cells_.end())
    *same = made;
  else
    cells_.push_back(made);
}

void batch_builder::end_row() {
  text_bytes_ += row_.message.size();
  for (std::size_t i = row_.first_cell; i < cells_.size(); ++i) text_bytes_ += cells_[i].size;
  ++streams_[row_.stream].rows;
  rows_.push_back(row_);
  end_of_cells_ = static_cast<std::uint32_t>(cells_.size());
}

std::vector<built_batch> batch_builder::build(bool keep_sequences, std::vector<row_place>* places) {
  std::vector<built_batch> built = batch_writer{*this, keep_sequences, places}.write();
  forget_rows();
  return built;
}

void batch_builder::forget_rows() {
  clear_bounded(rows_, most_kept_rows);
  clear_bounded(cells_, most_kept_cells);
  clear_bounded(streams_, largest_kept_stream_table);
  if (stream_table_.size() > largest_kept_stream_table)
    stream_table_ = std::vector<std::uint32_t>(smallest_stream_table);
  std::fill(stream_table_.begin(), stream_table_.end(), no_stream);
  // Field names are kept from build to build, since the same agents send the same shapes, until there are too
  // many.
  if (fields_.size() > max_columns / 2) {
    fields_.clear();
    names_.clear();
    ++generation_;
    std::fill(field_table_.begin(), field_table_.end(), no_column);
  }
  for (field_entry& each : fields_) each.last_row = no_row;
  row_ = {};
  end_of_cells_ = 0;
  text_bytes_ = 0;
  arena_.clear();
}

}  // namespace logstream
