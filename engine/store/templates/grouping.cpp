// SPDX-License-Identifier: MIT
// Which messages of a block are told as one template.
#include "engine/store/templates/grouping.hpp"

#include <algorithm>
#include <unordered_map>

namespace logstream {

namespace {

// Of a block's rows, one in so many makes equal rows a group of their own, which nothing else joins.
constexpr std::size_t frequent_part = 32;
constexpr std::size_t least_frequent = 32;
// So many groups of one shape are compared; rows that resemble none of them and find no room are a group of
// their own.
constexpr std::size_t most_compared = 8;

std::uint64_t hash_of(std::span<const symbol> symbols, symbol mask) {
  std::uint64_t hash = symbols.size();
  for (const symbol each : symbols) {
    hash = (hash ^ (each & mask)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 32;
  }
  return hash;
}

constexpr symbol whole_symbol = ~symbol{0};
constexpr symbol kind_only = 7;

// Rows with equal tokens.
struct equal_rows {
  std::span<const symbol> symbols;
  std::uint32_t rows = 0;
  /// The group they come into.
  std::uint32_t group = 0;
};

class equal_row_table {
 public:
  equal_row_table() : slots_(1024) {}

  std::uint32_t number_of(std::span<const symbol> symbols) {
    const std::uint64_t hash = hash_of(symbols, whole_symbol);
    std::size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].number != 0; at = (at + 1) & (slots_.size() - 1))
      if (slots_[at].hash == hash && equal(all_[slots_[at].number - 1].symbols, symbols))
        return slots_[at].number - 1;
    all_.push_back({symbols});
    slots_[at] = {hash, static_cast<std::uint32_t>(all_.size())};
    if (all_.size() * 2 > slots_.size())
      grow();
    return static_cast<std::uint32_t>(all_.size() - 1);
  }
  std::vector<equal_rows>& all() { return all_; }

 private:
  struct slot {
    std::uint64_t hash = 0;
    std::uint32_t number = 0;
  };

  static bool equal(std::span<const symbol> a, std::span<const symbol> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }
  void grow() {
    std::vector<slot> larger(slots_.size() * 4);
    for (const slot& each : slots_) {
      if (each.number == 0)
        continue;
      std::size_t at = each.hash & (larger.size() - 1);
      while (larger[at].number != 0) at = (at + 1) & (larger.size() - 1);
      larger[at] = each;
    }
    slots_.swap(larger);
  }

  std::vector<equal_rows> all_;
  std::vector<slot> slots_;
};

// At least half of the words are the same, and all kinds.
bool resembles(std::span<const symbol> pattern, std::span<const symbol> symbols) {
  if (pattern.size() != symbols.size())
    return false;
  std::size_t words = 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (kind_of(pattern[i]) != kind_of(symbols[i]))
      return false;
    words += kind_of(pattern[i]) == token_kind::word ? 1 : 0;
    same += kind_of(pattern[i]) == token_kind::word && pattern[i] == symbols[i] ? 1 : 0;
  }
  return same * 2 >= words;
}

class grouper {
 public:
  explicit grouper(std::size_t rows) : frequent_(std::max(least_frequent, rows / frequent_part)) {}

  std::uint32_t place(const equal_rows& rows) {
    if (rows.rows >= frequent_)
      return add(rows.symbols);
    std::vector<std::uint32_t>& alike = by_shape_[hash_of(rows.symbols, kind_only)];
    for (const std::uint32_t each : alike)
      if (resembles(groups_[each].pattern, rows.symbols)) {
        join(groups_[each].pattern, rows.symbols);
        return each;
      }
    const std::uint32_t added = add(rows.symbols);
    if (alike.size() < most_compared)
      alike.push_back(added);
    return added;
  }
  std::vector<row_group>& groups() { return groups_; }

 private:
  std::uint32_t add(std::span<const symbol> symbols) {
    groups_.push_back({{symbols.begin(), symbols.end()}, {}});
    return static_cast<std::uint32_t>(groups_.size() - 1);
  }
  static void join(std::vector<symbol>& pattern, std::span<const symbol> symbols) {
    for (std::size_t i = 0; i < pattern.size(); ++i)
      if (pattern[i] != symbols[i])
        pattern[i] = any_word;
  }

  std::size_t frequent_;
  std::vector<row_group> groups_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_shape_;
};

}  // namespace

std::vector<row_group> group_rows(std::span<const symbol> symbols, std::span<const row_tokens> rows) {
  equal_row_table table;
  std::vector<std::uint32_t> equal_of_row(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    equal_of_row[row] = table.number_of(symbols.subspan(rows[row].first_symbol, rows[row].symbols));
    ++table.all()[equal_of_row[row]].rows;
  }
  std::vector<std::uint32_t> by_size(table.all().size());
  for (std::uint32_t i = 0; i < by_size.size(); ++i) by_size[i] = i;
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::uint32_t a, std::uint32_t b) {
    return table.all()[a].rows > table.all()[b].rows;
  });
  grouper into{rows.size()};
  for (const std::uint32_t each : by_size) table.all()[each].group = into.place(table.all()[each]);
  for (std::uint32_t row = 0; row < rows.size(); ++row)
    into.groups()[table.all()[equal_of_row[row]].group].rows.push_back(row);
  std::stable_sort(into.groups().begin(), into.groups().end(),
                   [](const row_group& a, const row_group& b) { return a.rows.size() > b.rows.size(); });
  return std::move(into.groups());
}

}  // namespace logstream
