// SPDX-License-Identifier: MIT
// Declares the commands to CLI11.
#include "app/cli/commands.hpp"

#include "app/config/declarations.hpp"
#include "app/config/value_text.hpp"
#include "engine/wire/time_text.hpp"

#include <CLI/CLI.hpp>

namespace logstream {

namespace {

constexpr std::size_t name_column = 34;
constexpr std::size_t help_width = 100;

/// CLI11 puts a description on one line however long it is.
class wrapping_formatter final : public CLI::Formatter {
 public:
  wrapping_formatter() { column_width(name_column); }

  std::string make_option_desc(const CLI::Option* option) const override {
    std::string text = option->get_description();
    std::size_t begin = 0;
    while (text.size() - begin > help_width - name_column) {
      const std::size_t space = text.rfind(' ', begin + help_width - name_column);
      if (space == std::string::npos || space <= begin)
        break;
      text[space] = '\n';
      begin = space + 1;
    }
    return text;
  }
};

/// Takes a duration with its unit.
std::function<bool(const CLI::results_t&)> duration_into(std::chrono::nanoseconds& into) {
  return [&into](const CLI::results_t& texts) {
    const auto parsed = parse_duration(texts.back());
    if (!parsed || *parsed <= 0)
      return false;
    into = std::chrono::nanoseconds{*parsed};
    return true;
  };
}

void add_serve(CLI::App& app, command_values& values) {
  CLI::App* serve = app.add_subcommand("serve", "Start the server.");
  serve->add_option("-c,--config", values.config, "Configuration file; also LOGSTREAM_CONFIG.")
      ->type_name("FILE");
  for (const setting_declaration& each : setting_declarations()) {
    std::string flags = "--" + std::string{each.name};
    if (!each.alias.empty())
      flags += ",--" + std::string{each.alias};
    std::string type{placeholder(each.kind)};
    if (const auto choices = value_choices(each); !choices.empty())
      type = "{" + CLI::detail::join(choices, ",") + "}";
    serve
        ->add_option(flags, values.settings[std::string{each.name}],
                     std::string{each.help} + " Default: " + default_text(each) + ".")
        ->type_name(type)
        ->take_last()
        ->group(std::string{setting_section(each)});
  }
  serve->footer(
      "Each setting may also stand in the file (http: {port: 8080}) or in the environment\n"
      "(LOGSTREAM_HTTP_PORT=8080). Flags win over the environment, the environment over the file.\n"
      "SIGHUP reads rules and webhooks again; SIGTERM finishes what is in flight and stops.");
}

CLI::App* add_client(CLI::App& app, command_values& values, const std::string& name,
                     const std::string& help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("--url", values.url, "The server; also LOGSTREAM_URL. Default: http://127.0.0.1:8080.")
      ->type_name("URL");
  return command;
}

void add_send(CLI::App& app, command_values& values) {
  send_options& into = values.send;
  CLI::App* send = add_client(app, values, "send", "Send log files, or standard input (-), to a server.");
  send->add_option("FILE", into.files, "Files of plain text or NDJSON; - is standard input.")
      ->required()
      ->type_name("FILE");
  send->add_option("-s,--service", into.service,
                   "Service of events that name none. Default: the name of the file.")
      ->type_name("NAME");
  send->add_flag("-f,--follow", into.follow,
                 "Go on with what is appended, through rotation and truncation, as tail -F.");
  send->add_flag("-m,--multiline", into.multiline,
                 "Join lines that are indented or begin with \"at \" or \"Caused by\" to the line before.");
  send->add_flag("-q,--quiet", into.quiet, "Print errors only.");
  const std::map<std::string, compression> kinds{
      {"none", compression::none}, {"gzip", compression::gzip}, {"zstd", compression::zstd}};
  send->add_option("-z,--compress", into.packing, "Pack request bodies. Default: none.")
      ->transform(CLI::CheckedTransformer(kinds).description(""))
      ->type_name("{none,gzip,zstd}");
  constexpr std::size_t most = 64;
  send->add_option("--parallel", into.parallel, "Requests in flight. Default: 4.")
      ->check(CLI::Range(std::size_t{1}, most).description(""))
      ->type_name("N");
  send->add_option("--retry-for", duration_into(into.patience),
                   "Give up when nothing succeeded for this long. Default: 1m; with --follow: never.")
      ->type_name("DURATION");
  send->footer(
      "Exit status: 0 all accepted, 1 some events refused, 2 wrong usage, 3 server unreachable.\n"
      "Times without a zone are taken as UTC; lines without a time have that of the line before.");
}

void add_query(CLI::App& app, command_values& values) {
  query_options& into = values.query;
  CLI::App* query = add_client(app, values, "query", "Show events that match.");
  query
      ->add_option("-l,--level", into.levels,
                   "TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL, UNKNOWN; repeat for more.")
      ->allow_extra_args(false)
      ->type_name("LEVEL");
  query->add_option("-s,--service", into.services, "Name of a service; repeat for more.")
      ->allow_extra_args(false)
      ->type_name("NAME");
  query->add_option("--from", into.from, "Not before: RFC 3339, date, epoch, or 15m (ago).")
      ->type_name("TIME");
  query->add_option("--to", into.to, "Before this time.")->type_name("TIME");
  query->add_option("-q,--contains", into.contains, "Text that the message contains, in any case.")
      ->type_name("TEXT");
  query->add_flag("--case-sensitive", into.case_sensitive, "Look for the text in this case only.");
  query->add_option("--field", into.fields, "Field that has exactly this value; repeat for more.")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE")
      ->check([](const std::string& text) {
        return text.find('=') == std::string::npos || text[0] == '=' ? "expects NAME=VALUE, not " + text
                                                                     : std::string{};
      });
  query->add_option("-n,--limit", into.limit, "Most events. Default: 100; with --follow: 10 to begin with.")
      ->check(CLI::Validator{CLI::PositiveNumber}.description(""))
      ->type_name("N");
  query->add_option("--order", into.order, "Newest (desc) or oldest (asc) first. Default: desc.")
      ->check(CLI::IsMember({"asc", "desc"}).description(""))
      ->type_name("{asc,desc}");
  query->add_option("--format", into.format, "Default: text.")
      ->check(CLI::IsMember({"text", "json", "ndjson", "csv"}).description(""))
      ->type_name("{text,json,ndjson,csv}");
  query->add_flag("-f,--follow", into.follow, "Show the newest events and then what arrives, oldest first.");
  const std::map<std::string, color_choice> choices{
      {"auto", color_choice::automatic}, {"always", color_choice::always}, {"never", color_choice::never}};
  query->add_option("--color", values.color, "Default: auto, which is on a terminal without NO_COLOR.")
      ->transform(CLI::CheckedTransformer(choices).description(""))
      ->type_name("{auto,always,never}");
}

void add_others(CLI::App& app, command_values& values) {
  CLI::App* simulate = add_client(app, values, "simulate", "Have the server make up realistic events.");
  simulate->add_option("--count", values.simulate.count, "How many. Default: 10000.")->type_name("N");
  simulate->add_option("--rate", values.simulate.rate, "Events a second. Default: as fast as it goes.")
      ->type_name("N");
  simulate->add_option("--seed", values.simulate.seed, "The same seed gives the same events.")
      ->type_name("N");
  simulate->add_option("--levels", values.simulate.levels, "Mix of levels, as in INFO=80,ERROR=20.")
      ->type_name("MIX");

  CLI::App* stats = add_client(app, values, "stats", "Show the server's figures.");
  stats->add_flag("-w,--watch", values.stats.watch, "Show them again and again.");
  stats->add_option("--interval", duration_into(values.stats.interval), "Time between. Default: 2s.")
      ->type_name("DURATION");
  stats->add_flag("--json", values.stats.json, "Print them as the server gives them.");

  CLI::App* check = app.add_subcommand(
      "check-config", "Check a configuration, with the environment, and say all that is wrong.");
  check->add_option("FILE,-c,--config", values.check.file, "The file; also LOGSTREAM_CONFIG.")
      ->type_name("FILE");
  check->add_flag("--print", values.check.print, "Print every effective setting and where it came from.");
  check
      ->add_option("--docs", values.check.document,
                   "Print the manual of settings, or an example file, instead.")
      ->check(CLI::IsMember({"settings.md", "example"}).description(""))
      ->type_name("{settings.md,example}");

  app.add_subcommand("version", "Print the version.");

  CLI::App* completion = app.add_subcommand("completion", "Print a completion script for a shell.");
  completion->add_option("SHELL", values.shell, "The shell.")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""))
      ->type_name("{bash,zsh,fish}");
}

// Commands on the files of a store, without a server.
void add_store_commands(CLI::App& app, command_values& values) {
  CLI::App* fsck = app.add_subcommand("fsck", "Look at every byte of a stopped server's data folder.");
  fsck->add_option("PATH", values.fsck.path, "The folder: storage.path, or a snapshot.")
      ->required()
      ->type_name("FILE");
  fsck->add_flag("--repair", values.fsck.repair,
                 "Mend what can be mended. Nothing is deleted: what is replaced moves to quarantine/.");
  fsck->add_flag("--json", values.fsck.json, "Print a JSON document.");
  fsck->footer("Exit status: 0 nothing is wrong (any more), 1 damage found, 2 it could not be checked.");

  CLI::App* dump = app.add_subcommand("dump", "Show what is in a segment, a file of the log or a manifest.");
  dump->add_option("FILE", values.dump.file, "The file.")->required()->type_name("FILE");
  CLI::Option* rows = dump->add_flag("--rows", values.dump.rows, "Print its events as NDJSON.");
  dump->add_flag("--json", values.dump.json, "Print a JSON document.")->excludes(rows);
  dump->footer("Exit status: 0 all of it was read, 1 a part is damaged, 2 it cannot be read.");

  CLI::App* restore = app.add_subcommand("restore", "Make a data folder of a snapshot.");
  restore->add_option("SNAPSHOT", values.restore.snapshot, "The folder of the snapshot.")
      ->required()
      ->type_name("FILE");
  restore->add_option("TARGET", values.restore.target, "The new folder: not there yet, or empty.")
      ->required()
      ->type_name("FILE");
  restore->add_flag("--link", values.restore.link,
                    "Link files instead of copying them; on the same file system only.");
}

std::vector<std::string> choices_in(const std::string& type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}', open);
  if (open == std::string::npos || close == std::string::npos)
    return {};
  return CLI::detail::split(type.substr(open + 1, close - open - 1), ',');
}

option_shape shape_of(const CLI::Option& option) {
  option_shape out;
  for (const std::string& each : option.get_snames()) out.names.push_back("-" + each);
  for (const std::string& each : option.get_lnames()) out.names.push_back("--" + each);
  out.help = option.get_description();
  out.takes_value = option.get_items_expected_max() > 0;
  const std::string type = option.get_type_name();
  out.takes_file = type.starts_with("FILE");
  out.choices = choices_in(type);
  return out;
}

}  // namespace

std::unique_ptr<CLI::App> make_commands(command_values& values) {
  auto app =
      std::make_unique<CLI::App>("LogStream takes in logs, keeps them searchable, and alerts.", "logstream");
  app->require_subcommand(0, 1);
  app->allow_extras();
  app->formatter(std::make_shared<wrapping_formatter>());
  app->footer("logstream COMMAND --help tells more. Flags of settings without a command start the server.");
  add_serve(*app, values);
  add_send(*app, values);
  add_query(*app, values);
  add_others(*app, values);
  add_store_commands(*app, values);
  for (CLI::App* each : app->get_subcommands({})) each->allow_extras();
  return app;
}

std::vector<command_shape> shapes_of(const CLI::App& commands) {
  std::vector<command_shape> out;
  for (const CLI::App* command : commands.get_subcommands([](const CLI::App*) { return true; })) {
    command_shape shape{command->get_name(), command->get_description(), {}, false, {}};
    for (const CLI::Option* each : command->get_options()) {
      option_shape option = shape_of(*each);
      if (each->get_positional()) {
        shape.takes_files = option.takes_file;
        shape.words = option.choices;
      }
      if (!option.names.empty())
        shape.options.push_back(std::move(option));
    }
    out.push_back(std::move(shape));
  }
  return out;
}

}  // namespace logstream
