// SPDX-License-Identifier: MIT
// Asks filters that are any bytes, and makes filters of any words: none of them may be missing. The first
// byte is the size of a needle, which is taken from the end of the rest; the lines of the rest are the texts.
// Without libFuzzer it runs over the files and folders named on the command line.
#include "engine/store/token_filter.hpp"

#include "engine/store/query_words.hpp"
#include "fuzz/support/require.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using fuzz::require;

text_buffer lines_of(std::string_view bytes) {
  text_buffer lines;
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.find('\n'), bytes.size());
    lines.push(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size + 1, bytes.size()));
  }
  return lines;
}

std::string filter_of(text_list texts) {
  // Kept from input to input, as the writer of segments keeps it.
  static token_filter_builder builder;
  builder.add(texts);
  std::string filter;
  builder.finish(filter);
  return filter;
}

void ask(std::string_view filter) {
  // Each by itself, so that a sanitizer sees a step beyond the end.
  const std::string alone{filter};
  for (const std::uint64_t hash : {std::uint64_t{0}, ~std::uint64_t{0}, word_hash(filter)})
    may_contain(alone, hash);
  may_contain_all(alone, words_of_value(filter));
}

void check(text_list texts, std::string_view needle) {
  const std::string filter = filter_of(texts);
  require(filter == filter_of(texts), "the same words give the same bytes");
  const bool needle_may_be_there = may_contain_all(filter, words_of_needle(needle));
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    require(may_contain_all(filter, words_of_value(texts[i])), "a filter has all it was made of");
    require(needle_may_be_there || texts[i].find(needle) == std::string_view::npos,
            "no text that contains the needle is pruned");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
  ask(rest);
  const text_buffer lines = lines_of(rest);
  check(lines.view(), rest.substr(rest.size() - std::min<std::size_t>(data[0], rest.size())));
  return 0;
}
