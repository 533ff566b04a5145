// SPDX-License-Identifier: MIT
// Colours and columns of a line.
#include "app/cli/event_text.hpp"

#include "app/cli/terminal.hpp"

#include <nlohmann/json.hpp>

namespace logstream {

namespace {

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string member_text(const nlohmann::json& event, const char* name) {
  const auto found = event.find(name);
  return found == event.end() || found->is_null() ? std::string{} : text_of(*found);
}

void append_value(std::string& out, const nlohmann::json& value) {
  const std::string text = text_of(value);
  const bool plain = !text.empty() && text.find_first_of(" \t\"=") == std::string::npos;
  append_printable(out, plain || !value.is_string() ? text : nlohmann::json(text).dump());
}

}  // namespace

void append_event_text(std::string& out, const nlohmann::json& event, bool color) {
  const std::string name = member_text(event, "level");
  const std::string_view shade =
      color ? level_color(parse_level(name).value_or(level::unknown)) : std::string_view{};
  const auto dim = [&](std::string_view text) {
    out.append(color ? color_dim : "");
    append_printable(out, text);
    out.append(color ? color_reset : "");
  };
  constexpr std::size_t level_width = 8;
  dim(member_text(event, "timestamp"));
  out.append(" ").append(shade);
  append_printable(out, name);
  out.append(shade.empty() ? "" : color_reset);
  out.append(level_width > name.size() ? level_width - name.size() : 0, ' ').append(" ");
  append_printable(out, member_text(event, "service"));
  out.append(" ");
  append_printable(out, member_text(event, "message"));
  const auto fields = event.find("metadata");
  if (fields != event.end() && fields->is_object())
    for (const auto& [field, value] : fields->items()) {
      out.append(" ");
      dim(field + "=");
      append_value(out, value);
    }
  out.push_back('\n');
}

}  // namespace logstream
