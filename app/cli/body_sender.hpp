// SPDX-License-Identifier: MIT
// Posts bodies of events, several at a time, and sends again what the server could not take yet.
#pragma once

#include "app/cli/compression.hpp"
#include "app/cli/http_client.hpp"
#include "app/cli/line_encoder.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace logstream {

struct sender_settings {
  std::size_t parallel = 4;
  compression packing = compression::none;
  /// Give up when nothing succeeded for so long; nothing waits for ever. A server that never answered is
  /// given up at once.
  std::optional<std::chrono::milliseconds> patience = std::chrono::minutes{1};
};

/// An event that the server refused.
struct refused_event {
  std::string source;
  /// Counted from 1.
  std::uint64_t line = 0;
  std::string member;
  std::string reason;
};

struct send_tally {
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  /// Bytes of the sources that were answered for.
  std::uint64_t source_bytes = 0;
  std::uint64_t resent = 0;
  /// The first few.
  std::vector<refused_event> refused;
};

/// For one thread. Sends at least once: a body whose answer was lost is sent again.
class body_sender {
 public:
  body_sender(http_client& client, sender_settings with) : client_(client), with_(with) {}

  bool full() const { return waiting_.size() + client_.in_flight() >= with_.parallel; }
  bool idle() const { return waiting_.empty() && client_.in_flight() == 0; }

  /// Takes a body over. REQUIRES: !full(), !failure().
  void submit(event_body body);
  /// Moves everything on; waits as http_client::run_once does.
  void run_once(std::chrono::milliseconds wait, std::span<const int> readable = {});

  const send_tally& tally() const { return tally_; }
  /// Why sending was given up.
  const std::optional<error>& failure() const { return failure_; }

 private:
  using steady = std::chrono::steady_clock;

  struct attempt {
    event_body body;
    std::string packed;
    std::uint32_t failures = 0;
    steady::time_point due;
  };

  void start(attempt what);
  void answered(attempt what, const result<client_response>& answer);
  void count(const event_body& body, const client_response& response);
  void refuse_all(const event_body& body, const std::string& reason);
  void split(attempt what);
  void again(attempt what, std::optional<std::chrono::milliseconds> after, error why);
  void note(refused_event event);

  http_client& client_;
  sender_settings with_;
  send_tally tally_;
  std::vector<attempt> waiting_;
  std::optional<steady::time_point> last_success_;
  std::optional<error> failure_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace logstream
