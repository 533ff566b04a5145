// SPDX-License-Identifier: MIT
// Files of a store with wrong bytes, cut short or gone: it opens, says so, and has all rows but theirs.
#include "engine/store/store_folder.hpp"
#include "engine/store/wal_reader.hpp"
#include "tests/engine/store/support/full_store.hpp"
#include "tests/engine/support/scans.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

struct reopened {
  std::uint64_t rows = 0;
  std::size_t warnings = 0;
};

// Opens the store twice, the second time without anything left to tell of; every row must be one of `from`,
// none twice.
reopened check_reopen(const full_store& from) {
  reopened told;
  for (const bool again : {false, true}) {
    const auto opened = open_store(from.disk, store_settings());
    REQUIRE(opened);
    std::uint64_t found = 0;
    for (const auto& shard : opened->shards) {
      rows_by_id seen;
      for (const model_row& each : find_rows(every_row(), shard->candidates({}))) {
        REQUIRE(from.rows.contains(each.id));
        REQUIRE(from.rows.at(each.id) == each.what);
        REQUIRE(seen.emplace(each.id, each.what).second);
      }
      found += seen.size();
    }
    if (!again)
      told = {found, opened->warnings.size()};
    else
      REQUIRE(found == told.rows);
  }
  return told;
}

// For each file of the log the ends of the records whose rows are in no segment; a record has one row.
std::map<std::string, std::vector<std::uint64_t>> unsealed_records(const full_store& in) {
  std::map<std::string, std::vector<std::uint64_t>> found;
  std::uint64_t file = 0;
  // Until the next record tells where the last one ends.
  std::vector<std::uint64_t>* open = nullptr;
  const auto replayed = replay_wal(*in.disk, "data/wal", [&](const wal_record& each) -> result<void> {
    const std::string path = "data/wal/" + wal_file_name(each.at.file);
    if (open != nullptr && each.at.file == file)
      open->back() = each.at.offset;
    file = each.at.file;
    open = nullptr;
    auto& ends = found[path];
    if (each.first_sequence >= full_store::sealed_rows) {
      ends.push_back(in.disk->content(path).size());
      open = &ends;
    }
    return {};
  });
  REQUIRE(replayed);
  return found;
}

}  // namespace

TEST_CASE("a store that nobody harmed has every row and nothing to tell") {
  const full_store store;
  REQUIRE(store.in_segment.size() == 4);
  REQUIRE(unsealed_records(store).size() >= 2);
  const reopened found = check_reopen(store);
  CHECK(found.rows == store.rows.size());
  CHECK(found.warnings == 0);
}

TEST_CASE("a manifest that is wrong in any byte, cut anywhere or gone costs no row") {
  const full_store model;
  const std::string path = "data/shard-01/manifest";
  const std::string whole = model.disk->content(path);
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const bool cut : {false, true}) {
      INFO("byte " << at << ", cut " << cut);
      const full_store store;
      store.disk->put(path, cut ? whole.substr(0, at) : flipped(whole, at));
      const reopened found = check_reopen(store);
      REQUIRE(found.rows == store.rows.size());
      REQUIRE(found.warnings > 0);
    }
  REQUIRE(model.disk->remove(path));
  const reopened found = check_reopen(model);
  CHECK(found.rows == model.rows.size());
  CHECK(found.warnings > 0);
}

TEST_CASE("a segment that is cut or gone costs its own rows and no others") {
  const full_store model;
  for (const auto& [path, rows] : model.in_segment) {
    const std::string whole = model.disk->content(path);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 1}) {
      INFO(path << " cut to " << size);
      const full_store store;
      store.disk->put(path, whole.substr(0, size));
      const reopened found = check_reopen(store);
      CHECK(found.rows == store.rows.size() - rows);
      CHECK(found.warnings > 0);
    }
    const full_store store;
    REQUIRE(store.disk->remove(path));
    const reopened found = check_reopen(store);
    CHECK(found.rows == store.rows.size() - rows);
    CHECK(found.warnings > 0);
  }
}

TEST_CASE("wherever a byte of a segment is wrong the store opens, and no row of it is told wrong") {
  const full_store model;
  const auto& [path, rows] = *model.in_segment.begin();
  const std::string whole = model.disk->content(path);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    INFO("byte " << at);
    const full_store store;
    store.disk->put(path, flipped(whole, at));
    const auto opened = open_store(store.disk, store_settings());
    REQUIRE(opened);
    std::uint64_t unread = 0;
    for (const auto& shard : opened->shards)
      for (const block_ref& each : shard->candidates({}).blocks)
        if (const auto read = each.in->read_block(each.block, column_selection::all()); !read) {
          REQUIRE(read.failure().code == errc::invalid);
          unread += each.head().rows;
        }
    std::uint64_t events = 0;
    for (const auto& shard : opened->shards) events += shard->figures().events;
    // Its cells are looked at when they are read, all else when it is opened.
    REQUIRE(events == store.rows.size() - (opened->warnings.empty() ? 0 : rows));
    REQUIRE(unread <= rows);
  }
}

TEST_CASE("a file of the log that is wrong anywhere or cut costs the rows from there on and no others") {
  const full_store model;
  for (const auto& [path, records] : unsealed_records(model)) {
    const std::string whole = model.disk->content(path);
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (const bool cut : {false, true}) {
        INFO(path << ", byte " << at << ", cut " << cut);
        const full_store store;
        store.disk->put(path, cut ? whole.substr(0, at) : flipped(whole, at));
        const reopened found = check_reopen(store);
        const auto lost = std::count_if(records.begin(), records.end(),
                                        [&](std::uint64_t record_end) { return record_end > at; });
        REQUIRE(found.rows == store.rows.size() - static_cast<std::uint64_t>(lost));
        // Where a record ends a file may end.
        REQUIRE((cut || found.warnings > 0));
      }
  }
}

TEST_CASE("a file of the log that is gone costs the rows that were in it and in no segment") {
  const full_store model;
  for (const auto& [path, records] : unsealed_records(model)) {
    INFO(path);
    const full_store store;
    REQUIRE(store.disk->remove(path));
    CHECK(check_reopen(store).rows == store.rows.size() - records.size());
  }
}
