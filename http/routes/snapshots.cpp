// SPDX-License-Identifier: MIT
// Copies of the store: /snapshots.
#include "http/json_documents.hpp"
#include "http/problem.hpp"
#include "http/routes/routes.hpp"

#include <caf/send.hpp>

#include <string>

namespace logstream::http::routes {

namespace {

// The name that the body gives, empty if it gives none; answers the request itself where that fails.
std::optional<std::string> read_name(const exchange_ptr& request) {
  if (request->body.empty())
    return std::string{};
  const auto document = read_document(request);
  if (!document)
    return std::nullopt;
  const bool only_name = document->is_object() && document->size() == document->count("name") &&
                         (document->empty() || document->at("name").is_string());
  if (only_name)
    return document->value("name", std::string{});
  request->send(problem(400, "the body must be {} or {\"name\": \"...\"}", request->path));
  return std::nullopt;
}

}  // namespace

void list_snapshots(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->snapshots, atom::list_v, reply_with_document(request));
}

void add_snapshot(const service& in, const exchange_ptr& request) {
  if (const auto name = read_name(request))
    caf::anon_send(in.handles->snapshots, atom::add_v, *name,
                   reply_with_created(request, "/snapshots", "name"));
}

void erase_snapshot(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->snapshots, atom::erase_v, request->segment, reply_with_nothing(request));
}

}  // namespace logstream::http::routes
