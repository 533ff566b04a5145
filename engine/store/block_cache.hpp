// SPDX-License-Identifier: MIT
// Parts of blocks as they were decoded, as many as a budget holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <unordered_map>
#include <utility>

namespace logstream {

/// Names one part of one block of one segment.
struct block_key {
  std::uint64_t segment = 0;
  std::uint32_t block = 0;
  std::uint8_t part = 0;

  bool operator==(const block_key&) const = default;
};

/// Entries and bytes are those held now; the others count from the beginning.
struct cache_figures {
  std::size_t entries = 0;
  std::size_t bytes = 0;
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  /// Entries that went for lack of room; those replaced, erased or never taken in are not counted.
  std::uint64_t evictions = 0;
};

/// Keeps what was used last. An entry that was found since it came goes only after all that were not, as
/// long as such entries take no more than three quarters of the budget: one scan over everything does not
/// drive out what is used again and again. A call takes constant time, and as much again for each entry that
/// goes. One owner. What goes lives on for those who hold it, and is not accounted any more.
template <class T>
class block_cache {
 public:
  /// `budget` is in bytes, as are the sizes of entries.
  explicit block_cache(std::size_t budget) : budget_(budget) {}

  /// Null if it is not held.
  std::shared_ptr<const T> find(const block_key& key) {
    const auto segment = segments_.find(key.segment);
    if (segment != segments_.end()) {
      const auto found = segment->second.find(place_of(key));
      if (found != segment->second.end()) {
        ++figures_.hits;
        use(found->second);
        return found->second->value;
      }
    }
    ++figures_.misses;
    return nullptr;
  }

  /// Takes the place of what was held under `key`; others go until the budget holds. What is larger than the
  /// whole budget is not taken in. REQUIRES: `value` is not null.
  void insert(const block_key& key, std::shared_ptr<const T> value, std::size_t bytes) {
    erase(key);
    if (bytes > budget_)
      return;
    make_room(budget_ - bytes);
    fresh_.push_front({key, std::move(value), bytes, false});
    segments_[key.segment].emplace(place_of(key), fresh_.begin());
    ++figures_.entries;
    figures_.bytes += bytes;
  }

  /// Lets entries go until no more than `bytes` are held. The budget stays.
  void shrink(std::size_t bytes) { make_room(bytes); }

  /// Lets go of all that belongs to the segment.
  void erase_segment(std::uint64_t id) {
    const auto segment = segments_.find(id);
    if (segment == segments_.end())
      return;
    for (const auto& [place, which] : segment->second) forget(which);
    segments_.erase(segment);
  }

  const cache_figures& figures() const { return figures_; }

 private:
  struct entry {
    block_key key;
    std::shared_ptr<const T> value;
    std::size_t bytes;
    bool proven;
  };
  using entries = std::list<entry>;
  using iterator = typename entries::iterator;

  static std::uint64_t place_of(const block_key& key) { return std::uint64_t{key.block} << 8 | key.part; }

  void use(iterator which) {
    if (which->proven) {
      proven_.splice(proven_.begin(), proven_, which);
      return;
    }
    which->proven = true;
    proven_bytes_ += which->bytes;
    proven_.splice(proven_.begin(), fresh_, which);
    while (proven_bytes_ > budget_ - budget_ / 4) {
      const auto last = std::prev(proven_.end());
      last->proven = false;
      proven_bytes_ -= last->bytes;
      fresh_.splice(fresh_.begin(), proven_, last);
    }
  }

  void make_room(std::size_t most_bytes) {
    while (figures_.bytes > most_bytes) {
      const block_key key = (fresh_.empty() ? proven_ : fresh_).back().key;
      erase(key);
      ++figures_.evictions;
    }
  }

  void erase(const block_key& key) {
    const auto segment = segments_.find(key.segment);
    if (segment == segments_.end())
      return;
    const auto found = segment->second.find(place_of(key));
    if (found == segment->second.end())
      return;
    forget(found->second);
    segment->second.erase(found);
    if (segment->second.empty())
      segments_.erase(segment);
  }

  // Its place in segments_ is the caller's to remove.
  void forget(iterator which) {
    --figures_.entries;
    figures_.bytes -= which->bytes;
    if (which->proven)
      proven_bytes_ -= which->bytes;
    (which->proven ? proven_ : fresh_).erase(which);
  }

  std::size_t budget_;
  cache_figures figures_;
  // Most recently used first.
  entries fresh_;
  entries proven_;
  std::size_t proven_bytes_ = 0;
  std::unordered_map<std::uint64_t, std::unordered_map<std::uint64_t, iterator>> segments_;
};

}  // namespace logstream
