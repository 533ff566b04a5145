// SPDX-License-Identifier: MIT
// Widths first, then lines.
#include "app/cli/document_text.hpp"

#include "app/cli/progress.hpp"
#include "app/cli/terminal.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace logstream {

namespace {

using json = nlohmann::ordered_json;

std::string text_of(const json& value) {
  if (value.is_number_unsigned())
    return grouped(value.get<std::uint64_t>());
  if (!value.is_string())
    return value.is_null() ? std::string{} : value.dump();
  std::string shown;
  append_printable(shown, value.get<std::string>());
  return shown;
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

void append_padded(std::string& out, const std::string& text, std::size_t width, bool right) {
  const std::string room(width - std::min(width, text.size()), ' ');
  out += right ? room + text : text + room;
}

void append_line(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
  out += '\n';
}

void append_table(std::string& out, const json& rows) {
  std::vector<std::string> names;
  std::vector<std::size_t> widths;
  for (const auto& [name, value] : rows.front().items()) {
    names.push_back(name);
    widths.push_back(name.size());
    for (const json& row : rows) widths.back() = std::max(widths.back(), text_of(row.at(name)).size());
  }
  const auto append_row = [&](const auto& cell) {
    std::string line = " ";
    for (std::size_t i = 0; i < names.size(); ++i) {
      line += ' ';
      append_padded(line, cell(names[i]), widths[i], rows.front().at(names[i]).is_number());
      line += ' ';
    }
    append_line(out, std::move(line));
  };
  append_row([](const std::string& name) { return spaced(name); });
  for (const json& row : rows) append_row([&](const std::string& name) { return text_of(row.at(name)); });
}

void append_members(std::string& out, const json& of, std::string_view indent) {
  std::size_t width = 0;
  for (const auto& [name, value] : of.items())
    if (!value.is_structured())
      width = std::max(width, name.size());
  for (const auto& [name, value] : of.items()) {
    if (value.is_structured())
      continue;
    std::string line{indent};
    append_padded(line, spaced(name), width + 2, false);
    append_line(out, line + text_of(value));
  }
}

}  // namespace

std::string document_text(const nlohmann::ordered_json& document) {
  std::string out;
  append_members(out, document, "");
  for (const auto& [name, value] : document.items()) {
    if (!value.is_structured() || value.empty())
      continue;
    out += out.empty() ? "" : "\n";
    out += spaced(name) + '\n';
    if (value.is_object())
      append_members(out, value, "  ");
    else if (value.front().is_object())
      append_table(out, value);
    else
      for (const json& each : value) out += "  " + text_of(each) + '\n';
  }
  return out;
}

std::string printed_document(const nlohmann::ordered_json& document, bool as_json) {
  return as_json ? document.dump(2, ' ', false, json::error_handler_t::replace) + "\n"
                 : document_text(document);
}

}  // namespace logstream
