// SPDX-License-Identifier: MIT
// Parameters of query strings.
#include "http/parameters.hpp"

#include "http/percent.hpp"

#include <charconv>

namespace logstream::http {

namespace {

// Splits off what precedes the first `separator`; the rest is left in `text`.
std::string_view next_part(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return part;
}

}  // namespace

result<parameters> parameters::parse(std::string_view query) {
  parameters out;
  while (!query.empty()) {
    std::string_view pair = next_part(query, '&');
    if (pair.empty())
      continue;
    const std::string shown(pair.substr(0, 100));
    auto name = decode_query(next_part(pair, '='));
    auto value = decode_query(pair);
    if (!name || !value)
      return make_error(errc::invalid, "the parameter '" + shown + "' is not percent-encoded rightly");
    if (name->find('\0') != std::string::npos || value->find('\0') != std::string::npos)
      return make_error(errc::invalid, "the parameter '" + shown + "' holds a zero byte");
    out.all_.push_back({std::move(*name), std::move(*value)});
  }
  return out;
}

result<std::optional<std::string>> parameters::take(std::string_view name) {
  std::optional<std::string> found;
  for (parameter& each : all_) {
    if (each.name != name)
      continue;
    if (found)
      return make_error(errc::invalid, "the parameter '" + std::string(name) + "' is given twice");
    found = each.value;
    each.taken = true;
  }
  return found;
}

result<std::optional<std::uint64_t>> parameters::take_number(std::string_view name, std::uint64_t least,
                                                             std::uint64_t most) {
  auto text = take(name);
  if (!text)
    return std::move(text.failure());
  if (!*text)
    return std::optional<std::uint64_t>{};
  const std::string& digits = **text;
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc{} || end != digits.data() + digits.size() || number < least || number > most)
    return make_error(errc::invalid, "the parameter '" + std::string(name) +
                                         "' must be a whole number from " + std::to_string(least) + " to " +
                                         std::to_string(most));
  return std::optional<std::uint64_t>{number};
}

std::vector<std::string> parameters::take_list(std::string_view name) {
  std::vector<std::string> out;
  for (parameter& each : all_) {
    if (each.name != name)
      continue;
    each.taken = true;
    std::string_view rest = each.value;
    do out.emplace_back(next_part(rest, ','));
    while (!rest.empty());
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> parameters::take_prefixed(std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> out;
  for (parameter& each : all_) {
    if (!each.name.starts_with(prefix))
      continue;
    each.taken = true;
    out.emplace_back(each.name.substr(prefix.size()), each.value);
  }
  return out;
}

result<void> parameters::all_taken() const {
  for (const parameter& each : all_)
    if (!each.taken)
      return make_error(errc::invalid, "there is no parameter '" + each.name.substr(0, 100) + "' here");
  return {};
}

}  // namespace logstream::http
