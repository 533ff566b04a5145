// SPDX-License-Identifier: MIT
// The one table of settings that file, environment, flags, validation, help and documents are made from.
#pragma once

#include "app/config/settings.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace logstream {

/// Where a setting lies in a `settings`; the alternative tells its type in C++.
using setting_place =
    std::variant<bool*, std::uint64_t*, std::chrono::nanoseconds*, std::string*, std::vector<std::string>*,
                 storage_mode*, ack_mode*, log_level*, log_format*>;

/// How the text of a setting is read and what people call it.
enum class setting_kind : std::uint8_t { flag, count, bytes, duration, text, list, choice };

/// The inclusive range of a count, of bytes, or of nanoseconds.
struct setting_bounds {
  std::uint64_t least = 0;
  std::uint64_t most = std::numeric_limits<std::int64_t>::max();
};

/// One setting: its default is what its place holds in a default-constructed `settings`.
struct setting_declaration {
  /// Dotted: `http.port` is also the flag `--http.port` and the variable `LOGSTREAM_HTTP_PORT`.
  std::string_view name;
  setting_kind kind = setting_kind::text;
  setting_place (*place)(settings&) = nullptr;
  setting_bounds bounds;
  /// Whole sentences for the help, the example file and the manual.
  std::string_view help;
  /// A value that somebody might write instead of the default.
  std::string_view example;
  /// A second name that is understood wherever the first is, or empty.
  std::string_view alias = {};
};

/// All settings, those of one section side by side.
std::span<const setting_declaration> setting_declarations();

/// Finds a setting by name or alias; null when there is none.
const setting_declaration* find_setting(std::string_view name);

/// Returns the part of the name before the first dot.
std::string_view setting_section(const setting_declaration& declaration);

/// Says in one sentence what a section is about.
std::string_view section_summary(std::string_view section);

/// Returns `LOGSTREAM_HTTP_PORT` for `http.port`.
std::string environment_name(std::string_view setting);

}  // namespace logstream
