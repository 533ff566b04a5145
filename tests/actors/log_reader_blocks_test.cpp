// SPDX-License-Identifier: MIT
// Queries whose rows are in segments.
#include "actors/log_reader.hpp"
#include "tests/actors/support/reader_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace logstream::test {
namespace {

using std::chrono::seconds;

// Times of the events that were answered, in nanoseconds: those of these tests are below a thousand.
std::vector<int> times_of(const nlohmann::json& answer) {
  std::vector<int> times;
  for (const auto& each : answer["logs"]) {
    const auto text = each["timestamp"].get<std::string>();
    times.push_back(text.ends_with("00Z") ? 0 : std::stoi(text.substr(text.size() - 4, 3)));
  }
  return times;
}

// Events at 0, 3, 6, ... in one segment, at 1, 4, 7, ... in another one, at 2, 5, 8, ... in memory.
void store_in_three_places(reader_fixture& with) {
  with.append(0, make_row_of_events(0, 3, 10));
  with.append(1, make_row_of_events(1, 3, 10));
  with.seal_all();
  with.append(0, make_row_of_events(2, 3, 10));
}

TEST_CASE("Rows of segments and of memory are answered in one order, each once") {
  const auto order = GENERATE(time_order::newest_first, time_order::oldest_first);
  reader_fixture with;
  store_in_three_places(with);
  log_query query = limited(100);
  query.order = order;
  with.start(query);
  REQUIRE(with.log->complete);
  auto times = times_of(with.answer());
  if (order == time_order::newest_first)
    std::reverse(times.begin(), times.end());
  REQUIRE(times.size() == 30);
  for (int i = 0; i < 30; ++i) CHECK(times[static_cast<std::size_t>(i)] == i);
  CHECK(with.reader_has_ended());
}

TEST_CASE("A cursor leads from the rows of one place to those of another") {
  reader_fixture with;
  store_in_three_places(with);
  std::vector<int> all;
  log_query query = limited(7);
  for (int page = 0; page < 5; ++page) {
    with.log = std::make_shared<sink_log>();
    with.start(query);
    REQUIRE(with.log->complete);
    const auto answer = with.answer();
    const auto times = times_of(answer);
    all.insert(all.end(), times.begin(), times.end());
    if (answer["next_cursor"].is_null())
      break;
    query.after = parse_event_id(answer["next_cursor"].get<std::string>());
  }
  REQUIRE(all.size() == 30);
  for (int i = 0; i < 30; ++i) CHECK(all[static_cast<std::size_t>(i)] == 29 - i);
}

TEST_CASE("Blocks are not read for rows that memory has") {
  reader_fixture with;
  with.append(0, make_row_of_events(0, 1, 10));
  with.seal_all();
  with.append(1, make_row_of_events(100, 1, 10));
  with.start(limited(5));
  CHECK(with.answer()["count"] == 5);
  CHECK(with.blocks.log->blocks.empty());
}

TEST_CASE("A large answer out of many segments comes in pieces, and none is lost") {
  reader_fixture with;
  for (int i = 0; i < 20; ++i) {
    with.append(0, make_row_of_events(1'000 * i, 1, many / 20));
    with.seal_all();
  }
  with.start(limited(many), row_format::ndjson);
  CHECK_FALSE(with.log->complete);
  with.pull_all();
  REQUIRE(with.log->complete);
  const std::string text = with.log->text();
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == many / 20 * 20);
  CHECK(with.log->pieces.size() > 4);
  CHECK(with.blocks.log->blocks.size() == 20);
  CHECK(with.reader_has_ended());
}

TEST_CASE("A block that cannot be read fails the query before anything was written") {
  reader_fixture with;
  store_in_three_places(with);
  with.blocks.log->broken = true;
  with.start(limited(100));
  CHECK(with.log->failed(errc::io));
  CHECK(with.log->pieces.empty());
  CHECK(with.reader_has_ended());
}

TEST_CASE("A block that cannot be read fails a query that is half answered") {
  reader_fixture with;
  with.append(0, make_row_of_events(0, 1, 10));
  with.seal_all();
  with.append(1, make_row_of_events(1'000, 1, many));
  with.blocks.log->broken = true;
  with.start(limited(2 * many));
  REQUIRE_FALSE(with.log->failure);
  with.pull_all();
  CHECK(with.log->failed(errc::io));
  CHECK(with.reader_has_ended());
}

TEST_CASE("The deadline holds while blocks are read") {
  reader_fixture with;
  store_in_three_places(with);
  with.deadline = seconds{10};
  with.blocks.log->silent = true;
  with.start(limited(100));
  with.system.advance(std::chrono::milliseconds{9'900});
  CHECK_FALSE(with.log->failure);
  with.system.advance(std::chrono::milliseconds{200});
  CHECK(with.log->failed(errc::timeout));
  CHECK(with.reader_has_ended());
}

TEST_CASE("A dead store of blocks fails the query at once") {
  reader_fixture with;
  store_in_three_places(with);
  caf::anon_send_exit(with.blocks.actor, caf::exit_reason::kill);
  with.system.run();
  // It and its reader.
  with.others -= 2;
  with.start(limited(100));
  CHECK(with.log->failed(errc::io));
  CHECK(with.reader_has_ended());
}

TEST_CASE("A reader that is cancelled while blocks are read ends at once") {
  reader_fixture with;
  with.append(0, make_row_of_events(0, 1, 10));
  with.seal_all();
  with.append(1, make_row_of_events(1'000, 1, many));
  with.blocks.log->silent = true;
  with.start(limited(2 * many));
  while (with.blocks.log->blocks.empty()) with.pull();
  with.system.tell(with.log->reader, atom::cancel_v);
  CHECK(with.reader_has_ended());
  CHECK_FALSE(with.log->failure);
}

}  // namespace
}  // namespace logstream::test
