// SPDX-License-Identifier: MIT
// Words that vary: columns that draw from one dictionary of the block, or keep texts of their own.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/store/templates/packed_bytes.hpp"
#include "engine/store/templates/word_table.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace logstream {

/// Writes columns of words, and in the end the dictionary that they share.
class word_column_writer {
 public:
  word_column_writer(const word_table& words, byte_packer& packer) : words_(words), packer_(packer) {}

  /// Appends a column of the words with these numbers; words that hardly come twice stand in the column
  /// itself.
  void append(std::span<const std::uint32_t> numbers, std::string& out);
  void append_dictionary(std::string& out);

 private:
  /// What is known of a word of the table.
  struct entry {
    /// One more than its place in the dictionary; 0: it is not there.
    std::uint32_t place = 0;
    std::uint32_t column = 0;
    /// Its place among the words of that column.
    std::uint32_t code = 0;
  };

  void append_texts(std::span<const std::uint32_t> numbers, std::string& out);
  void append_places(std::span<const std::uint32_t> places, std::string& out);
  void append_coded(std::span<const std::uint32_t> numbers, std::string& out);

  const word_table& words_;
  byte_packer& packer_;
  std::vector<entry> entries_;
  std::vector<std::uint32_t> dictionary_;
  std::uint32_t column_ = 0;
  std::vector<std::uint32_t> distinct_;
  std::vector<std::uint32_t> codes_;
  text_buffer texts_;
};

/// Appends the texts of `encoded`, made by encode_texts, to `texts`; refuses message templates, which have
/// columns in them again.
bool read_column_texts(byte_reader& in, std::uint32_t count, std::size_t most_bytes, text_buffer& texts);

/// Appends `texts` behind their size.
void append_column_texts(text_list texts, std::string& out);

/// Appends the dictionary's words to `texts`; false if it is broken or too large.
bool read_word_dictionary(byte_reader& in, std::size_t most_bytes, byte_unpacker& unpacker,
                          text_buffer& texts);

/// Reads a column over a dictionary of the first `dictionary_words` of `texts`, and appends to `words` which
/// of the texts each is; words that the column has of its own are appended to `texts`.
bool read_words(byte_reader& in, std::uint32_t count, std::uint32_t dictionary_words, std::size_t most_bytes,
                byte_unpacker& unpacker, text_buffer& texts, std::vector<std::uint32_t>& words);

}  // namespace logstream
