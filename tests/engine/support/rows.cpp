// SPDX-License-Identifier: MIT
// Batches of events, and events in words.
#include "tests/engine/support/rows.hpp"

#include <algorithm>

namespace logstream {

std::ostream& operator<<(std::ostream& out, const event& shown) {
  out << '{' << shown.time << ' ' << to_string(shown.severity) << " service='" << shown.service
      << "' message='" << shown.message << '\'';
  for (const field& each : shown.fields)
    out << ' ' << each.name << (each.literal ? "=" : "='") << each.value << (each.literal ? "" : "'");
  return out << '}';
}

std::ostream& operator<<(std::ostream& out, const event_id& shown) {
  return out << to_string(shown);
}

}  // namespace logstream

namespace logstream::test {

void add_row(batch_builder& into, const event& what) {
  into.begin_row();
  into.set_time(what.time);
  into.set_stream(what.service, what.severity);
  into.set_message(what.message);
  for (const field& each : what.fields)
    into.set_field(into.find_field(each.name), each.name, each.value, each.literal);
  into.end_row();
}

std::shared_ptr<batch> make_batch(std::span<const event> events) {
  batch_builder builder{1};
  for (const event& each : events) add_row(builder, each);
  return std::move(builder.build().front().rows);
}

std::shared_ptr<batch> make_batch(std::span<const event> events, origin from, std::uint64_t first_sequence) {
  auto made = make_batch(events);
  made->number(from, first_sequence);
  return made;
}

event make_event(timestamp time, std::string_view message, level severity, std::string_view service) {
  return {time, severity, std::string{service}, std::string{message}, {}};
}

event event_at(const batch& in, std::uint32_t row) {
  return with_sorted_fields(in.materialize(row));
}

event with_sorted_fields(event from) {
  std::sort(from.fields.begin(), from.fields.end(),
            [](const field& a, const field& b) { return a.name < b.name; });
  return from;
}

}  // namespace logstream::test
