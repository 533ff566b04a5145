// SPDX-License-Identifier: MIT
// Small JSON documents as bodies of requests and answers.
#pragma once

#include "http/exchange.hpp"
#include "http/problem.hpp"
#include "messages/unsafe_types.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>

namespace logstream::http {

/// The document as a body; what is no UTF-8 in it is replaced.
std::string text_of(const nlohmann::json& document);

/// An answer that succeeds as `respond` says and fails with a problem document.
template <class F>
json_answer_ptr reply_with(const exchange_ptr& request, F respond) {
  return make_answer<nlohmann::json>([request, respond = std::move(respond)](result<nlohmann::json> outcome) {
    request->send(outcome ? respond(*outcome) : problem(outcome.failure(), request->path));
  });
}

/// With 200 and the document.
json_answer_ptr reply_with_document(const exchange_ptr& request);
/// With 204.
json_answer_ptr reply_with_nothing(const exchange_ptr& request);
/// With 201, a document that was made, and where it is from now on: below `collection` by its member `key`.
json_answer_ptr reply_with_created(const exchange_ptr& request, std::string collection, std::string key);

/// The request's body as JSON of at most 1 MiB; answers the request itself where that fails.
std::optional<nlohmann::json> read_document(const exchange_ptr& request);

}  // namespace logstream::http
