// SPDX-License-Identifier: MIT
// Bodies to take in, and what became of them.
#pragma once

#include "messages/ingest.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

/// What was delivered, if anything was, and how often.
template <class T>
struct delivery {
  std::optional<result<T>> value;
  int times = 0;

  bool ok() const { return value && value->ok(); }
  bool failed(errc code) const { return value && !value->ok() && value->failure().code == code; }
  const T& operator*() const { return **value; }
  const T* operator->() const { return &**value; }
};
template <class T>
using delivery_ptr = std::shared_ptr<delivery<T>>;

/// An answer that notes in `to` what it delivers.
template <class T>
answer_ptr<T> answer_to(const delivery_ptr<T>& to) {
  return make_answer<T>([to](result<T> value) {
    ++to->times;
    to->value.emplace(std::move(value));
  });
}

using receipt_ptr = delivery_ptr<ingest_receipt>;

/// A body whose receipt goes to `receipt`; dropping the last handle of the job answers it.
inline ingest_job_ptr make_job(std::string body, const receipt_ptr& receipt,
                               body_encoding encoding = body_encoding::identity) {
  const auto owner = std::make_shared<const std::string>(std::move(body));
  auto job = std::make_shared<ingest_job>();
  job->body = *owner;
  job->owner = owner;
  job->encoding = encoding;
  job->received = std::chrono::steady_clock::now();
  job->reply = answer_to(receipt);
  return job;
}

inline receipt_ptr make_receipt() {
  return std::make_shared<delivery<ingest_receipt>>();
}

}  // namespace logstream::test
