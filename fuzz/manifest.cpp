// SPDX-License-Identifier: MIT
// Reads bytes as a manifest: as they are, and, since no mutation has a right checksum, with their end made
// right.
#include "engine/store/manifest.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "fuzz/support/require.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using logstream::fuzz::require;

constexpr std::size_t checksum_size = 8;

void read(std::string_view bytes) {
  const auto found = decode_manifest(bytes);
  if (!found)
    return;
  const auto again = decode_manifest(encode_manifest(*found));
  require(again && *again == *found, "a manifest that was read can be written and read again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  read(bytes);
  if (size < checksum_size)
    return 0;
  std::string sealed{bytes.substr(0, size - checksum_size)};
  byte_writer{sealed}.fixed(checksum(sealed));
  read(sealed);
  return 0;
}
