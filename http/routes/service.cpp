// SPDX-License-Identifier: MIT
// About the service itself: GET /, /healthz, /ready and /openapi.json.
#include "http/openapi.hpp"
#include "http/problem.hpp"
#include "http/router.hpp"
#include "http/routes/routes.hpp"

#include <caf/send.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace logstream::http::routes {

void healthz(const service&, const exchange_ptr& request) {
  request->send({200, media::json, R"({"status":"ok"})", {}});
}

void ready(const service& in, const exchange_ptr& request) {
  auto reply = make_answer<readiness>([request](result<readiness> state) {
    if (!state)
      request->send(problem(503, state.failure().message, request->path));
    else if (!state->ready)
      request->send(problem(503, state->reason, request->path));
    else if (!state->degraded.empty())
      request->send(
          {200,
           media::json,
           nlohmann::ordered_json{{"ready", true}, {"degraded", true}, {"reason", state->degraded}}.dump(),
           {}});
    else
      request->send({200, media::json, R"({"ready":true})", {}});
  });
  if (in.root != nullptr)
    caf::anon_send(in.root, atom::ready_v, std::move(reply));
}

void openapi(const service&, const exchange_ptr& request) {
  request->send({200, media::json, std::string(openapi_document()), {}});
}

void index(const service&, const exchange_ptr& request) {
  nlohmann::ordered_json out = {{"service", "logstream"}, {"version", LOGSTREAM_VERSION}};
  auto& endpoints = out["endpoints"] = nlohmann::ordered_json::array();
  for (const std::string& each : route_names()) endpoints.push_back(each);
  request->send({200, media::json, out.dump(2) + "\n", {}});
}

}  // namespace logstream::http::routes
