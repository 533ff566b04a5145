// SPDX-License-Identifier: MIT
// A subscriber to alerts: where they are posted, which ones, and how patiently.
#pragma once

#include "engine/base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

struct webhook {
  /// Letters, digits, '-' and '_'; derived from the URL where none is given.
  std::string id;
  std::string url;
  /// Key of the signature; empty means unsigned. Never shown.
  std::string secret;
  std::vector<std::pair<std::string, std::string>> headers;
  bool enabled = true;

  /// What is sent: alerts that fire, alerts that resolve.
  bool on_firing = true;
  bool on_resolved = true;
  /// Only alerts of these rules; none means all.
  std::vector<std::string> rules;

  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds timeout{10'000};
  /// How often one delivery is tried before it is given up.
  std::uint32_t max_attempts = 8;

  bool operator==(const webhook&) const = default;
  /// True if an alert of `rule` that fires (or resolves) shall be sent.
  bool wants(const std::string& rule, bool firing) const;
};

using webhook_ptr = std::shared_ptr<const webhook>;

/// Reads a webhook as requests and the configuration file write it. Members: url (required; http or https),
/// id, secret, headers (an object of texts), enabled, events (list of `firing`, `resolved`), rules (list of
/// names), timeout, connect_timeout (texts as `5s`, or seconds), max_attempts. Errors are errc::invalid and
/// begin with the member's name.
result<webhook> parse_webhook(const nlohmann::json& from);

/// Writes a webhook for people: the secret becomes `"signed": true`, the values of headers and a password in
/// the URL are hidden.
nlohmann::json to_public_json(const webhook& hook);

}  // namespace logstream
