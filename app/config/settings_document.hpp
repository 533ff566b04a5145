// SPDX-License-Identifier: MIT
// The table of settings as documents: the manual, the example file, the effective configuration.
#pragma once

#include "app/config/configuration.hpp"

#include <string>

namespace logstream {

/// Returns docs/settings.md.
std::string settings_manual();

/// Returns deploy/logstream.yaml: every setting with its default, as comments, and the default rules.
std::string example_configuration();

/// Returns a file that configures exactly `from`, each setting with where it came from. Secrets are not
/// shown.
std::string effective_configuration(const configuration& from);

}  // namespace logstream
