// SPDX-License-Identifier: MIT
// Values that are either a result or an error: expected failures travel by value, broken invariants throw or
// abort.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace logstream {

/// What kind of failure happened; the HTTP layer maps each to one status code.
enum class errc : std::uint8_t {
  /// The caller's input is wrong; the message names what and where.
  invalid,
  /// There is no such thing.
  not_found,
  /// The thing exists already or is in another state than the call needs.
  conflict,
  /// The input exceeds a limit.
  too_large,
  /// The kind of input is not one we take.
  unsupported,
  /// A bound is reached; trying again later may succeed.
  overloaded,
  /// The part that would answer is gone or going.
  unavailable,
  /// A deadline passed.
  timeout,
  /// Nothing more can be written.
  disk_full,
  /// Reading or writing failed.
  io,
  /// The caller no longer waits.
  cancelled,
  /// Our own fault.
  internal,
};

/// Returns the name of `code` as it appears in logs and problem documents.
std::string_view to_string(errc code);

/// A failure that was foreseen: its kind and a sentence for people.
struct error {
  errc code = errc::internal;
  std::string message;

  bool operator==(const error&) const = default;
};

inline error make_error(errc code, std::string message) {
  return {code, std::move(message)};
}

/// Either a T or an error.
template <class T>
class [[nodiscard]] result {
 public:
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  result(error failure) : state_(std::in_place_index<1>, std::move(failure)) {}

  explicit operator bool() const { return state_.index() == 0; }
  bool ok() const { return state_.index() == 0; }

  /// REQUIRES: ok().
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }

  /// REQUIRES: !ok().
  const error& failure() const { return *std::get_if<1>(&state_); }
  error& failure() { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, error> state_;
};

/// Either nothing or an error.
template <>
class [[nodiscard]] result<void> {
 public:
  result() = default;
  result(error failure) : failure_(std::move(failure)) {}

  explicit operator bool() const { return !failure_; }
  bool ok() const { return !failure_; }
  /// REQUIRES: !ok().
  const error& failure() const { return *failure_; }

 private:
  std::optional<error> failure_;
};

}  // namespace logstream
