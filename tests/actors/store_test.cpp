// SPDX-License-Identifier: MIT
// Questions to the store: queries, single events, counts, figures.
#include "actors/store.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/requests.hpp"
#include "tests/actors/support/store_fixture.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace logstream::test {
namespace {

using std::chrono::seconds;
using count_rows = std::vector<std::pair<std::string, std::uint64_t>>;

std::optional<result<count_table>> count(store_fixture& with, count_by by, const row_filter& filter = {}) {
  auto what = std::make_shared<count_request>();
  what->by = by;
  what->filter = filter;
  return with.system.fetch<count_table>(with.store, atom::count_v, count_request_ptr{what});
}

bool failed(const auto& answer, errc code) {
  return answer && !answer->ok() && answer->failure().code == code;
}

TEST_CASE("A query sees every event that was handed to a shard before it came") {
  store_fixture with{{}};
  with.hand(0, make_batch_at(1, 2));
  with.hand(1, make_batch_at(2, 3));
  const auto log = with.query();
  REQUIRE(log->complete);
  CHECK(nlohmann::json::parse(log->text())["count"] == 5);
}

TEST_CASE("A store that knows no shards yet answers everybody as unavailable") {
  test_system system;
  const auto store = system.keep(spawn_store(system.actors(), {}));
  const auto log = std::make_shared<sink_log>();
  system.tell(store, make_log_request(log));
  CHECK(log->failed(errc::unavailable));
  CHECK(failed(system.fetch<std::string>(store, atom::get_v, event_id{}), errc::unavailable));
  CHECK(failed(system.fetch<count_table>(store, atom::count_v,
                                         count_request_ptr{std::make_shared<const count_request>()}),
               errc::unavailable));
  const auto figures = ask_later<store_figures>(system.actors(), store, atom::stats_v);
  system.run();
  CHECK(figures->failure.has_value());
}

TEST_CASE("One query more than may run is refused as overload, and taken when one has ended") {
  store_settings settings;
  settings.max_queries = 2;
  store_fixture with{settings};
  // Nobody pulls the second piece, so that the readers stay.
  with.append(0, make_row_of_events(0, 1, 5'000));
  log_query large;
  large.limit = 5'000;
  const auto first = with.query(large);
  const auto second = with.query(large);
  REQUIRE_FALSE(first->complete);
  CHECK(with.query(large)->failed(errc::overloaded));

  with.system.tell(second->reader, atom::cancel_v);
  CHECK(with.query()->complete);
}

TEST_CASE("Queries that end give their places back, however they end") {
  store_settings settings;
  settings.max_queries = 1;
  store_fixture with{settings};
  with.append(0, make_row_of_events(0, 1, 5'000));
  log_query large;
  large.limit = 5'000;
  CHECK(with.query()->complete);
  const auto expires = with.query(large);
  with.system.advance(seconds{31}, seconds{1});
  CHECK(expires->failed(errc::timeout));
  const auto killed = with.query(large);
  caf::anon_send_exit(killed->reader, caf::exit_reason::kill);
  with.system.run();
  CHECK(with.query()->complete);
  CHECK(with.figures().queries == 4);
  CHECK(with.figures().running_queries == 0);
}

TEST_CASE("A store that is told to end ends its queries, and their sinks hear of it") {
  store_fixture with{{}};
  with.append(0, make_row_of_events(0, 1, 5'000));
  log_query large;
  large.limit = 5'000;
  const auto log = with.query(large);
  REQUIRE_FALSE(log->complete);
  caf::anon_send_exit(with.store, caf::exit_reason::user_shutdown);
  with.system.run();
  CHECK(log->dropped);
}

TEST_CASE("A query goes on when the store that began it dies") {
  store_fixture with{{}};
  with.append(0, make_row_of_events(0, 1, 5'000));
  log_query large;
  large.limit = 5'000;
  const auto log = with.query(large);
  caf::anon_send_exit(with.store, caf::exit_reason::kill);
  with.system.run();
  while (!log->complete) {
    REQUIRE(log->reader);
    with.system.tell(log->reader, atom::pull_v);
  }
  CHECK(nlohmann::json::parse(log->text())["count"] == 5'000);
}

TEST_CASE("An event is found by its id") {
  store_fixture with{{}};
  with.append(0, make_batch({make_event(7, "other"), make_event(8, "other")}));
  with.append(1, make_batch({make_event(7, "wanted"), make_event(7, "neighbour")}));
  const auto found = with.system.fetch<std::string>(with.store, atom::get_v, event_id{7, {0, 1}, 0});
  REQUIRE((found && found->ok()));
  const auto event = nlohmann::json::parse(**found);
  CHECK(event["message"] == "wanted");
  CHECK(event["id"] == to_string(event_id{7, {0, 1}, 0}));
}

TEST_CASE("An id that no event has is not found, at either end of time as well") {
  store_fixture with{{}};
  with.append(0, make_batch_at(7, 1));
  for (const event_id& id : {event_id{7, {0, 0}, 1}, event_id{7, {1, 0}, 0}, event_id{8, {0, 0}, 0},
                             event_id{std::numeric_limits<timestamp>::max(), {0, 0}, 0},
                             event_id{std::numeric_limits<timestamp>::min(), {0, 0}, 0}})
    CHECK(failed(with.system.fetch<std::string>(with.store, atom::get_v, id), errc::not_found));
}

TEST_CASE("An event at the last moment there is is found by its id") {
  store_fixture with{{}};
  constexpr auto last = std::numeric_limits<timestamp>::max();
  with.append(0, make_batch_at(last, 1));
  const auto found = with.system.fetch<std::string>(with.store, atom::get_v, event_id{last, {0, 0}, 0});
  REQUIRE(found);
  CHECK(found->ok());
}

TEST_CASE("Counts are summed over shards: levels most severe first, services by name, minutes oldest first") {
  store_fixture with{{}};
  with.append(0, make_batch({make_event(0, "x", level::info, "b"), make_event(1, "x", level::error, "a")}));
  with.append(1, make_batch({make_event(nanoseconds_per_minute, "x", level::error, "c"),
                             make_event(2, "x", level::critical, "b")}));
  CHECK((*count(with, count_by::level))->rows == count_rows{{"CRITICAL", 1}, {"ERROR", 2}, {"INFO", 1}});
  CHECK((*count(with, count_by::service))->rows == count_rows{{"a", 1}, {"b", 2}, {"c", 1}});
  CHECK((*count(with, count_by::minute))->rows ==
        count_rows{{"1970-01-01T00:00:00Z", 3}, {"1970-01-01T00:01:00Z", 1}});
}

TEST_CASE("Counts hold for the time and the levels asked for") {
  store_fixture with{{}};
  with.append(0, make_row_of_events(0, 1, 10));
  row_filter filter;
  filter.from = 3;
  filter.to = 7;
  CHECK((*count(with, count_by::level, filter))->rows == count_rows{{"INFO", 4}});
  filter.levels = {};
  CHECK((*count(with, count_by::level, filter))->rows.empty());
}

TEST_CASE("Counts by content are refused as invalid") {
  store_fixture with{{}};
  row_filter filter;
  filter.contains = "x";
  CHECK(failed(count(with, count_by::level, filter), errc::invalid));
}

TEST_CASE("A dead shard makes every answer unavailable, at once and once") {
  store_fixture with{{}};
  with.append(0, make_batch_at(1, 2));
  with.kill_shard(1);
  CHECK(with.query()->failed(errc::unavailable));
  CHECK(failed(count(with, count_by::level), errc::unavailable));
  CHECK(failed(with.system.fetch<std::string>(with.store, atom::get_v, event_id{1, {0, 0}, 0}),
               errc::unavailable));
  CHECK_FALSE(with.system.ask<store_figures>(with.store, atom::stats_v).has_value());
}

TEST_CASE("A shard that does not answer makes a count unavailable after five seconds") {
  store_fixture with{{}};
  with.put_in_place_of_shard(1, with.system.keep(spawn_silent_shard(with.system.actors())));
  const auto what = count_request_ptr{std::make_shared<const count_request>()};
  auto answered = std::make_shared<std::optional<result<count_table>>>();
  with.system.tell(
      with.store, atom::count_v, what,
      make_answer<count_table>([answered](result<count_table> got) { *answered = std::move(got); }));
  with.system.advance(seconds{4}, seconds{1});
  CHECK_FALSE(answered->has_value());
  with.system.advance(seconds{2}, seconds{1});
  CHECK(failed(*answered, errc::unavailable));
}

TEST_CASE("A shard that was restarted answers again once the store knows it") {
  store_fixture with{{}};
  with.append(1, make_batch_at(1, 2));
  with.kill_shard(1);
  with.put_in_place_of_shard(1, with.start_shard(1));
  CHECK(with.figures().events == 2);
}

TEST_CASE("Figures are the sums of all shards") {
  store_fixture with{{}};
  with.append(0, make_batch_at(1, 2));
  with.append(1, make_batch({make_event(1, "x", level::error)}));
  const store_figures figures = with.figures();
  CHECK(figures.events == 3);
  CHECK(figures.batches == 2);
  CHECK(figures.bytes == with.data[0]->figures().bytes + with.data[1]->figures().bytes);
  CHECK(figures.live_bytes == figures.bytes);
  CHECK(figures.by_level[static_cast<std::size_t>(level::info)] == 2);
  CHECK(figures.by_level[static_cast<std::size_t>(level::error)] == 1);
}

}  // namespace
}  // namespace logstream::test
