// SPDX-License-Identifier: MIT
// Sizes first, then one allocation: words, numbers, texts.
#include "engine/model/batch_assembler.hpp"

#include "engine/model/labels.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace logstream {

template <class F>
void batch_assembler::for_each_column(F&& f) const {
  for (const given_column& each : from_.columns) f(each);
  if (from_.rest)
    f(*from_.rest);
}

std::shared_ptr<batch> batch_assembler::assemble() {
  const std::size_t tables = word_count() * sizeof(std::uint64_t) + number_count() * sizeof(std::uint32_t);
  const std::size_t size = tables + text_size();
  std::shared_ptr<batch> made{new batch};
  made->arena_.reset(new std::byte[size]);
  words_ = reinterpret_cast<std::uint64_t*>(made->arena_.get());
  numbers_ = reinterpret_cast<std::uint32_t*>(words_ + word_count());
  text_ = reinterpret_cast<char*>(made->arena_.get()) + tables;

  made->rows_ = static_cast<std::uint32_t>(rows());
  made->from_ = from_.from;
  made->times_ = reinterpret_cast<const timestamp*>(words_);
  std::memcpy(words_, from_.times.data(), from_.times.size_bytes());
  words_ += rows();
  made->sequences_ = copy_words(from_.sequences);
  made->min_time_ = from_.times.front();
  made->max_time_ = from_.times.back();
  place_run(*made);
  place_messages(*made);
  made->columns_.reserve(from_.columns.size());
  for (const given_column& each : from_.columns) made->columns_.push_back(place_column(each));
  std::sort(made->columns_.begin(), made->columns_.end(),
            [](const column& a, const column& b) { return a.name() < b.name(); });
  if (from_.rest)
    made->rest_ = place_column(*from_.rest);
  count_minutes(*made);
  made->bytes_ = sizeof(batch) + size + made->runs_.capacity() * sizeof(stream_run) +
                 made->columns_.capacity() * sizeof(column) +
                 made->minutes_.capacity() * sizeof(minute_count);
  return made;
}

std::size_t batch_assembler::word_count() const {
  std::size_t words = 2 * rows();
  for_each_column([&](const given_column& each) { words += each.present.size() + each.literal.size(); });
  return words;
}

std::size_t batch_assembler::number_count() const {
  std::size_t numbers = rows();
  for_each_column([&](const given_column& each) { numbers += each.present.size() + each.texts.size(); });
  return numbers;
}

std::size_t batch_assembler::text_size() const {
  std::size_t size = from_.labels.size() + (from_.messages ? from_.messages->bytes.size() : 0);
  for_each_column([&](const given_column& each) { size += each.name.size() + each.texts.bytes.size(); });
  return size;
}

std::uint64_t* batch_assembler::copy_words(std::span<const std::uint64_t> words) {
  std::uint64_t* const to = words_;
  words_ = std::copy(words.begin(), words.end(), to);
  return to;
}

std::string_view batch_assembler::copy_text(std::string_view text) {
  char* const to = text_;
  text_ = std::copy(text.begin(), text.end(), to);
  return {to, text.size()};
}

void batch_assembler::place_run(batch& made) {
  const std::string_view labels = copy_text(from_.labels);
  made.runs_.reserve(1);
  made.runs_.push_back({labels, label_value(labels, "service"), from_.severity, 0, made.rows_});
}

void batch_assembler::place_messages(batch& made) {
  made.messages_.count_ = made.rows_;
  if (from_.messages)
    return place_texts(made.messages_, *from_.messages);
  // message() looks up where each ends.
  made.messages_.bytes_ = text_;
  made.messages_.ends_ = numbers_;
  numbers_ = std::fill_n(numbers_, rows(), 0);
}

void batch_assembler::place_texts(column& made, text_list texts) {
  made.count_ = texts.size();
  made.ends_ = numbers_;
  numbers_ = std::copy(texts.ends.begin(), texts.ends.end(), numbers_);
  made.bytes_ = copy_text(texts.bytes).data();
}

column batch_assembler::place_column(const given_column& given) {
  column made;
  made.name_ = copy_text(given.name);
  place_texts(made, given.texts);
  if (!given.present.empty()) {
    made.present_ = copy_words(given.present);
    place_ranks(made);
  }
  made.literals_ = given.all_literal ? column::literals::all : column::literals::none;
  if (!given.literal.empty()) {
    made.literals_ = column::literals::mixed;
    made.literal_ = copy_words(given.literal);
  }
  return made;
}

void batch_assembler::place_ranks(column& made) {
  made.ranks_ = numbers_;
  std::uint32_t before = 0;
  for (std::size_t word = 0; word < (rows() + 63) / 64; ++word) {
    *numbers_++ = before;
    before += static_cast<std::uint32_t>(std::popcount(made.present_[word]));
  }
}

void batch_assembler::count_minutes(batch& made) {
  const auto times = made.times();
  for (std::uint32_t row = 0; row < made.rows_;) {
    const std::int64_t minute = minute_of(times[row]);
    const std::uint32_t first = row;
    do ++row;
    while (row < made.rows_ && minute_of(times[row]) == minute);
    made.minutes_.push_back({0, minute, row - first});
  }
  made.minutes_.shrink_to_fit();
}

}  // namespace logstream
