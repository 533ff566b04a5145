// SPDX-License-Identifier: MIT
// The rules and webhooks of a configuration as the alert manager takes them.
#pragma once

#include "app/config/configuration.hpp"
#include "messages/alerts.hpp"

namespace logstream {

/// Errors: invalid, naming the line of the file.
result<alert_configuration_ptr> make_alert_configuration(const configuration& from);

}  // namespace logstream
