// SPDX-License-Identifier: MIT
// What each command can be told: the tree of commands and the values read by it.
#pragma once

#include "app/cli/check_config.hpp"
#include "app/cli/completion.hpp"
#include "app/cli/dump.hpp"
#include "app/cli/fsck.hpp"
#include "app/cli/query.hpp"
#include "app/cli/restore.hpp"
#include "app/cli/send.hpp"
#include "app/cli/simulate.hpp"
#include "app/cli/stats.hpp"
#include "app/cli/terminal.hpp"
#include "app/config/configuration.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}  // namespace CLI

namespace logstream {

/// Where options are read into.
struct command_values {
  std::string config;
  /// The text of each setting's flag by the setting's name.
  std::map<std::string, std::string> settings;
  std::string url;
  send_options send;
  query_options query;
  color_choice color = color_choice::automatic;
  simulate_options simulate;
  stats_options stats;
  check_options check;
  fsck_options fsck;
  dump_options dump;
  restore_options restore;
  std::string shell;
};

/// The tree writes into `values` when it parses; these must outlive it.
std::unique_ptr<CLI::App> make_commands(command_values& values);

/// The tree as completion scripts need it.
std::vector<command_shape> shapes_of(const CLI::App& commands);

}  // namespace logstream
