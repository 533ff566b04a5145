// SPDX-License-Identifier: MIT
// Columns of texts for the tests of the codec.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/simulate/random.hpp"
#include "engine/store/text_codec.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

text_buffer column_of(const std::vector<std::string>& texts);

/// `count` texts that `next` makes.
template <class Next>
text_buffer make_column(std::uint32_t count, Next&& next) {
  text_buffer column;
  for (std::uint32_t i = 0; i < count; ++i) column.push(next());
  return column;
}

/// A text of some kind that columns are made of; `kind` is below text_kinds.
std::string text_of_kind(random_source& random, std::uint32_t kind);
inline constexpr std::uint32_t text_kinds = 14;

/// A column of one kind, or of several, with texts that come again, and with texts that nearly are of the
/// kind.
text_buffer random_column(random_source& random);

/// Encodes the texts, fails the test unless the same come back, and returns the bytes.
std::string round_trip(const text_buffer& column);

/// The encoding that the column gets, which it must come back from.
text_encoding encoding_of(const text_buffer& column);

}  // namespace logstream::test
