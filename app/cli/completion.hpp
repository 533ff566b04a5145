// SPDX-License-Identifier: MIT
// Scripts that complete the command line in bash, zsh and fish.
#pragma once

#include <string>
#include <vector>

namespace logstream {

struct option_shape {
  /// With the leading dashes.
  std::vector<std::string> names;
  std::string help;
  bool takes_value = false;
  bool takes_file = false;
  std::vector<std::string> choices;
};

struct command_shape {
  std::string name;
  std::string help;
  std::vector<option_shape> options;
  /// Arguments without dashes: file names, or one of these words.
  bool takes_files = false;
  std::vector<std::string> words;
};

std::string bash_completion(const std::vector<command_shape>& commands);
std::string zsh_completion(const std::vector<command_shape>& commands);
std::string fish_completion(const std::vector<command_shape>& commands);

}  // namespace logstream
