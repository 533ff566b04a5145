// SPDX-License-Identifier: MIT
// Cuts bodies into objects; each is decoded for itself, so that a broken one harms no other.
#include "engine/wire/json_events.hpp"

#include "engine/base/utf8.hpp"
#include "engine/wire/json_text.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace logstream {

namespace {

// Without what cannot be part of an event at its ends: white space and control characters.
std::string_view trim(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

std::string_view take_line(std::string_view& text) {
  const void* const end = std::memchr(text.data(), '\n', text.size());
  const std::size_t size =
      end == nullptr ? text.size() : static_cast<std::size_t>(static_cast<const char*>(end) - text.data());
  const std::string_view line = text.substr(0, size);
  text.remove_prefix(std::min(text.size(), size + 1));
  return line;
}

// An object over several lines begins with a line that does not end it, and the next line does not begin
// another. So does NDJSON whose first line was cut short; but that object is not closed before the next
// begins.
bool is_over_several_lines(std::string_view body) {
  json_splitter objects{body};
  const std::string_view first = trim(take_line(body));
  while (!body.empty() && trim(body.substr(0, body.find('\n'))).empty()) take_line(body);
  if (!first.starts_with('{') || first.ends_with('}') || body.empty() || body.front() == '{')
    return false;
  objects.next();
  return objects.closed() || body.find("\n{") == std::string_view::npos;
}

std::uint64_t count_lines(const char* begin, const char* end) {
  return static_cast<std::uint64_t>(std::count(begin, end, '\n'));
}

}  // namespace

result<decode_outcome> json_event_decoder::decode(std::string_view body, timestamp now, batch_builder& into,
                                                  std::size_t max_rejections) {
  now_ = now;
  max_rejections_ = max_rejections;
  outcome_ = {};
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (body.starts_with(byte_order_mark))
    body.remove_prefix(byte_order_mark.size());
  const std::string_view text = trim(body);
  if (text.empty())
    return make_error(errc::invalid, "the body is empty");
  if (text.front() == '[')
    decode_documents(text, true, 1, into);
  else if (is_over_several_lines(text))
    decode_documents(text, false, 1 + count_lines(body.data(), text.data()), into);
  else
    decode_lines(body, into);
  if (outcome_.accepted + outcome_.rejected == 0)
    return make_error(errc::invalid, "the body holds no event");
  return std::exchange(outcome_, {});
}

void json_event_decoder::decode_lines(std::string_view body, batch_builder& into) {
  const char* const end = body.data() + body.size();
  for (std::uint64_t number = 1; !body.empty(); ++number) {
    const std::string_view line = trim(take_line(body));
    if (!line.empty())
      decode_one(line, end, number, into);
  }
}

void json_event_decoder::decode_documents(std::string_view body, bool array, std::uint64_t number,
                                          batch_builder& into) {
  const char* const end = body.data() + body.size();
  json_splitter documents{array ? body.substr(1) : body};
  const char* counted = body.data();
  const auto count_to = [&](const char* at) {
    if (!array)
      number += count_lines(counted, at);
    counted = at;
  };
  for (std::string_view each = documents.next(); !each.empty(); each = documents.next()) {
    count_to(each.data());
    decode_one(each, end, number, into);
    if (array)
      ++number;
  }
  // A last value that is not closed was rejected for it.
  if (!documents.closed())
    return;
  const std::string_view rest = trim(documents.rest());
  count_to(rest.data());
  if (array && !rest.starts_with(']'))
    reject(number, {"", "the array is not closed"});
  else if (rest.size() > (array ? 1 : 0))
    reject(number, {"", array ? "has text behind the array" : "has an unmatched bracket"});
}

void json_event_decoder::decode_one(std::string_view text, const char* body_end, std::uint64_t line,
                                    batch_builder& into) {
  const bool has_padding =
      static_cast<std::size_t>(body_end - text.data()) - text.size() >= simdjson::SIMDJSON_PADDING;
  auto fault = object_.decode(has_padding ? text : padded(text, into), now_, into);
  if (fault && fault->reason == not_utf8) {
    std::string valid;
    append_valid_utf8(valid, text);
    fault = object_.decode(padded(valid, into), now_, into);
  }
  if (fault)
    reject(line, std::move(*fault));
  else
    ++outcome_.accepted;
}

void json_event_decoder::reject(std::uint64_t line, object_fault fault) {
  ++outcome_.rejected;
  if (outcome_.rejections.size() < max_rejections_)
    outcome_.rejections.push_back({line, std::move(fault.member), std::move(fault.reason)});
}

std::string_view json_event_decoder::padded(std::string_view text, batch_builder& into) {
  char* const copy = into.arena().allocate(text.size() + simdjson::SIMDJSON_PADDING);
  std::memcpy(copy, text.data(), text.size());
  std::memset(copy + text.size(), ' ', simdjson::SIMDJSON_PADDING);
  return {copy, text.size()};
}

}  // namespace logstream
