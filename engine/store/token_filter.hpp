// SPDX-License-Identifier: MIT
// Which words a block's column holds, in about nine bits for each distinct one.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/store/word.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Collects words and writes the filter. The same set of words gives the same bytes, in whatever order and
/// however often they were added. Kept from filter to filter it keeps its memory.
class token_filter_builder {
 public:
  token_filter_builder();

  /// Adds each word of each text, and each text as a whole.
  void add(text_list texts);
  /// Adds each word of each text only: for texts that are hardly ever asked for as a whole, as messages are.
  void add_words(text_list texts);
  /// Appends the filter and forgets the words. Appends nothing, which excludes no word, where the words are
  /// such that no filter can be made of them; no such words are known.
  void finish(std::string& out);

 private:
  void add_hash(std::uint64_t hash);
  void forget_recent();

  // Distinct but for those that recent_ had forgotten when they came again.
  std::vector<std::uint64_t> hashes_;
  // What was seen last of all hashes that begin with the same bits.
  std::vector<std::uint64_t> recent_;
  std::vector<std::uint64_t> scratch_;
};

/// False if no text of the filter has the word (or is the whole text) that `hash` is word_hash() of; true
/// with a probability of about 1/256 if none has, and whenever `filter` is empty or broken. See
/// docs/formats/filter.md.
bool may_contain(std::string_view filter, std::uint64_t hash);

}  // namespace logstream
