// SPDX-License-Identifier: MIT
// Parses answers: status, length or chunks, and whether the connection stays open.
#include "bench/support/http_reply.hpp"

#include <strings.h>

#include <charconv>
#include <optional>

namespace logstream::bench {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

/// Returns the value of a header line when it has this name.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':' ||
      strncasecmp(line.data(), name.data(), name.size()) != 0)
    return std::nullopt;
  line.remove_prefix(name.size() + 1);
  while (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

bool same_word(std::string_view left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

void reply_reader::reset() {
  bytes_.clear();
  unchunked_.clear();
  state_ = state::head;
  status_ = 0;
  closes_ = false;
  has_chunks_ = false;
  cursor_ = 0;
  length_ = 0;
}

bool reply_reader::feed(std::string_view bytes) {
  bytes_ += bytes;
  if (state_ == state::head && !read_head())
    return false;
  if (state_ == state::chunked && !read_chunks())
    return false;
  if (state_ == state::sized && bytes_.size() >= cursor_ + length_)
    state_ = state::complete;
  return true;
}

std::string_view reply_reader::body() const {
  return has_chunks_ ? std::string_view{unchunked_} : std::string_view{bytes_}.substr(cursor_, length_);
}

bool reply_reader::read_head() {
  const std::string_view all = bytes_;
  const auto end = all.find(head_end);
  if (end == std::string_view::npos)
    return true;
  if (!all.starts_with("HTTP/1.") || end < 12)
    return false;
  std::from_chars(all.data() + 9, all.data() + 12, status_);
  auto at = all.find(line_end) + line_end.size();
  while (at < end) {
    const auto stop = all.find(line_end, at);
    const auto line = all.substr(at, stop - at);
    at = stop + line_end.size();
    if (const auto length = value_of(line, "content-length"))
      std::from_chars(length->data(), length->data() + length->size(), length_);
    else if (const auto coding = value_of(line, "transfer-encoding"))
      has_chunks_ = same_word(*coding, "chunked");
    else if (const auto connection = value_of(line, "connection"))
      closes_ = same_word(*connection, "close");
  }
  if (status_ == 204 || status_ == 304) {
    length_ = 0;
    has_chunks_ = false;
  }
  cursor_ = end + head_end.size();
  state_ = has_chunks_ ? state::chunked : state::sized;
  return true;
}

bool reply_reader::read_chunks() {
  const std::string_view all = bytes_;
  while (true) {
    const auto stop = all.find(line_end, cursor_);
    if (stop == std::string_view::npos)
      return true;
    std::size_t size = 0;
    if (std::from_chars(all.data() + cursor_, all.data() + stop, size, 16).ec != std::errc{})
      return false;
    const auto data = stop + line_end.size();
    if (all.size() < data + size + line_end.size())
      return true;
    unchunked_ += all.substr(data, size);
    cursor_ = data + size + line_end.size();
    if (size == 0) {
      state_ = state::complete;
      return true;
    }
  }
}

}  // namespace logstream::bench
