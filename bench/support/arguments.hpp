// SPDX-License-Identifier: MIT
// Reads the command line of a bench program: flags with values, flags without, and the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::bench {

/// The words of one command line. A word that is asked for is taken out, so that what is left at the end is
/// either a positional argument or a mistake.
class arguments {
 public:
  arguments(int count, char** words) : words_(words + 1, words + count) {}

  /// Returns whether `--name` was given.
  bool flag(std::string_view name);

  /// Returns the word after `--name`, or `fallback`.
  std::string text(std::string_view name, std::string_view fallback);

  /// Returns all the words after each `--name`.
  std::vector<std::string> texts(std::string_view name);

  /// Returns the number after `--name`, or `fallback`; ends the program when it is not a number.
  std::uint64_t number(std::string_view name, std::uint64_t fallback);
  double decimal(std::string_view name, double fallback);

  /// Returns what is left; ends the program with `usage` when a flag is left or fewer than `least` words are.
  std::vector<std::string> rest(std::size_t least, std::string_view usage);

 private:
  std::vector<std::string> words_;
};

/// Prints `message` to stderr and ends the program with status 2.
[[noreturn]] void give_up(std::string_view message);

}  // namespace logstream::bench
