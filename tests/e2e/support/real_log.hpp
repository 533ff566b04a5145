// SPDX-License-Identifier: MIT
// What a plain scan of a real system's log file says, without any code of the product.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

struct real_line {
  /// Nanoseconds since 1970.
  std::int64_t time = 0;
  /// As the API writes it; UNKNOWN where the line names none.
  std::string level;
  std::string message;

  bool operator==(const real_line&) const = default;
};

/// Names of the sample files without `.log`, which are the names of their services too.
const std::vector<std::string>& real_log_names();

/// The folder of the sample files, relative to the repository; empty if it is not there.
std::string real_log_folder();
std::string real_log_path(const std::string& name);

/// All lines of a sample by time, in the order of the file where times are equal. Dates without a year are
/// taken as the latest that are at most a day ahead of `now`, in seconds. Throws std::runtime_error at a line
/// that it cannot read.
std::vector<real_line> scan_real_log(const std::string& name, std::int64_t now);

/// Reads `2015-07-29T17:41:44.747Z`, which has a fraction or not.
std::int64_t read_utc(std::string_view text);
/// The time in that form; with milliseconds unless these are zero.
std::string utc_text(std::int64_t time);

/// As the value of a parameter in a URL.
std::string encoded(std::string_view value);

}  // namespace logstream::test
