// SPDX-License-Identifier: MIT
// GET /stats as a table.
#include "app/cli/stats.hpp"

#include "app/cli/answer.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/terminal.hpp"
#include "app/config/size_text.hpp"
#include "engine/wire/time_text.hpp"

#include <unistd.h>

#include <iomanip>
#include <ostream>
#include <sstream>

namespace logstream {

namespace {

constexpr int label_width = 22;

/// Follows a dotted path into `from`; null when a part is not there.
nlohmann::json at_path(const nlohmann::json& from, std::string_view path) {
  const std::size_t dot = path.find('.');
  const auto found = from.is_object() ? from.find(std::string{path.substr(0, dot)}) : from.end();
  if (found == from.end())
    return nullptr;
  return dot == std::string_view::npos ? *found : at_path(*found, path.substr(dot + 1));
}

void line(std::ostream& out, std::string_view label, const std::string& value) {
  out << std::left << std::setw(label_width) << label << value << '\n';
}

std::uint64_t whole(const nlohmann::json& from, std::string_view path) {
  const nlohmann::json value = at_path(from, path);
  return value.is_number() ? static_cast<std::uint64_t>(value.get<double>()) : 0;
}

std::string megabytes(std::uint64_t bytes) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << static_cast<double>(bytes) / (1 << 20) << " MiB";
  return out.str();
}

std::string milliseconds(const nlohmann::json& from, std::string_view path) {
  const nlohmann::json value = at_path(from, path);
  std::ostringstream out;
  out << (value.is_number() ? value.get<double>() : 0.0) << " ms";
  return out.str();
}

}  // namespace

std::string stats_text(const nlohmann::json& figures) {
  std::ostringstream out;
  const auto count = [&](std::string_view label, std::string_view path, std::string_view unit = "") {
    line(out, label, grouped(whole(figures, path)).append(unit));
  };
  const auto seconds = static_cast<std::int64_t>(whole(figures, "uptime_seconds"));
  line(out, "uptime", format_duration(seconds * nanoseconds_per_second));
  count("current throughput", "current_throughput", " events/s");
  count("average throughput", "avg_throughput", " events/s");
  count("processed", "total_processed");
  count("rejected", "total_rejected");
  count("dropped", "total_dropped");
  count("in storage", "logs_in_storage");
  line(out, "bytes in storage", megabytes(whole(figures, "bytes.storage")));
  line(out, "bytes ingested", megabytes(whole(figures, "bytes.ingested")));
  line(out, "buffer",
       grouped(whole(figures, "buffer.events_waiting")) + " of " + grouped(whole(figures, "buffer.size")) +
           " events");
  count("alerts firing", "alerts.firing");
  count("alerts fired", "alerts.fired");
  line(out, "ingest latency",
       "p50 " + milliseconds(figures, "latency_ms.p50") + ", p99 " + milliseconds(figures, "latency_ms.p99"));
  const nlohmann::json levels = at_path(figures, "levels");
  if (levels.is_object())
    for (const auto& [name, value] : levels.items())
      if (value.is_number_unsigned() && value.get<std::uint64_t>() > 0)
        line(out, "  " + name, grouped(value.get<std::uint64_t>()));
  return out.str();
}

exit_code run_stats(const stats_options& options, std::ostream& out, std::ostream& err) {
  http_client client{options.url};
  for (;;) {
    const auto begun = std::chrono::steady_clock::now();
    client_request request;
    request.target = "/stats";
    const auto answer = client.perform(std::move(request));
    if (!answer || !answer->ok())
      return report_failure(answer, err);
    const auto figures = nlohmann::json::parse(answer->body, nullptr, false);
    if (figures.is_discarded()) {
      err << "logstream: the server's answer is not JSON\n";
      return exit_code::failed;
    }
    if (options.watch && is_terminal(STDOUT_FILENO))
      out << "\x1b[H\x1b[2J";
    out << (options.json ? figures.dump() + "\n" : stats_text(figures)) << std::flush;
    if (!options.watch)
      return exit_code::ok;
    for (auto left = options.interval; left.count() > 0;
         left = options.interval - (std::chrono::steady_clock::now() - begun))
      client.run_once(std::chrono::ceil<std::chrono::milliseconds>(left));
  }
}

}  // namespace logstream
