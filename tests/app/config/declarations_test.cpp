// SPDX-License-Identifier: MIT
// What must hold for every setting of the table.
#include "app/config/declarations.hpp"

#include "app/config/value_text.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace logstream;

TEST_CASE("the default of every setting is a value that the setting takes", "[settings]") {
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    settings values;
    const std::string text = default_text(setting);
    CHECK(set_value(values, setting, text).ok());
    CHECK(value_text(values, setting) == text);
  }
}

TEST_CASE("the example of every setting is a value that the setting takes", "[settings]") {
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name, setting.example);
    settings values;
    CHECK(set_value(values, setting, setting.example).ok());
    CHECK(value_text(values, setting) == setting.example);
  }
}

TEST_CASE("every setting writes to a place of its own", "[settings]") {
  settings values;
  std::set<const void*> places;
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    const void* place =
        std::visit([](auto* at) { return static_cast<const void*>(at); }, setting.place(values));
    CHECK(places.insert(place).second);
  }
}

TEST_CASE("no two settings share a name, a second name or a variable", "[settings]") {
  std::set<std::string> names;
  for (const auto& setting : setting_declarations())
    for (const std::string_view name : {setting.name, setting.alias}) {
      if (name.empty())
        continue;
      CAPTURE(name);
      CHECK(names.insert(std::string{name}).second);
      CHECK(names.insert(environment_name(name)).second);
      CHECK(find_setting(name) == &setting);
    }
}

TEST_CASE("every setting and every section is explained in whole sentences", "[settings]") {
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    CHECK(setting.help.ends_with('.'));
    CHECK(section_summary(setting_section(setting)).ends_with('.'));
  }
}

TEST_CASE("a name becomes its variable by rule", "[settings]") {
  CHECK(environment_name("http.port") == "LOGSTREAM_HTTP_PORT");
  CHECK(environment_name("ingest.max_bytes_in_flight") == "LOGSTREAM_INGEST_MAX_BYTES_IN_FLIGHT");
  CHECK(environment_name("workers") == "LOGSTREAM_WORKERS");
}

TEST_CASE("the promised defaults are the defaults", "[settings]") {
  const settings values;
  CHECK(values.http.address == "127.0.0.1");
  CHECK(values.http.port == 8080);
  CHECK(values.ingest.workers == 20);
  CHECK(values.ingest.buffer_size == 10'000);
  CHECK(values.storage.max_events == 100'000);
  CHECK(values.storage.mode == storage_mode::memory);
  CHECK(values.stats.interval == std::chrono::seconds{10});
}
