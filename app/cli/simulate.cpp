// SPDX-License-Identifier: MIT
// POST /simulate and its answer.
#include "app/cli/simulate.hpp"

#include "app/cli/answer.hpp"
#include "app/cli/progress.hpp"

#include <iomanip>
#include <ostream>

namespace logstream {

exit_code run_simulate(const simulate_options& options, std::ostream& out, std::ostream& err) {
  http_client client{options.url};
  client_request request;
  request.method = "POST";
  request.target = "/simulate";
  request.headers.push_back("Content-Type: application/json");
  request.timeout = std::chrono::milliseconds{0};
  if (options.count)
    append_query(request.target, "count", std::to_string(*options.count));
  if (options.rate)
    append_query(request.target, "rate", std::to_string(*options.rate));
  if (options.seed)
    append_query(request.target, "seed", std::to_string(*options.seed));
  if (options.levels)
    append_query(request.target, "levels", *options.levels);
  const auto answer = client.perform(std::move(request));
  if (!answer || !answer->ok())
    return report_failure(answer, err);
  const auto report = nlohmann::json::parse(answer->body, nullptr, false);
  if (!report.is_object()) {
    err << "logstream: the server's answer is not a report\n";
    return exit_code::failed;
  }
  const auto rejected = report.value("rejected", std::uint64_t{0});
  out << grouped(report.value("count", std::uint64_t{0})) << " events in " << std::fixed
      << std::setprecision(1) << report.value("duration_ms", 0.0) << " ms, "
      << grouped(static_cast<std::uint64_t>(report.value("rate", 0.0))) << " events/s";
  if (rejected > 0)
    out << ", " << grouped(rejected) << " rejected";
  out << '\n';
  return rejected == 0 ? exit_code::ok : exit_code::failed;
}

}  // namespace logstream
