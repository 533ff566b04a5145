// SPDX-License-Identifier: MIT
// What commands make of the server's answers.
#pragma once

#include "app/cli/exit_code.hpp"
#include "app/cli/http_client.hpp"

#include <nlohmann/json.hpp>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// One answer of GET /logs.
struct log_page {
  std::vector<nlohmann::json> events;
  /// Empty on the last page.
  std::string next_cursor;
};

log_page read_log_page(std::string_view body);

/// Says on `err` why there is no answer or what the server holds against the question, and returns how to
/// end. REQUIRES: !answer || !answer->ok().
exit_code report_failure(const result<client_response>& answer, std::ostream& err);

}  // namespace logstream
