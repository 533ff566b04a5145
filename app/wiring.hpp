// SPDX-License-Identifier: MIT
// From the user's settings to those of the parts.
#pragma once

#include "actors/root.hpp"
#include "app/config/settings.hpp"
#include "engine/store/store_folder.hpp"
#include "http/settings.hpp"

#include <caf/fwd.hpp>

#include <memory>

namespace logstream {

/// CAF's scheduler as this program wants it.
void configure_scheduler(caf::actor_system_config& config);

/// The rows that are there already, on `disk` or, where it is null, none in memory.
result<opened_store> open_store(const settings& from, const std::shared_ptr<file_system>& disk);

/// The settings of all actors; configuration and wired are left to the caller. `store` must outlive the
/// actors.
root_settings make_root_settings(const settings& from, const opened_store& store,
                                 std::shared_ptr<file_system> disk);

http::settings make_http_settings(const settings& from);

}  // namespace logstream
