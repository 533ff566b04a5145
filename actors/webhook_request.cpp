// SPDX-License-Identifier: MIT
// Bodies and headers of webhook requests.
#include "actors/webhook_request.hpp"

#include <nlohmann/json.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace logstream {

namespace {

bool equals_any_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

http_request_ptr make_request(const webhook& hook, const std::string& event, nlohmann::json body,
                              std::string key) {
  body["event"] = event;
  auto made = std::make_shared<http_request>();
  made->url = hook.url;
  // Events may hold any bytes; what is not UTF-8 is replaced.
  made->body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  made->connect_timeout = hook.connect_timeout;
  made->timeout = hook.timeout;
  made->headers = {{"Content-Type", "application/json"},
                   {"Idempotency-Key", std::move(key)},
                   {"X-LogStream-Event", event}};
  if (!hook.secret.empty())
    made->headers.emplace_back("X-LogStream-Signature", "sha256=" + sign(hook.secret, made->body));
  const auto is_user_agent = [](const auto& header) { return equals_any_case(header.first, "User-Agent"); };
  if (std::none_of(hook.headers.begin(), hook.headers.end(), is_user_agent))
    made->headers.emplace_back("User-Agent", "LogStream/" LOGSTREAM_VERSION);
  made->headers.insert(made->headers.end(), hook.headers.begin(), hook.headers.end());
  return made;
}

}  // namespace

std::string sign(std::string_view secret, std::string_view body) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &size);
  constexpr std::string_view digits{"0123456789abcdef"};
  std::string made;
  for (unsigned int i = 0; i < size; ++i) {
    made += digits[digest[i] >> 4];
    made += digits[digest[i] & 0xf];
  }
  return made;
}

http_request_ptr make_webhook_request(const webhook& hook, const alert& what) {
  const std::string event{to_string(what.state)};
  return make_request(hook, event, to_json(what),
                      what.fingerprint + "-" + std::to_string(what.fired_at) + "-" + event);
}

http_request_ptr make_test_request(const webhook& hook, timestamp now) {
  alert sample;
  sample.rule = "Test";
  sample.severity = "info";
  sample.description = "A test message of LogStream: no rule has fired.";
  sample.count = sample.threshold = 1;
  sample.window = nanoseconds_per_minute;
  sample.first_time = sample.last_time = sample.fired_at = now;
  sample.events.push_back({now, level::info, "logstream", "This webhook works.", {}});
  sample.fingerprint = alert_fingerprint(sample.rule, sample.group);
  return make_request(hook, "test", to_json(sample), "test-" + std::to_string(now));
}

}  // namespace logstream
