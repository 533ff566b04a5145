// SPDX-License-Identifier: MIT
// One automaton for all where that works, one by one where it does not.
#include "engine/match/pattern_set.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

pattern_set::pattern_set(std::vector<pattern_ptr> patterns) : patterns_(std::move(patterns)) {
  if (patterns_.size() < 2)
    return;
  re2::RE2::Set set{pattern_options(), re2::RE2::UNANCHORED};
  for (const pattern_ptr& each : patterns_)
    if (set.Add(each->pattern(), nullptr) < 0)
      return;
  if (set.Compile())
    together_.emplace(std::move(set));
}

void pattern_set::match(std::string_view text, std::vector<int>& into) const {
  const re2::StringPiece piece{text.data(), text.size()};
  into.clear();
  if (together_) {
    re2::RE2::Set::ErrorInfo failure{};
    if (together_->Match(piece, &into, &failure)) {
      std::sort(into.begin(), into.end());
      return;
    }
    if (failure.kind == re2::RE2::Set::kNoError)
      return;
    // The automaton outgrew its memory on this text; each alone has a way to do without.
    into.clear();
  }
  for (std::size_t i = 0; i < patterns_.size(); ++i)
    if (re2::RE2::PartialMatch(piece, *patterns_[i]))
      into.push_back(static_cast<int>(i));
}

}  // namespace logstream
