// SPDX-License-Identifier: MIT
// Gaussian elimination in a narrow band: each equation begins at one byte and reaches over the next 63.
#include "engine/store/ribbon.hpp"

#include "engine/base/little_endian.hpp"
#include "engine/store/word.hpp"

#include <algorithm>
#include <bit>
#include <vector>

namespace logstream {

namespace {

/// The bytes from `first` on whose bits in `members` are set give `sum` when combined by exclusive or.
struct equation {
  std::size_t first;
  std::uint64_t members;
  std::uint8_t sum;
};

std::uint64_t renewed(std::uint64_t hash, std::uint8_t attempt) {
  return attempt == 0 ? hash : scramble(hash + attempt * 0x9e3779b97f4a7c15u);
}

// The first byte grows with the hash: sorted hashes fill the band from one end to the other.
equation equation_of(std::uint64_t hash, std::size_t slots) {
  const std::size_t starts = slots - ribbon_width + 1;
  return {static_cast<std::size_t>((hash >> 32) * starts >> 32), scramble(hash) | 1,
          static_cast<std::uint8_t>(hash * 0x9e3779b97f4a7c15u >> 56)};
}

// A byte of ones for each bit that is set.
std::uint64_t spread(std::uint64_t eight_bits) {
  const std::uint64_t one_each = eight_bits * 0x0101010101010101u & 0x8040201008040201u;
  const std::uint64_t high = (one_each + 0x7f7f7f7f7f7f7f7fu) & 0x8080808080808080u;
  return (high >> 7) * 0xff;
}

std::uint8_t sum_of(std::uint64_t members, const char* bytes) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < ribbon_width; i += 8)
    sum ^= load_little(bytes + i) & spread(members >> i & 0xff);
  sum ^= sum >> 32;
  sum ^= sum >> 16;
  return static_cast<std::uint8_t>(sum ^ sum >> 8);
}

// A thirteenth more bytes than numbers is as little as lets nearly all first attempts succeed.
std::size_t slots_for(std::size_t count, std::uint8_t attempt) {
  const std::size_t usual = count + count / 13 + 8;
  return std::max(ribbon_width, usual + usual / 16 * attempt);
}

class band {
 public:
  explicit band(std::size_t slots) : members_(slots), sums_(slots) {}

  /// False if it contradicts those added before.
  bool add(equation next) {
    while (members_[next.first] != 0) {
      next.members ^= members_[next.first];
      next.sum ^= sums_[next.first];
      if (next.members == 0)
        return next.sum == 0;
      const int skipped = std::countr_zero(next.members);
      next.members >>= skipped;
      next.first += static_cast<std::size_t>(skipped);
    }
    members_[next.first] = next.members;
    sums_[next.first] = next.sum;
    return true;
  }

  /// Appends bytes for which all equations hold.
  void solve(std::string& out) const {
    const std::size_t begin = out.size();
    out.resize(begin + members_.size() + ribbon_width);
    char* const bytes = out.data() + begin;
    for (std::size_t at = members_.size(); at-- > 0;)
      bytes[at] = static_cast<char>(sums_[at] ^ sum_of(members_[at], bytes + at));
    out.resize(begin + members_.size());
  }

 private:
  std::vector<std::uint64_t> members_;
  std::vector<std::uint8_t> sums_;
};

}  // namespace

bool append_ribbon(std::span<const std::uint64_t> hashes, std::uint8_t attempt, std::string& out) {
  const std::size_t slots = slots_for(hashes.size(), attempt);
  band equations{slots};
  std::vector<std::uint64_t> others;
  if (attempt != 0) {
    for (const std::uint64_t hash : hashes) others.push_back(renewed(hash, attempt));
    std::sort(others.begin(), others.end());
    hashes = others;
  }
  for (const std::uint64_t hash : hashes)
    if (!equations.add(equation_of(hash, slots)))
      return false;
  equations.solve(out);
  return true;
}

bool ribbon_may_contain(std::string_view ribbon, std::uint8_t attempt, std::uint64_t hash) {
  const equation wanted = equation_of(renewed(hash, attempt), ribbon.size());
  return sum_of(wanted.members, ribbon.data() + wanted.first) == wanted.sum;
}

}  // namespace logstream
