// SPDX-License-Identifier: MIT
// Ranges that came early are joined on when their turn comes.
#include "engine/store/sequence_line.hpp"

namespace logstream {

void sequence_line::add(std::uint64_t begin, std::uint64_t end) {
  if (begin != through_) {
    ahead_.emplace(begin, end);
    return;
  }
  through_ = end;
  for (auto next = ahead_.find(through_); next != ahead_.end(); next = ahead_.find(through_)) {
    through_ = next->second;
    ahead_.erase(next);
  }
}

}  // namespace logstream
