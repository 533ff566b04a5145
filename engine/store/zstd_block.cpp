// SPDX-License-Identifier: MIT
// Contexts are kept: making one costs more than the blocks of a column that are put through it.
#include "engine/store/zstd_block.hpp"

#include <zstd.h>

#include <memory>

namespace logstream {

namespace {

// Measured on columns of 8,000 values: levels 2 and 3 take a fifth to a half longer and save nothing, level
// -1 makes high bits a fifth and paths a third larger.
constexpr int level = 1;

struct free_context {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// One for each thread rather than one handed through every codec: a context is scratch memory, nothing in it
// outlives a call, and threads that encode are few.
ZSTD_CCtx* compressor() {
  static thread_local const std::unique_ptr<ZSTD_CCtx, free_context> context{ZSTD_createCCtx()};
  return context.get();
}

ZSTD_DCtx* decompressor() {
  static thread_local const std::unique_ptr<ZSTD_DCtx, free_context> context{ZSTD_createDCtx()};
  return context.get();
}

}  // namespace

std::size_t compress_block(std::string_view bytes, std::string& out) {
  const std::size_t begin = out.size();
  out.resize(begin + ZSTD_compressBound(bytes.size()));
  const std::size_t size = ZSTD_compressCCtx(compressor(), out.data() + begin, out.size() - begin,
                                             bytes.data(), bytes.size(), level);
  out.resize(begin + size);
  return size;
}

bool decompress_block(std::string_view block, char* to, std::size_t size) {
  return ZSTD_decompressDCtx(decompressor(), to, size, block.data(), block.size()) == size;
}

}  // namespace logstream
