// SPDX-License-Identifier: MIT
// A bundle between the moment its bodies are read and the moment its askers are answered.
#pragma once

#include "engine/model/batch_builder.hpp"
#include "engine/store/commit_log.hpp"
#include "engine/wire/json_events.hpp"
#include "messages/ingest.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

/// Remembers which rows came from which body, and answers from that.
class open_bundle {
 public:
  explicit open_bundle(ingest_bundle_ptr bundle) : bundle_(std::move(bundle)), jobs_(bundle_->jobs.size()) {}

  /// Reads all bodies into `into`. Bodies that cannot be read keep their error until answer().
  void read(json_event_decoder& decoder, timestamp now, std::size_t unpacked_bytes, batch_builder& into);

  /// Lays out what was read.
  void build(batch_builder& from);
  const std::vector<built_batch>& batches() const { return built_; }
  /// Makes ready what the log is to keep of each batch.
  void make_payloads();
  /// Appends what is to be committed; the entries must not outlive the bundle.
  void add_entries(std::vector<commit_log::entry>& to) const;
  /// Of memory, all batches together.
  std::uint64_t batch_bytes() const;

  /// Answers every asker: what was read is stored, or is not for this reason. Returns what was done.
  ingest_tally answer(const std::optional<error>& failure = std::nullopt);

 private:
  struct job_rows {
    std::uint32_t first = 0;
    result<decode_outcome> outcome = decode_outcome{};
  };

  ingest_receipt receipt_of(job_rows& rows) const;

  ingest_bundle_ptr bundle_;
  std::vector<job_rows> jobs_;
  // Unpacked bodies must outlive the building of batches.
  std::deque<std::string> unpacked_;
  std::vector<built_batch> built_;
  // One for each batch, if they were made.
  std::vector<wal_payload> payloads_;
  std::vector<row_place> places_;
};

}  // namespace logstream
