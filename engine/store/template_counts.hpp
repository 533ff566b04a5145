// SPDX-License-Identifier: MIT
// Which templates the messages of a segment are told by, and how often.
#pragma once

#include "engine/base/result.hpp"
#include "engine/store/segment_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

struct template_count {
  /// The constant pieces and, between them, what kind each variable is: `took <digits> ms`.
  std::string text;
  std::uint64_t rows = 0;

  bool operator==(const template_count&) const = default;
};

/// The templates of all blocks, those of most rows first. Blocks whose messages are not told by templates,
/// and rows that no template tells, are not counted. Errors: those of segment::read_block().
result<std::vector<template_count>> count_templates(const segment& of);

}  // namespace logstream
