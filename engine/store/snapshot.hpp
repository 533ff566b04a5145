// SPDX-License-Identifier: MIT
// What a shard held at one moment, for whoever looks for rows in it.
#pragma once

#include "engine/model/part.hpp"
#include "engine/store/block_ref.hpp"

#include <vector>

namespace logstream {

/// Readable however long it is held. No row is in it twice.
struct snapshot {
  std::vector<part> parts;
  std::vector<block_ref> blocks;
};

}  // namespace logstream
