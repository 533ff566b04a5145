// SPDX-License-Identifier: MIT
// A column's texts to few bytes and back: the encoding is chosen by what the texts are.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/text_list.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// The ways a column is kept. Persisted: values never change. See docs/formats/column.md.
enum class text_encoding : std::uint8_t {
  /// The texts as they are, and their sizes.
  raw = 0,
  /// One text that all are.
  constant = 1,
  /// Distinct texts, and which one each is.
  dictionary = 2,
  /// Decimal integers.
  integers = 3,
  /// Decimal numbers with a fraction.
  decimals = 4,
  /// Dotted IPv4 addresses.
  ipv4 = 5,
  uuid = 6,
  /// Hexadecimal digits of one case and one even length.
  hex = 7,
  /// RFC 3339 times of one shape.
  rfc3339 = 8,
  /// Message templates and their variables; see docs/formats/templates.md.
  templates = 9,
};

/// What is known of the texts without decoding them.
struct text_summary {
  text_encoding encoding = text_encoding::raw;
  /// The least and greatest value where all texts are plain decimal numbers.
  std::optional<double> least;
  std::optional<double> greatest;
};

/// Appends `texts` in the encoding that makes them smallest for the work it takes; what decode_texts gives
/// back is the same to the byte, whatever the texts are. REQUIRES: texts.size() > 0.
text_summary encode_texts(text_list texts, std::string& out);

/// Appends `count` texts to `out`. `encoded` may be any bytes: what is not an encoding of that many texts, or
/// would give more than `most_bytes` bytes, is an error (invalid), and `out` is then in no particular state.
result<void> decode_texts(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                          text_buffer& out);

/// The distinct texts, if the encoding keeps them (constant, dictionary); nothing otherwise or if `encoded`
/// is broken. For pruning: a value that is not among them is in no row.
std::optional<text_buffer> distinct_texts(std::string_view encoded);

}  // namespace logstream
