// SPDX-License-Identifier: MIT
// Arguments: which command they mean and what is said of wrong ones.
#include "app/cli/command_line.hpp"

#include "app/config/declarations.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace logstream;
using namespace logstream::test;

namespace {

struct outcome {
  int status = 0;
  std::string out;
  std::string err;
  /// What serve was called with, if it was.
  std::optional<configuration> served;
};

outcome run(std::vector<std::string> arguments, const environment& variables = {}) {
  outcome done;
  std::ostringstream out;
  std::ostringstream err;
  const serve_function serve = [&](const configuration& with, const reload_function&) {
    done.served = with;
    return 42;
  };
  done.status = run_arguments(std::move(arguments), variables, serve, out, err);
  done.out = out.str();
  done.err = err.str();
  return done;
}

}  // namespace

TEST_CASE("without arguments the commands are listed", "[command line]") {
  const outcome done = run({});
  CHECK(done.status == 0);
  for (const char* command : {"serve", "send", "query", "simulate", "stats", "check-config", "fsck", "dump",
                              "restore", "version", "completion"})
    CHECK(done.out.find(std::string{"\n  "} + command + " ") != std::string::npos);
  CHECK_FALSE(done.served.has_value());
}

TEST_CASE("serve gets the configuration of flags and variables and its status is the process's",
          "[command line]") {
  const outcome done =
      run({"serve", "--http.port", "9000", "--workers=3"}, {{"LOGSTREAM_HTTP_THREADS", "2"}});
  CHECK(done.status == 42);
  REQUIRE(done.served.has_value());
  CHECK(done.served->values.http.port == 9000);
  CHECK(done.served->values.ingest.workers == 3);
  CHECK(done.served->values.http.threads == 2);
}

TEST_CASE("flags of settings without a command start the server", "[command line]") {
  const outcome done = run({"--http.port", "9000", "--storage.mode", "memory"});
  REQUIRE(done.served.has_value());
  CHECK(done.served->values.http.port == 9000);
}

TEST_CASE("every setting has a flag that is in the help", "[command line]") {
  const outcome done = run({"serve", "--help"});
  CHECK(done.status == 0);
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    CHECK(done.out.find("  --" + std::string{setting.name}) != std::string::npos);
  }
}

TEST_CASE("the file comes from the flag or the variable, and is read again on reload", "[command line]") {
  const scratch_folder folder;
  const std::string file = folder.write("c.yaml", "http: {port: 1}\n");
  reload_function again;
  const serve_function serve = [&](const configuration& with, const reload_function& reload) {
    CHECK(with.values.http.port == 1);
    again = reload;
    return 0;
  };
  std::ostringstream out;
  std::ostringstream err;
  CHECK(run_arguments({"serve", "--config", file}, {}, serve, out, err) == 0);
  CHECK(run_arguments({"serve"}, {{"LOGSTREAM_CONFIG", file}}, serve, out, err) == 0);
  folder.write("c.yaml", "http: {port: 2}\nrules: []\n");
  const auto reloaded = again();
  REQUIRE(reloaded.ok());
  CHECK(reloaded->values.http.port == 2);
  CHECK(reloaded->rules.empty());
  folder.write("c.yaml", "rules: 5\n");
  CHECK_FALSE(again().ok());
}

TEST_CASE("a wrong configuration is told problem by problem and nothing is served", "[command line]") {
  const outcome done = run({"serve", "--http.port", "x", "--http.threads", "0"});
  CHECK(done.status == 2);
  CHECK(done.err ==
        "logstream: --http.port: expects a whole number, not \"x\"\n"
        "logstream: --http.threads: must be 1 to 64, not 0\n");
  CHECK_FALSE(done.served.has_value());
}

TEST_CASE("an odd variable is a warning and the server starts", "[command line]") {
  const outcome done = run({"serve"}, {{"LOGSTREAM_HTTP_PROT", "1"}});
  CHECK(done.status == 42);
  CHECK(done.err ==
        "logstream: warning: LOGSTREAM_HTTP_PROT: is no setting; did you mean \"LOGSTREAM_HTTP_PORT\"?\n");
}

TEST_CASE("wrong arguments end with status 2 and say what may be meant", "[command line]") {
  struct wrong {
    std::vector<std::string> arguments;
    const char* said;
  };
  const auto each = GENERATE(values<wrong>({
      {{"sned"}, "logstream: there is no command \"sned\"; did you mean \"send\"?\n"},
      {{"frobnicate"}, "logstream: there is no command \"frobnicate\"\n"},
      {{"serve", "--http.prot", "1"},
       "serve does not understand \"--http.prot\"; did you mean \"--http.port\"?\n"},
      {{"--http.prot=1"}, "serve does not understand \"--http.prot\"; did you mean \"--http.port\"?\n"},
      {{"query", "--lvel", "ERROR"}, "query does not understand \"--lvel\"; did you mean \"--level\"?\n"},
      {{"query", "ERROR"}, "query does not understand \"ERROR\"\n"},
      {{"query", "--field", "novalue"}, "expects NAME=VALUE, not novalue\n"},
      {{"query", "--format", "xml"}, "--format"},
      {{"query", "--limit", "0"}, "--limit"},
      {{"query", "--follow", "--format", "csv"}, "--follow shows text or ndjson\n"},
      {{"send"}, "FILE is required\n"},
      {{"send", "--compress", "rar", "a"}, "--compress"},
      {{"send", "--retry-for", "soon", "a"}, "--retry-for"},
      {{"completion", "tcsh"}, "tcsh"},
      {{"check-config", "--docs", "poem"}, "poem"},
  }));
  CAPTURE(each.arguments);
  const outcome done = run(each.arguments);
  CHECK(done.status == 2);
  CHECK_THAT(done.err, Catch::Contains(each.said));
  CHECK_FALSE(done.served.has_value());
}

TEST_CASE("version and help are understood in every usual way", "[command line]") {
  CHECK(run({"version"}).out == "logstream " LOGSTREAM_VERSION "\n");
  CHECK(run({"--version"}).out == run({"version"}).out);
  CHECK(run({"--help"}).out == run({}).out);
  CHECK(run({"help"}).out == run({}).out);
  CHECK(run({"help", "query"}).out == run({"query", "--help"}).out);
}

TEST_CASE("check-config says ok or all that is wrong", "[command line]") {
  const scratch_folder folder;
  const std::string good = folder.write("good.yaml", "http: {port: 1}\n");
  const outcome fine = run({"check-config", good});
  CHECK(fine.status == 0);
  CHECK(fine.out == good + ": ok, 1 settings, 2 rules, 0 webhooks\n");
  const std::string bad = folder.write("bad.yaml", "http:\n  prot: 1\n");
  const outcome wrong = run({"check-config"}, {{"LOGSTREAM_CONFIG", bad}});
  CHECK(wrong.status == 2);
  CHECK(wrong.err ==
        "logstream: " + bad + ":2:3: http.prot: there is no such setting; did you mean \"http.port\"?\n");
  CHECK(run({"check-config", good, "--print"}).out.find("  port: 1  # " + good + ":1:14\n") !=
        std::string::npos);
}

TEST_CASE("every command and option is in the completion of every shell", "[completion]") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    CAPTURE(shell);
    const std::string script = run({"completion", shell}).out;
    for (const char* word : {"serve", "check-config", "http.port", "follow", "ndjson", "settings.md"})
      CHECK_THAT(script, Catch::Contains(word));
  }
}
