// SPDX-License-Identifier: MIT
// Collecting rows: what counts, what is replaced, what is forgotten.
#include "engine/model/batch_builder.hpp"

#include "engine/model/rest_entry.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// Names that stay where they are.
const std::string& name_of(std::size_t number) {
  static std::deque<std::string> names;
  while (names.size() <= number) names.push_back("name-" + std::to_string(names.size()));
  return names[number];
}

void begin_row(batch_builder& into, timestamp time) {
  into.begin_row();
  into.set_time(time);
  into.set_stream("api", level::info);
}

void set_field(batch_builder& into, std::string_view name, std::string_view value, bool literal = false) {
  into.set_field(into.find_field(name), name, value, literal);
}

void fill_fields(batch_builder& into) {
  for (std::size_t i = 0; i < batch_builder::max_columns; ++i) into.find_field(name_of(i));
}

event only_row(batch_builder& from) {
  const auto built = from.build();
  REQUIRE(built.size() == 1);
  REQUIRE(built[0].rows->rows() == 1);
  return event_at(*built[0].rows, 0);
}

}  // namespace

TEST_CASE("a builder without rows builds nothing") {
  batch_builder builder{4};
  CHECK(builder.build().empty());
  builder.begin_row();
  CHECK(builder.build().empty());
}

TEST_CASE("a row that was not ended leaves no trace") {
  batch_builder builder{1};
  begin_row(builder, 1);
  builder.set_message("dropped");
  builder.set_stream("nobody", level::error);
  set_field(builder, "gone", "x");
  begin_row(builder, 2);
  set_field(builder, "kept", "y");
  builder.end_row();
  CHECK(builder.rows() == 1);
  CHECK(only_row(builder) == event{2, level::info, "api", "", {{"kept", "y", false}}});
}

TEST_CASE("a field given again to a row begun anew is the new one") {
  batch_builder builder{1};
  begin_row(builder, 1);
  set_field(builder, "a", "old");
  set_field(builder, "b", "old");
  begin_row(builder, 1);
  set_field(builder, "b", "new");
  set_field(builder, "a", "new");
  builder.end_row();
  CHECK(only_row(builder).fields == std::vector<field>{{"a", "new", false}, {"b", "new", false}});
}

TEST_CASE("the last value of a name counts") {
  batch_builder builder{1};
  begin_row(builder, 1);
  set_field(builder, "a", "1", true);
  set_field(builder, "b", "2");
  set_field(builder, "a", "three");
  CHECK(builder.fields_in_row() == 2);
  builder.end_row();
  CHECK(only_row(builder).fields == std::vector<field>{{"a", "three", false}, {"b", "2", false}});
}

TEST_CASE("the last value of a name counts where there are too many names for columns") {
  batch_builder builder{1};
  fill_fields(builder);
  begin_row(builder, 1);
  set_field(builder, "over", "1", true);
  set_field(builder, "other", "2");
  set_field(builder, "over", "three");
  CHECK(builder.fields_in_row() == 2);
  builder.end_row();
  CHECK(only_row(builder).fields == std::vector<field>{{"other", "2", false}, {"over", "three", false}});
}

TEST_CASE("names beyond the greatest number of columns have no column and keep their values") {
  batch_builder builder{1};
  fill_fields(builder);
  CHECK(builder.find_field("over") == batch_builder::no_column);
  CHECK(builder.find_field(name_of(5)) != batch_builder::no_column);
  begin_row(builder, 1);
  set_field(builder, "over", "value");
  set_field(builder, name_of(5), "5", true);
  builder.end_row();
  const auto built = builder.build();
  const batch& made = *built.at(0).rows;
  CHECK(made.find_column("over") == nullptr);
  CHECK(made.field_at(0, "over") == cell{"value", false});
  CHECK(made.field_at(0, name_of(5)) == cell{"5", true});
}

TEST_CASE("field places stay valid until the generation changes, which it does after very many names") {
  batch_builder builder{1};
  const auto place = builder.find_field("a");
  begin_row(builder, 1);
  builder.end_row();
  const auto generation = builder.generation();
  (void)builder.build();
  CHECK(builder.generation() == generation);
  CHECK(builder.find_field("a") == place);
  fill_fields(builder);
  begin_row(builder, 1);
  builder.end_row();
  (void)builder.build();
  CHECK(builder.generation() != generation);
  CHECK(builder.find_field("new") != batch_builder::no_column);
}

TEST_CASE("a builder builds one batch for each shard that has rows, and a stream's rows share one") {
  batch_builder builder{3};
  std::vector<event> events;
  for (int i = 0; i < 300; ++i)
    events.push_back(make_event(i, "", level::info, name_of(static_cast<std::size_t>(i % 30))));
  for (const event& each : events) add_row(builder, each);
  std::vector<row_place> places;
  const auto built = builder.build(false, &places);
  REQUIRE(built.size() == 3);
  REQUIRE(places.size() == events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    CHECK(event_at(*built[places[i].built].rows, places[i].row) == events[i]);
    CHECK(places[i].built == places[i % 30].built);
  }
  for (std::uint32_t i = 0; i < 3; ++i) CHECK(built[i].shard == i);
}

TEST_CASE("a stream goes to the same shard in every build") {
  std::vector<std::uint32_t> shards;
  for (int i = 0; i < 2; ++i) {
    batch_builder builder{16};
    if (i == 1)
      add_row(builder, make_event(1, "", level::info, "another that came first"));
    const event one = make_event(1, "", level::info, "payments");
    add_row(builder, one);
    std::vector<row_place> places;
    const auto built = builder.build(false, &places);
    shards.push_back(built[places.back().built].shard);
  }
  CHECK(shards[0] == shards[1]);
}

TEST_CASE("many streams in one build are kept apart") {
  batch_builder builder{1};
  std::vector<event> events;
  for (std::size_t i = 0; i < 2000; ++i)
    events.push_back(make_event(static_cast<timestamp>(i), "", all_levels[i % level_count], name_of(i / 2)));
  for (const event& each : events) add_row(builder, each);
  std::vector<row_place> places;
  const auto built = builder.build(false, &places);
  CHECK(built.at(0).rows->runs().size() == 2000);
  for (std::size_t i = 0; i < events.size(); ++i)
    REQUIRE(event_at(*built[0].rows, places[i].row) == events[i]);
}

TEST_CASE("sequences that were set are kept where that is asked for") {
  batch_builder builder{1};
  for (const std::uint64_t sequence : {7u, 3u, 5u}) {
    begin_row(builder, 10);
    builder.set_sequence(sequence);
    builder.end_row();
  }
  const auto built = builder.build(true);
  batch& made = *built.at(0).rows;
  made.number({1, 2}, 0);
  CHECK(made.id(0).sequence == 3);
  CHECK(made.id(1).sequence == 5);
  CHECK(made.id(2).sequence == 7);
}

TEST_CASE("the text collected is counted and forgotten by a build") {
  batch_builder builder{1};
  begin_row(builder, 1);
  builder.set_message("12345");
  set_field(builder, "a", "678");
  builder.end_row();
  CHECK(builder.text_bytes() == 8);
  (void)builder.build();
  CHECK(builder.text_bytes() == 0);
  CHECK(builder.rows() == 0);
}

TEST_CASE("a rest entry is a flag, two sizes, name and value") {
  std::string entry(rest_entry_head + 3 + 2, '?');
  char* const end = write_rest_entry(entry.data(), "abc", "xy", true);
  CHECK(end == entry.data() + entry.size());
  CHECK(entry[0] == 1);
  CHECK(entry.substr(rest_entry_head) == "abcxy");
  CHECK(write_rest_entry(entry.data(), "", "", false) == entry.data() + rest_entry_head);
  CHECK(entry[0] == 0);
}
