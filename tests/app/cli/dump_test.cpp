// SPDX-License-Identifier: MIT
// What is said of files that were once written, which do not change.
#include "app/cli/dump.hpp"

#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

const std::string written = "tests/engine/store/golden/";

struct outcome {
  exit_code status = exit_code::ok;
  std::string out;
  std::string err;
};

outcome dump(const std::string& file, bool rows = false, bool json = false) {
  std::ostringstream out;
  std::ostringstream err;
  const exit_code status = run_dump({file, rows, json}, out, err);
  return {status, out.str(), err.str()};
}

std::string content_of(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::size_t lines_in(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a segment, a file of the log and a manifest are shown as they always were", "[dump]") {
  const std::string golden = "tests/app/cli/golden/";
  const outcome segment = dump(written + "segment-1.seg");
  CHECK(segment.status == exit_code::ok);
  CHECK(segment.out == content_of(golden + "dump-segment.txt"));
  CHECK(dump(written + "wal-1.log").out == content_of(golden + "dump-wal.txt"));
  CHECK(dump(written + "manifest-1").out == content_of(golden + "dump-manifest.txt"));
}

TEST_CASE("the columns of a segment add up to its file", "[dump]") {
  const auto document = nlohmann::json::parse(dump(written + "segment-1.seg", false, true).out);
  std::uint64_t columns = 0;
  std::uint64_t filters = 0;
  for (const auto& each : document["columns"]) {
    columns += each["bytes"].get<std::uint64_t>();
    filters += each["filter_bytes"].get<std::uint64_t>();
  }
  std::uint64_t blocks = 0;
  for (const auto& each : document["blocks"]) blocks += each["bytes"].get<std::uint64_t>();
  CHECK(columns == blocks);
  CHECK(filters == document["filter_bytes"]);
  CHECK(columns + filters < document["bytes"]);
}

TEST_CASE("rows are NDJSON, as many as there are events", "[dump]") {
  const outcome segment = dump(written + "segment-1.seg", true);
  CHECK(lines_in(segment.out) == 100);
  const auto first = nlohmann::json::parse(segment.out.substr(0, segment.out.find('\n')));
  CHECK(first["service"] == "api");
  const outcome log = dump(written + "wal-1.log", true);
  CHECK(log.status == exit_code::ok);
  CHECK(lines_in(log.out) ==
        nlohmann::json::parse(dump(written + "wal-1.log", false, true).out)["events"].get<std::uint64_t>());
  CHECK(dump(written + "manifest-1", true).status == exit_code::usage);
}

TEST_CASE("what is damaged is told of behind what is not", "[dump]") {
  const scratch_folder folder;
  std::string bytes = content_of(written + "segment-1.seg");
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  const outcome segment = dump(folder.write("segment", bytes));
  CHECK(segment.status == exit_code::failed);
  CHECK(segment.out.find("\ncolumns\n") != std::string::npos);
  CHECK(segment.err.find("the checksum is another") != std::string::npos);
  const outcome log = dump(folder.write("log", content_of(written + "wal-1.log") + "torn"));
  CHECK(log.status == exit_code::failed);
  CHECK(log.err.find("4 bytes hold no record") != std::string::npos);
}

TEST_CASE("what is none of these, is not there, or is cut is refused with a reason", "[dump]") {
  const scratch_folder folder;
  for (const std::string& path :
       {folder.write("text", "hello"), folder.write("empty", ""), folder.file("nothing"), folder.path(),
        folder.write("cut", content_of(written + "segment-1.seg").substr(0, 300))}) {
    INFO(path);
    const outcome refused = dump(path);
    CHECK(refused.status == exit_code::usage);
    CHECK(refused.out.empty());
    CHECK(refused.err.find(path) != std::string::npos);
  }
}
