// SPDX-License-Identifier: MIT
// From arguments to the command that is meant.
#include "app/cli/command_line.hpp"

#include "app/cli/commands.hpp"
#include "app/cli/exit_code.hpp"
#include "app/config/suggestion.hpp"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <iostream>

namespace logstream {

namespace {

constexpr const char* usual_url = "http://127.0.0.1:8080";

/// Lets `logstream --http.port 80` mean serve, and `logstream help query` mean `query --help`.
void normalize(std::vector<std::string>& arguments) {
  if (arguments.empty())
    return;
  if (arguments.front() == "help") {
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
  } else if (arguments.front() == "--version") {
    arguments.front() = "version";
  } else if (arguments.front().starts_with("--") && arguments.front() != "--help") {
    arguments.insert(arguments.begin(), "serve");
  }
}

/// Says what is wrong with arguments that no command knows.
std::string unknown_text(const CLI::App& app, const std::vector<std::string>& extra) {
  const auto chosen = app.get_subcommands();
  const auto option =
      std::find_if(extra.begin(), extra.end(), [](const std::string& each) { return each.starts_with('-'); });
  const std::string& first = option != extra.end() ? *option : extra.front();
  const std::string word = first.substr(0, first.find('='));
  std::vector<std::string> known;
  for (const command_shape& shape : shapes_of(app)) {
    if (chosen.empty())
      known.push_back(shape.name);
    else if (chosen.front()->get_name() == shape.name)
      for (const option_shape& each : shape.options)
        known.insert(known.end(), each.names.begin(), each.names.end());
  }
  const std::vector<std::string_view> candidates{known.begin(), known.end()};
  const auto meant = nearest(word, candidates);
  std::string out = chosen.empty() ? "there is no command \"" + word + "\""
                                   : chosen.front()->get_name() + " does not understand \"" + word + "\"";
  return meant ? out + "; did you mean \"" + std::string{*meant} + "\"?" : out;
}

class command_run {
 public:
  command_run(const environment& variables, const serve_function& serve, std::ostream& out, std::ostream& err)
      : variables_(variables), serve_(serve), out_(out), err_(err), app_(make_commands(values_)) {}

  int run(std::vector<std::string> arguments) {
    normalize(arguments);
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_->parse(std::move(arguments));
    } catch (const CLI::Success& asked) {
      return app_->exit(asked, out_, err_);
    } catch (const CLI::ParseError& wrong) {
      return usage(wrong.what());
    }
    if (const auto extra = app_->remaining(true); !extra.empty())
      return usage(unknown_text(*app_, extra));
    const auto chosen = app_->get_subcommands();
    if (chosen.empty()) {
      out_ << app_->help();
      return to_status(exit_code::ok);
    }
    return dispatch(chosen.front()->get_name());
  }

 private:
  int usage(const std::string& why) {
    const auto chosen = app_->get_subcommands();
    const std::string command = chosen.empty() ? "logstream" : "logstream " + chosen.front()->get_name();
    err_ << "logstream: " << why << "\nTry: " << command << " --help\n";
    return to_status(exit_code::usage);
  }

  int dispatch(const std::string& command) {
    if (command == "serve")
      return serve();
    if (command == "version") {
      out_ << "logstream " LOGSTREAM_VERSION "\n";
      return to_status(exit_code::ok);
    }
    if (command == "completion")
      return completion();
    if (command == "fsck")
      return to_status(run_fsck(values_.fsck, out_, err_));
    if (command == "dump")
      return to_status(run_dump(values_.dump, out_, err_));
    if (command == "restore")
      return to_status(run_restore(values_.restore, out_, err_));
    return to_status(client_command(command));
  }

  exit_code client_command(const std::string& command) {
    const std::string url =
        !values_.url.empty() ? values_.url : find_variable(variables_, "LOGSTREAM_URL").value_or(usual_url);
    if (command == "send") {
      values_.send.url = url;
      return run_send(values_.send, out_, err_);
    }
    if (command == "query") {
      values_.query.url = url;
      values_.query.color = use_color(values_.color, STDOUT_FILENO);
      if (values_.query.follow && values_.query.format != "text" && values_.query.format != "ndjson") {
        err_ << "logstream: --follow shows text or ndjson\n";
        return exit_code::usage;
      }
      return run_query(values_.query, out_, err_);
    }
    if (command == "simulate") {
      values_.simulate.url = url;
      return run_simulate(values_.simulate, out_, err_);
    }
    if (command == "stats") {
      values_.stats.url = url;
      return run_stats(values_.stats, out_, err_);
    }
    if (!values_.check.file)
      values_.check.file = find_variable(variables_, "LOGSTREAM_CONFIG");
    return run_check_config(values_.check, variables_, out_, err_);
  }

  int serve() {
    command_line_values flags;
    const CLI::App* serve = app_->get_subcommand("serve");
    for (const auto& [name, text] : values_.settings)
      if (serve->count("--" + name) > 0)
        flags.emplace_back(name, text);
    std::optional<std::filesystem::path> file;
    if (!values_.config.empty())
      file = values_.config;
    else if (const auto named = find_variable(variables_, "LOGSTREAM_CONFIG"))
      file = *named;
    const reload_function load = [flags, file, variables = variables_] {
      return load_configuration(flags, variables, file);
    };
    const auto loaded = load();
    if (!loaded) {
      report_problems(loaded.failure(), err_);
      return to_status(exit_code::usage);
    }
    for (const std::string& each : loaded->warnings) err_ << "logstream: warning: " << each << '\n';
    return serve_(*loaded, load);
  }

  int completion() {
    const auto shapes = shapes_of(*app_);
    if (values_.shell == "bash")
      out_ << bash_completion(shapes);
    else if (values_.shell == "zsh")
      out_ << zsh_completion(shapes);
    else
      out_ << fish_completion(shapes);
    return to_status(exit_code::ok);
  }

  const environment& variables_;
  const serve_function& serve_;
  std::ostream& out_;
  std::ostream& err_;
  command_values values_;
  std::unique_ptr<CLI::App> app_;
};

}  // namespace

int run_arguments(std::vector<std::string> arguments, const environment& variables,
                  const serve_function& serve, std::ostream& out, std::ostream& err) {
  return command_run{variables, serve, out, err}.run(std::move(arguments));
}

int run_command_line(int argc, char** argv, const serve_function& serve) {
  try {
    return run_arguments({argv + 1, argv + argc}, process_environment(), serve, std::cout, std::cerr);
  } catch (const std::exception& failure) {
    std::cerr << "logstream: " << failure.what() << '\n';
    return to_status(exit_code::failed);
  }
}

}  // namespace logstream
