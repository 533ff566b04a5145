// SPDX-License-Identifier: MIT
// A webhook receiver that measures how old the last event of each firing alert is when the alert arrives.
#include "bench/support/arguments.hpp"
#include "bench/support/samples.hpp"
#include "bench/support/small_server.hpp"
#include "engine/base/clock.hpp"
#include "engine/wire/time_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using namespace logstream::bench;
using nlohmann::json;

/// Returns the latest moment that any member of this name holds, however deep.
std::optional<timestamp> latest(const json& value, std::string_view name) {
  std::optional<timestamp> found;
  if (!value.is_structured())
    return found;
  for (const auto& [key, member] : value.items()) {
    auto moment = key == name && member.is_string() ? parse_rfc3339(member.get_ref<const std::string&>())
                                                    : latest(member, name);
    if (moment && (!found || *moment > *found))
      found = moment;
  }
  return found;
}

class ledger {
 public:
  void take(const std::string& body, timestamp arrived) {
    ++received_;
    const auto payload = json::parse(body, nullptr, false);
    if (payload.is_discarded()) {
      ++unreadable_;
      return;
    }
    if (body.find("\"resolved\"") != std::string::npos) {
      ++resolved_;
      return;
    }
    auto moment = latest(payload, "last_time");
    if (!moment)
      moment = latest(payload, "timestamp");
    if (moment)
      delay_.add(static_cast<double>(arrived - *moment) / 1e6);
    else
      ++unreadable_;
  }

  std::string report() const {
    return nlohmann::ordered_json{{"received", received_},          {"measured", delay_.size()},
                                  {"resolved", resolved_},          {"unreadable", unreadable_},
                                  {"p50_ms", delay_.quantile(0.5)}, {"p99_ms", delay_.quantile(0.99)},
                                  {"max_ms", delay_.largest()}}
        .dump();
  }

 private:
  std::uint64_t received_ = 0;
  std::uint64_t resolved_ = 0;
  std::uint64_t unreadable_ = 0;
  samples delay_;
};

}  // namespace

int main(int count, char** words) {
  arguments line{count, words};
  const auto port = static_cast<std::uint16_t>(line.number("port", 0));
  line.rest(
      0, "usage: bench_hook [--port 0]; takes alerts by POST, tells their delay by GET, forgets by DELETE");
  ledger alerts;
  serve(port, [&](const restinio::request_handle_t& request) {
    auto response = request->create_response();
    if (request->header().method() == restinio::http_method_get())
      response.set_body(alerts.report());
    else if (request->header().method() == restinio::http_method_delete())
      alerts = {};
    else
      alerts.take(request->body(), system_clock{}.now());
    return response.done();
  });
}
