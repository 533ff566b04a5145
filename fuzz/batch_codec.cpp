// SPDX-License-Identifier: MIT
// Throws bytes at the decoder of batches: what it takes must be readable, and the same when it is written and
// read again. Without libFuzzer it runs over the files and folders named on the command line.
#include "engine/model/batch_codec.hpp"

#include "fuzz/support/require.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using logstream::fuzz::require;

void check(const batch& rows) {
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    require(rows.run_of(row).begin <= row && row < rows.run_of(row).end, "a row lies in its run");
    const event what = rows.materialize(row);
    require(what.time >= rows.min_time() && what.time <= rows.max_time(), "times lie in the batch's span");
    require(what.message == rows.message(row), "a message is read in one way");
  }
  std::uint64_t counted = 0;
  for (const minute_count& each : rows.minutes()) counted += each.count;
  require(counted == rows.rows(), "every row is in a minute");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decoded = decode_batch({reinterpret_cast<const char*>(data), size});
  if (!decoded)
    return 0;
  check(**decoded);
  std::string written;
  encode_batch(**decoded, written);
  const auto again = decode_batch(written);
  require(again.ok(), "what is encoded can be decoded");
  require((*again)->rows() == (*decoded)->rows(), "a second decoding has as many rows");
  for (std::uint32_t row = 0; row < (*again)->rows(); ++row)
    require((*again)->materialize(row) == (*decoded)->materialize(row),
            "a second decoding has the same rows");
  return 0;
}
