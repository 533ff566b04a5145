// SPDX-License-Identifier: MIT
// Bytes through zstd where that makes them fewer.
#pragma once

#include "engine/base/bytes.hpp"

#include <zstd.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace logstream {

/// Packs again and again with the same memory.
class byte_packer {
 public:
  byte_packer();

  /// Appends `bytes` packed, or as they are if that is no more.
  void append(std::string_view bytes, std::string& out);

 private:
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context_;
  std::string packed_;
};

/// Reads what byte_packer::append wrote. False if it is broken or more than `most` bytes.
class byte_unpacker {
 public:
  byte_unpacker();

  bool read(byte_reader& in, std::size_t most, std::string& out);

 private:
  std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context_;
};

}  // namespace logstream
