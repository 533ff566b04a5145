// SPDX-License-Identifier: MIT
// The request bodies of a load run, read before the clock starts.
#pragma once

#include "engine/base/clock.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::bench {

struct request_body {
  std::string_view text;
  std::size_t rows = 0;
};

/// Owns the contents of files and the bodies that were cut from them.
class workload {
 public:
  /// Reads a file, or all files of a folder in the order of their names, and cuts them into bodies of `lines`
  /// lines; 0 makes each file one body. Ends the program when something cannot be read.
  void add(const std::filesystem::path& source, std::size_t lines);

  const std::vector<request_body>& bodies() const { return bodies_; }

 private:
  void add_file(const std::filesystem::path& file, std::size_t lines);

  std::vector<std::string> contents_;
  std::vector<request_body> bodies_;
};

/// Returns the regular files of a folder in the order of their names, or the file itself.
std::vector<std::filesystem::path> files_of(const std::filesystem::path& source);

/// Returns the bytes of a file; ends the program when it cannot be read.
std::string read_file(const std::filesystem::path& file);

/// Writes a file anew; ends the program when it cannot.
void write_file(const std::filesystem::path& file, std::string_view bytes);

/// Copies `body` into `out` with `now` as the time of each event. REQUIRES: each line begins with
/// `{"timestamp":"` and a time of 30 characters, as bench_generate writes them; ends the program otherwise.
void stamp(std::string& out, std::string_view body, timestamp now);

}  // namespace logstream::bench
