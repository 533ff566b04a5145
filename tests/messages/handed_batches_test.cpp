// SPDX-License-Identifier: MIT
// What becomes of batches that nobody takes.
#include "engine/model/batch_builder.hpp"
#include "messages/store.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

namespace {

std::vector<batch_ptr> two_batches() {
  std::vector<batch_ptr> made;
  for (int i = 0; i < 2; ++i) {
    batch_builder builder{1};
    builder.begin_row();
    builder.set_stream("api", level::info);
    builder.end_row();
    made.push_back(builder.build().front().rows);
  }
  return made;
}

struct giving {
  int times = 0;
  std::vector<batch_ptr> rows;

  handed_batches::giver giver() {
    return [this](std::vector<batch_ptr> back) {
      ++times;
      rows = std::move(back);
    };
  }
};

}  // namespace

TEST_CASE("batches that nobody took are given back when the last handle goes, once") {
  giving back;
  const auto batches = two_batches();
  auto handed = std::make_shared<handed_batches>(batches, back.giver());
  auto other = handed;
  handed.reset();
  CHECK(back.times == 0);
  other.reset();
  CHECK(back.times == 1);
  CHECK(back.rows == batches);
}

TEST_CASE("batches that were taken are not given back") {
  giving back;
  const auto batches = two_batches();
  {
    handed_batches handed{batches, back.giver()};
    CHECK(handed.take() == batches);
    CHECK(handed.take().empty());
  }
  CHECK(back.times == 0);
}
