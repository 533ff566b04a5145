// SPDX-License-Identifier: MIT
// Changes of a shard's folder: rows become a segment, segments go. What is slow about them, and blocks.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/segment_reader.hpp"
#include "engine/store/segment_rescue.hpp"
#include "engine/store/segment_writer.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

/// One change and, once it was carried out, what became of it. Made by a shard, which gives out one at a
/// time.
struct upkeep_order {
  std::string folder;
  /// Rows to be written as a segment.
  std::optional<segment_order> seal;
  /// Segments that shall no longer be there.
  std::vector<segment_id> drop;
  /// A segment that could not be read: it is checked, and replaced by what is whole of it if it is damaged.
  segment_ptr suspect;
  /// The manifest as it is; and, carried out, as it was saved.
  manifest state;

  /// The segment that was written; null if none was to be, or no row was left.
  segment_ptr sealed;
  /// Its filters, or nothing if they could not be read again.
  std::string filters;
  /// What is wrong with the suspect, and what became of it; nothing if all is well with it.
  std::string damage;
  std::optional<segment_replacement> replaced;
  std::optional<error> failure;
};

/// Carries the order out; after a crash at any moment the folder is as before or as after, and so it is where
/// it fails, of which `failure` says why: the order, or a later one, may then be carried out again.
void carry_out(const std::shared_ptr<file_system>& in, upkeep_order& order);

}  // namespace logstream
