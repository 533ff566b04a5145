// SPDX-License-Identifier: MIT
// Posts bodies over many kept-alive connections from one thread and measures the answers.
#pragma once

#include "bench/support/http_client.hpp"
#include "bench/support/samples.hpp"
#include "bench/support/workload.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace logstream::bench {

struct load_options {
  url server;
  std::size_t connections = 4;
  std::string content_type = "application/x-ndjson";
  /// Events a second, sent when they are due whether or not earlier ones are answered; 0 sends as fast as
  /// answers come.
  double rate = 0;
  /// Stop starting requests after so long; 0 means when the bodies are used up.
  double seconds = 0;
  /// Begin again with the first body after the last, until `seconds` are over or `total` events were sent.
  bool repeat = false;
  /// Stop starting requests after so many events; 0 means no bound.
  std::uint64_t total = 0;
  /// Give each event the time at which it is sent.
  bool restamp = false;
};

struct load_report {
  double seconds = 0;
  std::uint64_t requests = 0;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  /// Rows of requests that were answered with 2xx.
  std::uint64_t kept_rows = 0;
  /// Sums of the members "accepted" and "rejected" of the answers.
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  /// Answers by status; 0 counts connections that broke.
  std::map<int, std::uint64_t> statuses;
  std::string first_refusal;
  /// From sending (with a rate: from when it was due) to the last byte of the answer, in milliseconds.
  samples latency;
};

/// One run of load. Ends the program when the server cannot be reached.
class load_client {
 public:
  load_client(const load_options& options, const std::vector<request_body>& bodies);
  ~load_client();
  load_client(const load_client&) = delete;
  load_client& operator=(const load_client&) = delete;

  load_report run();

 private:
  struct connection {
    int socket = -1;
    std::string head;
    std::string stamped;
    std::string_view body;
    std::size_t rows = 0;
    std::size_t sent = 0;
    bool busy = false;
    bool waits_for_room = false;
    stopwatch::time_point begun;
    reply_reader reply;
  };

  void open(std::size_t index);
  void watch(std::size_t index, int operation, bool for_room);
  bool exhausted() const;
  /// When the next body is to be sent.
  stopwatch::time_point due() const;
  void start_requests();
  void start(std::size_t index);
  /// Returns false when the connection broke.
  bool push(std::size_t index);
  /// Returns false when the connection broke.
  bool pull(std::size_t index);
  void finish(std::size_t index, bool answered);
  int wait_limit() const;

  load_options options_;
  const std::vector<request_body>& bodies_;
  int poll_;
  std::vector<connection> connections_;
  std::deque<std::size_t> idle_;
  std::size_t next_ = 0;
  std::uint64_t rows_started_ = 0;
  stopwatch::time_point begin_;
  std::vector<char> buffer_;
  load_report report_;
};

}  // namespace logstream::bench
