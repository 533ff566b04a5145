// SPDX-License-Identifier: MIT
// One function for each kind of member.
#include "engine/alert/json_members.hpp"

#include "engine/base/clock.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <cmath>

namespace logstream {

namespace {

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Why `value` will not do as a text of at most `longest` bytes, if it will not.
std::optional<std::string> text_fault(const nlohmann::json& value, std::size_t longest) {
  if (!value.is_string())
    return "must be a text";
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > longest)
    return "must have at most " + std::to_string(longest) + " bytes";
  if (has_control_character(text))
    return "must not have control characters";
  return std::nullopt;
}

}  // namespace

json_members::json_members(const nlohmann::json& object, std::string_view what)
    : object_(object), what_(what) {
  if (!object.is_object())
    failure_ = make_error(errc::invalid, std::string{what} + " must be an object");
}

void json_members::text(std::string_view name, std::string& into, std::size_t longest) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  if (const auto fault = text_fault(*value, longest))
    return fail(name, *fault);
  into = value->get_ref<const std::string&>();
}

void json_members::flag(std::string_view name, bool& into) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  if (!value->is_boolean())
    return fail(name, "must be true or false");
  into = value->get<bool>();
}

void json_members::whole(std::string_view name, std::uint64_t& into, std::uint64_t least,
                         std::uint64_t most) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  // A number that code has put in may be signed, one that was parsed is not.
  const bool negative =
      value->is_number_integer() && !value->is_number_unsigned() && value->get<std::int64_t>() < 0;
  if (!value->is_number_integer() || negative || value->get<std::uint64_t>() < least ||
      value->get<std::uint64_t>() > most)
    return fail(name, "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  into = value->get<std::uint64_t>();
}

void json_members::duration(std::string_view name, std::int64_t& into, std::int64_t shortest,
                            std::int64_t longest) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  std::optional<std::int64_t> read;
  if (value->is_string())
    read = parse_duration(value->get_ref<const std::string&>());
  else if (value->is_number() && std::abs(value->get<double>()) < 1e9)
    read = std::llround(value->get<double>() * static_cast<double>(nanoseconds_per_second));
  if (!read || *read < shortest || *read > longest)
    return fail(name, "must be a duration such as 1m30s, or a number of seconds, from " +
                          format_duration(shortest) + " to " + format_duration(longest));
  into = *read;
}

void json_members::texts(std::string_view name, std::vector<std::string>& into, std::size_t most,
                         std::size_t longest) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  const nlohmann::json list = value->is_array() ? *value : nlohmann::json::array({*value});
  if (list.size() > most)
    return fail(name, "must have at most " + std::to_string(most) + " entries");
  std::vector<std::string> read;
  for (const nlohmann::json& each : list) {
    if (!each.is_string())
      return fail(name, "must be a text or a list of texts");
    if (const auto fault = text_fault(each, longest))
      return fail(name, *fault);
    const auto& text = each.get_ref<const std::string&>();
    if (text.empty())
      return fail(name, "must not have an empty entry");
    if (std::find(read.begin(), read.end(), text) != read.end())
      return fail(name, "has '" + text + "' twice");
    read.push_back(text);
  }
  into = std::move(read);
}

void json_members::pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& into,
                         std::size_t most, std::size_t longest) {
  const nlohmann::json* value = find(name);
  if (value == nullptr)
    return;
  if (!value->is_object())
    return fail(name, "must be an object of texts");
  if (value->size() > most)
    return fail(name, "must have at most " + std::to_string(most) + " members");
  std::vector<std::pair<std::string, std::string>> read;
  for (const auto& [key, each] : value->items()) {
    if (key.empty() || key.size() > longest || has_control_character(key))
      return fail(name,
                  "must have names of 1 to " + std::to_string(longest) + " bytes without control characters");
    if (!each.is_string() && !each.is_number() && !each.is_boolean())
      return fail(std::string{name} + "." + key, "must be a text, a number, true or false");
    std::string text = each.is_string() ? each.get<std::string>() : each.dump();
    if (text.size() > longest || has_control_character(text))
      return fail(std::string{name} + "." + key,
                  "must have at most " + std::to_string(longest) + " bytes and no control characters");
    read.emplace_back(key, std::move(text));
  }
  into = std::move(read);
}

void json_members::require(std::string_view name) {
  if (!failure_ && !has(name))
    fail(name, "is missing");
}

void json_members::fail(std::string_view name, std::string_view why) {
  if (!failure_)
    failure_ = make_error(errc::invalid, std::string{name} + ": " + std::string{why});
}

std::optional<error> json_members::finish() {
  if (failure_)
    return failure_;
  for (const auto& [name, value] : object_.items())
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
      fail(name, "is not a member of " + std::string{what_});
      break;
    }
  return failure_;
}

const nlohmann::json* json_members::find(std::string_view name) {
  known_.push_back(name);
  if (failure_)
    return nullptr;
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

}  // namespace logstream
