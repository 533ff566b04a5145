// SPDX-License-Identifier: MIT
// Throws bytes at the codec of columns. The first byte chooses: an even one ('d') decodes the rest, an odd
// one ('e') encodes its lines and compares. Without libFuzzer it runs over the files and folders named on the
// command line.
#include "engine/store/text_codec.hpp"

#include "engine/store/number_codec.hpp"
#include "fuzz/support/require.hpp"

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

constexpr std::uint32_t most_rows = 3000;
constexpr std::size_t most_bytes = 1024 * 1024;

// Two bytes of count, then what is to be decoded.
void decode(std::string_view bytes) {
  if (bytes.size() < 2)
    return;
  const std::uint32_t count =
      (static_cast<unsigned char>(bytes[0]) + 256u * static_cast<unsigned char>(bytes[1])) % most_rows;
  bytes.remove_prefix(2);
  text_buffer texts;
  if (decode_texts(bytes, count, most_bytes, texts)) {
    require(texts.ends.size() == count, "there are as many texts as were asked for");
    require(texts.bytes.size() <= most_bytes, "no more bytes come than may");
    require(count == 0 ? texts.bytes.empty() : texts.ends.back() == texts.bytes.size(),
            "the last text ends where the bytes do");
    for (std::uint32_t i = 1; i < count; ++i) require(texts.ends[i - 1] <= texts.ends[i], "ends ascend");
  }
  if (const auto distinct = distinct_texts(bytes))
    require(!distinct->ends.empty(), "distinct texts are some");
  std::vector<std::int64_t> numbers;
  if (decode_numbers(bytes, count, numbers))
    require(numbers.size() == count, "there are as many numbers as were asked for");
}

void round_trip(std::string_view lines) {
  text_buffer texts;
  for (;;) {
    const std::size_t end = lines.find('\n');
    texts.push(lines.substr(0, end));
    if (end == std::string_view::npos)
      break;
    lines.remove_prefix(end + 1);
  }
  std::string encoded;
  const text_summary summary = encode_texts(texts.view(), encoded);
  require(static_cast<char>(summary.encoding) == encoded.at(0), "the summary names the encoding");
  text_buffer decoded;
  require(decode_texts(encoded, texts.view().size(), texts.bytes.size(), decoded).ok(),
          "what was encoded is decoded");
  require(decoded.bytes == texts.bytes && decoded.ends == texts.ends, "the same texts come back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (data[0] % 2 == 0)
    decode(rest);
  else
    round_trip(rest);
  return 0;
}
