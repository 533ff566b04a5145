// SPDX-License-Identifier: MIT
// Bodies in, events out: a decoder and a builder that learn from body to body, as a worker's do.
#pragma once

#include "engine/wire/json_events.hpp"
#include "tests/engine/support/rows.hpp"

#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream::test {

/// What became of a body.
struct decoded_body {
  /// In the order of the body, fields sorted by name.
  std::vector<event> events;
  decode_outcome outcome;
  std::optional<error> failure;
};

class body_decoder {
 public:
  static constexpr timestamp now = 1'700'000'000 * nanoseconds_per_second;

  explicit body_decoder(json_limits limits = {}) : decoder_(limits), builder_(1) {}

  decoded_body decode(std::string_view body, std::size_t max_rejections = 1000) {
    // Memory that ends where the body ends, so that reading beyond it is seen.
    const std::unique_ptr<char[]> exact{new char[body.size()]};
    if (!body.empty())
      std::memcpy(exact.get(), body.data(), body.size());
    decoded_body made;
    auto outcome = decoder_.decode({exact.get(), body.size()}, now, builder_, max_rejections);
    if (outcome)
      made.outcome = std::move(*outcome);
    else
      made.failure = outcome.failure();
    std::vector<row_place> places;
    const auto built = builder_.build(false, &places);
    for (const row_place& each : places) made.events.push_back(event_at(*built[each.built].rows, each.row));
    return made;
  }

 private:
  json_event_decoder decoder_;
  batch_builder builder_;
};

}  // namespace logstream::test
