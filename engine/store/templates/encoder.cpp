// SPDX-License-Identifier: MIT
// Messages to templates, rows and columns of variables.
#include "engine/store/templates/encoder.hpp"

#include "engine/store/templates/code_column.hpp"
#include "engine/store/templates/digit_column.hpp"
#include "engine/store/templates/grouping.hpp"
#include "engine/store/templates/message_template.hpp"
#include "engine/store/templates/word_column.hpp"

#include <algorithm>
#include <array>

namespace logstream {

namespace {

// A group of fewer rows is left among the messages that are kept as they are.
constexpr std::size_t least_rows = 3;

variable_kind variable_of(token_kind kind) {
  switch (kind) {
    case token_kind::digits:
      return variable_kind::digits;
    case token_kind::hex:
      return variable_kind::hex;
    case token_kind::uuid:
      return variable_kind::uuid;
    case token_kind::mixed:
    case token_kind::word:
      break;
  }
  return variable_kind::word;
}

digit_run run_of(std::string_view text) {
  std::uint64_t value = 0;
  for (const char each : text) value = value * 10 + static_cast<unsigned char>(each - '0');
  return {value, static_cast<std::uint32_t>(text.size())};
}

// The values of one column, of whichever kind it is.
struct column_values {
  std::vector<digit_run> digits;
  std::vector<std::uint32_t> words;
  text_buffer texts;

  void clear() {
    digits.clear();
    words.clear();
    texts.clear();
  }
};

class template_encoder {
 public:
  explicit template_encoder(text_list messages) : messages_(messages), codes_(messages.size()) {}

  void encode(std::string& out);

 private:
  /// One place of a group's pattern.
  struct place {
    token_kind kind;
    /// Which of a row's symbols, and which of its variables.
    std::uint32_t token;
    std::uint32_t variable;
  };

  void cut();
  void take_group(const row_group& group);
  std::string_view static_text(const row_group& group, const place& at) const;
  void collect(const row_group& group, const place& at, column_values& into);
  void append_column(variable_kind kind, const column_values& values);
  void append_remainder(std::string& out) const;

  std::string_view variable(std::uint32_t row, const place& at) const {
    return tokens_.variables()[rows_[row].first_variable + at.variable];
  }
  symbol token(std::uint32_t row, const place& at) const {
    return tokens_.symbols()[rows_[row].first_symbol + at.token];
  }

  text_list messages_;
  tokenizer tokens_;
  byte_packer packer_;
  word_column_writer word_columns_{tokens_.words(), packer_};
  /// The rows that could be cut, and which message each is.
  std::vector<row_tokens> rows_;
  std::vector<std::uint32_t> message_of_row_;
  std::vector<message_template> templates_;
  /// One a message: its template; one more than there are for what has none.
  std::vector<std::uint32_t> codes_;
  std::string columns_;
  column_values values_;
  std::array<column_values, 4> shared_;
};

void template_encoder::cut() {
  tokens_.expect(messages_.bytes.size());
  rows_.reserve(messages_.size());
  message_of_row_.reserve(messages_.size());
  for (std::uint32_t i = 0; i < messages_.size(); ++i) {
    const auto first_symbol = static_cast<std::uint32_t>(tokens_.symbols().size());
    const auto first_variable = static_cast<std::uint32_t>(tokens_.variables().size());
    if (!tokens_.cut(messages_[i]))
      continue;
    rows_.push_back(
        {first_symbol, static_cast<std::uint32_t>(tokens_.symbols().size()) - first_symbol, first_variable});
    message_of_row_.push_back(i);
  }
}

// The text at `at` if it is the same in all rows of the group; nothing otherwise, for no token is empty.
std::string_view template_encoder::static_text(const row_group& group, const place& at) const {
  if (at.kind == token_kind::word) {
    const symbol here = group.pattern[at.token];
    return here == any_word ? std::string_view{} : tokens_.words()[word_of(here)];
  }
  const std::string_view text = variable(group.rows.front(), at);
  const bool same = std::all_of(group.rows.begin(), group.rows.end(),
                                [&](std::uint32_t row) { return variable(row, at) == text; });
  return same ? text : std::string_view{};
}

void template_encoder::collect(const row_group& group, const place& at, column_values& into) {
  switch (at.kind) {
    case token_kind::digits:
      for (const std::uint32_t row : group.rows) into.digits.push_back(run_of(variable(row, at)));
      return;
    case token_kind::hex:
    case token_kind::uuid:
      for (const std::uint32_t row : group.rows) into.texts.push(variable(row, at));
      return;
    case token_kind::mixed:
      for (const std::uint32_t row : group.rows)
        into.words.push_back(tokens_.words().number_of(variable(row, at)));
      return;
    case token_kind::word:
      for (const std::uint32_t row : group.rows) into.words.push_back(word_of(token(row, at)));
      return;
  }
}

void template_encoder::append_column(variable_kind kind, const column_values& values) {
  switch (kind) {
    case variable_kind::digits:
      append_digits(values.digits, columns_);
      return;
    case variable_kind::hex:
    case variable_kind::uuid:
      append_column_texts(values.texts.view(), columns_);
      return;
    case variable_kind::word:
      word_columns_.append(values.words, columns_);
      return;
  }
}

void template_encoder::take_group(const row_group& group) {
  const bool alone = group.rows.size() >= message_template::least_rows_alone;
  message_template into;
  std::string piece;
  std::uint32_t variables = 0;
  for (std::uint32_t i = 0; i < group.pattern.size(); ++i) {
    const place at{kind_of(group.pattern[i]), i, variables};
    variables += at.kind == token_kind::word ? 0 : 1;
    const std::string_view text = static_text(group, at);
    piece.append(text);
    if (!text.empty())
      continue;
    into.pieces.push_back(std::move(piece));
    piece.clear();
    const variable_kind kind = variable_of(at.kind);
    into.variables.push_back(kind);
    if (!alone) {
      collect(group, at, shared_[static_cast<std::size_t>(kind)]);
      continue;
    }
    values_.clear();
    collect(group, at, values_);
    append_column(kind, values_);
  }
  into.pieces.push_back(std::move(piece));
  for (const std::uint32_t row : group.rows)
    codes_[message_of_row_[row]] = static_cast<std::uint32_t>(templates_.size());
  templates_.push_back(std::move(into));
}

void template_encoder::append_remainder(std::string& out) const {
  text_buffer remainder;
  for (std::uint32_t i = 0; i < messages_.size(); ++i)
    if (codes_[i] == templates_.size())
      remainder.push(messages_[i]);
  append_column_texts(remainder.view(), out);
}

void template_encoder::encode(std::string& out) {
  cut();
  std::vector<row_group> groups = group_rows(tokens_.symbols(), rows_);
  const auto rare = std::find_if(groups.begin(), groups.end(),
                                 [](const row_group& each) { return each.rows.size() < least_rows; });
  groups.erase(rare, groups.end());
  std::fill(codes_.begin(), codes_.end(), static_cast<std::uint32_t>(groups.size()));
  for (const row_group& each : groups) take_group(each);
  for (std::size_t kind = 0; kind < shared_.size(); ++kind) {
    const column_values& values = shared_[kind];
    if (!values.digits.empty() || !values.words.empty() || !values.texts.ends.empty())
      append_column(static_cast<variable_kind>(kind), values);
  }
  const auto none = static_cast<std::uint32_t>(templates_.size());
  const bool remainder = std::find(codes_.begin(), codes_.end(), none) != codes_.end();
  out.push_back(remainder ? 1 : 0);
  append_templates(templates_, packer_, out);
  append_codes(codes_, none + (remainder ? 1 : 0), packer_, out);
  word_columns_.append_dictionary(out);
  out.append(columns_);
  if (remainder)
    append_remainder(out);
}

}  // namespace

void encode_as_templates(text_list messages, std::string& out) {
  template_encoder{messages}.encode(out);
}

}  // namespace logstream
