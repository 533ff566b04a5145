// SPDX-License-Identifier: MIT
// Reading and printing of each kind of setting.
#include "app/config/value_text.hpp"

#include "app/config/size_text.hpp"
#include "engine/wire/time_text.hpp"

#include <array>
#include <charconv>
#include <span>
#include <type_traits>
#include <utility>

namespace logstream {

namespace {

constexpr std::array<std::string_view, 2> storage_modes{"memory", "disk"};
constexpr std::array<std::string_view, 3> ack_modes{"fsync", "write", "memory"};
constexpr std::array<std::string_view, 6> log_levels{"trace", "debug", "info", "warn", "error", "off"};
constexpr std::array<std::string_view, 2> log_formats{"text", "json"};

using names = std::span<const std::string_view>;

constexpr names choice_names(const storage_mode*) {
  return storage_modes;
}
constexpr names choice_names(const ack_mode*) {
  return ack_modes;
}
constexpr names choice_names(const log_level*) {
  return log_levels;
}
constexpr names choice_names(const log_format*) {
  return log_formats;
}

/// Calls `use` with the names of a choice's values and a pointer to the choice.
template <class Use>
void with_choice(const setting_place& place, Use use) {
  std::visit(
      [&]<class T>(T* value) {
        if constexpr (std::is_enum_v<T>)
          use(choice_names(value), value);
      },
      place);
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t out = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failure == std::errc{} && end == text.data() + text.size() ? std::optional{out} : std::nullopt;
}

std::optional<bool> parse_flag(std::string_view text) {
  for (const std::string_view yes : {"true", "yes", "on", "1"})
    if (text == yes)
      return true;
  for (const std::string_view no : {"false", "no", "off", "0"})
    if (text == no)
      return false;
  return std::nullopt;
}

std::vector<std::string> split_list(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']'))
    text = text.substr(1, text.size() - 2);
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const auto item = trim(text.substr(0, comma)); !item.empty())
      out.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::string in_unit(setting_kind kind, std::uint64_t value) {
  if (kind == setting_kind::bytes)
    return format_bytes(value);
  if (kind == setting_kind::duration)
    return format_duration(static_cast<std::int64_t>(value));
  return std::to_string(value);
}

/// Reads a number in the unit of the setting.
std::optional<std::uint64_t> parse_amount(setting_kind kind, std::string_view text) {
  if (kind == setting_kind::bytes)
    return parse_bytes(text);
  if (kind == setting_kind::count)
    return parse_count(text);
  const auto duration = parse_duration(text);
  if (!duration || *duration < 0)
    return std::nullopt;
  return static_cast<std::uint64_t>(*duration);
}

std::string_view kind_words(setting_kind kind) {
  switch (kind) {
    case setting_kind::count:
      return "a whole number";
    case setting_kind::bytes:
      return "a size such as 64MiB";
    case setting_kind::duration:
      return "a duration with its unit, such as 10s";
    case setting_kind::text:
      return "text";
    case setting_kind::list:
      return "a list";
    case setting_kind::flag:
    case setting_kind::choice:
      break;
  }
  return "";
}

std::string_view quoted_limit(std::string_view text) {
  return text.substr(0, 60);
}

error refuse(const setting_declaration& setting, std::string_view text) {
  const bool has_choices = !value_choices(setting).empty();
  const std::string expected = has_choices ? accepted_values(setting) : std::string{kind_words(setting.kind)};
  return make_error(errc::invalid,
                    "expects " + expected + ", not \"" + std::string{quoted_limit(text)} + "\"");
}

result<std::uint64_t> read_amount(const setting_declaration& setting, std::string_view text) {
  const auto amount = parse_amount(setting.kind, text);
  if (!amount)
    return refuse(setting, text);
  if (*amount < setting.bounds.least || *amount > setting.bounds.most)
    return make_error(errc::invalid, "must be " + accepted_values(setting) + ", not " + std::string{text});
  return *amount;
}

}  // namespace

result<void> set_value(settings& into, const setting_declaration& setting, std::string_view text) {
  text = trim(text);
  const setting_place place = setting.place(into);
  switch (setting.kind) {
    case setting_kind::flag: {
      const auto flag = parse_flag(text);
      if (!flag)
        return refuse(setting, text);
      *std::get<bool*>(place) = *flag;
      return {};
    }
    case setting_kind::count:
    case setting_kind::bytes: {
      const auto amount = read_amount(setting, text);
      if (!amount)
        return amount.failure();
      *std::get<std::uint64_t*>(place) = *amount;
      return {};
    }
    case setting_kind::duration: {
      const auto amount = read_amount(setting, text);
      if (!amount)
        return amount.failure();
      *std::get<std::chrono::nanoseconds*>(place) =
          std::chrono::nanoseconds{static_cast<std::int64_t>(*amount)};
      return {};
    }
    case setting_kind::text:
      if (text.empty())
        return make_error(errc::invalid, "must not be empty");
      std::get<std::string*>(place)->assign(text);
      return {};
    case setting_kind::list:
      *std::get<std::vector<std::string>*>(place) = split_list(text);
      return {};
    case setting_kind::choice:
      break;
  }
  bool found = false;
  with_choice(place, [&]<class Choice>(names known, Choice* value) {
    for (std::size_t i = 0; i < known.size(); ++i)
      if (known[i] == text) {
        *value = static_cast<Choice>(i);
        found = true;
      }
  });
  if (!found)
    return refuse(setting, text);
  return {};
}

void set_list(settings& into, const setting_declaration& setting, std::vector<std::string> values) {
  *std::get<std::vector<std::string>*>(setting.place(into)) = std::move(values);
}

std::string value_text(const settings& from, const setting_declaration& setting) {
  settings copy = from;
  const setting_place place = setting.place(copy);
  switch (setting.kind) {
    case setting_kind::flag:
      return *std::get<bool*>(place) ? "true" : "false";
    case setting_kind::count:
    case setting_kind::bytes:
      return in_unit(setting.kind, *std::get<std::uint64_t*>(place));
    case setting_kind::duration:
      return in_unit(setting.kind,
                     static_cast<std::uint64_t>(std::get<std::chrono::nanoseconds*>(place)->count()));
    case setting_kind::text:
      return *std::get<std::string*>(place);
    case setting_kind::list: {
      std::string out = "[";
      for (const std::string& each : *std::get<std::vector<std::string>*>(place))
        out.append(out.size() > 1 ? ", " : "").append(each);
      return out.append("]");
    }
    case setting_kind::choice:
      break;
  }
  std::string out;
  with_choice(place, [&]<class Choice>(names known, Choice* value) {
    out = known[static_cast<std::size_t>(*value)];
  });
  return out;
}

std::string default_text(const setting_declaration& setting) {
  return value_text(settings{}, setting);
}

std::vector<std::string_view> value_choices(const setting_declaration& setting) {
  std::vector<std::string_view> out;
  if (setting.kind == setting_kind::flag)
    out = {"true", "false"};
  settings unused;
  with_choice(setting.place(unused), [&](names known, auto*) { out.assign(known.begin(), known.end()); });
  return out;
}

std::string accepted_values(const setting_declaration& setting) {
  std::string out;
  const auto choices = value_choices(setting);
  for (std::size_t i = 0; i < choices.size(); ++i)
    out.append(i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ").append(choices[i]);
  if (!out.empty())
    return out;
  if (setting.kind == setting_kind::text || setting.kind == setting_kind::list)
    return std::string{kind_words(setting.kind)};
  return in_unit(setting.kind, setting.bounds.least) + " to " + in_unit(setting.kind, setting.bounds.most);
}

std::string_view placeholder(setting_kind kind) {
  switch (kind) {
    case setting_kind::flag:
      return "BOOL";
    case setting_kind::count:
      return "N";
    case setting_kind::bytes:
      return "SIZE";
    case setting_kind::duration:
      return "DURATION";
    case setting_kind::text:
      return "TEXT";
    case setting_kind::list:
      return "LIST";
    case setting_kind::choice:
      return "CHOICE";
  }
  return "";
}

}  // namespace logstream
