// SPDX-License-Identifier: MIT
// Decodes bodies of JSON events: one object, an array, or NDJSON, told apart by content.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/model/batch_builder.hpp"
#include "engine/wire/json_object.hpp"
#include "engine/wire/rejection.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What became of a body's events.
struct decode_outcome {
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  /// The first of the rejected, as many as were asked for.
  std::vector<rejection> rejections;
};

/// Reads bodies into a batch_builder. Keeps what it has learnt of the shape of events from body to body; for
/// one thread.
class json_event_decoder {
 public:
  explicit json_event_decoder(json_limits limits) : object_(limits) {}

  /// Reads all events of `body` into `into`; texts are taken by reference, so `body` must outlive
  /// into.build(). Events without a time get `now`. A bad event is counted and does not harm the others; at
  /// most `max_rejections` are described. Errors: invalid if the body holds nothing at all. REQUIRES: `into`
  /// is the same builder each time.
  result<decode_outcome> decode(std::string_view body, timestamp now, batch_builder& into,
                                std::size_t max_rejections);

 private:
  void decode_lines(std::string_view body, batch_builder& into);
  // `number` is the first event's.
  void decode_documents(std::string_view body, bool array, std::uint64_t number, batch_builder& into);
  void decode_one(std::string_view text, const char* body_end, std::uint64_t line, batch_builder& into);
  void reject(std::uint64_t line, object_fault fault);
  static std::string_view padded(std::string_view text, batch_builder& into);

  json_object_decoder object_;
  timestamp now_ = 0;
  std::size_t max_rejections_ = 0;
  decode_outcome outcome_;
};

}  // namespace logstream
