// SPDX-License-Identifier: MIT
// Which words the texts that a search looks for must hold: what filters are asked before a block is read.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace logstream {

/// The word_hash() of each word that every text containing `needle`, in its own case or in any, holds as a
/// whole word; sorted and distinct. A word at an edge of the needle may go on beyond it in the text and is
/// not among them: "GET /api/orders" gives "api" alone.
std::vector<std::uint64_t> words_of_needle(std::string_view needle);

/// The word_hash() of each word of `text`, which every text equal to it holds; sorted and distinct.
std::vector<std::uint64_t> words_of_text(std::string_view text);

/// The same and that of the text as a whole: for filters made with token_filter_builder::add().
std::vector<std::uint64_t> words_of_value(std::string_view text);

/// False if one of `hashes` is certainly not in `filter`, see may_contain().
bool may_contain_all(std::string_view filter, std::span<const std::uint64_t> hashes);

}  // namespace logstream
