// SPDX-License-Identifier: MIT
// How fields without a column of their own are kept: a flag, two sizes, name and value, one entry behind the
// other.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace logstream {

/// Bytes of an entry before its name: the literal flag, then the sizes of name and value in four bytes each.
inline constexpr std::size_t rest_entry_head = 9;

/// Writes one entry of rest_entry_head + name + value bytes; returns the byte behind it.
inline char* write_rest_entry(char* at, std::string_view name, std::string_view value, bool literal) {
  const auto name_size = static_cast<std::uint32_t>(name.size());
  const auto value_size = static_cast<std::uint32_t>(value.size());
  *at = literal ? 1 : 0;
  std::memcpy(at + 1, &name_size, 4);
  std::memcpy(at + 5, &value_size, 4);
  std::memcpy(at + rest_entry_head, name.data(), name.size());
  if (!value.empty())
    std::memcpy(at + rest_entry_head + name.size(), value.data(), value.size());
  return at + rest_entry_head + name.size() + value.size();
}

/// The name in an entry.
inline std::string_view rest_entry_name(const char* entry) {
  std::uint32_t size = 0;
  std::memcpy(&size, entry + 1, sizeof(size));
  return {entry + rest_entry_head, size};
}

}  // namespace logstream
