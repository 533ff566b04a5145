// SPDX-License-Identifier: MIT
// Compiling with our options.
#include "engine/match/pattern.hpp"

namespace logstream {

re2::RE2::Options pattern_options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  return options;
}

result<pattern_ptr> compile_pattern(std::string_view text) {
  auto compiled =
      std::make_shared<const re2::RE2>(re2::StringPiece{text.data(), text.size()}, pattern_options());
  if (!compiled->ok())
    return make_error(errc::invalid, compiled->error());
  return pattern_ptr{std::move(compiled)};
}

}  // namespace logstream
