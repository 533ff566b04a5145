// SPDX-License-Identifier: MIT
// Finds the handler of a request.
#pragma once

#include "http/routes/routes.hpp"

#include <string>
#include <vector>

namespace logstream::http {

/// Answers the request or passes it to the handler that will. `request->path` and `verb` decide; an unknown
/// path gets 404, a method that the path does not know 405, OPTIONS is answered here.
void route(const service& in, const exchange_ptr& request);

/// All routes as "GET /logs/{id}".
std::vector<std::string> route_names();

}  // namespace logstream::http
