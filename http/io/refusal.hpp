// SPDX-License-Identifier: MIT
// What a client is told when its connection must end before it sent a request that can be answered.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace logstream::http {

struct refusal {
  int status = 400;
  std::string_view detail;
};

/// Reads RESTinio's log line about why it is going to close a connection; nothing if there is nobody to tell.
std::optional<refusal> refusal_for(std::string_view log_line);

/// The whole answer, head and problem document.
std::string refusal_text(const refusal& why);

}  // namespace logstream::http
