// SPDX-License-Identifier: MIT
// What differs between a person at a terminal and a program at the end of a pipe.
#pragma once

#include "engine/model/level.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream {

enum class color_choice : std::uint8_t { automatic, always, never };

/// Whether to write colours to a file descriptor: `automatic` asks whether it is a terminal and respects
/// NO_COLOR.
bool use_color(color_choice choice, int descriptor);

/// Columns of the terminal at a file descriptor; 80 when it does not tell.
int terminal_width(int descriptor);

bool is_terminal(int descriptor);

/// The escape sequence of a level, empty for those shown plainly.
std::string_view level_color(level value);

inline constexpr std::string_view color_dim = "\x1b[2m";
inline constexpr std::string_view color_reset = "\x1b[0m";

/// Removes what would move the cursor or change colours: control characters become visible escapes.
void append_printable(std::string& out, std::string_view text);

}  // namespace logstream
