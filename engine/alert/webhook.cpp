// SPDX-License-Identifier: MIT
// Webhooks from JSON and, without what is secret, back.
#include "engine/alert/webhook.hpp"

#include "engine/alert/json_members.hpp"
#include "engine/base/clock.hpp"
#include "engine/wire/time_text.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

namespace logstream {

namespace {

constexpr std::size_t longest_id = 64;
constexpr std::size_t longest_url = 2048;
constexpr std::size_t longest_secret = 1024;
constexpr std::size_t longest_header = 4096;
constexpr std::size_t most_headers = 32;
constexpr std::size_t most_rules = 1000;
constexpr std::size_t longest_rule_name = 128;
constexpr std::int64_t nanoseconds_per_millisecond = 1'000'000;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower(std::string_view text) {
  std::string made{text};
  std::transform(made.begin(), made.end(), made.begin(), [](char c) { return lower(c); });
  return made;
}

bool is_alphanumeric(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

// Where a URL's host begins; 0 if it is neither http nor https.
std::size_t authority_start(std::string_view url) {
  const std::string start = lower(url.substr(0, 8));
  return start.starts_with("http://") ? 7 : start.starts_with("https://") ? 8 : 0;
}

std::string_view authority_of(std::string_view url) {
  const std::string_view rest = url.substr(authority_start(url));
  return rest.substr(0, rest.find_first_of("/?#"));
}

// Why a URL cannot be posted to, if it cannot.
std::optional<std::string> url_fault(std::string_view url) {
  if (authority_start(url) == 0)
    return "must begin with http:// or https://";
  if (std::any_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; }))
    return "must not have spaces";
  std::string_view host = authority_of(url);
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos)
    host.remove_prefix(at + 1);
  const std::size_t bracket = host.rfind(']');
  const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    std::uint32_t number = 0;
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (failure != std::errc{} || end != port.data() + port.size() || number == 0 || number > 65'535)
      return "has a bad port";
    host = host.substr(0, colon);
  }
  if (host.empty())
    return "has no host";
  return std::nullopt;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
  });
}

// Headers that are ours or the protocol's to set.
bool is_reserved(std::string_view header) {
  constexpr std::array<std::string_view, 8> reserved{"content-length", "content-type", "transfer-encoding",
                                                     "connection",     "expect",       "idempotency-key",
                                                     "upgrade",        "host"};
  const std::string name = lower(header);
  return name.starts_with("x-logstream-") ||
         std::find(reserved.begin(), reserved.end(), name) != reserved.end();
}

void read_headers(json_members& in, webhook& hook) {
  in.pairs("headers", hook.headers, most_headers, longest_header);
  for (const auto& [name, value] : hook.headers) {
    if (!is_token(name))
      in.fail("headers", "'" + name + "' is not a header's name");
    if (is_reserved(name))
      in.fail("headers", "'" + name + "' is set by LogStream");
  }
}

void read_events(json_members& in, webhook& hook) {
  std::vector<std::string> events;
  in.texts("events", events, 2, longest_id);
  if (!in.has("events"))
    return;
  if (events.empty())
    in.fail("events", "must name firing, resolved or both");
  hook.on_firing = hook.on_resolved = false;
  for (const std::string& each : events) {
    if (each != "firing" && each != "resolved")
      in.fail("events", "'" + each + "' is neither firing nor resolved");
    (each == "firing" ? hook.on_firing : hook.on_resolved) = true;
  }
}

void read_timeout(json_members& in, std::string_view name, std::chrono::milliseconds& into) {
  std::int64_t nanoseconds = into.count() * nanoseconds_per_millisecond;
  in.duration(name, nanoseconds, 100 * nanoseconds_per_millisecond, 2 * nanoseconds_per_minute);
  into = std::chrono::milliseconds{nanoseconds / nanoseconds_per_millisecond};
}

std::string derived_id(std::string_view url) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "wh-%012llx",
                static_cast<unsigned long long>(XXH3_64bits(url.data(), url.size()) >> 16));
  return text.data();
}

std::string without_password(std::string_view url) {
  const std::string_view authority = authority_of(url);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos)
    return std::string{url};
  const std::size_t start = authority_start(url);
  return std::string{url.substr(0, start)} + "***" + std::string{url.substr(start + at)};
}

}  // namespace

bool webhook::wants(const std::string& rule, bool firing) const {
  return (firing ? on_firing : on_resolved) &&
         (rules.empty() || std::find(rules.begin(), rules.end(), rule) != rules.end());
}

result<webhook> parse_webhook(const nlohmann::json& from) {
  webhook hook;
  json_members in{from, "a webhook"};
  in.require("url");
  in.text("url", hook.url, longest_url);
  if (in.has("url") && !in.failed())
    if (const auto fault = url_fault(hook.url))
      in.fail("url", *fault);
  in.text("id", hook.id, longest_id);
  if (!std::all_of(hook.id.begin(), hook.id.end(),
                   [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; }))
    in.fail("id", "must have letters, digits, '-' and '_' only");
  in.text("secret", hook.secret, longest_secret);
  read_headers(in, hook);
  in.flag("enabled", hook.enabled);
  read_events(in, hook);
  in.texts("rules", hook.rules, most_rules, longest_rule_name);
  read_timeout(in, "timeout", hook.timeout);
  read_timeout(in, "connect_timeout", hook.connect_timeout);
  std::uint64_t attempts = hook.max_attempts;
  in.whole("max_attempts", attempts, 1, 100);
  hook.max_attempts = static_cast<std::uint32_t>(attempts);
  if (const auto failure = in.finish())
    return *failure;
  if (hook.id.empty())
    hook.id = derived_id(hook.url);
  return hook;
}

nlohmann::json to_public_json(const webhook& hook) {
  nlohmann::json events = nlohmann::json::array();
  if (hook.on_firing)
    events.push_back("firing");
  if (hook.on_resolved)
    events.push_back("resolved");
  nlohmann::json headers = nlohmann::json::object();
  for (const auto& [name, value] : hook.headers) headers[name] = "***";
  return {{"id", hook.id},
          {"url", without_password(hook.url)},
          {"signed", !hook.secret.empty()},
          {"headers", std::move(headers)},
          {"enabled", hook.enabled},
          {"events", std::move(events)},
          {"rules", hook.rules},
          {"timeout", format_duration(hook.timeout.count() * nanoseconds_per_millisecond)},
          {"connect_timeout", format_duration(hook.connect_timeout.count() * nanoseconds_per_millisecond)},
          {"max_attempts", hook.max_attempts}};
}

}  // namespace logstream
