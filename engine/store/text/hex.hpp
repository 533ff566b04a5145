// SPDX-License-Identifier: MIT
// Columns of hexadecimal ids.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// Digits of one case, two a byte, as many in each text. Head: the bytes of a text, and the case.
extern const typed_encoding hex_texts;

}  // namespace logstream
