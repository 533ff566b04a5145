// SPDX-License-Identifier: MIT
// Alerting: /rules, /alerts and /webhooks.
#include "http/json_documents.hpp"
#include "http/problem.hpp"
#include "http/routes/routes.hpp"

#include <caf/send.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

namespace logstream::http::routes {

namespace {

using nlohmann::json;

template <class T>
std::shared_ptr<const T> accept(const exchange_ptr& request, result<T> parsed) {
  if (parsed)
    return std::make_shared<const T>(std::move(*parsed));
  request->send(problem(parsed.failure(), request->path));
  return nullptr;
}

}  // namespace

void list_rules(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::list_v, reply_with_document(request));
}

void get_rule(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::get_v, request->segment, reply_with_document(request));
}

void add_rule(const service& in, const exchange_ptr& request) {
  const auto document = read_document(request);
  if (!document)
    return;
  if (rule_ptr rule = accept(request, parse_rule(*document)))
    caf::anon_send(in.handles->alerts, atom::add_v, std::move(rule),
                   reply_with_created(request, "/rules", "name"));
}

void put_rule(const service& in, const exchange_ptr& request) {
  auto document = read_document(request);
  if (!document)
    return;
  if (document->is_object()) {
    const json& name = document->emplace("name", request->segment).first.value();
    if (name != request->segment) {
      request->send(problem(400, "the member 'name' is not the name in the path", request->path));
      return;
    }
  }
  rule_ptr rule = accept(request, parse_rule(*document));
  if (rule == nullptr)
    return;
  // Whether it was there only decides between 200 and 201, so that it may have come or gone meanwhile does no
  // harm.
  auto before = make_answer<json>([request, rule, alerts = in.handles->alerts](const result<json>& found) {
    const int status = !found && found.failure().code == errc::not_found ? 201 : 200;
    caf::anon_send(alerts, atom::put_v, rule, reply_with(request, [status](const json& made) {
                     return response{status, media::json, text_of(made), {}};
                   }));
  });
  caf::anon_send(in.handles->alerts, atom::get_v, request->segment, std::move(before));
}

void erase_rule(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::erase_v, request->segment, reply_with_nothing(request));
}

void list_alerts(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::alerts_v, reply_with_document(request));
}

void list_webhooks(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::webhook_v, atom::list_v, reply_with_document(request));
}

void add_webhook(const service& in, const exchange_ptr& request) {
  const auto document = read_document(request);
  if (!document)
    return;
  if (webhook_ptr hook = accept(request, parse_webhook(*document)))
    caf::anon_send(in.handles->alerts, atom::webhook_v, atom::add_v, std::move(hook),
                   reply_with_created(request, "/webhooks", "id"));
}

void erase_webhook(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::webhook_v, atom::erase_v, request->segment,
                 reply_with_nothing(request));
}

void test_webhook(const service& in, const exchange_ptr& request) {
  caf::anon_send(in.handles->alerts, atom::webhook_v, atom::test_v, request->segment,
                 reply_with_document(request));
}

}  // namespace logstream::http::routes
