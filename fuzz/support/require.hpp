// SPDX-License-Identifier: MIT
// What fuzz targets check with.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace logstream::fuzz {

/// Ends the program, and so the input is found guilty, unless `holds`.
inline void require(bool holds, const char* what) {
  if (holds)
    return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace logstream::fuzz
