// SPDX-License-Identifier: MIT
// Encoding: heads, then tables, then texts, each text copied once.
#include "engine/model/batch_codec.hpp"

#include "engine/base/bytes.hpp"
#include "engine/model/batch_decoder.hpp"
#include "engine/model/batch_layout.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace logstream {

using namespace batch_layout;

namespace {

std::uint64_t greatest_step(std::span<const timestamp> times) {
  std::uint64_t greatest = 0;
  for (std::size_t i = 1; i < times.size(); ++i)
    greatest =
        std::max(greatest, static_cast<std::uint64_t>(times[i]) - static_cast<std::uint64_t>(times[i - 1]));
  return greatest;
}

std::uint32_t greatest_size(std::span<const std::uint32_t> ends) {
  std::uint32_t greatest = ends.empty() ? 0 : ends[0];
  for (std::size_t i = 1; i < ends.size(); ++i) greatest = std::max(greatest, ends[i] - ends[i - 1]);
  return greatest;
}

// Writes what each number adds to the one before it, all but the first; returns the byte behind.
template <class Narrow, class Number>
char* put_steps(std::span<const Number> numbers, char* to) {
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    const auto step = static_cast<Narrow>(static_cast<std::uint64_t>(numbers[i]) -
                                          static_cast<std::uint64_t>(numbers[i - 1]));
    std::memcpy(to + (i - 1) * sizeof(step), &step, sizeof(step));
  }
  return to + (numbers.size() - 1) * sizeof(Narrow);
}

template <class Number>
char* put_steps(std::span<const Number> numbers, std::uint8_t width, char* to) {
  switch (width) {
    case 0:
      return put_steps<std::uint8_t>(numbers, to);
    case 1:
      return put_steps<std::uint16_t>(numbers, to);
    case 2:
      return put_steps<std::uint32_t>(numbers, to);
    default:
      return put_steps<std::uint64_t>(numbers, to);
  }
}

char* put_bytes(const void* from, std::size_t size, char* to) {
  std::memcpy(to, from, size);
  return to + size;
}

}  // namespace

/// One use: constructed, written, thrown away.
class batch_encoder {
 public:
  batch_encoder(const batch& from, std::string& out) : from_(from), out_(out), head_(out) {}

  void write() {
    put_heads();
    out_.reserve(out_.size() + table_bytes_ + text_bytes_);
    const std::size_t tables = out_.size();
    out_.resize(tables + table_bytes_);
    put_tables(out_.data() + tables);
    put_texts();
  }

 private:
  struct column_entry {
    const column* from;
    std::uint8_t width;
  };

  static std::span<const std::uint32_t> ends_of(const column& of) { return {of.ends_, of.count_}; }

  void put_heads() {
    head_.fixed(version);
    head_.fixed(static_cast<std::uint8_t>((from_.sequences_ != nullptr ? has_sequences : 0) |
                                          (from_.has_rest() ? has_rest : 0)));
    head_.varint(from_.rows_);
    head_.varint(from_.runs_.size());
    for (const stream_run& run : from_.runs_) put_run_head(run);
    if (from_.sequences_ != nullptr)
      table_bytes_ += std::size_t{from_.rows_} * sizeof(std::uint64_t);
    head_.varint(from_.columns_.size());
    columns_.reserve(from_.columns_.size() + 2);
    for (const column& each : from_.columns_) {
      head_.varint(each.name_.size());
      text_bytes_ += each.name_.size();
      put_column_head(each);
    }
    put_column_head(from_.messages_);
    if (from_.has_rest())
      put_column_head(from_.rest_);
  }

  void put_run_head(const stream_run& run) {
    const auto times = from_.times().subspan(run.begin, run.rows());
    const std::uint8_t width = width_for(greatest_step(times));
    head_.varint(run.labels.size());
    head_.fixed(run.severity);
    head_.varint(run.rows());
    head_.zigzag(times[0]);
    head_.fixed(width);
    time_widths_.push_back(width);
    text_bytes_ += run.labels.size();
    table_bytes_ += std::size_t{run.rows() - 1} << width;
  }

  void put_column_head(const column& each) {
    const std::uint8_t width = width_for(greatest_size(ends_of(each)));
    head_.varint(each.count_);
    head_.varint(each.bytes().size());
    head_.fixed(static_cast<std::uint8_t>(width | static_cast<unsigned>(each.literals_) << width_bits));
    columns_.push_back({&each, width});
    text_bytes_ += each.bytes().size();
    table_bytes_ += std::size_t{each.count_} << width;
    if (each.present_ != nullptr)
      table_bytes_ += words_for(from_.rows_) * sizeof(std::uint64_t);
    if (each.literals_ == column::literals::mixed)
      table_bytes_ += words_for(each.count_) * sizeof(std::uint64_t);
  }

  void put_tables(char* to) const {
    for (std::size_t i = 0; i < from_.runs_.size(); ++i) {
      const stream_run& run = from_.runs_[i];
      to = put_steps(from_.times().subspan(run.begin, run.rows()), time_widths_[i], to);
    }
    if (from_.sequences_ != nullptr)
      to = put_bytes(from_.sequences_, std::size_t{from_.rows_} * sizeof(std::uint64_t), to);
    for (const auto& [each, width] : columns_) {
      if (each->present_ != nullptr)
        to = put_bytes(each->present_, words_for(from_.rows_) * sizeof(std::uint64_t), to);
      if (each->literals_ == column::literals::mixed)
        to = put_bytes(each->literal_, words_for(each->count_) * sizeof(std::uint64_t), to);
      // The first size is the first end.
      to = put_bytes(each->ends_, std::size_t{1} << width, to);
      to = put_steps(ends_of(*each), width, to);
    }
  }

  void put_texts() {
    for (const stream_run& run : from_.runs_) head_.raw(run.labels);
    for (const auto& [each, width] : columns_) {
      head_.raw(each->name_);
      head_.raw(each->bytes());
    }
  }

  const batch& from_;
  std::string& out_;
  byte_writer head_;
  std::vector<std::uint8_t> time_widths_;
  std::vector<column_entry> columns_;
  std::size_t table_bytes_ = 0;
  std::size_t text_bytes_ = 0;
};

void encode_batch(const batch& rows, std::string& out) {
  batch_encoder{rows, out}.write();
}

result<std::shared_ptr<batch>> decode_batch(std::string_view bytes) {
  return batch_decoder{bytes}.read();
}

}  // namespace logstream
