// SPDX-License-Identifier: MIT
// A posted handler runs behind everything that is ready already.
#include "http/io/ingest_outbox.hpp"

#include <asio/post.hpp>
#include <caf/send.hpp>

#include <utility>

namespace logstream::http {

void ingest_outbox::put(ingest_job_ptr job, const router_actor& to) {
  const bool first = !open_;
  if (first)
    open_ = std::make_shared<ingest_bundle>();
  open_->jobs.push_back(std::move(job));
  if (first)
    asio::post(on_, [this, to] { caf::anon_send(to, std::exchange(open_, nullptr)); });
}

}  // namespace logstream::http
