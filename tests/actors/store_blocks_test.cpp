// SPDX-License-Identifier: MIT
// Counts and single events whose rows are in segments.
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/store_fixture.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace logstream::test {
namespace {

using count_rows = std::vector<std::pair<std::string, std::uint64_t>>;

std::optional<result<count_table>> count(store_fixture& with, timestamp from, timestamp to,
                                         count_by by = count_by::level) {
  auto what = std::make_shared<count_request>();
  what->by = by;
  what->filter.from = from;
  what->filter.to = to;
  return with.system.fetch<count_table>(with.store, atom::count_v, count_request_ptr{what});
}

std::optional<result<std::string>> get(store_fixture& with, const event_id& id) {
  return with.system.fetch<std::string>(with.store, atom::get_v, id);
}

bool failed(const auto& answer, errc code) {
  return answer && !answer->ok() && answer->failure().code == code;
}

// Ten events in a segment of the first shard, five in memory of the second.
void store_in_two_places(store_fixture& with) {
  with.append(0, make_row_of_events(0, 1, 10));
  with.seal(0);
  with.append(1, make_row_of_events(5, 1, 5));
}

TEST_CASE(
    "Counts hold for rows of segments and of memory, and over whole minutes no block is read for them") {
  store_fixture with{{}};
  store_in_two_places(with);
  constexpr timestamp end = nanoseconds_per_minute;
  CHECK((*count(with, 0, end))->rows == count_rows{{"INFO", 15}});
  CHECK((*count(with, 0, end, count_by::service))->rows == count_rows{{"api", 15}});
  CHECK((*count(with, 0, end, count_by::minute))->rows == count_rows{{"1970-01-01T00:00:00Z", 15}});
  CHECK(with.blocks.log->counts == 0);
}

TEST_CASE("Blocks with rows in a minute that is asked for in part are read, all by one message") {
  store_fixture with{{}};
  store_in_two_places(with);
  with.append(0, make_row_of_events(0, 1, 10));
  with.seal(0);
  CHECK((*count(with, 3, 7))->rows == count_rows{{"INFO", 4 + 4 + 2}});
  CHECK((*count(with, 3, 7, count_by::minute))->rows == count_rows{{"1970-01-01T00:00:00Z", 10}});
  CHECK(with.blocks.log->counts == 2);
}

TEST_CASE("A count whose blocks cannot be read is answered as io") {
  store_fixture with{{}};
  store_in_two_places(with);
  with.blocks.log->broken = true;
  CHECK(failed(count(with, 3, 7), errc::io));
}

TEST_CASE("A count whose blocks are not read in time is answered as io after twenty seconds") {
  store_fixture with{{}};
  store_in_two_places(with);
  with.blocks.log->silent = true;
  const auto table = std::make_shared<delivery<count_table>>();
  auto what = std::make_shared<count_request>();
  what->filter.from = 3;
  with.system.tell(with.store, atom::count_v, count_request_ptr{what}, answer_to(table));
  with.system.advance(std::chrono::seconds{19}, std::chrono::seconds{1});
  CHECK(table->times == 0);
  with.system.advance(std::chrono::seconds{2}, std::chrono::seconds{1});
  CHECK(table->failed(errc::io));
}

TEST_CASE("An event of a segment is found by its id") {
  store_fixture with{{}};
  store_in_two_places(with);
  const auto found = get(with, {7, {0, 0}, 7});
  REQUIRE((found && found->ok()));
  CHECK(nlohmann::json::parse(**found)["message"] == "event 7");
}

TEST_CASE("An id that no event of a segment has is not found, within its time and outside") {
  store_fixture with{{}};
  store_in_two_places(with);
  for (const event_id& id : {event_id{7, {0, 0}, 6}, event_id{7, {1, 0}, 7}, event_id{1'000, {0, 0}, 7}})
    CHECK(failed(get(with, id), errc::not_found));
}

TEST_CASE("An event whose block cannot be read is answered as io") {
  store_fixture with{{}};
  store_in_two_places(with);
  with.blocks.log->broken = true;
  CHECK(failed(get(with, {7, {0, 0}, 7}), errc::io));
}

TEST_CASE("Figures tell of segments") {
  store_fixture with{{}};
  store_in_two_places(with);
  const store_figures figures = with.figures();
  CHECK(figures.events == 15);
  CHECK(figures.segments == 1);
  CHECK(figures.disk_bytes == with.data[0]->figures().disk_bytes);
  CHECK(figures.disk_bytes > 0);
}

}  // namespace
}  // namespace logstream::test
