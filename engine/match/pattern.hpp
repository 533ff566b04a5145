// SPDX-License-Identifier: MIT
// Regular expressions as users write them.
#pragma once

#include "engine/base/result.hpp"

#include <re2/re2.h>

#include <memory>
#include <string_view>

namespace logstream {

using pattern_ptr = std::shared_ptr<const re2::RE2>;

/// RE2's options for every expression that comes from outside: nothing is logged, memory is bounded.
re2::RE2::Options pattern_options();

/// Compiles RE2 syntax. Any number of threads may use the result. Fails with errc::invalid and what is wrong
/// with it.
result<pattern_ptr> compile_pattern(std::string_view text);

}  // namespace logstream
