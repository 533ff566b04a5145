// SPDX-License-Identifier: MIT
// An event of an answer as a line for people.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace logstream {

/// Appends `time LEVEL service message name=value ...` and a line end. Control characters are made visible,
/// so that no log line can play tricks on a terminal.
void append_event_text(std::string& out, const nlohmann::json& event, bool color);

}  // namespace logstream
