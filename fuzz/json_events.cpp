// SPDX-License-Identifier: MIT
// Throws bytes at what reads request bodies: the content encodings and the JSON decoder. The first byte
// chooses the encoding, the rest is the body. Without libFuzzer it runs over the files and folders named on
// the command line.
#include "engine/wire/json_events.hpp"

#include "engine/query/row_format.hpp"
#include "engine/wire/encoding.hpp"
#include "fuzz/support/require.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace logstream;
using fuzz::require;

constexpr std::size_t unpacked_limit = 256 * 1024;

// What is written of an accepted event must be one that is accepted.
void check_written(const batch& rows, std::uint32_t row) {
  static json_event_decoder decoder{json_limits{}};
  static batch_builder builder{1};
  std::string text;
  append_event_json(text, rows, row);
  const auto outcome = decoder.decode(text, 0, builder, 0);
  require(outcome && outcome->accepted == 1 && outcome->rejected == 0, "an accepted event is written as one");
  const auto built = builder.build();
  require(built.at(0).rows->message(0) == rows.message(row), "a message is written as it is");
}

void check_rows(const std::vector<built_batch>& built, const decode_outcome& outcome) {
  std::uint64_t rows = 0;
  for (const built_batch& each : built) {
    rows += each.rows->rows();
    for (std::uint32_t row = 0; row < each.rows->rows(); ++row) check_written(*each.rows, row);
  }
  require(rows == outcome.accepted, "every accepted event is a row");
}

void decode(std::string_view body) {
  constexpr json_limits limits{.line_bytes = 64, .fields = 20};
  // Kept from input to input, as a worker keeps them.
  static json_event_decoder decoder{limits};
  static batch_builder builder{2};
  constexpr std::size_t described = 10;
  const auto outcome = decoder.decode(body, 0, builder, described);
  const auto built = builder.build();
  if (!outcome) {
    require(built.empty(), "a body that is refused leaves no row");
    return;
  }
  require(outcome->accepted + outcome->rejected != 0, "a body that is not refused has events");
  require(outcome->rejections.size() == std::min<std::uint64_t>(outcome->rejected, described),
          "rejections are described as far as asked for");
  check_rows(built, *outcome);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  constexpr std::array encodings{body_encoding::identity, body_encoding::gzip, body_encoding::deflate,
                                 body_encoding::zstd};
  const std::string_view body{reinterpret_cast<const char*>(data) + 1, size - 1};
  // Text files begin with a letter or a digit: "0" is the body as it is.
  const auto unpacked = unpack(body, encodings[data[0] % encodings.size()], unpacked_limit);
  if (!unpacked)
    return 0;
  require(unpacked->size() <= unpacked_limit, "nothing is unpacked beyond the limit");
  decode(*unpacked);
  return 0;
}
