// SPDX-License-Identifier: MIT
// Media types.
#include "http/media.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace logstream::http {

namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool same(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

std::string_view essence(std::string_view content_type) {
  return trim(content_type.substr(0, content_type.find(';')));
}

template <std::size_t Count>
bool is_one_of(std::string_view name, const std::array<std::string_view, Count>& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view each) { return same(name, each); });
}

// Accept's `q` in thousandths.
int weight(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::size_t end = parameters.find(';');
    const std::string_view each = trim(parameters.substr(0, end));
    parameters = end == std::string_view::npos ? std::string_view{} : parameters.substr(end + 1);
    if (!each.starts_with("q=") && !each.starts_with("Q="))
      continue;
    double value = 0;
    std::from_chars(each.data() + 2, each.data() + each.size(), value);
    return static_cast<int>(std::clamp(value, 0.0, 1.0) * 1000);
  }
  return 1000;
}

struct offer {
  std::string_view name;
  row_format format;
};

// What we offer, the best first where a range fits several.
constexpr std::array<offer, 6> offers{{{"application/json", row_format::json},
                                       {"application/x-ndjson", row_format::ndjson},
                                       {"application/ndjson", row_format::ndjson},
                                       {"application/stream+json", row_format::ndjson},
                                       {"text/csv", row_format::csv},
                                       {"text/plain", row_format::text}}};

bool covers(std::string_view range, std::string_view name) {
  if (range == "*/*" || same(range, name))
    return true;
  return range.ends_with("/*") && same(range.substr(0, range.size() - 1), name.substr(0, range.size() - 1));
}

}  // namespace

bool takes_events(std::string_view content_type) {
  constexpr std::array<std::string_view, 8> taken{
      "application/json",         "application/x-ndjson",
      "application/ndjson",       "application/stream+json",
      "application/jsonl",        "text/plain",
      "application/octet-stream", "application/x-www-form-urlencoded"};
  const std::string_view name = essence(content_type);
  return name.empty() || is_one_of(name, taken);
}

bool takes_json(std::string_view content_type) {
  constexpr std::array<std::string_view, 2> taken{"application/json", "application/x-www-form-urlencoded"};
  const std::string_view name = essence(content_type);
  return name.empty() || is_one_of(name, taken);
}

std::optional<row_format> preferred_format(std::string_view accept) {
  if (trim(accept).empty())
    return row_format::json;
  std::optional<row_format> best;
  int best_weight = 0;
  while (!accept.empty()) {
    const std::size_t end = accept.find(',');
    const std::string_view each = accept.substr(0, end);
    accept = end == std::string_view::npos ? std::string_view{} : accept.substr(end + 1);
    const std::string_view range = essence(each);
    const std::size_t parameters = each.find(';');
    const int likes = parameters == std::string_view::npos ? 1000 : weight(each.substr(parameters + 1));
    if (likes <= best_weight)
      continue;
    const auto fits =
        std::find_if(offers.begin(), offers.end(), [&](const offer& o) { return covers(range, o.name); });
    if (fits == offers.end())
      continue;
    best = fits->format;
    best_weight = likes;
  }
  return best;
}

}  // namespace logstream::http
