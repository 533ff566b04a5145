// SPDX-License-Identifier: MIT
// Columns of decimal integers.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// Integers of 64 bits as programs print them: no '+', no zero before other digits, no "-0". No head.
extern const typed_encoding integer_texts;

}  // namespace logstream
