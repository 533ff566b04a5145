// SPDX-License-Identifier: MIT
// From the user's settings to those of the parts.
#pragma once

#include "actors/root.hpp"
#include "app/config/settings.hpp"
#include "http/settings.hpp"

#include <caf/fwd.hpp>

namespace logstream {

/// CAF's scheduler as this program wants it.
void configure_scheduler(caf::actor_system_config& config);

/// The settings of all actors; configuration and wired are left to the caller.
root_settings make_root_settings(const settings& from);

http::settings make_http_settings(const settings& from);

}  // namespace logstream
