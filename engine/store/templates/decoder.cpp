// SPDX-License-Identifier: MIT
// Messages from templates, rows and columns of variables.
#include "engine/store/templates/decoder.hpp"

#include "engine/store/templates/block_reader.hpp"

#include <array>
#include <cstring>

namespace logstream {

namespace {

// Short texts are copied in steps of this many bytes, past their ends: what is read and what is written has
// so many bytes behind it.
constexpr std::size_t step = 16;

char* put_text(const char* from, std::size_t size, char* to) {
  for (std::size_t done = 0; done < size; done += step) std::memcpy(to + done, from + done, step);
  return to + size;
}

constexpr std::array<char, 200> digit_pairs = [] {
  std::array<char, 200> pairs{};
  for (unsigned i = 0; i < 100; ++i) {
    pairs[i * 2] = static_cast<char>('0' + i / 10);
    pairs[i * 2 + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

char* put_digits(digit_run run, char* to) {
  std::uint32_t left = run.size;
  std::uint64_t value = run.value;
  for (; left >= 2; left -= 2, value /= 100) std::memcpy(to + left - 2, &digit_pairs[value % 100 * 2], 2);
  if (left == 1)
    *to = static_cast<char>('0' + value);
  return to + run.size;
}

// A variable and the text behind it.
struct part {
  variable_kind kind;
  std::uint32_t next_value;
  std::uint32_t piece;
  std::uint32_t piece_size;
};

// A template, ready to be put out row by row.
struct row_plan {
  std::uint32_t piece = 0;
  std::uint32_t piece_size = 0;
  std::vector<part> parts;
};

class message_composer {
 public:
  explicit message_composer(template_block& block) : block_(block) {
    block_.texts.bytes.append(step, '\0');
    for (std::size_t i = 0; i < block_.templates.size(); ++i) add_plan(i);
    pieces_.append(step, '\0');
  }

  std::uint64_t bytes() const;
  /// REQUIRES: there is room for bytes() and a step more.
  void compose(text_buffer& out);

 private:
  void add_plan(std::size_t number);
  char* put_row(row_plan& plan, char* to) const;

  template_block& block_;
  std::string pieces_;
  std::vector<row_plan> plans_;
};

void message_composer::add_plan(std::size_t number) {
  const message_template& from = block_.templates[number];
  const auto add_piece = [&](const std::string& piece) {
    pieces_.append(piece);
    return static_cast<std::uint32_t>(pieces_.size() - piece.size());
  };
  const auto size_of = [](const std::string& piece) { return static_cast<std::uint32_t>(piece.size()); };
  row_plan& plan = plans_.emplace_back();
  plan.piece = add_piece(from.pieces[0]);
  plan.piece_size = size_of(from.pieces[0]);
  for (std::size_t i = 0; i < from.variables.size(); ++i) {
    const std::string& piece = from.pieces[i + 1];
    plan.parts.push_back(
        {from.variables[i], block_.places[number][i].first, add_piece(piece), size_of(piece)});
  }
}

std::uint64_t message_composer::bytes() const {
  std::uint64_t all = block_.remainder.bytes.size();
  for (std::size_t i = 0; i < block_.templates.size(); ++i)
    for (const std::string& piece : block_.templates[i].pieces)
      all += std::uint64_t{block_.rows[i]} * piece.size();
  for (const digit_run& each : block_.digits) all += each.size;
  const text_list texts = block_.texts.view();
  for (const std::uint32_t each : block_.words) all += texts[each].size();
  return all;
}

char* message_composer::put_row(row_plan& plan, char* to) const {
  const text_list texts = block_.texts.view();
  to = put_text(pieces_.data() + plan.piece, plan.piece_size, to);
  for (part& each : plan.parts) {
    if (each.kind == variable_kind::digits) {
      to = put_digits(block_.digits[each.next_value++], to);
    } else {
      const std::string_view text = texts[block_.words[each.next_value++]];
      to = put_text(text.data(), text.size(), to);
    }
    to = put_text(pieces_.data() + each.piece, each.piece_size, to);
  }
  return to;
}

void message_composer::compose(text_buffer& out) {
  const std::size_t begin = out.bytes.size();
  const auto size = static_cast<std::size_t>(bytes());
  out.bytes.resize(begin + size + step);
  out.ends.reserve(out.ends.size() + block_.codes.size());
  char* const first = out.bytes.data();
  char* to = first + begin;
  const text_list remainder = block_.remainder.view();
  std::uint32_t next = 0;
  for (const std::uint32_t code : block_.codes) {
    if (code < plans_.size()) {
      to = put_row(plans_[code], to);
    } else {
      const std::string_view text = remainder[next++];
      std::memcpy(to, text.data(), text.size());
      to += text.size();
    }
    out.ends.push_back(static_cast<std::uint32_t>(to - first));
  }
  out.bytes.resize(begin + size);
}

}  // namespace

bool decode_from_templates(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                           text_buffer& out) {
  template_block block;
  if (!read_block(encoded, count, most_bytes, {}, block))
    return false;
  message_composer composer{block};
  const std::uint64_t size = composer.bytes();
  if (size > most_bytes || size > UINT32_MAX - out.bytes.size())
    return false;
  composer.compose(out);
  return true;
}

}  // namespace logstream
