// SPDX-License-Identifier: MIT
// Which content types and encodings are understood.
#include "http/media.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;

TEST_CASE("events come as JSON, text, curl's default, or without a type") {
  for (const char* type : {"", "application/json", "Application/JSON; charset=utf-8", "application/x-ndjson",
                           "application/ndjson", "application/stream+json", "text/plain;charset=utf-8",
                           "application/octet-stream", "application/x-www-form-urlencoded"}) {
    CAPTURE(type);
    CHECK(takes_events(type));
  }
  for (const char* type : {"text/html", "application/xml", "multipart/form-data; boundary=x", "json",
                           "application/jsonx", "image/png"}) {
    CAPTURE(type);
    CHECK_FALSE(takes_events(type));
  }
}

TEST_CASE("documents are JSON") {
  CHECK(takes_json("application/json;charset=utf-8"));
  CHECK(takes_json(""));
  CHECK_FALSE(takes_json("text/plain"));
}

TEST_CASE("the format is the one that the client likes best") {
  CHECK(preferred_format("") == row_format::json);
  CHECK(preferred_format("*/*") == row_format::json);
  CHECK(preferred_format("text/csv") == row_format::csv);
  CHECK(preferred_format("text/*") == row_format::csv);
  CHECK(preferred_format("application/x-ndjson, application/json;q=0.9") == row_format::ndjson);
  CHECK(preferred_format("application/json;q=0.5, TEXT/PLAIN;q=0.8") == row_format::text);
  CHECK(preferred_format("text/html,application/xhtml+xml,*/*;q=0.8") == row_format::json);
}

TEST_CASE("a client that likes none of the formats gets none") {
  CHECK_FALSE(preferred_format("text/html").has_value());
  CHECK_FALSE(preferred_format("image/*").has_value());
  CHECK_FALSE(preferred_format("application/json;q=0").has_value());
}
