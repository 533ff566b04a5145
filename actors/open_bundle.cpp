// SPDX-License-Identifier: MIT
// From bodies to rows and back to receipts.
#include "actors/open_bundle.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace logstream {

void open_bundle::read(json_event_decoder& decoder, timestamp now, std::size_t unpacked_bytes,
                       batch_builder& into) {
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    const ingest_job& job = *bundle_->jobs[i];
    jobs_[i].first = into.rows();
    std::string_view body = job.body;
    if (job.encoding != body_encoding::identity) {
      auto unpacked = unpack(body, job.encoding, unpacked_bytes);
      if (!unpacked) {
        jobs_[i].outcome = unpacked.failure();
        continue;
      }
      body = unpacked_.emplace_back(*std::move(unpacked));
    }
    jobs_[i].outcome = decoder.decode(body, now, into, max_receipt_rejections);
  }
}

void open_bundle::build(batch_builder& from) {
  const bool each_row_counts = jobs_.size() > 1 || from.rows() <= max_receipt_ids;
  built_ = from.build(false, each_row_counts ? &places_ : nullptr);
  unpacked_.clear();
}

void open_bundle::make_payloads() {
  payloads_.reserve(built_.size());
  for (const built_batch& each : built_) payloads_.push_back(make_wal_payload(*each.rows));
}

void open_bundle::add_entries(std::vector<commit_log::entry>& to) const {
  for (std::size_t i = 0; i < built_.size(); ++i)
    to.push_back({built_[i].shard, built_[i].rows, payloads_.empty() ? nullptr : &payloads_[i]});
}

std::uint64_t open_bundle::batch_bytes() const {
  std::uint64_t bytes = 0;
  for (const built_batch& each : built_) bytes += each.rows->bytes();
  return bytes;
}

ingest_tally open_bundle::answer(const std::optional<error>& failure) {
  ingest_tally tally;
  const auto now = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < jobs_.size(); ++i) {
    ingest_job& job = *bundle_->jobs[i];
    job_rows& rows = jobs_[i];
    ++tally.requests;
    tally.bytes += job.body.size();
    if (!rows.outcome) {
      job.reply->deliver(rows.outcome.failure());
    } else if (failure && rows.outcome->accepted != 0) {
      tally.lost += rows.outcome->accepted;
      tally.rejected += rows.outcome->rejected;
      job.reply->deliver(*failure);
    } else {
      tally.accepted += rows.outcome->accepted;
      tally.rejected += rows.outcome->rejected;
      job.reply->deliver(receipt_of(rows));
    }
    const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(now - job.received).count();
    ++tally.latency[latency_bucket(static_cast<std::uint64_t>(std::max<std::int64_t>(waited, 0)))];
  }
  if (!failure)
    for (const built_batch& each : built_)
      for (const stream_run& run : each.rows->runs())
        tally.by_level[static_cast<std::size_t>(run.severity)] += run.rows();
  return tally;
}

ingest_receipt open_bundle::receipt_of(job_rows& rows) const {
  ingest_receipt receipt;
  receipt.accepted = rows.outcome->accepted;
  receipt.rejected = rows.outcome->rejected;
  receipt.rejections = std::move(rows.outcome->rejections);
  if (receipt.accepted > max_receipt_ids)
    return receipt;
  receipt.ids.reserve(receipt.accepted);
  for (std::uint32_t row = rows.first; row < rows.first + receipt.accepted; ++row)
    receipt.ids.push_back(built_[places_[row].built].rows->id(places_[row].row));
  return receipt;
}

}  // namespace logstream
