// SPDX-License-Identifier: MIT
// Columns of decimal numbers with a fraction.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// Numbers like 12.0, 0.1, -123.45 and 7, of at most 18 digits. Head: how many digits there are behind the
/// point at most, and how each text's number of them is known.
extern const typed_encoding decimal_texts;

}  // namespace logstream
