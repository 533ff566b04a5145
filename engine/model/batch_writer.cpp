// SPDX-License-Identifier: MIT
// Sizes first, then one allocation, then one copy of each text.
#include "engine/model/batch_writer.hpp"

#include "engine/model/rest_entry.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace logstream {

namespace {

// A field of fewer than one row in so many has no column: a column costs a bit a row, and its own head.
constexpr std::uint32_t sparse_factor = 32;
constexpr std::size_t smallest_sparse_batch = 64;

std::size_t words_for(std::size_t rows) {
  return (rows + 63) / 64;
}

}  // namespace

std::vector<built_batch> batch_writer::write() {
  std::vector<built_batch> built;
  if (from_.rows_.empty())
    return built;
  sort_rows();
  if (places_ != nullptr)
    places_->resize(row_order_.size());
  std::size_t row = 0;
  for (std::size_t begin = 0; begin < stream_order_.size();) {
    const std::uint32_t shard = from_.streams_[stream_order_[begin]].shard;
    std::size_t end = begin;
    std::size_t rows = 0;
    for (; end < stream_order_.size() && from_.streams_[stream_order_[end]].shard == shard; ++end)
      rows += from_.streams_[stream_order_[end]].rows;
    const std::span<const std::uint32_t> mine{row_order_.data() + row, rows};
    if (places_ != nullptr)
      for (std::uint32_t i = 0; i < rows; ++i)
        (*places_)[mine[i]] = {static_cast<std::uint32_t>(built.size()), i};
    built.push_back({shard, write_batch({stream_order_.data() + begin, end - begin}, mine)});
    begin = end;
    row += rows;
  }
  return built;
}

void batch_writer::sort_rows() {
  const auto& streams = from_.streams_;
  // A stream whose only rows were dropped has none.
  for (std::uint32_t i = 0; i < streams.size(); ++i)
    if (streams[i].rows != 0)
      stream_order_.push_back(i);
  std::sort(stream_order_.begin(), stream_order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto& x = streams[a];
    const auto& y = streams[b];
    if (x.shard != y.shard)
      return x.shard < y.shard;
    return x.labels != y.labels ? x.labels < y.labels : x.severity < y.severity;
  });
  std::vector<std::uint32_t> next(streams.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t stream : stream_order_) {
    next[stream] = begin;
    begin += streams[stream].rows;
  }
  const auto& rows = from_.rows_;
  row_order_.resize(rows.size());
  for (std::uint32_t i = 0; i < rows.size(); ++i) row_order_[next[rows[i].stream]++] = i;
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) {
    return rows[a].time != rows[b].time ? rows[a].time < rows[b].time : rows[a].sequence < rows[b].sequence;
  };
  auto first = row_order_.begin();
  for (const std::uint32_t stream : stream_order_) {
    const auto last = first + streams[stream].rows;
    if (!std::is_sorted(first, last, earlier))
      std::stable_sort(first, last, earlier);
    first = last;
  }
}

std::shared_ptr<batch> batch_writer::write_batch(std::span<const std::uint32_t> streams,
                                                 std::span<const std::uint32_t> rows) {
  plan_columns(rows);
  const std::size_t size = table_size(rows.size()) + text_size(streams);
  std::shared_ptr<batch> made{new batch};
  made->arena_.reset(new std::byte[size]);
  made->rows_ = static_cast<std::uint32_t>(rows.size());

  auto* words = reinterpret_cast<std::uint64_t*>(made->arena_.get());
  auto* times = reinterpret_cast<timestamp*>(words);
  words += rows.size();
  std::uint64_t* sequences = nullptr;
  if (keep_sequences_) {
    sequences = words;
    words += rows.size();
  }
  std::size_t word_count = 0;
  for (const auto field : columns_)
    word_count += (plans_[field].count != rows.size() ? words_for(rows.size()) : 0) +
                  (plans_[field].literals != 0 && plans_[field].literals != plans_[field].count
                       ? words_for(plans_[field].count)
                       : 0);
  if (rest_.count != 0 && rest_.count != rows.size())
    word_count += words_for(rows.size());
  auto* numbers = reinterpret_cast<std::uint32_t*>(words + word_count);
  auto* text = reinterpret_cast<char*>(made->arena_.get()) + table_size(rows.size());

  place_runs(*made, streams, text);
  place_columns(*made, rows.size(), words, numbers, text);
  copy_rows(*made, rows, times, sequences);
  made->times_ = times;
  made->sequences_ = sequences;
  finish_ranks(*made);
  count_minutes(*made);
  made->bytes_ = sizeof(batch) + size + made->runs_.capacity() * sizeof(stream_run) +
                 made->columns_.capacity() * sizeof(column) +
                 made->minutes_.capacity() * sizeof(minute_count);
  return made;
}

void batch_writer::plan_columns(std::span<const std::uint32_t> rows) {
  plans_.assign(from_.fields_.size(), {});
  columns_.clear();
  message_ = {};
  rest_ = {};
  const auto cells_of = [&](std::uint32_t row) {
    const std::uint32_t first = from_.rows_[row].first_cell;
    const std::uint32_t last =
        row + 1 < from_.rows_.size() ? from_.rows_[row + 1].first_cell : from_.end_of_cells_;
    return std::span{from_.cells_.data() + first, last - first};
  };
  for (const std::uint32_t row : rows) {
    message_.bytes += static_cast<std::uint32_t>(from_.rows_[row].message.size());
    for (const auto& each : cells_of(row)) {
      if (each.field == batch_builder::no_column)
        continue;
      column_plan& plan = plans_[each.field];
      ++plan.count;
      plan.bytes += each.size;
      plan.literals += each.literal ? 1 : 0;
    }
  }
  message_.count = static_cast<std::uint32_t>(rows.size());
  bool any_rest = from_.fields_.size() == batch_builder::max_columns;
  for (std::size_t field = 0; field < plans_.size(); ++field) {
    column_plan& plan = plans_[field];
    if (plan.count == 0)
      continue;
    plan.in_rest =
        rows.size() >= smallest_sparse_batch && std::size_t{plan.count} * sparse_factor < rows.size();
    any_rest = any_rest || plan.in_rest;
    if (!plan.in_rest)
      columns_.push_back(static_cast<batch_builder::field_ref>(field));
  }
  std::sort(columns_.begin(), columns_.end(),
            [&](auto a, auto b) { return from_.fields_[a].name < from_.fields_[b].name; });
  if (!any_rest)
    return;
  for (const std::uint32_t row : rows) {
    std::uint32_t bytes = 0;
    for (const auto& each : cells_of(row)) {
      if (each.field == batch_builder::no_column)
        bytes += each.size;
      else if (plans_[each.field].in_rest)
        bytes +=
            static_cast<std::uint32_t>(rest_entry_head + from_.fields_[each.field].name.size() + each.size);
    }
    rest_.bytes += bytes;
    rest_.count += bytes != 0 ? 1 : 0;
  }
}

std::size_t batch_writer::text_size(std::span<const std::uint32_t> streams) const {
  std::size_t size = std::size_t{message_.bytes} + rest_.bytes;
  for (const std::uint32_t stream : streams) size += from_.streams_[stream].labels.size();
  for (const auto field : columns_) size += plans_[field].bytes + from_.fields_[field].name.size();
  return size;
}

std::size_t batch_writer::table_size(std::size_t rows) const {
  std::size_t words = rows + (keep_sequences_ ? rows : 0);
  std::size_t numbers = rows;
  const auto add = [&](const column_plan& plan) {
    if (plan.count != rows) {
      words += words_for(rows);
      numbers += words_for(rows);
    }
    if (plan.literals != 0 && plan.literals != plan.count)
      words += words_for(plan.count);
    numbers += plan.count;
  };
  for (const auto field : columns_) add(plans_[field]);
  if (rest_.count != 0)
    add(rest_);
  return words * sizeof(std::uint64_t) + numbers * sizeof(std::uint32_t);
}

void batch_writer::place_runs(batch& made, std::span<const std::uint32_t> streams, char*& text) const {
  made.runs_.reserve(streams.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t stream : streams) {
    const auto& from = from_.streams_[stream];
    std::memcpy(text, from.labels.data(), from.labels.size());
    const std::string_view labels{text, from.labels.size()};
    text += labels.size();
    const std::string_view service =
        from.service.empty()
            ? std::string_view{}
            : labels.substr(static_cast<std::size_t>(from.service.data() - from.labels.data()),
                            from.service.size());
    made.runs_.push_back({labels, service, from.severity, begin, begin + from.rows});
    begin += from.rows;
  }
}

void batch_writer::place_columns(batch& made, std::size_t rows, std::uint64_t*& words,
                                 std::uint32_t*& numbers, char*& text) {
  made.columns_.resize(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string_view name = from_.fields_[columns_[i]].name;
    std::memcpy(text, name.data(), name.size());
    made.columns_[i].name_ = {text, name.size()};
    text += name.size();
    place_column(made.columns_[i], plans_[columns_[i]], rows, words, numbers, text);
  }
  place_column(made.messages_, message_, rows, words, numbers, text);
  if (rest_.count != 0)
    place_column(made.rest_, rest_, rows, words, numbers, text);
}

void batch_writer::place_column(column& made, column_plan& plan, std::size_t rows, std::uint64_t*& words,
                                std::uint32_t*& numbers, char*& text) {
  made.count_ = plan.count;
  if (plan.count != rows) {
    plan.present = words;
    words += words_for(rows);
    std::fill_n(plan.present, words_for(rows), 0);
    made.present_ = plan.present;
    made.ranks_ = numbers;
    numbers += words_for(rows);
  }
  made.literals_ = plan.literals == 0            ? column::literals::none
                   : plan.literals == plan.count ? column::literals::all
                                                 : column::literals::mixed;
  if (made.literals_ == column::literals::mixed) {
    plan.literal = words;
    words += words_for(plan.count);
    std::fill_n(plan.literal, words_for(plan.count), 0);
    made.literal_ = plan.literal;
  }
  made.ends_ = plan.ends = numbers;
  numbers += plan.count;
  made.bytes_ = plan.text = text;
  text += plan.bytes;
}

void batch_writer::copy_rows(batch& made, std::span<const std::uint32_t> rows, timestamp* times,
                             std::uint64_t* sequences) {
  made.min_time_ = made.max_time_ = from_.rows_[rows[0]].time;
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t index = rows[i];
    const auto& row = from_.rows_[index];
    times[i] = row.time;
    made.min_time_ = std::min(made.min_time_, row.time);
    made.max_time_ = std::max(made.max_time_, row.time);
    if (sequences != nullptr)
      sequences[i] = row.sequence;
    put(message_, row.message, false, i);
    copy_cells(row.first_cell,
               index + 1 < from_.rows_.size() ? from_.rows_[index + 1].first_cell : from_.end_of_cells_, i);
  }
}

void batch_writer::copy_cells(std::uint32_t first, std::uint32_t last, std::uint32_t at) {
  bool has_rest = false;
  for (std::uint32_t i = first; i < last; ++i) {
    const auto& each = from_.cells_[i];
    const std::string_view value{each.text, each.size};
    if (each.field != batch_builder::no_column && !plans_[each.field].in_rest) {
      put(plans_[each.field], value, each.literal, at);
      continue;
    }
    has_rest = true;
    char* const to = rest_.text + rest_.offset;
    if (each.field == batch_builder::no_column)
      std::memcpy(to, value.data(), value.size());
    const char* const end = each.field == batch_builder::no_column
                                ? to + value.size()
                                : write_rest_entry(to, from_.fields_[each.field].name, value, each.literal);
    rest_.offset += static_cast<std::uint32_t>(end - to);
  }
  if (!has_rest)
    return;
  rest_.ends[rest_.next++] = rest_.offset;
  if (rest_.present != nullptr)
    rest_.present[at / 64] |= std::uint64_t{1} << at % 64;
}

void batch_writer::put(column_plan& plan, std::string_view text, bool literal, std::uint32_t row) {
  if (!text.empty())
    std::memcpy(plan.text + plan.offset, text.data(), text.size());
  plan.offset += static_cast<std::uint32_t>(text.size());
  if (literal && plan.literal != nullptr)
    plan.literal[plan.next / 64] |= std::uint64_t{1} << plan.next % 64;
  plan.ends[plan.next++] = plan.offset;
  if (plan.present != nullptr)
    plan.present[row / 64] |= std::uint64_t{1} << row % 64;
}

void batch_writer::finish_ranks(batch& made) {
  const auto rank = [&](column& each) {
    if (each.present_ == nullptr)
      return;
    auto* ranks = const_cast<std::uint32_t*>(each.ranks_);
    std::uint32_t before = 0;
    for (std::size_t word = 0; word < words_for(made.rows_); ++word) {
      ranks[word] = before;
      before += static_cast<std::uint32_t>(std::popcount(each.present_[word]));
    }
  };
  for (column& each : made.columns_) rank(each);
  rank(made.rest_);
}

void batch_writer::count_minutes(batch& made) {
  for (std::uint32_t run = 0; run < made.runs_.size(); ++run) {
    std::uint32_t row = made.runs_[run].begin;
    while (row < made.runs_[run].end) {
      const std::int64_t minute = minute_of(made.times_[row]);
      const std::uint32_t first = row;
      do ++row;
      while (row < made.runs_[run].end && minute_of(made.times_[row]) == minute);
      made.minutes_.push_back({run, minute, row - first});
    }
  }
  made.minutes_.shrink_to_fit();
}

}  // namespace logstream
