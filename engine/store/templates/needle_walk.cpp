// SPDX-License-Identifier: MIT
// Walks along the pieces of a message and finds out whether a text can stand in it, where of some pieces only
// the kind is known.
#include "engine/store/templates/needle_walk.hpp"

#include <algorithm>

namespace logstream {

namespace {

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool is_of(byte_kind kind, char c) {
  const char low = folded(c);
  return (c >= '0' && c <= '9') || (kind == byte_kind::hex && ((low >= 'a' && low <= 'f') || c == '-'));
}

}  // namespace

needle_walk::needle_walk(std::string_view needle, bool any_case)
    : needle_(needle), any_case_(any_case), matched_(needle.size() + 1), next_(needle.size() + 1) {
  if (any_case)
    std::transform(needle_.begin(), needle_.end(), needle_.begin(), folded);
  restart();
}

void needle_walk::restart() {
  found_ = needle_.empty();
  block();
}

void needle_walk::block() {
  matched_.assign(matched_.size(), false);
  matched_[0] = true;
}

// True if `text` is the needle from `from` on, as far as both go.
bool needle_walk::same(std::string_view text, std::size_t from) const {
  const std::size_t size = std::min(text.size(), needle_.size() - from);
  for (std::size_t i = 0; i < size; ++i)
    if ((any_case_ ? folded(text[i]) : text[i]) != needle_[from + i])
      return false;
  return true;
}

// Adds to next_ where the needle can have got to behind `text`.
void needle_walk::follow(std::string_view text) {
  for (std::size_t at = 1; at < needle_.size(); ++at) {
    if (!matched_[at] || !same(text, at))
      continue;
    if (text.size() >= needle_.size() - at)
      found_ = true;
    else
      next_[at + text.size()] = true;
  }
  for (std::size_t begin = 0; begin < text.size() && !found_; ++begin) {
    if (!same(text.substr(begin), 0))
      continue;
    if (text.size() - begin >= needle_.size())
      found_ = true;
    else
      next_[text.size() - begin] = true;
  }
}

void needle_walk::pass(std::string_view text) {
  if (found_ || text.empty())
    return;
  next_.assign(next_.size(), false);
  next_[0] = true;
  follow(text);
  matched_.swap(next_);
}

void needle_walk::pass_one_of(const std::vector<std::string_view>& texts) {
  if (found_)
    return;
  next_.assign(next_.size(), false);
  next_[0] = true;
  for (const std::string_view each : texts) follow(each);
  matched_.swap(next_);
}

void needle_walk::pass_any(byte_kind kind) {
  if (found_)
    return;
  next_.assign(next_.size(), false);
  next_[0] = true;
  // Wherever the needle had got to, so far it gets while its bytes are of the kind.
  bool reaches = false;
  for (std::size_t at = 0; at < needle_.size(); ++at) {
    reaches = (reaches || matched_[at]) && is_of(kind, needle_[at]);
    if (reaches)
      next_[at + 1] = true;
  }
  found_ = next_[needle_.size()];
  matched_.swap(next_);
}

}  // namespace logstream
