// SPDX-License-Identifier: MIT
// Takes the bytes of one HTTP/1.1 answer as they come and tells when it is whole.
#pragma once

#include <string>
#include <string_view>

namespace logstream::bench {

/// One answer after the other on one connection, without pipelining.
class reply_reader {
 public:
  /// Takes the next bytes. Returns false when they cannot be an answer.
  bool feed(std::string_view bytes);

  /// Forgets the answer and waits for the next one.
  void reset();

  bool complete() const { return state_ == state::complete; }

  /// REQUIRES: complete(), as for all below.
  int status() const { return status_; }
  std::string_view body() const;
  /// Whether the other side will close the connection now.
  bool closes() const { return closes_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  enum class state { head, sized, chunked, complete };

  bool read_head();
  bool read_chunks();

  std::string bytes_;
  std::string unchunked_;
  state state_ = state::head;
  int status_ = 0;
  bool closes_ = false;
  bool has_chunks_ = false;
  /// Where the body begins, or the next chunk.
  std::size_t cursor_ = 0;
  std::size_t length_ = 0;
};

}  // namespace logstream::bench
