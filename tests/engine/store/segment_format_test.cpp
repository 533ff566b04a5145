// SPDX-License-Identifier: MIT
// Names, heads and trailers of segments.
#include "engine/store/segment_format.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;

TEST_CASE("a segment's name tells its sequences and its level") {
  const segment_id id{0x1f, 0xabcdef0123456789, 2};
  CHECK(segment_name(id) == "seg-000000000000001f-abcdef0123456789-0002.seg");
  CHECK(parse_segment_name(segment_name(id)) == id);
}

TEST_CASE("other names are no segment's") {
  const std::string name = segment_name({1, 2, 3});
  const std::vector<std::string> others{"",
                                        name + ".tmp",
                                        name.substr(1),
                                        "seg-000000000000000A-00000000000000ff-0000.seg",
                                        "seg-0000000000000002-0000000000000001-0000.seg",
                                        "seg-+00000000000001f-abcdef0123456789-0002.seg"};
  for (const std::string& other : others) {
    INFO(other);
    CHECK_FALSE(parse_segment_name(other));
  }
}

TEST_CASE("head and trailer are read as they were made, and not with a bit that is another") {
  const segment_id id{7, 9, 1};
  const std::string head = segment_format::make_head({1, 2}, id);
  const std::string trailer = segment_format::make_trailer({100, 200, 300});
  REQUIRE(head.size() == segment_format::head_size);
  REQUIRE(trailer.size() == segment_format::trailer_size);
  CHECK(*segment_format::read_head(head) == id);
  CHECK(segment_format::read_trailer(trailer)->directory_size == 200);
  for (std::size_t at = 0; at < head.size(); ++at) {
    std::string damaged = head;
    damaged[at] ^= 4;
    REQUIRE(segment_format::read_head(damaged).failure().code == errc::invalid);
  }
  for (std::size_t at = 0; at < trailer.size(); ++at) {
    std::string damaged = trailer;
    damaged[at] ^= 4;
    REQUIRE(segment_format::read_trailer(damaged).failure().code == errc::invalid);
  }
}
