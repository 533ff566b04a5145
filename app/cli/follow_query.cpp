// SPDX-License-Identifier: MIT
// The poll loop and what it remembers.
#include "app/cli/follow_query.hpp"

#include "app/cli/answer.hpp"
#include "app/cli/event_text.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace logstream {

namespace {

constexpr std::uint64_t page_size = 1'000;
constexpr std::uint64_t usual_start = 10;
/// Each poll looks back so far for events that arrived late.
constexpr std::int64_t overlap = 5 * nanoseconds_per_second;
/// With more events than these to look back on, each poll goes on strictly behind the last event instead.
constexpr std::size_t most_remembered = 10'000;

class follower {
 public:
  follower(const query_options& options, http_client& client, std::ostream& out, std::ostream& err)
      : options_(options), client_(client), out_(out), err_(err) {}

  exit_code run() {
    if (const auto failed = start())
      return *failed;
    for (std::uint64_t i = 0; !options_.polls || i < *options_.polls; ++i) {
      const auto begun = std::chrono::steady_clock::now();
      if (const auto failed = poll())
        return *failed;
      for (auto left = options_.poll; left.count() > 0;) {
        client_.run_once(left);
        left = options_.poll - std::chrono::duration_cast<std::chrono::milliseconds>(
                                   std::chrono::steady_clock::now() - begun);
      }
    }
    return exit_code::ok;
  }

 private:
  /// Prints what is there already: all since `from`, or else the newest few.
  std::optional<exit_code> start() {
    std::string cursor;
    do {
      client_request request;
      request.target = filter_target(options_);
      append_query(request.target, "order", options_.from ? "asc" : "desc");
      append_query(request.target, "limit",
                   std::to_string(options_.from ? page_size : options_.limit.value_or(usual_start)));
      append_query(request.target, "format", "json");
      if (!cursor.empty())
        append_query(request.target, "cursor", cursor);
      const auto answer = client_.perform(std::move(request));
      if (!answer || !answer->ok())
        return report_failure(answer, err_);
      log_page page = read_log_page(answer->body);
      if (!options_.from)
        std::reverse(page.events.begin(), page.events.end());
      print(page.events);
      forget();
      cursor = options_.from && !page.events.empty() ? page.next_cursor : std::string{};
    } while (!cursor.empty());
    newest_ = newest_.value_or(system_clock{}.now());
    if (!options_.from)
      earliest_ = *newest_;
    return std::nullopt;
  }

  std::optional<exit_code> poll() {
    std::string cursor = seen_.size() > most_remembered ? last_id_ : std::string{};
    do {
      const auto answer = client_.perform(page_request(cursor));
      if (!answer) {
        if (!away_)
          err_ << "logstream: " << answer.failure().message << "; trying again\n";
        away_ = true;
        return std::nullopt;
      }
      constexpr int overloaded = 429;
      if (!answer->ok() && answer->status != overloaded && answer->status < 500)
        return report_failure(answer, err_);
      away_ = false;
      const log_page page = read_log_page(answer->body);
      print(page.events);
      cursor = page.events.empty() ? std::string{} : page.next_cursor;
    } while (!cursor.empty());
    forget();
    return std::nullopt;
  }

  client_request page_request(const std::string& cursor) const {
    query_options from_here = options_;
    from_here.from = format_rfc3339(std::max(*newest_ - overlap, earliest_));
    client_request request;
    request.target = filter_target(from_here);
    append_query(request.target, "order", "asc");
    append_query(request.target, "limit", std::to_string(page_size));
    append_query(request.target, "format", "json");
    if (!cursor.empty())
      append_query(request.target, "cursor", cursor);
    return request;
  }

  void print(const std::vector<nlohmann::json>& events) {
    std::string text;
    for (const nlohmann::json& each : events) {
      const std::string id = each.value("id", "");
      const timestamp now = system_clock{}.now();
      // An event from the future must not end the search for those of the present.
      const timestamp time = std::min(parse_rfc3339(each.value("timestamp", "")).value_or(now), now);
      if (!seen_.emplace(id, time).second)
        continue;
      if (!newest_ || time >= *newest_) {
        newest_ = time;
        last_id_ = id;
      }
      if (options_.format == "text")
        append_event_text(text, each, options_.color);
      else
        text.append(each.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).push_back('\n');
    }
    out_ << text << std::flush;
  }

  void forget() {
    std::erase_if(seen_, [&](const auto& each) { return each.second < newest_.value_or(0) - overlap; });
  }

  const query_options& options_;
  http_client& client_;
  std::ostream& out_;
  std::ostream& err_;
  /// Ids printed within the overlap, with their times.
  std::map<std::string, timestamp> seen_;
  std::optional<timestamp> newest_;
  /// Events before this were there before us and not asked for.
  timestamp earliest_ = 0;
  std::string last_id_;
  bool away_ = false;
};

}  // namespace

exit_code follow_query(const query_options& options, http_client& client, std::ostream& out,
                       std::ostream& err) {
  return follower{options, client, out, err}.run();
}

}  // namespace logstream
