// SPDX-License-Identifier: MIT
// The actor that makes outgoing HTTP requests, all on one thread of its own: the one place where alerting
// blocks.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/actor_addr.hpp>

namespace logstream {

/// Any number of requests run at once; connections are kept for the next one. Redirects are not followed.
/// Ends, giving up what is under way, when `owner` ends or by an exit message. Sleeps while there is nothing
/// to do.
http_sender_actor spawn_http_sender(caf::actor_system& system, const caf::actor_addr& owner);

}  // namespace logstream
