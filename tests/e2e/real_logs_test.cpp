// SPDX-License-Identifier: MIT
// Logs of ten real systems, sent with the command line, come back as a plain scan of the files says.
#include "tests/e2e/support/real_command.hpp"
#include "tests/e2e/support/real_log.hpp"
#include "tests/e2e/support/server_process.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>

using namespace logstream::test;

namespace {

using lines = std::vector<real_line>;
using condition = std::function<bool(const real_line&)>;

const std::vector<std::string> all_levels{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "CRITICAL", "UNKNOWN"};

/// A server that was sent all the files, and what it must hold for each.
struct sent_logs {
  server_process server;
  std::map<std::string, lines> scanned;

  sent_logs() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    for (const std::string& name : real_log_names()) {
      INFO(name);
      scanned[name] = scan_real_log(name, std::chrono::duration_cast<std::chrono::seconds>(now).count());
      REQUIRE(scanned[name].size() == 2'000);
      REQUIRE(run_command({"send", "--url", server.url(), "--quiet", real_log_path(name)}).status == 0);
    }
  }

  lines query(const std::string& parameters) const {
    return lines_of(server.get_json("/logs?limit=100000&order=asc" + parameters));
  }

  static lines lines_of(const nlohmann::json& page) {
    lines out;
    for (const nlohmann::json& each : page.at("logs"))
      out.push_back(
          {read_utc(each.at("timestamp").get<std::string>()), each.at("level"), each.at("message")});
    REQUIRE(page.at("count") == out.size());
    return out;
  }
};

/// The server with all files; nothing, after a loud word, where the files are not.
std::optional<sent_logs> send_real_logs() {
  if (!real_log_folder().empty())
    return std::optional<sent_logs>{std::in_place};
  WARN("SKIPPED: the sample logs are not beside this checkout, nothing was compared");
  return std::nullopt;
}

lines matching(const lines& all, const condition& holds) {
  lines out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), holds);
  return out;
}

condition of_level(const std::string& level) {
  return [level](const real_line& each) { return each.level == level; };
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

void compare(const std::vector<std::int64_t>& expected, const std::vector<std::int64_t>& got) {
  REQUIRE(got.size() == expected.size());
  const auto [one, other] = std::mismatch(expected.begin(), expected.end(), got.begin());
  INFO("the first difference is in line " << one - expected.begin());
  REQUIRE(one == expected.end());
}

/// Line for line: each time in its place, and the lines of each level in their order. Only the order of
/// levels among events of one instant is nobody's promise.
void compare(const lines& expected, const lines& got) {
  const auto times = [](const lines& of) {
    std::vector<std::int64_t> out;
    for (const real_line& each : of) out.push_back(each.time);
    return out;
  };
  compare(times(expected), times(got));
  for (const std::string& level : all_levels) {
    const lines wanted = matching(expected, of_level(level));
    const lines found = matching(got, of_level(level));
    INFO("level " << level);
    REQUIRE(found.size() == wanted.size());
    const auto [one, other] = std::mismatch(wanted.begin(), wanted.end(), found.begin());
    if (one != wanted.end())
      FAIL("line " << one - wanted.begin() << " is\n" << other->message << "\nand not\n" << one->message);
  }
}

std::string service_parameter(const std::string& name) {
  return "&service=" + name;
}

std::string time_range(std::int64_t from, std::int64_t to) {
  return "&from=" + utc_text(from) + "&to=" + utc_text(to);
}

/// What the text command prints, taken apart: time, level, service, message.
lines printed_lines(const std::string& text, const std::string& service) {
  lines out;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    real_line made;
    std::istringstream parts{line};
    std::string time;
    std::string name;
    parts >> time >> made.level >> name;
    made.time = read_utc(time);
    parts.get();
    std::getline(parts, made.message);
    REQUIRE(name == service);
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace

TEST_CASE("every line of a real log comes back in the order of time with the level it names") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const auto& [name, expected] : sent->scanned) {
    INFO(name);
    compare(expected, sent->query(service_parameter(name)));
  }
  CHECK(sent->query("").size() == 2'000 * sent->scanned.size());
}

TEST_CASE("a real log's lines of a level are those that a scan finds, and are counted so") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const auto& [name, expected] : sent->scanned) {
    nlohmann::json counts = nlohmann::json::object();
    for (const std::string& level : all_levels) {
      INFO(name << " " << level);
      const lines wanted = matching(expected, of_level(level));
      // Of one level the order is the file's to the last line.
      REQUIRE(sent->query(service_parameter(name) + "&level=" + lower(level)) == wanted);
      if (!wanted.empty())
        counts[level] = wanted.size();
    }
    INFO(name);
    CHECK(sent->server.get_json("/logs/count?by=level&service=" + name).at("counts") == counts);
  }
}

TEST_CASE("a time range of a real log begins at its first instant and ends before its last") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const auto& [name, all] : sent->scanned) {
    INFO(name);
    const std::int64_t quarter = all[all.size() / 4].time;
    const std::int64_t half = all[all.size() / 2].time;
    const std::int64_t end = all[all.size() * 3 / 4].time;
    const auto within = [](std::int64_t from, std::int64_t to) {
      return [from, to](const real_line& each) { return each.time >= from && each.time < to; };
    };
    compare(matching(all, within(quarter, end)),
            sent->query(service_parameter(name) + time_range(quarter, end)));
    constexpr std::int64_t millisecond = 1'000'000;
    const lines instant = matching(all, within(half, half + millisecond));
    REQUIRE_FALSE(instant.empty());
    compare(instant, sent->query(service_parameter(name) + time_range(half, half + millisecond)));
    REQUIRE(sent->query(service_parameter(name) + time_range(half, half)).empty());
  }
}

TEST_CASE("two services together are the lines of both, by time") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  lines both = sent->scanned.at("Hadoop");
  const lines& other = sent->scanned.at("Zookeeper");
  both.insert(both.end(), other.begin(), other.end());
  std::stable_sort(both.begin(), both.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  compare(both, sent->query("&service=Hadoop&service=Zookeeper"));
}

TEST_CASE("a substring of real messages is found wherever a scan finds it, in any case or in its own") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const std::string text :
       {"Connection", "FAILED", "block", "10.2", "=", "e", ": ", "no line says this"})
    for (const auto& [name, all] : sent->scanned) {
      INFO(name << ": " << text);
      const auto in_any_case = [&](const real_line& each) {
        return lower(each.message).find(lower(text)) != std::string::npos;
      };
      const auto in_its_case = [&](const real_line& each) {
        return each.message.find(text) != std::string::npos;
      };
      const std::string asked = service_parameter(name) + "&q=" + encoded(text);
      compare(matching(all, in_any_case), sent->query(asked));
      compare(matching(all, in_its_case), sent->query(asked + "&case=sensitive"));
    }
}

TEST_CASE("level, time and substring hold together, newest first as well") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const auto& [name, all] : sent->scanned) {
    const std::int64_t from = all[all.size() / 8].time;
    const std::int64_t to = all[all.size() * 7 / 8].time;
    const std::set<std::string> levels{all.front().level, all[all.size() / 2].level};
    const lines wanted = matching(all, [&](const real_line& each) {
      return each.time >= from && each.time < to && levels.count(each.level) != 0 &&
             lower(each.message).find("re") != std::string::npos;
    });
    std::string asked = service_parameter(name) + time_range(from, to) + "&q=RE";
    for (const std::string& level : levels) asked += "&level=" + level;
    INFO(name);
    compare(wanted, sent->query(asked));
    lines newest_first = sent->lines_of(sent->server.get_json("/logs?limit=100000&order=desc" + asked));
    std::reverse(newest_first.begin(), newest_first.end());
    compare(wanted, newest_first);
  }
}

TEST_CASE("pages of a real log, put together, are the log") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  for (const auto& [name, expected] : sent->scanned) {
    INFO(name);
    lines got;
    std::string cursor;
    do {
      const nlohmann::json page =
          sent->server.get_json("/logs?limit=333&order=asc" + service_parameter(name) + cursor);
      const lines part = sent->lines_of(page);
      REQUIRE(part.size() <= 333);
      got.insert(got.end(), part.begin(), part.end());
      const nlohmann::json& next = page.at("next_cursor");
      cursor = next.is_null() ? std::string{} : "&cursor=" + next.get<std::string>();
    } while (!cursor.empty() && got.size() <= expected.size());
    compare(expected, got);
  }
}

TEST_CASE("the query command prints a real log as a scan finds it") {
  const auto sent = send_real_logs();
  if (!sent)
    return;
  const std::string name = "Hadoop";
  const lines& all = sent->scanned.at(name);
  const std::vector<std::string> query{"query",   "--url", sent->server.url(), "--service", name,
                                       "--order", "asc",   "--limit",          "5000"};

  const command_outcome whole = run_command(query);
  CHECK(whole.status == 0);
  compare(all, printed_lines(whole.out, name));

  std::vector<std::string> narrow = query;
  narrow.insert(narrow.end(), {"--level", "error", "--contains", "CONTAINER"});
  const command_outcome found = run_command(narrow);
  CHECK(found.status == 0);
  std::string expected;
  for (const real_line& each : all)
    if (each.level == "ERROR" && lower(each.message).find("container") != std::string::npos)
      expected += utc_text(each.time) + " ERROR    Hadoop " + each.message + '\n';
  REQUIRE_FALSE(expected.empty());
  CHECK(found.out == expected);
}
