// SPDX-License-Identifier: MIT
// The composition root: makes a running server of a configuration. The only place that knows every part.
#pragma once

#include "app/config/configuration.hpp"

#include <functional>

namespace logstream {

/// Runs the server until SIGTERM or SIGINT; returns the exit status of the process: 0 after an orderly end, 1
/// if it could not start. Prints `listening on http://ADDRESS:PORT` once requests are answered. On SIGHUP
/// `reload` reads the configuration again, and its rules and webhooks replace those of before.
int serve(const configuration& with, const std::function<result<configuration>()>& reload);

}  // namespace logstream
