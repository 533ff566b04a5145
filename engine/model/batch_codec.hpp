// SPDX-License-Identifier: MIT
// A batch to bytes and back, as the log and everything else that ships batches keeps it; see
// docs/formats/batch.md.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace logstream {

/// Appends `rows` to `out`: every row with its time, stream and fields, in their order. Who numbered them and
/// from where on is not part of it; sequences that a merge kept for each row are.
void encode_batch(const batch& rows, std::string& out);

/// The batch that was encoded, awaiting number(). `bytes` may be anything: what is not an encoded batch to
/// its last byte is an error (invalid), found before more than about twenty bytes for each of them are
/// allocated.
result<std::shared_ptr<batch>> decode_batch(std::string_view bytes);

}  // namespace logstream
