// SPDX-License-Identifier: MIT
// Asks RE2's own prefilter which literals it needs, and keeps one clause of its answer.
#include "engine/match/required_literals.hpp"

#include "engine/match/pattern.hpp"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <numeric>

namespace logstream {

namespace {

constexpr std::size_t shortest_literal = 3;
// With more alternatives than this the expression is better matched directly.
constexpr std::size_t most_literals = 64;
constexpr std::size_t most_atoms = 1024;

// RE2 lowers the case of all letters, we only that of ASCII: what remains required is the longest part that
// is ASCII.
std::string longest_ascii_part(std::string_view text) {
  std::string_view best;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) ++end;
    if (end - begin > best.size())
      best = text.substr(begin, end - begin);
    begin = end + 1;
  }
  return std::string{best};
}

// A clause: the least atoms without any of which the expression cannot match, the longest preferred.
std::vector<int> smallest_clause(const re2::FilteredRE2& filter, const std::vector<std::string>& atoms) {
  std::vector<int> clause(atoms.size());
  std::iota(clause.begin(), clause.end(), 0);
  const auto size = [&](int atom) { return atoms[static_cast<std::size_t>(atom)].size(); };
  std::stable_sort(clause.begin(), clause.end(), [&](int a, int b) { return size(a) < size(b); });
  std::vector<int> outside;
  std::vector<int> matching;
  for (std::size_t i = 0; i < clause.size();) {
    outside.push_back(clause[i]);
    filter.AllPotentials(outside, &matching);
    if (matching.empty()) {
      clause.erase(clause.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      outside.pop_back();
      ++i;
    }
  }
  return clause;
}

}  // namespace

std::vector<std::string> required_literals(std::string_view pattern) {
  re2::FilteredRE2 filter{static_cast<int>(shortest_literal)};
  int id = 0;
  if (filter.Add(re2::StringPiece{pattern.data(), pattern.size()}, pattern_options(), &id) !=
      re2::RE2::NoError)
    return {};
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  std::vector<int> matching;
  filter.AllPotentials({}, &matching);
  if (atoms.empty() || atoms.size() > most_atoms || !matching.empty())
    return {};
  std::vector<std::string> literals;
  for (const int atom : smallest_clause(filter, atoms)) {
    literals.push_back(longest_ascii_part(atoms[static_cast<std::size_t>(atom)]));
    if (literals.back().size() < shortest_literal)
      return {};
  }
  if (literals.size() > most_literals)
    return {};
  std::sort(literals.begin(), literals.end());
  literals.erase(std::unique(literals.begin(), literals.end()), literals.end());
  return literals;
}

}  // namespace logstream
