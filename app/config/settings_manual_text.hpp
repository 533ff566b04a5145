// SPDX-License-Identifier: MIT
// The prose around the tables of the manual and of the example file.
#pragma once

#include <string_view>

namespace logstream {

inline constexpr std::string_view manual_head = R"(# Settings

<!-- Made by `logstream check-config --docs settings.md` from app/config/declarations.cpp; scripts/generated renews it. -->

A setting has one name, `http.port` for example, and four places where it may be given. The later wins:

1. its default;
2. the YAML file named by `--config FILE` or `LOGSTREAM_CONFIG`: `port: 8080` below `http:`, or `http.port: 8080`;
3. the environment: `LOGSTREAM_HTTP_PORT=8080`;
4. the command line: `--http.port 8080`.

`logstream check-config FILE` reads all of these, lists every problem with file, line and column, and exits with 2 when
there is one; with `--print` it shows each effective value and where it came from. Unknown names and values of the wrong
type are errors. Only unknown *variables* are warnings: Kubernetes sets `LOGSTREAM_PORT` and the like by itself.

Durations are numbers with units, `1h30m`, `1.5s`, `250ms` (ns, us, ms, s, m, h, d, w). Sizes are numbers with units in
powers of 1024 (KiB, MiB, GiB, TiB) or of 1000 (kB, MB, GB, TB). Lists are YAML lists, or texts with commas.

SIGHUP reads the file again and takes over `rules` and `webhooks`; all else needs a restart. A file with a problem is
refused as a whole, and what was in force stays.
)";

inline constexpr std::string_view manual_tail = R"(
## rules

A list of alert rules. A file without the key `rules` has the two rules of the example file; `rules: []` has none. Rules
made over HTTP are beside these and have the same members.

| member | default | meaning |
|---|---|---|
| `name` | required | Unique among the rules. |
| `description` | empty | Sent along with alerts. |
| `severity` | `warning` | Sent along with alerts; any word. |
| `enabled` | `true` | Whether the rule counts. |
| `level` | every level | One level or a list of levels that count. |
| `service` | every service | One service or a list of services that count. |
| `keyword` | none | Text that the message must contain, in any case. |
| `case_sensitive` | `false` | Whether the keyword must have the same case. |
| `regex` | none | Regular expression (RE2 syntax) that must match somewhere in the message. |
| `fields` | none | Mapping of field names to the values they must have. |
| `threshold` | `1` | The alert fires when this many events lie within a window. |
| `window` | `1m` | Length of the sliding window, by the events' own time. |
| `group_by` | none | `service`, `level` or names of fields: each combination of values is counted apart. |
| `cooldown` | the window | How long a group that fired does not fire again. |

## webhooks

A list of receivers of alerts.

| member | default | meaning |
|---|---|---|
| `url` | required | Where alerts are posted, `http://` or `https://`. |
| `id` | from the URL | Unique among the webhooks. |
| `secret` | none | Key of the HMAC-SHA256 in the header `X-LogStream-Signature`. |
| `events` | `[firing, resolved]` | What is sent. |
| `rules` | every rule | Names of the rules whose alerts are sent. |
| `headers` | none | Mapping of header fields to send along. |
| `enabled` | `true` | Whether anything is sent. |
| `timeout` | `10s` | How long one attempt may take. |
| `connect_timeout` | `3s` | How long connecting may take. |
| `max_attempts` | `8` | How often a delivery is tried before it is given up. |
)";

inline constexpr std::string_view example_head =
    R"(# Configuration of LogStream. Every setting stands here with its default: remove the # before one to change it.
#
# Flags (--http.port 8080) and variables (LOGSTREAM_HTTP_PORT=8080) go over this file.
# Check it with: logstream check-config FILE
# Made by `logstream check-config --docs example`; docs/settings.md says the same in tables.
)";

inline constexpr std::string_view example_rules_comment =
    R"(# Alert rules. Without the key `rules` these two are in force; `rules: []` is none. SIGHUP takes over changes.
# Members: name, description, severity, enabled, level, service, keyword, case_sensitive, regex, fields, threshold, window,
# group_by, cooldown.
)";

inline constexpr std::string_view example_webhooks =
    R"(# Receivers of alerts. SIGHUP takes over changes.
#webhooks:
#  - id: on-call
#    url: https://example.com/hooks/logstream
#    secret: change-me
#    events: [firing, resolved]
#    rules: [Critical Errors]
#    timeout: 10s
)";

}  // namespace logstream
