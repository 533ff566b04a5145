// SPDX-License-Identifier: MIT
// Columns of UUIDs.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// 8-4-4-4-12 hexadecimal digits of one case. Head: the case.
extern const typed_encoding uuid_texts;

}  // namespace logstream
