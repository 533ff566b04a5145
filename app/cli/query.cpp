// SPDX-License-Identifier: MIT
// Queries that end.
#include "app/cli/query.hpp"

#include "app/cli/answer.hpp"
#include "app/cli/event_text.hpp"
#include "app/cli/follow_query.hpp"
#include "app/cli/http_client.hpp"

#include <algorithm>
#include <ostream>

namespace logstream {

namespace {

constexpr std::uint64_t usual_limit = 100;
constexpr std::uint64_t page_size = 1'000;

/// Formats that the server writes are passed on as they are.
exit_code pass_on(const query_options& options, http_client& client, std::ostream& out, std::ostream& err) {
  client_request request;
  request.target = filter_target(options);
  append_query(request.target, "order", options.order);
  append_query(request.target, "limit", std::to_string(options.limit.value_or(usual_limit)));
  append_query(request.target, "format", options.format);
  const auto answer = client.perform(std::move(request));
  if (!answer || !answer->ok())
    return report_failure(answer, err);
  out << answer->body;
  if (!answer->body.ends_with('\n'))
    out << '\n';
  return exit_code::ok;
}

exit_code print_pages(const query_options& options, http_client& client, std::ostream& out,
                      std::ostream& err) {
  std::uint64_t left = options.limit.value_or(usual_limit);
  std::string cursor;
  do {
    client_request request;
    request.target = filter_target(options);
    append_query(request.target, "order", options.order);
    append_query(request.target, "limit", std::to_string(std::min(left, page_size)));
    append_query(request.target, "format", "json");
    if (!cursor.empty())
      append_query(request.target, "cursor", cursor);
    const auto answer = client.perform(std::move(request));
    if (!answer || !answer->ok())
      return report_failure(answer, err);
    const log_page page = read_log_page(answer->body);
    std::string text;
    for (const nlohmann::json& each : page.events) append_event_text(text, each, options.color);
    out << text;
    left -= std::min<std::uint64_t>(left, page.events.size());
    cursor = page.events.empty() ? std::string{} : page.next_cursor;
  } while (left > 0 && !cursor.empty());
  out.flush();
  return exit_code::ok;
}

}  // namespace

std::string filter_target(const query_options& options) {
  std::string target = "/logs";
  for (const std::string& each : options.levels) append_query(target, "level", each);
  for (const std::string& each : options.services) append_query(target, "service", each);
  if (options.from)
    append_query(target, "from", *options.from);
  if (options.to)
    append_query(target, "to", *options.to);
  if (options.contains)
    append_query(target, "q", *options.contains);
  if (options.case_sensitive)
    append_query(target, "case", "sensitive");
  for (const std::string& each : options.fields) {
    const std::size_t equals = each.find('=');
    append_query(target, "field." + each.substr(0, equals),
                 each.substr(std::min(equals, each.size() - 1) + 1));
  }
  return target;
}

exit_code run_query(const query_options& options, std::ostream& out, std::ostream& err) {
  http_client client{options.url};
  if (options.follow)
    return follow_query(options, client, out, err);
  if (options.format == "text")
    return print_pages(options, client, out, err);
  return pass_on(options, client, out, err);
}

}  // namespace logstream
