// SPDX-License-Identifier: MIT
// A reader of streamed answers that keeps all it is given.
#pragma once

#include "messages/logs.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

struct sink_log {
  std::vector<std::string> pieces;
  bool complete = false;
  std::optional<error> failure;
  /// The sink is gone.
  bool dropped = false;
  /// Whom to ask for the next piece.
  log_reader_actor reader;

  std::string text() const {
    std::string all;
    for (const std::string& each : pieces) all += each;
    return all;
  }
  /// Nothing was written after the end, nor after a failure.
  bool failed(errc code) const { return failure && failure->code == code && !complete; }
};
using sink_log_ptr = std::shared_ptr<sink_log>;

class recording_sink final : public log_sink {
 public:
  explicit recording_sink(sink_log_ptr log) : log_(std::move(log)) {}
  ~recording_sink() override {
    log_->dropped = true;
    log_->reader = nullptr;
  }

  void fail(const error& why) override { log_->failure = why; }
  void write(std::string piece, bool last, const log_reader_actor& reader) override {
    log_->pieces.push_back(std::move(piece));
    log_->complete = last;
    log_->reader = reader;
  }

 private:
  sink_log_ptr log_;
};

inline log_request_ptr make_log_request(const sink_log_ptr& log, log_query query = {},
                                        row_format format = row_format::json) {
  auto made = std::make_shared<log_request>();
  made->query = std::move(query);
  made->format = format;
  made->sink = std::make_unique<recording_sink>(log);
  return made;
}

}  // namespace logstream::test
