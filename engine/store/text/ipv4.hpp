// SPDX-License-Identifier: MIT
// Columns of IPv4 addresses.
#pragma once

#include "engine/store/text/typed_column.hpp"

namespace logstream {

/// Four numbers up to 255 with dots between them, without a zero before other digits. No head.
extern const typed_encoding ipv4_texts;

}  // namespace logstream
