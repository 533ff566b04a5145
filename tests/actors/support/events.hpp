// SPDX-License-Identifier: MIT
// Events and batches of them, made with few words.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/model/event.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

inline event make_event(timestamp time, std::string message, level severity = level::info,
                        std::string service = "api") {
  event made;
  made.time = time;
  made.severity = severity;
  made.service = std::move(service);
  made.message = std::move(message);
  return made;
}

/// One batch of all events, as a worker would hand it on to be stored.
inline std::shared_ptr<batch> make_batch(const std::vector<event>& events) {
  batch_builder builder{1};
  for (const event& each : events) {
    builder.begin_row();
    builder.set_time(each.time);
    builder.set_stream(each.service, each.severity);
    builder.set_message(each.message);
    for (const field& extra : each.fields)
      builder.set_field(builder.find_field(extra.name), extra.name, extra.value, extra.literal);
    builder.end_row();
  }
  return builder.build().front().rows;
}

/// A batch of `count` events, all at `time`.
inline std::shared_ptr<batch> make_batch_at(timestamp time, std::size_t count) {
  return make_batch(std::vector<event>(count, make_event(time, "same time")));
}

/// A batch of `count` events, `step` apart from `first` on; the n-th says "event n".
inline std::shared_ptr<batch> make_row_of_events(timestamp first, std::int64_t step, std::size_t count) {
  std::vector<event> events;
  for (std::size_t i = 0; i < count; ++i)
    events.push_back(make_event(first + static_cast<std::int64_t>(i) * step, "event " + std::to_string(i)));
  return make_batch(events);
}

}  // namespace logstream::test
