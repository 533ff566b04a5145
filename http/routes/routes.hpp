// SPDX-License-Identifier: MIT
// Every handler of a route, and what handlers work with.
#pragma once

#include "http/exchange.hpp"
#include "http/settings.hpp"
#include "messages/interfaces.hpp"

namespace logstream::http {

class ingest_outbox;

/// What the requests of one I/O thread are answered with.
struct service {
  const settings& with;
  /// Null while there are no actors.
  service_handles_ptr handles;
  root_actor root;
  ingest_outbox& outbox;
};

/// Answers a request, at once or later. REQUIRES: in.handles, but for those that say otherwise.
using handler = void(const service& in, const exchange_ptr& request);

namespace routes {

handler ingest;

handler logs;
handler recent_logs;
handler one_log;
handler count_logs;

handler stats;
handler metrics;
handler simulate;

handler list_rules;
handler get_rule;
handler add_rule;
handler put_rule;
handler erase_rule;
handler list_alerts;
handler list_webhooks;
handler add_webhook;
handler erase_webhook;
handler test_webhook;

handler list_snapshots;
handler add_snapshot;
handler erase_snapshot;

/// These need no handles.
handler healthz;
handler ready;
handler openapi;
handler index;

}  // namespace routes

}  // namespace logstream::http
