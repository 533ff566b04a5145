// SPDX-License-Identifier: MIT
// Reading of answers.
#include "app/cli/answer.hpp"

#include <ostream>
#include <utility>

namespace logstream {

log_page read_log_page(std::string_view body) {
  log_page out;
  auto document = nlohmann::json::parse(body, nullptr, false);
  if (!document.is_object())
    return out;
  if (const auto logs = document.find("logs"); logs != document.end() && logs->is_array())
    for (nlohmann::json& each : *logs)
      if (each.is_object())
        out.events.push_back(std::move(each));
  if (const auto cursor = document.find("next_cursor"); cursor != document.end() && cursor->is_string())
    out.next_cursor = cursor->get<std::string>();
  return out;
}

exit_code report_failure(const result<client_response>& answer, std::ostream& err) {
  if (!answer) {
    err << "logstream: " << answer.failure().message << '\n';
    return answer.failure().code == errc::invalid ? exit_code::usage : exit_code::unreachable;
  }
  err << "logstream: " << problem_text(*answer) << '\n';
  constexpr int bad_request = 400;
  return answer->status == bad_request ? exit_code::usage : exit_code::failed;
}

}  // namespace logstream
