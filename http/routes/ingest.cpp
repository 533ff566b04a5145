// SPDX-License-Identifier: MIT
// POST /ingest: the path that must cost next to nothing.
#include "http/io/ingest_outbox.hpp"
#include "http/media.hpp"
#include "http/problem.hpp"
#include "http/receipt_text.hpp"
#include "http/routes/routes.hpp"

#include <string>

namespace logstream::http::routes {

void ingest(const service& in, const exchange_ptr& request) {
  if (!takes_events(request->field("Content-Type"))) {
    request->send(
        problem(415, "events are JSON: application/json, application/x-ndjson or text/plain", request->path));
    return;
  }
  const std::string_view coding = request->field("Content-Encoding");
  const auto encoding = parse_body_encoding(coding);
  if (!encoding) {
    auto answer = problem(415, "the Content-Encoding must be identity, gzip, deflate or zstd", request->path);
    answer.headers.push_back({"Accept-Encoding", "gzip, deflate, zstd"});
    request->send(std::move(answer));
    return;
  }
  auto job = std::make_shared<ingest_job>();
  job->owner = request;
  job->body = request->body;
  job->encoding = *encoding;
  job->received = std::chrono::steady_clock::now();
  job->reply = make_answer<ingest_receipt>([request](result<ingest_receipt> receipt) {
    request->send(receipt ? receipt_response(*receipt, request->path)
                          : problem(receipt.failure(), request->path));
  });
  in.outbox.put(std::move(job), in.handles->router);
}

}  // namespace logstream::http::routes
