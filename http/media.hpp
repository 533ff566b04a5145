// SPDX-License-Identifier: MIT
// Which types of content come in and go out.
#pragma once

#include "engine/query/row_format.hpp"

#include <optional>
#include <string_view>

namespace logstream::http {

/// True for the Content-Type headers that POST /ingest takes; parameters as in `; charset=utf-8` do not
/// matter. What is in a body is told by its content, so curl's default and a missing header are fine.
bool takes_events(std::string_view content_type);

/// True for the Content-Type headers of a JSON document: JSON, none, and curl's default.
bool takes_json(std::string_view content_type);

/// The format that an Accept header likes best; json for an empty one, nothing if none of ours will do.
std::optional<row_format> preferred_format(std::string_view accept);

}  // namespace logstream::http
