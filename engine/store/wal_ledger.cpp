// SPDX-License-Identifier: MIT
// Files are needed from the first on that holds a row above what is sealed.
#include "engine/store/wal_ledger.hpp"

#include <algorithm>

namespace logstream {

void wal_ledger::note(std::uint64_t number, std::uint32_t shard, std::uint64_t end) {
  auto& ends = ends_[number];
  ends.resize(sealed_.size());
  ends[shard] = std::max(ends[shard], end);
}

std::optional<std::uint64_t> wal_ledger::first_needed(std::uint64_t current) {
  const auto before = ends_.size();
  while (!ends_.empty() && ends_.begin()->first < current && !needed(ends_.begin()->second))
    ends_.erase(ends_.begin());
  if (ends_.size() == before)
    return std::nullopt;
  return ends_.empty() ? current : ends_.begin()->first;
}

bool wal_ledger::needed(const std::vector<std::uint64_t>& ends) const {
  for (std::size_t shard = 0; shard < ends.size(); ++shard)
    if (ends[shard] > sealed_[shard])
      return true;
  return false;
}

}  // namespace logstream
