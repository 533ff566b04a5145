// SPDX-License-Identifier: MIT
// Terminal questions and colours.
#include "app/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace logstream {

bool is_terminal(int descriptor) {
  return ::isatty(descriptor) == 1;
}

bool use_color(color_choice choice, int descriptor) {
  if (choice != color_choice::automatic)
    return choice == color_choice::always;
  const char* refused = std::getenv("NO_COLOR");
  return is_terminal(descriptor) && (refused == nullptr || *refused == '\0');
}

int terminal_width(int descriptor) {
  constexpr int usual = 80;
  winsize size{};
  return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

std::string_view level_color(level value) {
  switch (value) {
    case level::trace:
    case level::debug:
      return color_dim;
    case level::info:
      return "\x1b[32m";
    case level::warn:
      return "\x1b[33m";
    case level::error:
      return "\x1b[31m";
    case level::critical:
      return "\x1b[1;37;41m";
    case level::unknown:
      return {};
  }
  return {};
}

void append_printable(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out.append("\\n");
    else if ((byte < 0x20 && c != '\t') || byte == 0x7f)
      out.append({'\\', 'x', digits[byte >> 4], digits[byte & 15]});
    else
      out.push_back(c);
  }
}

}  // namespace logstream
