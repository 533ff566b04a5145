// SPDX-License-Identifier: MIT
// Writing of completion scripts.
#include "app/cli/completion.hpp"

#include <string_view>

namespace logstream {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator = " ") {
  std::string out;
  for (const std::string& each : words) out.append(out.empty() ? "" : separator).append(each);
  return out;
}

std::string names_of(const std::vector<command_shape>& commands, std::string_view separator) {
  std::vector<std::string> names;
  for (const command_shape& each : commands) names.push_back(each.name);
  return joined(names, separator);
}

/// Returns the first sentence, without what the shells' quoting would trip over.
std::string short_help(std::string_view help) {
  std::string out;
  for (const char c : help.substr(0, help.find(". ")))
    if (c == '[' || c == ']' || c == ':' || c == '\'' || c == '\\' || c == '`')
      out.push_back(' ');
    else
      out.push_back(c);
  if (out.ends_with('.'))
    out.pop_back();
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<command_shape>& commands) {
  std::string out =
      "# bash completion for logstream; made by `logstream completion bash`\n\n_logstream() {\n";
  out +=
      "  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" command=\"\" "
      "words=\"\" word\n";
  out += "  COMPREPLY=()\n";
  out += "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$word\" in\n";
  out += "      " + names_of(commands, "|") + ") command=\"$word\"; break ;;\n    esac\n  done\n";
  out += "  case \"$command $prev\" in\n";
  for (const command_shape& command : commands)
    for (const option_shape& option : command.options) {
      if (!option.takes_value)
        continue;
      std::vector<std::string> patterns;
      for (const std::string& name : option.names)
        patterns.push_back("\"" + command.name + " " + name + "\"");
      out += "    " + joined(patterns, "|") + ")\n      ";
      if (option.takes_file)
        out += "compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")";
      else if (!option.choices.empty())
        out += "mapfile -t COMPREPLY < <(compgen -W \"" + joined(option.choices) + "\" -- \"$cur\")";
      else
        out += ":";
      out += "; return ;;\n";
    }
  out += "  esac\n  case \"$command\" in\n    \"\") words=\"" + names_of(commands, " ") + " --help\" ;;\n";
  for (const command_shape& command : commands) {
    out += "    " + command.name + ") words=\"";
    for (const option_shape& option : command.options) out += joined(option.names) + " ";
    out += joined(command.words) + "\"\n";
    if (command.takes_files)
      out +=
          "      if [[ \"$cur\" != -* ]]; then\n        compopt -o filenames 2>/dev/null\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n        return\n      fi\n";
    out += "      ;;\n";
  }
  out +=
      "  esac\n  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n}\n\ncomplete -F _logstream "
      "logstream\n";
  return out;
}

std::string zsh_completion(const std::vector<command_shape>& commands) {
  std::string out =
      "#compdef logstream\n# zsh completion for logstream; made by `logstream completion zsh`\n\n";
  out += "_logstream() {\n  local -a commands\n  commands=(\n";
  for (const command_shape& each : commands) out += "    '" + each.name + ":" + short_help(each.help) + "'\n";
  out += "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n";
  out += "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const command_shape& command : commands) {
    out += "    " + command.name + ")\n      _arguments";
    for (const option_shape& option : command.options)
      for (const std::string& name : option.names) {
        out += " \\\n        '*" + name + "[" + short_help(option.help) + "]";
        if (option.takes_file)
          out += ":file:_files";
        else if (!option.choices.empty())
          out += ":value:(" + joined(option.choices) + ")";
        else if (option.takes_value)
          out += ":value:";
        out += "'";
      }
    if (command.takes_files)
      out += " \\\n        '*:file:_files'";
    if (!command.words.empty())
      out += " \\\n        '1:word:(" + joined(command.words) + ")'";
    out += "\n      ;;\n";
  }
  return out + "  esac\n}\n\n_logstream \"$@\"\n";
}

std::string fish_completion(const std::vector<command_shape>& commands) {
  std::string out =
      "# fish completion for logstream; made by `logstream completion fish`\n\ncomplete -c logstream -f\n";
  for (const command_shape& each : commands)
    out += "complete -c logstream -n __fish_use_subcommand -a " + each.name + " -d '" +
           short_help(each.help) + "'\n";
  for (const command_shape& command : commands) {
    const std::string when = "complete -c logstream -n '__fish_seen_subcommand_from " + command.name + "'";
    if (command.takes_files)
      out += when + " -F\n";
    if (!command.words.empty())
      out += when + " -a '" + joined(command.words) + "'\n";
    for (const option_shape& option : command.options) {
      out += when;
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (option.takes_file)
        out += " -r -F";
      else if (option.takes_value)
        out += " -x";
      if (!option.choices.empty())
        out += " -a '" + joined(option.choices) + "'";
      out += " -d '" + short_help(option.help) + "'\n";
    }
  }
  return out;
}

}  // namespace logstream
