// SPDX-License-Identifier: MIT
// Files read, followed, rotated and cut.
#include "app/cli/line_source.hpp"

#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

/// Takes what is there now.
std::vector<std::string> take_all(line_source& from) {
  std::vector<std::string> out;
  const auto drain = [&] {
    while (const auto line = from.next_line()) out.emplace_back(*line);
  };
  for (;;) {
    const source_state state = from.fill();
    drain();
    if (state != source_state::ready)
      return out;
  }
}

using lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a file is read to its end, its last line too without a line end", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", "one\n\ntwo\r\nthree"), false);
  REQUIRE(source.ok());
  CHECK(source->size() == 15);
  CHECK(take_all(*source) == lines{"one", "", "two\r", "three"});
  CHECK(source->fill() == source_state::ended);
}

TEST_CASE("an empty file has no lines", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", ""), false);
  REQUIRE(source.ok());
  CHECK(take_all(*source).empty());
}

TEST_CASE("what cannot be opened is an error that names it", "[send]") {
  const auto missing = line_source::open("does/not/exist", false);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.failure().message == "does/not/exist: cannot be opened: No such file or directory");
  const auto folder = line_source::open("tests", false);
  REQUIRE_FALSE(folder.ok());
  CHECK(folder.failure().message == "tests: is a folder");
}

TEST_CASE("a line longer than the bound is cut and the next one is whole", "[send]") {
  const scratch_folder folder;
  const std::string giant(line_source::longest_line + 300'000, 'x');
  auto source = line_source::open(folder.write("a.log", giant + "\nnext\n"), false);
  REQUIRE(source.ok());
  const lines read = take_all(*source);
  REQUIRE(read.size() == 2);
  CHECK(read[0].size() >= line_source::longest_line);
  CHECK(read[0].size() <= giant.size());
  CHECK(read[1] == "next");
}

TEST_CASE("a followed file goes on with what is appended and holds back an unfinished line", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", "one\ntw"), true);
  REQUIRE(source.ok());
  CHECK(take_all(*source) == lines{"one"});
  CHECK(source->fill() == source_state::idle);
  folder.append("a.log", "o\nthree\n");
  CHECK(take_all(*source) == lines{"two", "three"});
}

TEST_CASE("a followed file that is renamed is read to its end before its successor", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", "one\n"), true);
  REQUIRE(source.ok());
  CHECK(take_all(*source) == lines{"one"});
  std::filesystem::rename(folder.file("a.log"), folder.file("a.log.1"));
  CHECK(take_all(*source).empty());
  folder.append("a.log.1", "two\nthr");
  folder.write("a.log", "four\n");
  CHECK(take_all(*source) == lines{"two", "thr", "four"});
}

TEST_CASE("a followed file that is cut is read from its start", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", "one\ntwo\n"), true);
  REQUIRE(source.ok());
  CHECK(take_all(*source) == lines{"one", "two"});
  folder.write("a.log", "new\n");
  CHECK(take_all(*source) == lines{"new"});
}

TEST_CASE("a followed file that is finished gives its unfinished line", "[send]") {
  const scratch_folder folder;
  auto source = line_source::open(folder.write("a.log", "one\ntw"), true);
  REQUIRE(source.ok());
  CHECK(take_all(*source) == lines{"one"});
  source->finish();
  CHECK(source->next_line() == "tw");
  CHECK(source->fill() == source_state::ended);
}
