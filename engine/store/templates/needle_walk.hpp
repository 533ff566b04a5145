// SPDX-License-Identifier: MIT
// Walks along the pieces of a message and finds out whether a text can stand in it, where of some pieces only
// the kind is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// The bytes a piece can consist of.
enum class byte_kind { digits, hex };

/// Goes through one message after the other, piece by piece.
class needle_walk {
 public:
  /// `any_case`: ASCII letters match both cases.
  needle_walk(std::string_view needle, bool any_case);

  /// Before the first piece of a message.
  void restart();
  /// The next piece is `text`.
  void pass(std::string_view text);
  /// The next piece is any of these texts.
  void pass_one_of(const std::vector<std::string_view>& texts);
  /// The next piece is not empty and consists of such bytes.
  void pass_any(byte_kind kind);
  /// The next piece is not looked at: what goes through it is not found.
  void block();

  /// True if the needle can stand in the pieces since the message began.
  bool found() const { return found_; }

 private:
  void follow(std::string_view text);
  bool same(std::string_view text, std::size_t from) const;

  std::string needle_;
  bool any_case_;
  bool found_ = false;
  /// Which lengths of the needle's beginning can end where the last piece ends; zero always can.
  std::vector<bool> matched_;
  std::vector<bool> next_;
};

}  // namespace logstream
