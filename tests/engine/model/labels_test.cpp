// SPDX-License-Identifier: MIT
// The canonical text of label sets.
#include "engine/model/labels.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace logstream;

namespace {

std::string encode(std::vector<label> labels) {
  std::string text;
  append_labels(text, std::move(labels));
  return text;
}

}  // namespace

TEST_CASE("labels have one text whatever their order") {
  CHECK(encode({{"service", "api"}, {"host", "a"}}) == encode({{"host", "a"}, {"service", "api"}}));
  CHECK(encode({{"service", "api"}}) != encode({{"service", "web"}}));
  CHECK(encode({{"ab", "c"}}) != encode({{"a", "bc"}}));
}

TEST_CASE("labels without a value are as if they were not there") {
  CHECK(encode({{"service", ""}}).empty());
  CHECK(encode({{"host", "a"}, {"service", ""}}) == encode({{"host", "a"}}));
}

TEST_CASE("labels are read back sorted by name") {
  const std::string text = encode({{"service", "api"}, {"", "unnamed"}, {"host", "a"}});
  CHECK(decode_labels(text) == std::vector<label>{{"", "unnamed"}, {"host", "a"}, {"service", "api"}});
  CHECK(decode_labels("").empty());
}

TEST_CASE("a label's value is found by name, and empty for a name that is not there") {
  const std::string text = encode({{"service", "api"}, {"host", "a"}});
  CHECK(label_value(text, "service") == "api");
  CHECK(label_value(text, "host") == "a");
  CHECK(label_value(text, "hos").empty());
  CHECK(label_value("", "host").empty());
}

TEST_CASE("values of the greatest length, with any byte in them, are read back") {
  std::string value(max_label_bytes, '\0');
  for (std::size_t i = 0; i < value.size(); ++i) value[i] = static_cast<char>(i);
  const std::string text = encode({{"a", value}, {"b", "next"}});
  CHECK(label_value(text, "a") == value);
  CHECK(label_value(text, "b") == "next");
}

TEST_CASE("a text cut short is read as far as it goes") {
  const std::string text = encode({{"host", "a"}, {"service", "api"}});
  for (std::size_t size = 0; size < text.size(); ++size) {
    CHECK(decode_labels(std::string_view{text}.substr(0, size)).size() <= 2);
    CHECK(label_value(std::string_view{text}.substr(0, size), "service").size() <= 3);
  }
}
