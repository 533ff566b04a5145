// SPDX-License-Identifier: MIT
// Files of the log go once no shard needs them, and never the one that is written.
#include "engine/store/wal_ledger.hpp"

#include <catch2/catch.hpp>

#include <optional>

using namespace logstream;

TEST_CASE("a file is needed until every shard that has rows in it has sealed them") {
  wal_ledger ledger{2};
  ledger.note(1, 0, 10);
  ledger.note(1, 1, 7);
  ledger.note(2, 0, 20);
  CHECK_FALSE(ledger.first_needed(3));
  ledger.sealed(0, 20);
  CHECK_FALSE(ledger.first_needed(3));
  ledger.sealed(1, 6);
  CHECK_FALSE(ledger.first_needed(3));
  ledger.sealed(1, 7);
  CHECK(ledger.first_needed(3) == 3u);
}

TEST_CASE("a file is kept while an older one is needed") {
  wal_ledger ledger{2};
  ledger.note(1, 0, 10);
  ledger.note(2, 1, 10);
  ledger.sealed(1, 10);
  CHECK_FALSE(ledger.first_needed(3));
  ledger.sealed(0, 10);
  CHECK(ledger.first_needed(3) == 3u);
}

TEST_CASE("the file that is written is never forgotten") {
  wal_ledger ledger{1};
  ledger.note(4, 0, 10);
  ledger.sealed(0, 10);
  CHECK_FALSE(ledger.first_needed(4));
  ledger.note(4, 0, 20);
  CHECK_FALSE(ledger.first_needed(5));
  ledger.sealed(0, 20);
  CHECK(ledger.first_needed(5) == 5u);
}

TEST_CASE("a ledger tells of each file once") {
  wal_ledger ledger{1};
  ledger.note(1, 0, 10);
  ledger.note(2, 0, 20);
  ledger.sealed(0, 10);
  CHECK(ledger.first_needed(3) == 2u);
  CHECK_FALSE(ledger.first_needed(3));
}

TEST_CASE("records that are noted in any order count by the last of them") {
  wal_ledger ledger{1};
  ledger.note(1, 0, 20);
  ledger.note(1, 0, 10);
  ledger.sealed(0, 10);
  CHECK_FALSE(ledger.first_needed(2));
}

TEST_CASE("a ledger of no files needs none") {
  CHECK_FALSE(wal_ledger{3}.first_needed(7));
}
