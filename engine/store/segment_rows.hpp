// SPDX-License-Identifier: MIT
// The rows of many parts, stream by stream and in order, cut into blocks: as ranges of the batches that hold
// them, no row is copied.
#pragma once

#include "engine/model/part.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace logstream {

/// The rows [begin, end) of a batch that are there, all of one stream. The part must outlive it.
struct source_run {
  const batch* rows = nullptr;
  std::uint32_t part = 0;
  std::string_view labels;
  level severity = level::unknown;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// Those columns of the batch in which these rows have a cell.
  std::vector<std::uint16_t> columns;

  bool same_stream(const source_run& other) const {
    return severity == other.severity && labels == other.labels;
  }
};

/// All rows that are there; runs of one stream stand together, streams are sorted by labels, then level.
std::vector<source_run> gather_runs(std::span<const part> parts);

/// How many cells of the rows [begin, end) a column has. REQUIRES: begin < end.
std::uint32_t cells_in(const column& of, std::uint32_t begin, std::uint32_t end);
/// Bytes of message and fields of the rows [begin, end) of a run's batch. REQUIRES: begin < end.
std::uint64_t text_bytes_in(const source_run& run, std::uint32_t begin, std::uint32_t end);

/// The rows [begin, end) of the batch of runs[run].
struct row_span {
  std::uint32_t run = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t rows() const { return end - begin; }
};

/// Walks the runs of one stream in the order of time, then sequence, as many rows at a time as one run gives.
class run_merge {
 public:
  /// `runs` must outlive it.
  explicit run_merge(std::span<const source_run> runs);

  bool done() const { return heads_.empty(); }
  /// The next rows. REQUIRES: !done().
  row_span next() const;
  /// Goes on behind the first `rows` of next().
  void pass(std::uint32_t rows);

 private:
  struct head {
    timestamp time;
    std::uint64_t sequence;
    std::uint32_t run;
    std::uint32_t row;

    bool later_than(const head& other) const {
      return time != other.time ? time > other.time : sequence > other.sequence;
    }
  };
  head head_at(std::uint32_t run, std::uint32_t row) const;
  void push(head made);

  std::span<const source_run> runs_;
  std::vector<head> heads_;
};

/// Where blocks end.
struct block_limits {
  std::uint32_t rows = 8192;
  std::uint64_t text_bytes = 2 * 1024 * 1024;
};

/// The next rows that make a block: as many as the limits allow, at least one.
std::vector<row_span> take_block(run_merge& from, std::span<const source_run> runs,
                                 const block_limits& limits);

}  // namespace logstream
