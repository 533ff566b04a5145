// SPDX-License-Identifier: MIT
// Reads the members of a JSON object into values, and says which member is wrong and why.
#pragma once

#include "engine/base/result.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

/// Each call reads one member if the object has it, and leaves the value alone otherwise. The first failure
/// sticks; all later calls do nothing. Must not outlive the object.
class json_members {
 public:
  /// `what` names the object for people: "a rule".
  json_members(const nlohmann::json& object, std::string_view what);

  bool has(std::string_view name) const { return object_.is_object() && object_.contains(name); }

  /// A text of at most `longest` bytes, without control characters.
  void text(std::string_view name, std::string& into, std::size_t longest);
  void flag(std::string_view name, bool& into);
  void whole(std::string_view name, std::uint64_t& into, std::uint64_t least, std::uint64_t most);
  /// A text such as `1m30s`, or a number of seconds, as nanoseconds.
  void duration(std::string_view name, std::int64_t& into, std::int64_t shortest, std::int64_t longest);
  /// One text or a list of different texts, none of them empty.
  void texts(std::string_view name, std::vector<std::string>& into, std::size_t most, std::size_t longest);
  /// An object of texts; numbers and booleans are taken by their text.
  void pairs(std::string_view name, std::vector<std::pair<std::string, std::string>>& into, std::size_t most,
             std::size_t longest);

  void require(std::string_view name);
  void fail(std::string_view name, std::string_view why);
  bool failed() const { return failure_.has_value(); }
  /// The first failure; a member that no call asked for is one too.
  std::optional<error> finish();

 private:
  /// The member to read, unless there is none or something failed before.
  const nlohmann::json* find(std::string_view name);

  const nlohmann::json& object_;
  std::string_view what_;
  std::vector<std::string_view> known_;
  std::optional<error> failure_;
};

}  // namespace logstream
