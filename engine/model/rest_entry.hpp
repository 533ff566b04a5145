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

/// True if `bytes` are whole entries, at least one.
inline bool are_rest_entries(std::string_view bytes) {
  if (bytes.empty())
    return false;
  while (!bytes.empty()) {
    if (bytes.size() < rest_entry_head)
      return false;
    std::uint32_t name_size = 0;
    std::uint32_t value_size = 0;
    std::memcpy(&name_size, bytes.data() + 1, 4);
    std::memcpy(&value_size, bytes.data() + 5, 4);
    bytes.remove_prefix(rest_entry_head);
    if (std::uint64_t{name_size} + value_size > bytes.size())
      return false;
    bytes.remove_prefix(std::size_t{name_size} + value_size);
  }
  return true;
}

/// The name in an entry.
inline std::string_view rest_entry_name(const char* entry) {
  std::uint32_t size = 0;
  std::memcpy(&size, entry + 1, sizeof(size));
  return {entry + rest_entry_head, size};
}

}  // namespace logstream
