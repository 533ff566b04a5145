// SPDX-License-Identifier: MIT
// Reading rows of a batch.
#include "engine/model/batch.hpp"

#include <algorithm>
#include <cstring>

namespace logstream {

const stream_run& batch::run_of(std::uint32_t row) const {
  return *std::partition_point(runs_.begin(), runs_.end(),
                               [&](const stream_run& run) { return run.end <= row; });
}

const column* batch::find_column(std::string_view name) const {
  const auto found =
      std::lower_bound(columns_.begin(), columns_.end(), name,
                       [](const column& each, std::string_view wanted) { return each.name() < wanted; });
  return found != columns_.end() && found->name() == name ? &*found : nullptr;
}

std::optional<cell> batch::field_at(std::uint32_t row, std::string_view name) const {
  if (const column* in = find_column(name))
    if (auto found = in->at(row))
      return found;
  const auto rest = rest_.count() == 0 ? std::nullopt : rest_.at(row);
  if (!rest)
    return std::nullopt;
  std::optional<cell> found;
  for_each_rest(rest->text, [&](std::string_view each, const cell& value) {
    if (each == name)
      found = value;
  });
  return found;
}

event batch::materialize(std::uint32_t row) const {
  const stream_run& run = run_of(row);
  event made{times_[row], run.severity, std::string{run.service}, std::string{message(row)}, {}};
  for_each_field(row, [&](std::string_view name, const cell& value) {
    made.fields.push_back({std::string{name}, std::string{value.text}, value.literal});
  });
  return made;
}

void batch::number(origin from, std::uint64_t first_sequence) {
  from_ = from;
  first_sequence_ = first_sequence;
}

batch::rest_entry batch::take_rest_entry(std::string_view& rest) {
  std::uint32_t name_size = 0;
  std::uint32_t value_size = 0;
  std::memcpy(&name_size, rest.data() + 1, 4);
  std::memcpy(&value_size, rest.data() + 5, 4);
  const rest_entry entry{rest.substr(9, name_size), {rest.substr(9 + name_size, value_size), rest[0] != 0}};
  rest.remove_prefix(9 + std::size_t{name_size} + value_size);
  return entry;
}

}  // namespace logstream
