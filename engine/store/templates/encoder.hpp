// SPDX-License-Identifier: MIT
// Messages to templates, rows and columns of variables.
#pragma once

#include "engine/base/text_list.hpp"

#include <string>

namespace logstream {

/// Appends `messages` as docs/formats/templates.md says, without its first byte, whatever the size.
/// REQUIRES: messages.size() > 0, at most 512 MiB.
void encode_as_templates(text_list messages, std::string& out);

}  // namespace logstream
