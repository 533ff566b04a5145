// SPDX-License-Identifier: MIT
// Which rows of an encoded block can hold a text.
#include "engine/store/templates/search.hpp"

#include "engine/store/templates/block_reader.hpp"
#include "engine/store/templates/needle_walk.hpp"

#include <algorithm>
#include <array>

namespace logstream {

namespace {

// A block whose variables are larger is not searched, but read.
constexpr std::size_t most_bytes = std::size_t{256} << 20;

enum class verdict { none, some, all };

class template_search {
 public:
  template_search(const template_block& block, std::string_view needle, bool any_case, bool has_digits)
      : block_(block), texts_(block.texts.view()), walk_(needle, any_case), has_digits_(has_digits) {}

  verdict judge(std::size_t number);
  /// Whether the template's row `row`, counted from its first, can contain the needle.
  bool judge_row(std::size_t number, std::uint32_t row);

 private:
  template <class PassVariable>
  bool walk(std::size_t number, PassVariable&& pass_variable);
  void pass_unknown(std::size_t number, std::size_t variable, bool any_value);
  void pass_words(std::uint32_t first, std::uint32_t rows);

  const template_block& block_;
  text_list texts_;
  needle_walk walk_;
  bool has_digits_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::string_view> distinct_;
};

template <class PassVariable>
bool template_search::walk(std::size_t number, PassVariable&& pass_variable) {
  const message_template& from = block_.templates[number];
  walk_.restart();
  walk_.pass(from.pieces[0]);
  for (std::size_t i = 0; i < from.variables.size() && !walk_.found(); ++i) {
    pass_variable(i);
    walk_.pass(from.pieces[i + 1]);
  }
  return walk_.found();
}

void template_search::pass_words(std::uint32_t first, std::uint32_t rows) {
  const auto begin = block_.words.begin() + first;
  numbers_.assign(begin, begin + rows);
  std::sort(numbers_.begin(), numbers_.end());
  numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
  distinct_.clear();
  for (const std::uint32_t each : numbers_) distinct_.push_back(texts_[each]);
  walk_.pass_one_of(distinct_);
}

// Passes a variable of any row: with any value that one of the rows can have, or, if what can be looked up
// row by row is left for that, as something that nothing goes through.
void template_search::pass_unknown(std::size_t number, std::size_t variable, bool any_value) {
  switch (block_.templates[number].variables[variable]) {
    case variable_kind::digits:
      return any_value ? walk_.pass_any(byte_kind::digits) : walk_.block();
    case variable_kind::hex:
    case variable_kind::uuid:
      return walk_.pass_any(byte_kind::hex);
    case variable_kind::word:
      return any_value ? pass_words(block_.places[number][variable].first, block_.rows[number])
                       : walk_.block();
  }
}

verdict template_search::judge(std::size_t number) {
  if (block_.rows[number] == 0)
    return verdict::none;
  if (walk(number, [&](std::size_t variable) { pass_unknown(number, variable, false); }))
    return verdict::all;
  if (!walk(number, [&](std::size_t variable) { pass_unknown(number, variable, true); }))
    return verdict::none;
  return verdict::some;
}

bool template_search::judge_row(std::size_t number, std::uint32_t row) {
  return walk(number, [&](std::size_t variable) {
    const std::uint32_t value = block_.places[number][variable].first + row;
    switch (block_.templates[number].variables[variable]) {
      case variable_kind::digits: {
        if (!has_digits_)
          return walk_.block();
        const digit_run run = block_.digits[value];
        std::array<char, digit_run::most_size> text{};
        std::uint64_t left = run.value;
        for (std::uint32_t i = run.size; i > 0; --i, left /= 10)
          text[i - 1] = static_cast<char>('0' + left % 10);
        return walk_.pass({text.data(), run.size});
      }
      case variable_kind::hex:
      case variable_kind::uuid:
        return walk_.pass_any(byte_kind::hex);
      case variable_kind::word:
        return walk_.pass(texts_[block_.words[value]]);
    }
  });
}

}  // namespace

std::vector<bool> search_templates(std::string_view encoded, std::uint32_t count, std::string_view needle,
                                   bool any_case) {
  // A needle without digits does not go through any: then the numbers need not be read.
  const bool has_digits =
      std::any_of(needle.begin(), needle.end(), [](char c) { return c >= '0' && c <= '9'; });
  template_block block;
  if (!read_block(encoded, count, most_bytes, {.digits = has_digits, .hex = false, .remainder = false},
                  block))
    return {};
  template_search search{block, needle, any_case, has_digits};
  std::vector<verdict> verdicts;
  for (std::size_t i = 0; i < block.templates.size(); ++i) verdicts.push_back(search.judge(i));
  // What is kept as it is would have to be decoded.
  verdicts.push_back(verdict::all);
  std::vector<std::uint32_t> next(verdicts.size());
  std::vector<bool> rows(count);
  for (std::uint32_t row = 0; row < count; ++row) {
    const std::uint32_t code = block.codes[row];
    const std::uint32_t number = next[code]++;
    rows[row] =
        verdicts[code] == verdict::all || (verdicts[code] == verdict::some && search.judge_row(code, number));
  }
  return rows;
}

}  // namespace logstream
