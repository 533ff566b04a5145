// SPDX-License-Identifier: MIT
// One query from snapshot to last piece, and every way in which it can end.
#include "actors/log_reader.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/reader_fixture.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

using std::chrono::seconds;

TEST_CASE("A query is answered with the newest events of all shards first, up to its limit") {
  reader_fixture with;
  with.store(10);
  with.start(limited(3));
  REQUIRE(with.log->complete);
  const auto answer = with.answer();
  CHECK(answer["count"] == 3);
  CHECK(answer["logs"][0]["timestamp"] == "1970-01-01T00:00:00.000000009Z");
  CHECK(answer["logs"][1]["timestamp"] == "1970-01-01T00:00:00.000000008Z");
  CHECK(answer["logs"][2]["timestamp"] == "1970-01-01T00:00:00.000000007Z");
  CHECK(with.reader_has_ended());
}

TEST_CASE("A next cursor is given when there is more, and leads to it") {
  reader_fixture with;
  with.store(5);
  with.start(limited(3));
  const auto first = with.answer();
  REQUIRE(first["next_cursor"].is_string());
  CHECK(first["next_cursor"] == first["logs"][2]["id"]);

  with.log = std::make_shared<sink_log>();
  log_query next = limited(3);
  next.after = parse_event_id(first["next_cursor"].get<std::string>());
  with.start(next);
  const auto second = with.answer();
  CHECK(second["count"] == 2);
  CHECK(second["logs"][0]["timestamp"] == "1970-01-01T00:00:00.000000001Z");
  CHECK(second["next_cursor"].is_null());
}

TEST_CASE("No next cursor is given when the limit takes exactly all") {
  reader_fixture with;
  with.store(3);
  with.start(limited(3));
  CHECK(with.answer()["count"] == 3);
  CHECK(with.answer()["next_cursor"].is_null());
}

TEST_CASE("A query that finds nothing is answered with an empty list") {
  reader_fixture with;
  with.start({});
  CHECK(with.log->text() == R"({"logs":[],"count":0,"next_cursor":null})");
  CHECK(with.reader_has_ended());
}

TEST_CASE("Oldest first is answered oldest first") {
  reader_fixture with;
  with.store(4);
  log_query query = limited(2);
  query.order = time_order::oldest_first;
  with.start(query);
  CHECK(with.answer()["logs"][0]["timestamp"] == "1970-01-01T00:00:00Z");
}

TEST_CASE("A large answer comes in pieces, each only when it was asked for, and none is lost") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many), row_format::ndjson);
  std::size_t pieces = 1;
  while (!with.log->complete) {
    REQUIRE(with.log->pieces.size() == pieces);
    with.system.advance(seconds{1}, seconds{1});
    REQUIRE(with.log->pieces.size() == pieces);
    with.pull();
    ++pieces;
  }
  CHECK(pieces > 4);
  const std::string text = with.log->text();
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == many);
  for (const std::string& each : with.log->pieces) CHECK(each.size() < budget::answer_piece + 1000);
  CHECK(with.reader_has_ended());
}

TEST_CASE("What arrives while an answer is read is not in it") {
  reader_fixture with;
  with.store(many);
  log_query query = limited(10 * many);
  query.order = time_order::oldest_first;
  with.start(query, row_format::ndjson);
  with.append(0, make_row_of_events(1'000'000'000, 1, 100));
  with.pull_all();
  const std::string text = with.log->text();
  CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == many);
}

TEST_CASE("A search that finds little in much gives way and still ends") {
  reader_fixture with;
  with.store(200'000);
  log_query query = limited(10);
  query.filter.contains = "event 99999";
  with.start(query);
  CHECK(with.answer()["count"] == 2);
}

TEST_CASE("A reader that is cancelled between pieces ends and writes no more") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many));
  REQUIRE(with.log->pieces.size() == 1);
  with.system.tell(with.log->reader, atom::cancel_v);
  CHECK(with.reader_has_ended());
  CHECK_FALSE(with.log->complete);
  CHECK_FALSE(with.log->failure);
  CHECK(with.log->pieces.size() == 1);
}

TEST_CASE("A pull behind a cancel is not answered") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many));
  caf::anon_send(with.log->reader, atom::cancel_v);
  caf::anon_send(with.log->reader, atom::pull_v);
  with.system.run();
  CHECK(with.log->pieces.size() == 1);
}

TEST_CASE("A reader that does not pull gets a timeout at the deadline and not before") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many));
  with.system.advance(std::chrono::milliseconds{29'900});
  CHECK_FALSE(with.log->failure);
  with.system.advance(std::chrono::milliseconds{200});
  CHECK(with.log->failed(errc::timeout));
  CHECK(with.reader_has_ended());
}

TEST_CASE("A reader that has ended is not held by its timer for the whole of the deadline") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many));
  const caf::actor_addr ended = with.log->reader.address();
  with.system.tell(with.log->reader, atom::cancel_v);
  with.system.advance(seconds{2});
  CHECK(caf::actor_cast<caf::strong_actor_ptr>(ended) == nullptr);
}

TEST_CASE("A dead shard is answered as unavailable at once") {
  reader_fixture with;
  with.store(10);
  caf::anon_send_exit(with.shards[1], caf::exit_reason::kill);
  with.system.run();
  --with.others;
  with.start({});
  CHECK(with.log->failed(errc::unavailable));
  CHECK(with.log->pieces.empty());
  CHECK(with.reader_has_ended());
}

TEST_CASE("A shard that does not answer is answered as unavailable after five seconds") {
  reader_fixture with;
  with.shards[0] = with.system.keep(spawn_silent_shard(with.system.actors()));
  with.system.run();
  with.others = with.system.actors().registry().running();
  with.start({});
  with.system.advance(std::chrono::milliseconds{5'100});
  CHECK(with.log->failed(errc::unavailable));
  CHECK(with.reader_has_ended());
}

TEST_CASE("A reader that is killed drops its sink, so that the asker hears of it") {
  reader_fixture with;
  with.store(many);
  with.start(limited(many));
  caf::anon_send_exit(with.log->reader, caf::exit_reason::kill);
  with.system.run();
  CHECK(with.log->dropped);
  CHECK_FALSE(with.log->complete);
}

}  // namespace
}  // namespace logstream::test
