// SPDX-License-Identifier: MIT
// Numbers and texts to bytes and back, for everything that is kept on disk.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace logstream {

/// Appends to a text. Numbers of fixed size stand low byte first; varints are LEB128: seven bits a byte,
/// lowest first, at most ten bytes.
class byte_writer {
 public:
  explicit byte_writer(std::string& to) : to_(to) {}

  template <class T>
  void fixed(T value) {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    char bytes[sizeof(T)];
    auto left = static_cast<std::uint64_t>(value);
    for (char& each : bytes) {
      each = static_cast<char>(left & 0xff);
      left >>= 8;
    }
    to_.append(bytes, sizeof(T));
  }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) to_.push_back(static_cast<char>(value | 0x80));
    to_.push_back(static_cast<char>(value));
  }
  /// A signed number whose varint is short where it is near zero.
  void zigzag(std::int64_t value) {
    varint(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
  }
  void raw(std::string_view bytes) { to_.append(bytes); }
  /// A text behind its size as a varint.
  void text(std::string_view bytes) {
    varint(bytes.size());
    raw(bytes);
  }

  std::size_t size() const { return to_.size(); }

 private:
  std::string& to_;
};

/// Reads what byte_writer wrote, out of bytes that may be anything. Once something did not fit, ok() is false
/// and everything read is zero or empty. Texts point into the bytes.
class byte_reader {
 public:
  explicit byte_reader(std::string_view from) : at_(from.data()), end_(from.data() + from.size()) {}

  bool ok() const { return ok_; }
  /// True if nothing is left and everything fitted.
  bool finished() const { return ok_ && at_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  template <class T>
  T fixed() {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    if (left() < sizeof(T))
      return fail(), T{};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
      value |= std::uint64_t{static_cast<unsigned char>(at_[i])} << 8 * i;
    at_ += sizeof(T);
    return static_cast<T>(value);
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 70 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      if (shift == 63 && byte > 1)
        break;
      value |= std::uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80)
        return value;
    }
    return fail(), 0;
  }
  std::int64_t zigzag() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
  }
  std::string_view raw(std::uint64_t size) {
    if (size > left())
      return fail(), std::string_view{};
    const std::string_view bytes{at_, static_cast<std::size_t>(size)};
    at_ += size;
    return bytes;
  }
  std::string_view text() { return raw(varint()); }

  /// Makes ok() false: what was read does not make sense.
  void fail() {
    ok_ = false;
    at_ = end_;
  }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace logstream
