// SPDX-License-Identifier: MIT
// Reads an encoded batch: plans all of it from the heads, allocates once, copies and checks the tables, then
// the texts.
#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace logstream {

/// One use: constructed, read, thrown away.
class batch_decoder {
 public:
  explicit batch_decoder(std::string_view bytes) : in_(bytes) {}

  /// As decode_batch() says.
  result<std::shared_ptr<batch>> read();

 private:
  struct run_head {
    std::size_t label_bytes = 0;
    level severity = level::unknown;
    std::uint32_t rows = 0;
    timestamp first = 0;
    std::uint8_t width = 0;
  };
  struct column_head {
    std::size_t name_bytes = 0;
    std::uint32_t count = 0;
    std::uint32_t text_bytes = 0;
    std::uint8_t width = 0;
    column::literals literals = column::literals::none;
  };

  // Each says in problem_ what is wrong when it returns false.
  bool plan();
  bool plan_runs();
  bool plan_columns();
  bool plan_column(bool named, bool dense);
  bool plan_sizes();
  bool read_tables(batch& made);
  bool read_times(batch& made, timestamp* times);
  bool check_sequences(const batch& made);
  bool read_column(column& into, const column_head& head);
  bool read_presence(column& into, const column_head& head);
  bool read_literals(column& into, const column_head& head);
  bool place_texts(batch& made, const char* text);
  bool check_texts(const batch& made);

  void allocate(batch& made);
  static void count_minutes(batch& made);
  bool fail(const char* what);
  std::size_t text_size(std::uint64_t announced);

  byte_reader in_;
  const char* problem_ = nullptr;

  std::uint32_t rows_ = 0;
  bool sequences_ = false;
  bool rest_ = false;
  std::vector<run_head> runs_;
  // Those with names, then messages, then the rest if there is one.
  std::vector<column_head> columns_;
  std::size_t encoded_tables_ = 0;
  std::size_t word_count_ = 0;
  std::size_t number_count_ = 0;
  std::size_t text_bytes_ = 0;

  // Where the next table goes.
  std::uint64_t* words_ = nullptr;
  std::uint32_t* numbers_ = nullptr;
};

}  // namespace logstream
