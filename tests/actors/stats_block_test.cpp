// SPDX-License-Identifier: MIT
// The printed block, letter by letter.
#include "actors/stats_block.hpp"

#include <catch2/catch.hpp>

namespace logstream {
namespace {

TEST_CASE("The block of statistics is exactly as documented") {
  service_figures figures;
  figures.current_throughput = 8'500;
  figures.average_throughput = 8'200;
  figures.ingest.accepted = 50'000;
  figures.dropped = 0;
  figures.store.events = 50'000;
  CHECK(stats_block(figures) ==
        "========== LogStream Stats ==========\n"
        "Current Throughput: 8500 logs/sec\n"
        "Average Throughput: 8200 logs/sec\n"
        "Total Processed: 50000\n"
        "Total Dropped: 0\n"
        "Logs in Store: 50000\n"
        "=====================================\n");
}

TEST_CASE("Rates in the block are whole numbers, each figure stands in its own line") {
  service_figures figures;
  figures.current_throughput = 0.6;
  figures.average_throughput = 1234.4;
  figures.ingest.accepted = 1;
  figures.dropped = 2;
  figures.store.events = 3;
  CHECK(stats_block(figures) ==
        "========== LogStream Stats ==========\n"
        "Current Throughput: 1 logs/sec\n"
        "Average Throughput: 1234 logs/sec\n"
        "Total Processed: 1\n"
        "Total Dropped: 2\n"
        "Logs in Store: 3\n"
        "=====================================\n");
}

}  // namespace
}  // namespace logstream
