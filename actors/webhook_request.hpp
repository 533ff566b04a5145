// SPDX-License-Identifier: MIT
// What is posted to a webhook: body, signature and headers.
#pragma once

#include "engine/alert/alert.hpp"
#include "engine/alert/webhook.hpp"
#include "messages/alerts.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace logstream {

/// The HMAC-SHA256 of `body` in lower-case hexadecimal.
std::string sign(std::string_view secret, std::string_view body);

/// The name of what an alert's state tells: `firing` or `resolved`. The body is to_json() of the alert and
/// `event`, this name. All attempts to deliver one change of one alert have the same Idempotency-Key, also
/// after a restart.
http_request_ptr make_webhook_request(const webhook& hook, const alert& what);

/// A message that says that it is a test: the body of an alert that no rule fired, with `event` `test`.
http_request_ptr make_test_request(const webhook& hook, timestamp now);

}  // namespace logstream
