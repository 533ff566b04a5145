// SPDX-License-Identifier: MIT
// Decodes one JSON object into one row of a batch.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/batch_builder.hpp"

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

struct json_limits {
  /// A longer message is cut at a character's end and marked with the field `_truncated`: its size before.
  std::size_t line_bytes = 256 * 1024;
  /// An event with more fields is rejected.
  std::size_t fields = 1000;
};

/// Why an object is not an event.
struct object_fault {
  /// The member at fault; empty where it is the whole object.
  std::string member;
  std::string reason;
};

/// The reason of a fault that goes away when the text is made valid UTF-8.
inline constexpr std::string_view not_utf8 = "is not valid UTF-8";

/// Reads objects whose members come in much the same order each time: what the n-th member was last time is
/// what it is tried for first. Members: `timestamp` (also time, ts, @timestamp), `level` (severity),
/// `message` (msg), `service`, `metadata` whose members become fields; everything else is a field, nested
/// objects flattened with dots. For one thread.
class json_object_decoder {
 public:
  explicit json_object_decoder(json_limits limits);

  /// Reads `text`, one object, into a row of `into`; an event without a time gets `now`. Texts are taken by
  /// reference where they stand. REQUIRES: SIMDJSON_PADDING bytes behind `text` are readable, and all outlive
  /// into.build().
  std::optional<object_fault> decode(std::string_view text, timestamp now, batch_builder& into);

 private:
  enum class role : std::uint8_t { time, severity, message, service, metadata, field };

  struct shape;
  /// What the n-th member of an object was when last seen.
  struct member {
    /// The key as it stands in the text, with its closing quote.
    std::string key;
    /// The field's full name.
    std::string path;
    role is = role::field;
    batch_builder::field_ref field = batch_builder::no_column;
    /// The members of the object that is this member's value.
    std::unique_ptr<shape> inner;
  };
  struct shape {
    /// What the paths of its members begin with.
    std::string prefix;
    std::vector<member> members;
    bool top = false;
  };

  using json_value = simdjson::ondemand::value;

  bool read(std::string_view text, timestamp now);
  bool read_members(simdjson::ondemand::object& object, shape& as, std::size_t depth);
  /// The member that `found` is; none if its name cannot be taken, which is the fault then.
  member* member_for(shape& as, std::size_t index, simdjson::ondemand::field& found);
  void learn(member& as, const shape& in, std::string_view raw_key, std::string_view name);
  bool read_member(json_value& value, member& as, std::size_t depth);
  bool read_time(json_value& value, const member& as, std::string_view token);
  bool read_severity(json_value& value, const member& as, std::string_view token);
  bool read_message(json_value& value, std::string_view token);
  bool read_service(json_value& value, std::string_view token);
  bool read_object(json_value& value, member& as, std::size_t depth, bool metadata);
  bool read_field(json_value& value, const member& as, std::string_view token);
  bool add_field(const member& as, std::string_view text, bool literal);

  std::optional<std::string_view> string_of(json_value& value, std::string_view token);
  std::optional<std::string_view> compound_of(json_value& value);
  std::string_view cut(std::string_view message);
  bool fail(std::string_view member, std::string_view reason);
  bool fail(simdjson::error_code code);
  void forget_shapes();

  json_limits limits_;
  simdjson::ondemand::parser parser_;
  simdjson::dom::parser checker_;
  shape top_;
  // Bytes of shapes.
  std::size_t learnt_ = 0;
  std::uint32_t generation_ = 0;
  batch_builder* into_ = nullptr;
  const char* end_ = nullptr;

  bool has_time_ = false;
  bool has_severity_ = false;
  bool has_message_ = false;
  bool has_service_ = false;
  std::size_t members_ = 0;
  std::size_t name_bytes_ = 0;
  std::size_t most_name_bytes_ = 0;
  level severity_ = level::unknown;
  std::string_view service_;
  object_fault fault_;
};

}  // namespace logstream
