// SPDX-License-Identifier: MIT
// Reading batches: runs, cells, fields, ids.
#include "engine/model/batch.hpp"

#include "engine/model/labels.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::vector<std::string> messages(const batch& in) {
  std::vector<std::string> all;
  for (std::uint32_t row = 0; row < in.rows(); ++row) all.emplace_back(in.message(row));
  return all;
}

// 100 rows; all have `all`, the even ones `even`, row 7 alone `once`.
std::shared_ptr<batch> make_sparse_batch() {
  std::vector<event> events;
  for (int i = 0; i < 100; ++i) {
    events.push_back(make_event(i));
    events.back().fields.push_back({"all", std::to_string(i), true});
    if (i % 2 == 0)
      events.back().fields.push_back({"even", "yes " + std::to_string(i), i % 4 == 0});
    if (i == 7)
      events.back().fields.push_back({"once", "here", false});
  }
  return make_batch(events);
}

}  // namespace

TEST_CASE("rows of a batch are sorted by service, then level, then time") {
  const auto made = make_batch(std::vector{
      make_event(5, "web info 5", level::info, "web"), make_event(9, "api error 9", level::error, "api"),
      make_event(1, "api info 1", level::info, "api"), make_event(2, "api error 2", level::error, "api"),
      make_event(3, "web info 3", level::info, "web"), make_event(4, "none", level::info, "")});
  CHECK(messages(*made) == std::vector<std::string>{"none", "api info 1", "api error 2", "api error 9",
                                                    "web info 3", "web info 5"});
  CHECK(made->min_time() == 1);
  CHECK(made->max_time() == 9);
}

TEST_CASE("rows of one stream and one time keep the order in which they came") {
  const auto made = make_batch(
      std::vector{make_event(1, "a"), make_event(1, "b"), make_event(0, "first"), make_event(1, "c")});
  CHECK(messages(*made) == std::vector<std::string>{"first", "a", "b", "c"});
}

TEST_CASE("each run names its stream and the rows of it") {
  const auto made =
      make_batch(std::vector{make_event(1, "", level::warn, "web"), make_event(2, "", level::warn, "web"),
                             make_event(3, "", level::info, "api")});
  REQUIRE(made->runs().size() == 2);
  const stream_run& api = made->runs()[0];
  CHECK(api.service == "api");
  CHECK(label_value(api.labels, "service") == "api");
  CHECK(api.severity == level::info);
  CHECK(api.begin == 0);
  CHECK(api.rows() == 1);
  const stream_run& web = made->runs()[1];
  CHECK(web.service == "web");
  CHECK(web.begin == 1);
  CHECK(web.end == 3);
  CHECK(&made->run_of(0) == &api);
  CHECK(&made->run_of(1) == &web);
  CHECK(&made->run_of(2) == &web);
}

TEST_CASE("a field that every row has is a dense column, one that many have is a column with gaps") {
  const auto made = make_sparse_batch();
  const column* all = made->find_column("all");
  const column* even = made->find_column("even");
  REQUIRE(all != nullptr);
  REQUIRE(even != nullptr);
  CHECK(all->dense());
  CHECK_FALSE(even->dense());
  CHECK(all->count() == 100);
  CHECK(even->count() == 50);
  for (std::uint32_t row = 0; row < 100; ++row) {
    CHECK(all->at(row) == cell{std::to_string(row), true});
    const auto found = even->at(row);
    CHECK(found.has_value() == (row % 2 == 0));
    if (found)
      CHECK(*found == cell{"yes " + std::to_string(row), row % 4 == 0});
  }
}

TEST_CASE("a field that few rows have takes no column and is found all the same") {
  const auto made = make_sparse_batch();
  CHECK(made->find_column("once") == nullptr);
  CHECK(made->has_rest());
  CHECK(made->field_at(7, "once") == cell{"here", false});
  CHECK(made->field_at(8, "once") == std::nullopt);
  CHECK(made->field_at(7, "all") == cell{"7", true});
  CHECK(made->field_at(7, "nothing") == std::nullopt);
}

TEST_CASE("columns are sorted by name and found by it") {
  std::vector<event> events{make_event(1)};
  for (const char* name : {"b", "", "a.b", "a", "\xc3\xa9"}) events[0].fields.push_back({name, name, false});
  const auto made = make_batch(events);
  std::vector<std::string> names;
  for (const column& each : made->columns()) {
    names.emplace_back(each.name());
    CHECK(made->find_column(each.name()) == &each);
  }
  CHECK(names == std::vector<std::string>{"", "a", "a.b", "b", "\xc3\xa9"});
  CHECK(made->find_column("c") == nullptr);
}

TEST_CASE("a column's texts lie end to end") {
  const auto made = make_batch(std::vector{make_event(1, "one"), make_event(2, ""), make_event(3, "three")});
  CHECK(made->messages().bytes() == "onethree");
  CHECK(made->messages().ends()[0] == 3);
  CHECK(made->messages().ends()[1] == 3);
  CHECK(made->messages().ends()[2] == 8);
}

TEST_CASE("a numbered batch counts its sequences from the first row") {
  const auto made = make_batch(std::vector{make_event(5), make_event(6)}, {3, 4}, 100);
  CHECK(made->id(0) == event_id{5, {3, 4}, 100});
  CHECK(made->id(1) == event_id{6, {3, 4}, 101});
}

TEST_CASE("a run's rows are counted by minute") {
  const timestamp minute = nanoseconds_per_minute;
  const auto made =
      make_batch(std::vector{make_event(0), make_event(minute - 1), make_event(minute), make_event(-1),
                             make_event(5 * minute), make_event(1, "", level::error)});
  std::vector<std::vector<std::int64_t>> found;
  for (const minute_count& each : made->minutes()) found.push_back({each.run, each.minute, each.count});
  CHECK(found ==
        std::vector<std::vector<std::int64_t>>{{0, -1, 1}, {0, 0, 2}, {0, 1, 1}, {0, 5, 1}, {1, 0, 1}});
}

TEST_CASE("the bytes of a batch cover its texts and do not waste as much again") {
  std::vector<event> events(1000, make_event(1, std::string(200, 'x')));
  const auto made = make_batch(events);
  CHECK(made->bytes() > 200'000);
  CHECK(made->bytes() < 250'000);
}
