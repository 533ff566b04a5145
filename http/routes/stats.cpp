// SPDX-License-Identifier: MIT
// Figures and the simulator: GET /stats, GET /metrics, POST /simulate.
#include "http/figures_json.hpp"
#include "http/media.hpp"
#include "http/problem.hpp"
#include "http/routes/routes.hpp"
#include "http/simulate_parameters.hpp"

#include <caf/send.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace logstream::http::routes {

void stats(const service& in, const exchange_ptr& request) {
  auto reply = make_answer<service_figures_ptr>([request](result<service_figures_ptr> figures) {
    request->send(figures ? response{200, media::json, figures_json(**figures), {}}
                          : problem(figures.failure(), request->path));
  });
  caf::anon_send(in.handles->stats, atom::stats_v, std::move(reply));
}

void metrics(const service& in, const exchange_ptr& request) {
  auto reply = make_answer<std::string>([request](result<std::string> text) {
    request->send(text ? response{200, media::metrics, std::move(*text), {}}
                       : problem(text.failure(), request->path));
  });
  caf::anon_send(in.handles->stats, atom::metrics_v, std::move(reply));
}

void simulate(const service& in, const exchange_ptr& request) {
  if (!takes_json(request->field("Content-Type"))) {
    request->send(problem(415, "the body must be application/json", request->path));
    return;
  }
  auto given = parameters::parse(request->query);
  auto wanted = given ? read_simulate_parameters(std::move(*given), request->body)
                      : result<simulate_request>(std::move(given.failure()));
  if (!wanted) {
    request->send(problem(wanted.failure(), request->path));
    return;
  }
  auto reply = make_answer<simulate_report>([request](result<simulate_report> report) {
    if (!report) {
      request->send(problem(report.failure(), request->path));
      return;
    }
    const double rate = report->seconds > 0 ? static_cast<double>(report->count) / report->seconds : 0;
    const nlohmann::ordered_json out = {{"count", report->count},
                                        {"rejected", report->rejected},
                                        {"duration_ms", report->seconds * 1000},
                                        {"rate", rate}};
    request->send({200, media::json, out.dump(), {}});
  });
  caf::anon_send(in.handles->simulator, *wanted, std::move(reply));
}

}  // namespace logstream::http::routes
