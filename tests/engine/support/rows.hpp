// SPDX-License-Identifier: MIT
// From events to batches and back, for tests that think in events.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/model/event.hpp"

#include <cstdint>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// How events appear in the messages of failed assertions.
std::ostream& operator<<(std::ostream& out, const event& shown);
std::ostream& operator<<(std::ostream& out, const event_id& shown);

}  // namespace logstream

namespace logstream::test {

/// Adds one row. `what` must outlive into.build().
void add_row(batch_builder& into, const event& what);

/// All events in one batch of one shard. REQUIRES: `events` is not empty.
std::shared_ptr<batch> make_batch(std::span<const event> events);
/// The same, numbered from `first_sequence` by `from`.
std::shared_ptr<batch> make_batch(std::span<const event> events, origin from, std::uint64_t first_sequence);

/// An event with nothing but what most tests need.
event make_event(timestamp time, std::string_view message = "", level severity = level::info,
                 std::string_view service = "api");

/// The row as an event whose fields are sorted by name, which is the form that tests compare.
event event_at(const batch& in, std::uint32_t row);
/// `from` with its fields sorted by name.
event with_sorted_fields(event from);

}  // namespace logstream::test
