// SPDX-License-Identifier: MIT
// What the encodings for texts of one kind have in common: they are tried on a sample, take the texts that
// fit, and leave the few others as they are.
#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/text_list.hpp"
#include "engine/store/text/number_range.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

using text_sample = std::span<const std::string_view>;

/// One text in so many may be of another kind.
inline constexpr std::uint32_t others_share = 16;

/// True if all of the sample but a few fit.
template <class Fits>
bool mostly(text_sample sample, Fits&& fits) {
  std::size_t left = sample.size() / others_share;
  for (const std::string_view each : sample)
    if (!fits(each) && left-- == 0)
      return false;
  return true;
}

/// A column on its way to typed bytes.
struct typed_column {
  /// What all texts have in common, then the texts that fit.
  std::string body;
  /// The rows of the others, ascending, and their texts.
  std::vector<std::int64_t> other_rows;
  text_buffer others;
  /// Covers those in `body`, where they are numbers.
  std::optional<number_range> range;

  /// Offers each text to `take`, which says whether it fits. False if more than a few do not.
  template <class Take>
  bool split(text_list texts, Take&& take) {
    const std::uint32_t most = texts.size() / others_share;
    for (std::uint32_t row = 0; row < texts.size(); ++row) {
      const std::string_view text = texts[row];
      if (take(text))
        continue;
      if (other_rows.size() == most)
        return false;
      other_rows.push_back(row);
      others.push(text);
    }
    return true;
  }
};

/// An encoding for texts of one kind.
struct typed_encoding {
  /// What the texts have in common, as the bytes the body begins with, if most of the sample are of the kind.
  std::optional<std::string> (*head)(text_sample sample);
  /// Fills `column`. False if more than a few texts do not fit `head`.
  bool (*encode)(text_list texts, std::string_view head, typed_column& column);
  /// Appends `count` texts of the body, all of which is in `from`. False if it is broken or gives more than
  /// `most_bytes` bytes.
  bool (*decode)(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out);
};

/// Makes room for `bytes` bytes behind those of `out` and returns where it begins: nothing if that is more
/// than `most_bytes`, or than a text_buffer holds.
inline char* make_room(text_buffer& out, std::uint64_t bytes, std::size_t most_bytes) {
  const std::size_t begin = out.bytes.size();
  if (bytes > most_bytes || bytes > UINT32_MAX - begin)
    return nullptr;
  out.bytes.resize(begin + bytes);
  return out.bytes.data() + begin;
}

/// Appends the ends of `count` texts of `size` bytes each, the last of which ends where the bytes end.
inline void add_equal_ends(text_buffer& out, std::uint32_t count, std::size_t size) {
  std::size_t end = out.bytes.size() - count * size;
  out.ends.reserve(out.ends.size() + count);
  for (std::uint32_t i = 0; i < count; ++i) out.ends.push_back(static_cast<std::uint32_t>(end += size));
}

}  // namespace logstream
