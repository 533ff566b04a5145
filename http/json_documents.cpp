// SPDX-License-Identifier: MIT
// Rules, webhooks and snapshots are small; whoever sends more sends something else.
#include "http/json_documents.hpp"

#include "http/media.hpp"
#include "http/percent.hpp"

#include <cstddef>

namespace logstream::http {

namespace {

using nlohmann::json;

constexpr std::size_t max_document_bytes = 1024 * 1024;

}  // namespace

std::string text_of(const json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

json_answer_ptr reply_with_document(const exchange_ptr& request) {
  return reply_with(request, [](const json& document) {
    return response{200, media::json, text_of(document), {}};
  });
}

json_answer_ptr reply_with_nothing(const exchange_ptr& request) {
  return reply_with(request, [](const json&) { return response{204, {}, {}, {}}; });
}

json_answer_ptr reply_with_created(const exchange_ptr& request, std::string collection, std::string key) {
  return reply_with(
      request, [collection = std::move(collection), key = std::move(key)](const json& document) {
        response out{201, media::json, text_of(document), {}};
        if (const auto name = document.find(key); name != document.end() && name->is_string())
          out.headers.push_back({"Location", collection + '/' + encode_segment(name->get<std::string>())});
        return out;
      });
}

std::optional<json> read_document(const exchange_ptr& request) {
  if (!takes_json(request->field("Content-Type"))) {
    request->send(problem(415, "the body must be application/json", request->path));
    return std::nullopt;
  }
  if (!request->field("Content-Encoding").empty()) {
    request->send(problem(415, "the body must not be encoded here", request->path));
    return std::nullopt;
  }
  if (request->body.size() > max_document_bytes) {
    request->send(problem(413, "the body has more than 1 MiB", request->path));
    return std::nullopt;
  }
  json document = json::parse(request->body, nullptr, false);
  if (document.is_discarded()) {
    request->send(problem(400, "the body is not JSON", request->path));
    return std::nullopt;
  }
  return document;
}

}  // namespace logstream::http
