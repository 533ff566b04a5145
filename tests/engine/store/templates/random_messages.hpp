// SPDX-License-Identifier: MIT
// Messages of programs that do not exist, for tests that hold for any message.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/simulate/random.hpp"

#include <cstdint>

namespace logstream::test {

/// `count` messages of a few random formats, with numbers, identifiers and words in them, and some that fit
/// no format or are broken.
text_buffer random_messages(random_source& random, std::uint32_t count);

}  // namespace logstream::test
