// SPDX-License-Identifier: MIT
// Rows go through a builder again, their texts by reference into the batches they come from.
#include "engine/store/batch_merge.hpp"

#include "engine/model/batch_builder.hpp"

#include <vector>

namespace logstream {

namespace {

void copy_row(const batch& from, const stream_run& run, std::uint32_t row,
              const std::vector<batch_builder::field_ref>& places, batch_builder& into) {
  into.begin_row();
  into.set_time(from.times()[row]);
  into.set_sequence(from.id(row).sequence);
  into.set_stream(run.service, run.severity);
  into.set_message(from.message(row));
  for (std::size_t i = 0; i < places.size(); ++i)
    if (const auto value = from.columns()[i].at(row))
      into.set_field(places[i], from.columns()[i].name(), value->text, value->literal);
  from.for_each_rest_field(row, [&](std::string_view name, const cell& value) {
    into.set_field(into.find_field(name), name, value.text, value.literal);
  });
  into.end_row();
}

void copy_part(const part& from, batch_builder& into) {
  std::vector<batch_builder::field_ref> places;
  for (const column& each : from.rows->columns()) places.push_back(into.find_field(each.name()));
  for (const stream_run& run : from.rows->runs())
    for (std::uint32_t row = from.first_row(run); row < run.end; ++row)
      copy_row(*from.rows, run, row, places, into);
}

}  // namespace

batch_ptr merge_parts(std::span<const part> parts) {
  batch_builder builder{1};
  for (const part& each : parts) copy_part(each, builder);
  auto built = builder.build(true);
  if (built.empty())
    return nullptr;
  built.front().rows->number(parts.front().rows->id(0).from, 0);
  return std::move(built.front().rows);
}

}  // namespace logstream
