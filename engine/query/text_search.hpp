// SPDX-License-Identifier: MIT
// Finding a substring, in its own case or in any.
#pragma once

#include <string>
#include <string_view>

namespace logstream {

/// One needle for many texts. In any case means that ASCII letters match both of theirs.
class text_search {
 public:
  text_search(std::string_view needle, bool case_sensitive);

  bool empty() const { return needle_.empty(); }
  /// True for every text if the needle is empty.
  bool found_in(std::string_view text) const;

 private:
  bool matches_at(const char* text) const;

  std::string needle_;
  bool exact_;
  // The byte of the needle that is looked for first: its rarest in ordinary text, in both cases.
  std::size_t anchor_ = 0;
  char lower_ = 0;
  char upper_ = 0;
};

}  // namespace logstream
