// SPDX-License-Identifier: MIT
// A bundle between the moment its bodies are read and the moment its askers are answered.
#pragma once

#include "engine/model/batch_builder.hpp"
#include "engine/wire/json_events.hpp"
#include "messages/ingest.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

/// Remembers which rows came from which body and which batches were stored, and answers from that.
class open_bundle {
 public:
  explicit open_bundle(ingest_bundle_ptr bundle) : bundle_(std::move(bundle)), jobs_(bundle_->jobs.size()) {}

  /// Reads all bodies into `into`. Bodies that cannot be read keep their error until answer().
  void read(json_event_decoder& decoder, timestamp now, std::size_t unpacked_bytes, batch_builder& into);

  /// Lays out what was read; the batches are for the shards.
  const std::vector<built_batch>& build(batch_builder& from);

  /// The n-th batch was stored, or not. True when all are known.
  bool stored(std::size_t batch) { return settle(batch, std::nullopt); }
  bool failed(std::size_t batch, error why) { return settle(batch, std::move(why)); }
  bool settled() const { return unsettled_ == 0; }

  /// Answers every asker; returns what was done.
  ingest_tally answer();
  /// Rows and bytes of memory of the batches that were stored, also where their askers were told of a
  /// failure.
  std::uint64_t stored_rows() const;
  std::uint64_t stored_bytes() const;

 private:
  struct job_rows {
    std::uint32_t first = 0;
    result<decode_outcome> outcome = decode_outcome{};
  };

  bool settle(std::size_t batch, std::optional<error> failure);
  const error* failure_of(const job_rows& rows, std::uint32_t count) const;
  ingest_receipt receipt_of(job_rows& rows) const;

  ingest_bundle_ptr bundle_;
  std::vector<job_rows> jobs_;
  // Unpacked bodies must outlive the building of batches.
  std::deque<std::string> unpacked_;
  std::vector<built_batch> built_;
  std::vector<row_place> places_;
  std::vector<std::optional<error>> failures_;
  std::size_t unsettled_ = 0;
};

}  // namespace logstream
