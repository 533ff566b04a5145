// SPDX-License-Identifier: MIT
// Values of settings as text: read with bounds, and printed.
#pragma once

#include "app/config/declarations.hpp"
#include "engine/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Reads `text` into the place of the setting; the error says what was expected instead.
result<void> set_value(settings& into, const setting_declaration& setting, std::string_view text);

/// As set_value for a list that is a list already. REQUIRES: setting.kind is list.
void set_list(settings& into, const setting_declaration& setting, std::vector<std::string> values);

/// Prints the value that `from` holds, as set_value reads it.
std::string value_text(const settings& from, const setting_declaration& setting);

/// Prints the default.
std::string default_text(const setting_declaration& setting);

/// The words that a choice or a flag takes, in order; empty for other kinds.
std::vector<std::string_view> value_choices(const setting_declaration& setting);

/// Describes the values that are taken: `100ms to 1h`, `memory or disk`.
std::string accepted_values(const setting_declaration& setting);

/// The placeholder in help: `DURATION`, `SIZE`, `N`.
std::string_view placeholder(setting_kind kind);

}  // namespace logstream
