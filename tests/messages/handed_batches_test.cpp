// SPDX-License-Identifier: MIT
// What becomes of batches that nobody takes.
#include "engine/model/batch_builder.hpp"
#include "messages/store.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

namespace {

numbered_batches two_batches() {
  numbered_batches made{7, 9, {}};
  for (int i = 0; i < 2; ++i) {
    batch_builder builder{1};
    builder.begin_row();
    builder.set_stream("api", level::info);
    builder.end_row();
    made.rows.push_back(builder.build().front().rows);
  }
  return made;
}

struct giving {
  int times = 0;
  numbered_batches what;

  handed_batches::giver giver() {
    return [this](numbered_batches back) {
      ++times;
      what = std::move(back);
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
  CHECK(back.what.rows == batches.rows);
  CHECK(back.what.begin == 7);
  CHECK(back.what.end == 9);
}

TEST_CASE("batches that were taken are not given back") {
  giving back;
  const auto batches = two_batches();
  {
    handed_batches handed{batches, back.giver()};
    CHECK(handed.take().rows == batches.rows);
  }
  CHECK(back.times == 0);
}
