// SPDX-License-Identifier: MIT
// Columns of dates with times.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// Times like 2024-05-01T12:00:00.250Z of one shape, that is: the same character between date and time and
/// before the fraction, as many digits of fraction, the same text behind; from 1678 to 2261. Head: the shape.
extern const typed_encoding rfc3339_texts;

}  // namespace logstream
