// SPDX-License-Identifier: MIT
// Making one batch of many.
#pragma once

#include "engine/model/part.hpp"

#include <span>

namespace logstream {

/// All rows that are there of `parts`, in one batch, with the ids they have; nothing if no row is there.
/// REQUIRES: parts is not empty, and its batches are numbered by one origin.
batch_ptr merge_parts(std::span<const part> parts);

}  // namespace logstream
