// SPDX-License-Identifier: MIT
// Random columns.
#include "tests/engine/store/support/column_texts.hpp"

#include "engine/wire/time_text.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>

namespace logstream::test {

namespace {

std::string some_of(random_source& random, std::string_view alphabet, std::uint32_t size) {
  std::string text;
  for (; size > 0; --size) text += pick(random, alphabet);
  return text;
}

constexpr std::string_view lower_hex = "0123456789abcdef";
constexpr std::string_view upper_hex = "0123456789ABCDEF";
constexpr std::string_view digits = "0123456789";

std::string hex_uuid(random_source& random, std::string_view alphabet) {
  std::string text;
  for (const std::uint32_t size : {8u, 4u, 4u, 4u, 12u}) {
    if (!text.empty())
      text += '-';
    text += some_of(random, alphabet, size);
  }
  return text;
}

std::string address(random_source& random) {
  std::string text = std::to_string(random.below(256));
  for (int i = 0; i < 3; ++i) text += '.' + std::to_string(random.below(256));
  return text;
}

std::string any_bytes(random_source& random) {
  std::string text;
  for (std::uint32_t size = random.below(one_in(random, 50) ? 5000 : 20); size > 0; --size)
    text += static_cast<char>(random.next());
  return text;
}

// One change that makes it another kind, or not quite.
void spoil(random_source& random, std::string& text) {
  const std::uint32_t at = random.below(static_cast<std::uint32_t>(text.size() + 1));
  switch (random.below(5)) {
    case 0:
      text.insert(at, 1, pick(random, std::string_view{"0.-+ eEaAfFzZ:T,"}));
      break;
    case 1:
      text.erase(std::min<std::size_t>(at, text.size()), 1);
      break;
    case 2:
      if (at < text.size())
        text[at] = static_cast<char>(random.next());
      break;
    case 3:
      for (char& each : text)
        if (each >= 'a' && each <= 'z')
          each = static_cast<char>(each - 'a' + 'A');
      break;
    default:
      text.clear();
  }
}

}  // namespace

text_buffer column_of(const std::vector<std::string>& texts) {
  text_buffer column;
  for (const std::string& each : texts) column.push(each);
  return column;
}

std::string text_of_kind(random_source& random, std::uint32_t kind) {
  switch (kind) {
    case 0:
      return std::to_string(random.below(200'000));
    case 1:
      return std::to_string(static_cast<std::int64_t>(random.next() >> random.below(64)));
    case 2:
      return std::to_string(static_cast<std::int64_t>(random.next()));
    case 3:
      return std::to_string(random.below(1000)) + '.' + some_of(random, digits, 2);
    case 4:
      return '-' + std::to_string(random.below(10)) + '.' + some_of(random, digits, random.below(4));
    case 5:
      return address(random);
    case 6:
      return hex_uuid(random, lower_hex);
    case 7:
      return hex_uuid(random, upper_hex);
    case 8:
      return some_of(random, lower_hex, 32);
    case 9:
      return some_of(random, upper_hex, 16);
    case 10:
      return format_rfc3339(static_cast<timestamp>(random.next()));
    case 11:
      return format_rfc3339(1'700'000'000'123'456'000 + random.below(1'000'000) * 1000LL);
    case 12:
      return "/api/orders/" + std::to_string(random.below(100'000));
    default:
      return any_bytes(random);
  }
}

text_buffer random_column(random_source& random) {
  const std::uint32_t kind = random.below(text_kinds);
  const std::uint32_t spoiled = one_in(random, 3) ? 2 + random.below(100) : 0;
  const std::uint32_t repeated = one_in(random, 3) ? 2 + random.below(10) : 0;
  const bool mixed = one_in(random, 10);
  std::vector<std::string> texts(1 + random.below(one_in(random, 10) ? 2000 : 60));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (repeated != 0 && i > 0 && !one_in(random, repeated)) {
      texts[i] = texts[random.below(static_cast<std::uint32_t>(i))];
      continue;
    }
    texts[i] = text_of_kind(random, mixed ? random.below(text_kinds) : kind);
    if (spoiled != 0 && one_in(random, spoiled))
      spoil(random, texts[i]);
  }
  return column_of(texts);
}

std::string round_trip(const text_buffer& column) {
  std::string encoded = "before";
  const text_summary summary = encode_texts(column.view(), encoded);
  encoded.erase(0, 6);
  REQUIRE(static_cast<char>(summary.encoding) == encoded.at(0));
  text_buffer decoded;
  decoded.push("before");
  const auto count = static_cast<std::uint32_t>(column.ends.size());
  REQUIRE(decode_texts(encoded, count, column.bytes.size(), decoded));
  REQUIRE(decoded.ends.size() == count + 1);
  for (std::uint32_t i = 0; i < count; ++i) REQUIRE(decoded.view()[i + 1] == column.view()[i]);
  return encoded;
}

text_encoding encoding_of(const text_buffer& column) {
  return static_cast<text_encoding>(round_trip(column).front());
}

}  // namespace logstream::test
