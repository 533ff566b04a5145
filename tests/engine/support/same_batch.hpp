// SPDX-License-Identifier: MIT
// Whether two batches hold the same rows, for tests of what writes and reads them.
#pragma once

#include "engine/model/batch.hpp"

#include <string>

namespace logstream::test {

/// The first difference in rows, their order, streams, minutes or columns, in words; empty if there is none.
/// Identities are not compared.
std::string differences(const batch& found, const batch& expected);

}  // namespace logstream::test
