// SPDX-License-Identifier: MIT
// The reader of plain lines over whole files of real systems, where these are at hand.
#include "engine/wire/plain_line.hpp"
#include "engine/wire/time_text.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

using namespace logstream;

namespace {

/// LOGSTREAM_DATA, or the folder beside the repository that holds the Loghub samples; tests run in the
/// repository root.
std::filesystem::path collection() {
  const char* told = std::getenv("LOGSTREAM_DATA");
  return told != nullptr ? std::filesystem::path{told} / "loghub"
                         : std::filesystem::path{"../shared/data/loghub"};
}

struct expected_file {
  const char* name;
  int lines;
  const char* first;
  std::map<std::string, int> levels;
};

}  // namespace

TEST_CASE("every line of the collected files has its time, and its level where the format has one",
          "[plain_line]") {
  if (!std::filesystem::exists(collection())) {
    WARN("the Loghub samples are not at " << collection() << ": nothing was tested");
    return;
  }
  // The counts of levels are those of, for example, awk '{print $4}' HDFS.log | sort | uniq -c
  const auto file = GENERATE(values<expected_file>({
      {"Apache.log", 2000, "2005-12-04T04:47:44Z", {{"INFO", 1405}, {"ERROR", 595}}},
      {"HDFS.log", 2000, "2008-11-09T20:36:15Z", {{"INFO", 1920}, {"WARN", 80}}},
      {"HPC.log", 2000, "2004-02-26T14:12:22Z", {{"", 2000}}},
      {"Hadoop.log",
       2000,
       "2015-10-18T18:01:47.978Z",
       {{"INFO", 1040}, {"WARN", 808}, {"ERROR", 150}, {"CRITICAL", 2}}},
      {"HealthApp.log", 2000, "2017-12-23T22:15:29.606Z", {{"", 2000}}},
      {"Linux.log", 2000, "2024-06-14T15:16:01Z", {{"", 1998}, {"WARN", 2}}},
      {"OpenSSH.log", 2000, "2024-12-10T06:55:46Z", {{"", 1952}, {"ERROR", 47}, {"CRITICAL", 1}}},
      {"Proxifier.log", 2000, "2024-10-30T16:49:06Z", {{"", 2000}}},
      {"Spark.log", 2000, "2017-06-09T20:10:40Z", {{"INFO", 2000}}},
      {"Zookeeper.log", 2000, "2015-07-29T17:41:44.747Z", {{"INFO", 669}, {"WARN", 1318}, {"ERROR", 13}}},
  }));
  CAPTURE(file.name);
  const timestamp now = *parse_rfc3339("2025-03-01T00:00:00Z");
  std::ifstream in{collection() / file.name};
  std::map<std::string, int> levels;
  std::string first;
  int lines = 0;
  for (std::string line; std::getline(in, line); ++lines) {
    const plain_line read = read_plain_line(line, now);
    if (!read.time)
      FAIL("no time in: " << line);
    if (lines == 0)
      first = format_rfc3339(*read.time);
    ++levels[read.lvl ? std::string{to_string(*read.lvl)} : ""];
  }
  CHECK(lines == file.lines);
  CHECK(first == file.first);
  CHECK(levels == file.levels);
}
