// SPDX-License-Identifier: MIT
// Nothing is allocated before the heads fit the number of bytes, nothing is believed before it was checked.
#include "engine/model/batch_decoder.hpp"

#include "engine/model/batch_layout.hpp"
#include "engine/model/labels.hpp"
#include "engine/model/rest_entry.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <string>
#include <tuple>

namespace logstream {

using namespace batch_layout;

namespace {

constexpr std::uint64_t most_text_bytes = std::numeric_limits<std::uint32_t>::max();

template <class Narrow>
std::uint64_t narrow_at(const char* from, std::size_t n) {
  Narrow value;
  std::memcpy(&value, from + n * sizeof(value), sizeof(value));
  return value;
}

// Fills the ends of texts of the sizes at `from`; returns the last one, which is wider than an end so that no
// sizes can be mistaken for ones that fit.
template <class Narrow>
std::uint64_t add_sizes(const char* from, std::uint32_t count, std::uint32_t* ends) {
  std::uint64_t end = 0;
  for (std::uint32_t n = 0; n < count; ++n) {
    end += narrow_at<Narrow>(from, n);
    ends[n] = static_cast<std::uint32_t>(end);
  }
  return end;
}

// Fills times[1] and on; false if one is beyond the last moment there is.
template <class Narrow>
bool add_steps(const char* from, std::uint32_t count, timestamp* times) {
  bool fits = true;
  for (std::uint32_t n = 1; n < count; ++n) {
    times[n] =
        static_cast<timestamp>(static_cast<std::uint64_t>(times[n - 1]) + narrow_at<Narrow>(from, n - 1));
    fits = fits && times[n] >= times[n - 1];
  }
  return fits;
}

// How many bits of a map for `count` are set; more than `count` if one behind the last is.
std::size_t count_bits(const std::uint64_t* words, std::size_t count) {
  std::size_t set = 0;
  for (std::size_t word = 0; word < words_for(count); ++word)
    set += static_cast<std::size_t>(std::popcount(words[word]));
  const bool beyond = count % 64 != 0 && words[count / 64] >> count % 64 != 0;
  return beyond ? count + 1 : set;
}

// True if append_labels() could have written it.
bool canonical_labels(std::string_view encoded) {
  byte_reader in{encoded};
  for (std::string_view last; in.left() != 0;) {
    const bool first = in.left() == encoded.size();
    const std::string_view name = in.raw(in.fixed<std::uint16_t>());
    const std::string_view value = in.raw(in.fixed<std::uint16_t>());
    if (!in.ok() || value.empty() || name.size() > max_label_bytes || value.size() > max_label_bytes ||
        (!first && name <= last))
      return false;
    last = name;
  }
  return true;
}

bool well_formed_rest(std::string_view entries) {
  byte_reader in{entries};
  while (in.left() != 0) {
    const auto literal = in.fixed<std::uint8_t>();
    const auto name_bytes = in.fixed<std::uint32_t>();
    const auto value_bytes = in.fixed<std::uint32_t>();
    in.raw(std::uint64_t{name_bytes} + value_bytes);
    if (literal > 1)
      return false;
  }
  return in.ok();
}

}  // namespace

result<std::shared_ptr<batch>> batch_decoder::read() {
  if (plan()) {
    std::shared_ptr<batch> made{new batch};
    allocate(*made);
    if (read_tables(*made)) {
      char* const text = reinterpret_cast<char*>(numbers_);
      std::memcpy(text, in_.raw(text_bytes_).data(), text_bytes_);
      if (place_texts(*made, text) && check_texts(*made)) {
        count_minutes(*made);
        made->bytes_ += made->minutes_.capacity() * sizeof(minute_count);
        return made;
      }
    }
  }
  return make_error(errc::invalid, std::string{"not an encoded batch: "} + problem_);
}

bool batch_decoder::plan() {
  if (in_.fixed<std::uint8_t>() != version)
    return fail("another format");
  const auto flags = in_.fixed<std::uint8_t>();
  if ((flags & ~(has_sequences | has_rest)) != 0)
    return fail("unknown flags");
  sequences_ = (flags & has_sequences) != 0;
  rest_ = (flags & has_rest) != 0;
  const std::uint64_t rows = in_.varint();
  if (rows == 0 || rows > std::numeric_limits<std::uint32_t>::max())
    return fail("number of rows");
  rows_ = static_cast<std::uint32_t>(rows);
  return plan_runs() && plan_columns() && plan_sizes();
}

bool batch_decoder::plan_runs() {
  const std::uint64_t count = in_.varint();
  if (count > in_.left() / least_run_head)
    return fail("number of streams");
  runs_.reserve(count);
  std::uint64_t rows = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    run_head run;
    run.label_bytes = text_size(in_.varint());
    const auto severity = in_.fixed<std::uint8_t>();
    const std::uint64_t mine = in_.varint();
    run.first = in_.zigzag();
    run.width = in_.fixed<std::uint8_t>();
    if (severity >= level_count || mine == 0 || mine > rows_ - rows || run.width > 3)
      return fail("head of a stream");
    run.severity = static_cast<level>(severity);
    run.rows = static_cast<std::uint32_t>(mine);
    rows += mine;
    encoded_tables_ += std::size_t{run.rows - 1} << run.width;
    runs_.push_back(run);
  }
  return rows == rows_ || fail("rows without a stream");
}

bool batch_decoder::plan_columns() {
  const std::uint64_t count = in_.varint();
  if (count > in_.left() / least_column_head)
    return fail("number of columns");
  columns_.reserve(count + 2);
  for (std::uint64_t i = 0; i < count; ++i)
    if (!plan_column(true, false))
      return false;
  return plan_column(false, true) && (!rest_ || plan_column(false, false));
}

bool batch_decoder::plan_column(bool named, bool dense) {
  column_head head;
  if (named)
    head.name_bytes = text_size(in_.varint());
  const std::uint64_t count = in_.varint();
  head.text_bytes = static_cast<std::uint32_t>(text_size(in_.varint()));
  const auto shape = in_.fixed<std::uint8_t>();
  head.width = shape & ((1u << width_bits) - 1);
  const unsigned literals = shape >> width_bits;
  if (!in_.ok() || count == 0 || count > rows_ || (dense && count != rows_) || head.width > 2 ||
      literals > 2 || (!named && literals != 0))
    return fail("head of a column");
  head.count = static_cast<std::uint32_t>(count);
  head.literals = static_cast<column::literals>(literals);
  encoded_tables_ += std::size_t{head.count} << head.width;
  number_count_ += head.count;
  std::size_t words = 0;
  if (head.count != rows_) {
    words += words_for(rows_);
    number_count_ += words_for(rows_);
  }
  if (head.literals == column::literals::mixed)
    words += words_for(head.count);
  encoded_tables_ += words * sizeof(std::uint64_t);
  word_count_ += words;
  columns_.push_back(head);
  return true;
}

bool batch_decoder::plan_sizes() {
  const std::size_t row_words = sequences_ ? 2 : 1;
  word_count_ += row_words * rows_;
  if (sequences_)
    encoded_tables_ += std::size_t{rows_} * sizeof(std::uint64_t);
  return (in_.ok() && in_.left() == encoded_tables_ + text_bytes_) || fail("size");
}

void batch_decoder::allocate(batch& made) {
  const std::size_t size =
      word_count_ * sizeof(std::uint64_t) + number_count_ * sizeof(std::uint32_t) + text_bytes_;
  made.arena_.reset(new std::byte[size]);
  made.rows_ = rows_;
  made.runs_.resize(runs_.size());
  made.columns_.resize(columns_.size() - (rest_ ? 2 : 1));
  made.bytes_ = sizeof(batch) + size + made.runs_.capacity() * sizeof(stream_run) +
                made.columns_.capacity() * sizeof(column);
  words_ = reinterpret_cast<std::uint64_t*>(made.arena_.get());
  numbers_ = reinterpret_cast<std::uint32_t*>(words_ + word_count_);
}

bool batch_decoder::read_tables(batch& made) {
  auto* const times = reinterpret_cast<timestamp*>(words_);
  made.times_ = times;
  words_ += rows_;
  if (!read_times(made, times))
    return false;
  if (sequences_) {
    const std::size_t size = std::size_t{rows_} * sizeof(std::uint64_t);
    std::memcpy(words_, in_.raw(size).data(), size);
    made.sequences_ = words_;
    words_ += rows_;
    if (!check_sequences(made))
      return false;
  }
  for (std::size_t i = 0; i < made.columns_.size(); ++i)
    if (!read_column(made.columns_[i], columns_[i]))
      return false;
  return read_column(made.messages_, columns_[made.columns_.size()]) &&
         (!rest_ || read_column(made.rest_, columns_.back()));
}

bool batch_decoder::read_times(batch& made, timestamp* times) {
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const run_head& head = runs_[i];
    timestamp* const mine = times + begin;
    mine[0] = head.first;
    const char* const steps = in_.raw(std::uint64_t{head.rows - 1} << head.width).data();
    const bool fits = head.width == 0   ? add_steps<std::uint8_t>(steps, head.rows, mine)
                      : head.width == 1 ? add_steps<std::uint16_t>(steps, head.rows, mine)
                      : head.width == 2 ? add_steps<std::uint32_t>(steps, head.rows, mine)
                                        : add_steps<std::uint64_t>(steps, head.rows, mine);
    if (!fits)
      return fail("times");
    const timestamp last = mine[head.rows - 1];
    made.min_time_ = i == 0 ? head.first : std::min(made.min_time_, head.first);
    made.max_time_ = i == 0 ? last : std::max(made.max_time_, last);
    made.runs_[i].severity = head.severity;
    made.runs_[i].begin = begin;
    made.runs_[i].end = begin += head.rows;
  }
  return true;
}

bool batch_decoder::check_sequences(const batch& made) {
  for (const stream_run& run : made.runs_)
    for (std::uint32_t row = run.begin + 1; row < run.end; ++row)
      if (made.times_[row] == made.times_[row - 1] && made.sequences_[row] < made.sequences_[row - 1])
        return fail("sequences");
  return true;
}

bool batch_decoder::read_column(column& into, const column_head& head) {
  into.count_ = head.count;
  into.literals_ = head.literals;
  if (!read_presence(into, head) || !read_literals(into, head))
    return false;
  const char* const sizes = in_.raw(std::uint64_t{head.count} << head.width).data();
  const std::uint64_t end = head.width == 0   ? add_sizes<std::uint8_t>(sizes, head.count, numbers_)
                            : head.width == 1 ? add_sizes<std::uint16_t>(sizes, head.count, numbers_)
                                              : add_sizes<std::uint32_t>(sizes, head.count, numbers_);
  into.ends_ = numbers_;
  numbers_ += head.count;
  return end == head.text_bytes || fail("sizes of texts");
}

bool batch_decoder::read_presence(column& into, const column_head& head) {
  if (head.count == rows_)
    return true;
  const std::size_t count = words_for(rows_);
  std::memcpy(words_, in_.raw(count * sizeof(std::uint64_t)).data(), count * sizeof(std::uint64_t));
  if (count_bits(words_, rows_) != head.count)
    return fail("which rows have a field");
  std::uint32_t before = 0;
  for (std::size_t word = 0; word < count; ++word) {
    numbers_[word] = before;
    before += static_cast<std::uint32_t>(std::popcount(words_[word]));
  }
  into.present_ = words_;
  into.ranks_ = numbers_;
  words_ += count;
  numbers_ += count;
  return true;
}

bool batch_decoder::read_literals(column& into, const column_head& head) {
  if (head.literals != column::literals::mixed)
    return true;
  const std::size_t count = words_for(head.count);
  std::memcpy(words_, in_.raw(count * sizeof(std::uint64_t)).data(), count * sizeof(std::uint64_t));
  const std::size_t set = count_bits(words_, head.count);
  into.literal_ = words_;
  words_ += count;
  return (set != 0 && set < head.count) || fail("which values are literals");
}

bool batch_decoder::place_texts(batch& made, const char* text) {
  const auto take = [&](std::size_t size) {
    const std::string_view taken{text, size};
    text += size;
    return taken;
  };
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    stream_run& run = made.runs_[i];
    run.labels = take(runs_[i].label_bytes);
    if (!canonical_labels(run.labels))
      return fail("labels");
    run.service = label_value(run.labels, "service");
  }
  for (std::size_t i = 0; i < made.columns_.size(); ++i) {
    made.columns_[i].name_ = take(columns_[i].name_bytes);
    made.columns_[i].bytes_ = take(columns_[i].text_bytes).data();
  }
  made.messages_.bytes_ = take(columns_[made.columns_.size()].text_bytes).data();
  if (rest_)
    made.rest_.bytes_ = take(columns_.back().text_bytes).data();
  return true;
}

bool batch_decoder::check_texts(const batch& made) {
  const auto no_later_stream = [](const stream_run& a, const stream_run& b) {
    return std::tie(a.labels, a.severity) >= std::tie(b.labels, b.severity);
  };
  if (std::adjacent_find(made.runs_.begin(), made.runs_.end(), no_later_stream) != made.runs_.end())
    return fail("order of streams");
  const auto no_later_name = [](const column& a, const column& b) { return a.name_ >= b.name_; };
  if (std::adjacent_find(made.columns_.begin(), made.columns_.end(), no_later_name) != made.columns_.end())
    return fail("order of columns");
  for (std::uint32_t n = 0; n < made.rest_.count_; ++n) {
    const std::string_view entries = made.rest_.nth(n).text;
    if (entries.empty() || !well_formed_rest(entries))
      return fail("fields without a column");
  }
  return true;
}

void batch_decoder::count_minutes(batch& made) {
  for (std::uint32_t run = 0; run < made.runs_.size(); ++run) {
    const timestamp* const end = made.times_ + made.runs_[run].end;
    for (const timestamp* at = made.times_ + made.runs_[run].begin; at != end;) {
      const std::int64_t minute = minute_of(*at);
      const timestamp* const next =
          std::partition_point(at + 1, end, [&](timestamp time) { return minute_of(time) == minute; });
      made.minutes_.push_back({run, minute, static_cast<std::uint32_t>(next - at)});
      at = next;
    }
  }
  made.minutes_.shrink_to_fit();
}

std::size_t batch_decoder::text_size(std::uint64_t announced) {
  if (announced > in_.left() || announced > most_text_bytes) {
    in_.fail();
    return 0;
  }
  text_bytes_ += announced;
  return announced;
}

bool batch_decoder::fail(const char* what) {
  problem_ = what;
  return false;
}

}  // namespace logstream
