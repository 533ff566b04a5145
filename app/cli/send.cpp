// SPDX-License-Identifier: MIT
// The loop that reads sources, fills bodies and keeps the sender busy.
#include "app/cli/send.hpp"

#include "app/cli/body_sender.hpp"
#include "app/cli/line_source.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/stop_signal.hpp"
#include "app/cli/terminal.hpp"

#include <unistd.h>

#include <filesystem>
#include <iomanip>
#include <list>
#include <optional>
#include <ostream>

namespace logstream {

namespace {

using steady = std::chrono::steady_clock;
using milliseconds = std::chrono::milliseconds;

constexpr std::size_t body_lines = 5'000;
constexpr std::size_t body_bytes = 1 << 20;
/// A body that is not full is sent when nothing was added for this long.
constexpr milliseconds linger{200};
constexpr milliseconds redraw{100};

struct stream {
  std::string name;
  line_source source;
  line_encoder encoder;
  event_body body;
  steady::time_point changed;
  bool ended = false;
};

class sending {
 public:
  sending(const send_options& options, std::ostream& out, std::ostream& err)
      : options_(options),
        out_(out),
        err_(err),
        client_(options.url),
        sender_(client_, settings_of(options)) {}

  exit_code run() {
    for (const std::string& file : options_.files)
      if (!open(file))
        return exit_code::usage;
    if (live_)
      stop_.emplace();
    while (!done() && !sender_.failure()) step();
    clear_progress();
    return report();
  }

 private:
  static sender_settings settings_of(const send_options& options) {
    sender_settings out;
    out.parallel = options.parallel;
    out.packing = options.packing;
    out.patience = std::chrono::duration_cast<milliseconds>(options.patience);
    if (options.follow)
      out.patience.reset();
    return out;
  }

  bool open(const std::string& file) {
    auto source = line_source::open(file, options_.follow);
    if (!source) {
      err_ << "logstream: " << source.failure().message << '\n';
      return false;
    }
    const bool pipe = !source->size();
    live_ = live_ || options_.follow || pipe;
    if (pipe || options_.follow)
      total_.reset();
    else if (total_)
      *total_ += *source->size();
    streams_.push_back({file,
                        std::move(*source),
                        line_encoder{options_.service.value_or(service_of_file(file)), options_.multiline},
                        {},
                        {},
                        false});
    streams_.back().body.source = file;
    return true;
  }

  bool done() {
    if (stop_ && !stopping_ && stop_->came()) {
      stopping_ = true;
      for (stream& each : streams_)
        if (!each.ended) {
          each.source.fill();
          end(each);
        }
    }
    return streams_.empty() && sender_.idle();
  }

  void step() {
    bool all_idle = true;
    for (auto each = streams_.begin(); each != streams_.end() && !sender_.failure();) {
      if (!each->ended)
        all_idle = read(*each) && all_idle;
      if (each->ended && !sender_.full()) {
        submit(*each);
        each = streams_.erase(each);
      } else {
        ++each;
      }
    }
    std::vector<int> readable;
    for (const stream& each : streams_)
      if (const auto descriptor = each.source.waitable(); descriptor && !each.ended && all_idle)
        readable.push_back(*descriptor);
    if (stop_ && !stopping_)
      readable.push_back(stop_->descriptor());
    const bool may_wait = all_idle || sender_.full();
    sender_.run_once(may_wait ? linger : milliseconds{0}, readable);
    draw_progress();
  }

  /// Reads until the sender is busy or there is nothing now; returns whether there is nothing now.
  bool read(stream& from) {
    while (!sender_.full()) {
      const timestamp now = clock_.now();
      while (const auto line = from.source.next_line()) {
        from.encoder.take(*line, now, from.body);
        from.changed = steady::now();
        if (from.body.lines.size() >= body_lines || from.body.text.size() >= body_bytes) {
          submit(from);
          if (sender_.full())
            return false;
        }
      }
      if (from.ended)
        return true;
      const source_state state = from.source.fill();
      if (state == source_state::ended) {
        end(from);
        continue;
      }
      if (state == source_state::idle) {
        if (steady::now() - from.changed >= linger) {
          from.encoder.flush(now, from.body);
          submit(from);
        }
        return true;
      }
    }
    return false;
  }

  /// Nothing more is read from the source; what it has given is sent.
  void end(stream& of) {
    const timestamp now = clock_.now();
    of.source.finish();
    while (const auto line = of.source.next_line()) of.encoder.take(*line, now, of.body);
    of.encoder.flush(now, of.body);
    of.ended = true;
  }

  void submit(stream& from) {
    if (from.body.lines.empty())
      return;
    event_body full = std::move(from.body);
    from.body = {};
    from.body.source = from.name;
    sender_.submit(std::move(full));
  }

  void draw_progress() {
    const auto now = steady::now();
    if (options_.quiet || !is_terminal(STDERR_FILENO) || now - drawn_ < redraw)
      return;
    drawn_ = now;
    const send_tally& tally = sender_.tally();
    const progress at{tally.source_bytes, total_, tally.accepted + tally.rejected, now - started_};
    err_ << '\r' << progress_line(at, terminal_width(STDERR_FILENO) - 1) << "\x1b[K" << std::flush;
    has_drawn_ = true;
  }

  void clear_progress() {
    if (has_drawn_)
      err_ << "\r\x1b[K" << std::flush;
  }

  exit_code report() {
    const send_tally& tally = sender_.tally();
    for (const refused_event& each : tally.refused) {
      err_ << each.source << ':' << each.line << ": ";
      if (!each.member.empty())
        err_ << each.member << ": ";
      err_ << each.reason << '\n';
    }
    if (tally.rejected > tally.refused.size() && !tally.refused.empty())
      err_ << "and " << grouped(tally.rejected - tally.refused.size()) << " more\n";
    const std::chrono::duration<double> elapsed = steady::now() - started_;
    if (!options_.quiet) {
      out_ << "accepted " << tally.accepted << ", rejected " << tally.rejected;
      if (tally.resent > 0)
        out_ << ", bodies sent again " << tally.resent;
      out_ << ", " << std::fixed << std::setprecision(3) << elapsed.count() << " s, "
           << static_cast<std::uint64_t>(static_cast<double>(tally.accepted) / elapsed.count())
           << " events/s\n";
    }
    if (const auto& failure = sender_.failure()) {
      err_ << "logstream: " << failure->message << "; not everything was sent\n";
      const bool refused = failure->code == errc::unsupported || failure->code == errc::overloaded;
      return refused ? exit_code::failed : exit_code::unreachable;
    }
    return tally.rejected == 0 ? exit_code::ok : exit_code::failed;
  }

  const send_options& options_;
  std::ostream& out_;
  std::ostream& err_;
  system_clock clock_;
  http_client client_;
  body_sender sender_;
  std::list<stream> streams_;
  /// Bytes of all files; nothing when a source has no end.
  std::optional<std::uint64_t> total_ = 0;
  std::optional<stop_signal> stop_;
  bool live_ = false;
  bool stopping_ = false;
  bool has_drawn_ = false;
  steady::time_point started_ = steady::now();
  steady::time_point drawn_;
};

}  // namespace

std::string service_of_file(const std::string& path) {
  if (path == "-")
    return "stdin";
  const std::filesystem::path file{path};
  const std::string name = file.filename().string();
  // Rotated files are called app.log.1 or app.log-20240501.
  const std::size_t ending = name.find(".log", 1);
  return ending == std::string::npos ? file.stem().string() : name.substr(0, ending);
}

exit_code run_send(const send_options& options, std::ostream& out, std::ostream& err) {
  return sending{options, out, err}.run();
}

}  // namespace logstream
