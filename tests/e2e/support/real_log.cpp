// SPDX-License-Identifier: MIT
// One small reader for each of the ten formats.
#include "tests/e2e/support/real_log.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

namespace logstream::test {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t day_seconds = 86'400;

struct moment {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int seconds = 0;
  int millis = 0;
};

std::int64_t seconds_of(const moment& at) {
  const auto date = std::chrono::year{at.year} / at.month / at.day;
  return std::chrono::sys_days{date}.time_since_epoch().count() * day_seconds + at.hour * 3600 +
         at.minute * 60 + at.seconds;
}

std::int64_t nanoseconds_of(const moment& at) {
  return seconds_of(at) * second + at.millis * (second / 1000);
}

std::int64_t nanoseconds_without_year(moment at, std::int64_t now) {
  const auto today = std::chrono::sys_days{std::chrono::days{now / day_seconds}};
  at.year = static_cast<int>(std::chrono::year_month_day{today}.year()) + 1;
  while (seconds_of(at) > now + day_seconds) --at.year;
  return nanoseconds_of(at);
}

int month_of(const char* name) {
  static constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  return static_cast<int>(names.find(name) / 3) + 1;
}

/// What a format finds in a line: its time, and the word that names its level, if any. False if the line is
/// of another.
struct finding {
  std::int64_t time = 0;
  char word[16] = "";
};

bool read_apache(const char* line, std::int64_t, finding& out) {
  moment at;
  char month[4] = "";
  const int read = std::sscanf(line, "[%*3c %3s %d %d:%d:%d %d] [%15[a-z]]", month, &at.day, &at.hour,
                               &at.minute, &at.seconds, &at.year, out.word);
  at.month = month_of(month);
  out.time = nanoseconds_of(at);
  return read == 7;
}

bool read_hdfs(const char* line, std::int64_t, finding& out) {
  moment at;
  const int read = std::sscanf(line, "%2d%2d%2d %2d%2d%2d %*d %15[A-Z]", &at.year, &at.month, &at.day,
                               &at.hour, &at.minute, &at.seconds, out.word);
  at.year += 2000;
  out.time = nanoseconds_of(at);
  return read == 7;
}

bool read_hadoop(const char* line, std::int64_t, finding& out) {
  moment at;
  const int read = std::sscanf(line, "%4d-%2d-%2d %2d:%2d:%2d,%3d %15[A-Z]", &at.year, &at.month, &at.day,
                               &at.hour, &at.minute, &at.seconds, &at.millis, out.word);
  out.time = nanoseconds_of(at);
  return read == 8;
}

bool read_hpc(const char* line, std::int64_t, finding& out) {
  long long seconds = 0;
  const int read = std::sscanf(line, "%*d %*s %*s %*s %10lld ", &seconds);
  out.time = seconds * second;
  return read == 1;
}

bool read_health_app(const char* line, std::int64_t, finding& out) {
  moment at;
  const int read = std::sscanf(line, "%4d%2d%2d-%d:%d:%d:%d|", &at.year, &at.month, &at.day, &at.hour,
                               &at.minute, &at.seconds, &at.millis);
  out.time = nanoseconds_of(at);
  return read == 7;
}

bool read_syslog(const char* line, std::int64_t now, finding& out) {
  moment at;
  char month[4] = "";
  int tag = 0;
  const int read =
      std::sscanf(line, "%3s %d %d:%d:%d %*s%n", month, &at.day, &at.hour, &at.minute, &at.seconds, &tag);
  at.month = month_of(month);
  out.time = nanoseconds_without_year(at, now);
  char colon = 0;
  // A level stands only where the message begins, with a colon: `sshd[24200]: error: ...`.
  if (std::sscanf(line + tag, "%*[^:]: %15[a-z]%c", out.word, &colon) != 2 || colon != ':')
    out.word[0] = '\0';
  return read == 5;
}

bool read_proxifier(const char* line, std::int64_t now, finding& out) {
  moment at;
  const int read =
      std::sscanf(line, "[%2d.%2d %2d:%2d:%2d]", &at.month, &at.day, &at.hour, &at.minute, &at.seconds);
  out.time = nanoseconds_without_year(at, now);
  return read == 5;
}

bool read_spark(const char* line, std::int64_t, finding& out) {
  moment at;
  const int read = std::sscanf(line, "%2d/%2d/%2d %2d:%2d:%2d %15[A-Z]", &at.year, &at.month, &at.day,
                               &at.hour, &at.minute, &at.seconds, out.word);
  at.year += 2000;
  out.time = nanoseconds_of(at);
  return read == 7;
}

bool read_zookeeper(const char* line, std::int64_t, finding& out) {
  moment at;
  const int read = std::sscanf(line, "%4d-%2d-%2d %2d:%2d:%2d,%3d - %15[A-Z]", &at.year, &at.month, &at.day,
                               &at.hour, &at.minute, &at.seconds, &at.millis, out.word);
  out.time = nanoseconds_of(at);
  return read == 8;
}

using line_reader = bool(const char*, std::int64_t, finding&);

const std::map<std::string, line_reader*>& readers() {
  static const std::map<std::string, line_reader*> all{{"Apache", read_apache},
                                                       {"HDFS", read_hdfs},
                                                       {"HPC", read_hpc},
                                                       {"Hadoop", read_hadoop},
                                                       {"HealthApp", read_health_app},
                                                       {"Linux", read_syslog},
                                                       {"OpenSSH", read_syslog},
                                                       {"Proxifier", read_proxifier},
                                                       {"Spark", read_spark},
                                                       {"Zookeeper", read_zookeeper}};
  return all;
}

std::string level_of(const std::string& word) {
  static const std::map<std::string, std::string> levels{
      {"INFO", "INFO"},   {"notice", "INFO"}, {"WARN", "WARN"},      {"warning", "WARN"},
      {"ERROR", "ERROR"}, {"error", "ERROR"}, {"FATAL", "CRITICAL"}, {"fatal", "CRITICAL"}};
  const auto found = levels.find(word);
  return found == levels.end() ? "UNKNOWN" : found->second;
}

}  // namespace

const std::vector<std::string>& real_log_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const auto& [name, reader] : readers()) out.push_back(name);
    return out;
  }();
  return names;
}

std::string real_log_folder() {
  const std::string folder = "../shared/data/loghub";
  return std::filesystem::is_directory(folder) ? folder : std::string{};
}

std::string real_log_path(const std::string& name) {
  return real_log_folder() + "/" + name + ".log";
}

std::vector<real_line> scan_real_log(const std::string& name, std::int64_t now) {
  std::ifstream file(real_log_path(name), std::ios::binary);
  std::vector<real_line> out;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r'))
      line.pop_back();
    finding found;
    if (!readers().at(name)(line.c_str(), now, found))
      throw std::runtime_error(name + ": no such line is known: " + line);
    out.push_back({found.time, level_of(found.word), std::move(line)});
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  return out;
}

std::int64_t read_utc(std::string_view text) {
  moment at;
  const std::string copy{text};
  if (std::sscanf(copy.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &at.year, &at.month, &at.day, &at.hour, &at.minute,
                  &at.seconds) != 6 ||
      !copy.ends_with('Z'))
    throw std::runtime_error("no time: " + copy);
  std::int64_t fraction = 0;
  constexpr std::size_t point = 19;
  std::int64_t scale = second;
  for (std::size_t i = point + 1; i + 1 < copy.size(); ++i) fraction += (copy[i] - '0') * (scale /= 10);
  return nanoseconds_of(at) + fraction;
}

std::string utc_text(std::int64_t time) {
  const std::chrono::sys_seconds at{std::chrono::seconds{time / second}};
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss clock{at - midnight};
  char out[64];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  char millis[16] = "";
  if (time % second != 0)
    std::snprintf(millis, sizeof millis, ".%03d", static_cast<int>(time % second / 1'000'000));
  return std::string{out} + millis + "Z";
}

std::string encoded(std::string_view value) {
  std::string out;
  for (const char each : value) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(each)));
    out += code;
  }
  return out;
}

}  // namespace logstream::test
