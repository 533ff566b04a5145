// SPDX-License-Identifier: MIT
// Command lines of the bench programs.
#include "bench/support/arguments.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace logstream::bench {

namespace {

template <class Number>
Number parse_or_give_up(std::string_view name, const std::string& word) {
  Number value{};
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (failure != std::errc{} || end != word.data() + word.size())
    give_up("--" + std::string{name} + " needs a number, not \"" + word + '"');
  return value;
}

}  // namespace

bool arguments::flag(std::string_view name) {
  return std::erase(words_, "--" + std::string{name}) > 0;
}

std::vector<std::string> arguments::texts(std::string_view name) {
  std::vector<std::string> found;
  const auto flag = "--" + std::string{name};
  for (auto at = std::find(words_.begin(), words_.end(), flag); at != words_.end();
       at = std::find(words_.begin(), words_.end(), flag)) {
    if (at + 1 == words_.end())
      give_up(flag + " needs a value");
    found.push_back(*(at + 1));
    words_.erase(at, at + 2);
  }
  return found;
}

std::string arguments::text(std::string_view name, std::string_view fallback) {
  const auto found = texts(name);
  return found.empty() ? std::string{fallback} : found.back();
}

std::uint64_t arguments::number(std::string_view name, std::uint64_t fallback) {
  const auto found = texts(name);
  return found.empty() ? fallback : parse_or_give_up<std::uint64_t>(name, found.back());
}

double arguments::decimal(std::string_view name, double fallback) {
  const auto found = texts(name);
  return found.empty() ? fallback : parse_or_give_up<double>(name, found.back());
}

std::vector<std::string> arguments::rest(std::size_t least, std::string_view usage) {
  const auto is_flag = [](const std::string& word) { return word.starts_with("--"); };
  if (words_.size() < least || std::any_of(words_.begin(), words_.end(), is_flag))
    give_up(usage);
  return std::move(words_);
}

void give_up(std::string_view message) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(message.size()), message.data());
  std::exit(2);
}

}  // namespace logstream::bench
