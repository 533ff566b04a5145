// SPDX-License-Identifier: MIT
// Bodies on their way from an I/O thread to the router.
#pragma once

#include "messages/interfaces.hpp"

#include <asio/io_context.hpp>

namespace logstream::http {

/// Holds jobs back until all that the thread found readable at once is read, and sends them in one message:
/// waking an actor costs more than a small body. For the context's thread.
class ingest_outbox {
 public:
  explicit ingest_outbox(asio::io_context& on) : on_(on) {}
  ingest_outbox(const ingest_outbox&) = delete;
  ingest_outbox& operator=(const ingest_outbox&) = delete;

  /// The jobs put before one is sent go to the same router.
  void put(ingest_job_ptr job, const router_actor& to);

 private:
  asio::io_context& on_;
  ingest_bundle_ptr open_;
};

}  // namespace logstream::http
