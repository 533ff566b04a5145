// SPDX-License-Identifier: MIT
// The labels that identify a stream, as one canonical text: equal sets have equal texts.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

/// Name and value.
using label = std::pair<std::string_view, std::string_view>;

/// A name or value may have at most this many bytes.
inline constexpr std::size_t max_label_bytes = 2048;

/// Appends the canonical text of `labels`: sorted by name, each name and value behind its size in two bytes,
/// low byte first; labels without a value are left out. REQUIRES: no name or value is longer than
/// max_label_bytes.
void append_labels(std::string& out, std::vector<label> labels);

/// The value of `name` in a canonical text, empty if it has none.
std::string_view label_value(std::string_view encoded, std::string_view name);

/// The labels of a canonical text, in its order.
std::vector<label> decode_labels(std::string_view encoded);

}  // namespace logstream
