// SPDX-License-Identifier: MIT
// `logstream query --follow`: polls for what is new.
#pragma once

#include "app/cli/exit_code.hpp"
#include "app/cli/http_client.hpp"
#include "app/cli/query.hpp"

#include <iosfwd>

namespace logstream {

/// Prints the newest events, or those since `from`, oldest first, and then what arrives. Events that arrive a
/// few seconds out of order are printed too, once. Goes on when the server is away for a while.
exit_code follow_query(const query_options& options, http_client& client, std::ostream& out,
                       std::ostream& err);

}  // namespace logstream
