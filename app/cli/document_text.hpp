// SPDX-License-Identifier: MIT
// A JSON document as text for people: members as lines, lists of objects as tables.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace logstream {

/// Numbers are grouped and stand at the right of their column. Control characters are made visible. A list is
/// a table under its name, an empty one is left out; members of an object in an object are lines below its
/// name.
std::string document_text(const nlohmann::ordered_json& document);

/// The document as a command prints it: as text, or as JSON for machines, in which what is no UTF-8 is
/// replaced.
std::string printed_document(const nlohmann::ordered_json& document, bool as_json);

}  // namespace logstream
