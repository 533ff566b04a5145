// SPDX-License-Identifier: MIT
// memmem where case counts; otherwise memchr for the rarest byte, then a comparison that folds case.
#include "engine/query/text_search.hpp"

#include <algorithm>
#include <cstring>

namespace logstream {

namespace {

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// How common a byte is in log lines: letters in the order of their frequency in English, and what else lines
// hold.
int commonness(char c) {
  constexpr std::string_view common = " etaoinsrhldcumfpgwybvk0123456789:-._/=xjqz";
  const std::size_t at = common.find(c);
  return at == std::string_view::npos ? 0 : static_cast<int>(common.size() - at);
}

}  // namespace

text_search::text_search(std::string_view needle, bool case_sensitive)
    : needle_(needle), exact_(case_sensitive) {
  if (needle_.empty())
    return;
  if (!exact_)
    std::transform(needle_.begin(), needle_.end(), needle_.begin(), to_lower);
  const auto rarest = std::min_element(needle_.begin(), needle_.end(),
                                       [](char a, char b) { return commonness(a) < commonness(b); });
  anchor_ = static_cast<std::size_t>(rarest - needle_.begin());
  lower_ = *rarest;
  upper_ = to_upper(*rarest);
}

bool text_search::found_in(std::string_view text) const {
  if (needle_.empty())
    return true;
  if (text.size() < needle_.size())
    return false;
  if (exact_)
    return memmem(text.data(), text.size(), needle_.data(), needle_.size()) != nullptr;
  const char* at = text.data() + anchor_;
  const char* const end = text.data() + text.size() - (needle_.size() - anchor_ - 1);
  const auto next = [&](char c) {
    const void* const found = std::memchr(at, c, static_cast<std::size_t>(end - at));
    return found == nullptr ? end : static_cast<const char*>(found);
  };
  const char* low = next(lower_);
  const char* high = upper_ == lower_ ? end : next(upper_);
  while (std::min(low, high) != end) {
    const char* const candidate = std::min(low, high);
    if (matches_at(candidate - anchor_))
      return true;
    at = candidate + 1;
    (candidate == low ? low : high) = next(candidate == low ? lower_ : upper_);
  }
  return false;
}

bool text_search::matches_at(const char* text) const {
  for (std::size_t i = 0; i < needle_.size(); ++i)
    if (to_lower(text[i]) != needle_[i])
      return false;
  return true;
}

}  // namespace logstream
