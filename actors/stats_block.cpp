// SPDX-License-Identifier: MIT
// The printed statistics.
#include "actors/stats_block.hpp"

#include <spdlog/fmt/fmt.h>

namespace logstream {

std::string stats_block(const service_figures& figures) {
  return fmt::format(
      "========== LogStream Stats ==========\n"
      "Current Throughput: {:.0f} logs/sec\n"
      "Average Throughput: {:.0f} logs/sec\n"
      "Total Processed: {}\n"
      "Total Dropped: {}\n"
      "Logs in Store: {}\n"
      "=====================================\n",
      figures.current_throughput, figures.average_throughput, figures.ingest.accepted, figures.dropped,
      figures.store.events);
}

}  // namespace logstream
