// SPDX-License-Identifier: MIT
// What a text must contain for a regular expression to match it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Texts in lower case, at least three ASCII characters long, of which every match of `pattern` contains one
/// or more when ASCII letters are compared in any case. Empty if nothing of use is required, or if `pattern`
/// does not compile.
///
/// RE2 takes the Kelvin sign for a k and the long s for an s where case is ignored; these two are not seen
/// here.
std::vector<std::string> required_literals(std::string_view pattern);

}  // namespace logstream
