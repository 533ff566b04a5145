// SPDX-License-Identifier: MIT
// Canonical label texts.
#include "engine/model/labels.hpp"

#include <algorithm>

namespace logstream {

namespace {

void append_sized(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size() & 0xff);
  out += static_cast<char>(text.size() >> 8);
  out += text;
}

std::string_view take_sized(std::string_view& from) {
  if (from.size() < 2)
    return from = {};
  const std::size_t size = static_cast<unsigned char>(from[0]) |
                           static_cast<std::size_t>(static_cast<unsigned char>(from[1])) << 8;
  const std::string_view text = from.substr(2, size);
  from.remove_prefix(2 + text.size());
  return text;
}

}  // namespace

void append_labels(std::string& out, std::vector<label> labels) {
  std::sort(labels.begin(), labels.end());
  for (const auto& [name, value] : labels) {
    if (value.empty())
      continue;
    append_sized(out, name);
    append_sized(out, value);
  }
}

std::string_view label_value(std::string_view encoded, std::string_view name) {
  while (!encoded.empty()) {
    const std::string_view each = take_sized(encoded);
    const std::string_view value = take_sized(encoded);
    if (each == name)
      return value;
  }
  return {};
}

std::vector<label> decode_labels(std::string_view encoded) {
  std::vector<label> labels;
  while (!encoded.empty()) {
    const std::string_view name = take_sized(encoded);
    labels.emplace_back(name, take_sized(encoded));
  }
  return labels;
}

}  // namespace logstream
