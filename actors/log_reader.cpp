// SPDX-License-Identifier: MIT
// Slices of a scan between messages, so that no query holds a thread for long.
#include "actors/log_reader.hpp"

#include "actors/support/guards.hpp"
#include "engine/query/log_scan.hpp"
#include "messages/budget.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace logstream {

namespace {

using steady = std::chrono::steady_clock;

// Rows looked at between two looks at the clock.
constexpr std::uint64_t rows_between_looks = 512;
// Blocks that are read at a time for one query: some ahead, so that the readers need not wait for it.
constexpr std::size_t most_asked = 8;
// A timer keeps the memory of a reader that has ended until it goes off, so none is set for the whole of a
// deadline.
constexpr std::chrono::nanoseconds longest_timer = std::chrono::seconds{1};

struct log_reader_state {
  static inline const char* name = "log-reader";

  explicit log_reader_state(log_reader_actor::pointer self_pointer) : self(self_pointer) {}

  void start() {
    limit = request->query.limit;
    // One row more tells whether there is a next page.
    if (limit != std::numeric_limits<std::uint64_t>::max())
      ++request->query.limit;
    missing = from.shards.size();
    for (const shard_actor& shard : from.shards)
      self->request(shard, budget::snapshot, atom::snapshot_v, request->query.filter)
          .then([this](const snapshot_ptr& taken) { collect(*taken); },
                [this](const caf::error& why) {
                  log_unexpected(name, "a shard gave no snapshot: " + describe(why));
                  fail(make_error(errc::unavailable, "a part of the store did not answer"));
                });
  }

  void collect(const snapshot& taken) {
    found.parts.insert(found.parts.end(), taken.parts.begin(), taken.parts.end());
    found.blocks.insert(found.blocks.end(), taken.blocks.begin(), taken.blocks.end());
    if (--missing != 0 || !request)
      return;
    scan.emplace(request->query, std::exchange(found, {}));
    writer.emplace(request->format);
    writer->open(piece);
    work();
  }

  // Works for a slice, or until a piece is full.
  void work() {
    if (!scan || waiting)
      return;
    const auto slice_end = steady::now() + budget::query_slice;
    for (;;) {
      std::uint64_t budget_rows = rows_between_looks;
      switch (next_row(budget_rows)) {
        case log_scan::state::end:
          return finish();
        case log_scan::state::unread:
          return read_blocks();
        case log_scan::state::row:
          if (piece.size() >= budget::answer_piece)
            return send_piece();
          break;
        case log_scan::state::more:
          break;
      }
      if (++looks % 64 != 0 && budget_rows != 0)
        continue;
      // The deadline is looked at between slices.
      if (steady::now() >= slice_end)
        return self->send(log_reader_actor{self}, atom::internal_v, atom::resume_v);
    }
  }

  void read_blocks() {
    if (asked < most_asked)
      for (const log_scan::wanted_block& each : scan->unread(most_asked - asked)) {
        ++asked;
        self->request(from.blocks, budget::block, each.block)
            .then([this, number = each.number](const batch_ptr& rows) { supply(number, rows); },
                  [this](const caf::error& why) {
                    log_unexpected(name, "a block was not read: " + describe(why));
                    fail(make_error(errc::io, "a part of the store could not be read"));
                  });
      }
  }

  void supply(std::uint32_t number, const batch_ptr& rows) {
    --asked;
    if (!scan)
      return;
    scan->supply(number, rows);
    work();
  }

  log_scan::state next_row(std::uint64_t& budget_rows) {
    const auto state = scan->advance(budget_rows);
    if (state != log_scan::state::row)
      return state;
    if (scan->found() > limit) {
      next = last;
      return log_scan::state::end;
    }
    last = scan->rows().id(scan->row());
    writer->row(piece, scan->rows(), scan->row());
    return state;
  }

  void send_piece() {
    waiting = true;
    request->sink->write(std::exchange(piece, {}), false, log_reader_actor{self});
  }

  void finish() {
    writer->close(piece, next);
    request->sink->write(std::move(piece), true, log_reader_actor{self});
    stop();
  }

  void fail(const error& why) {
    if (request)
      request->sink->fail(why);
    stop();
  }

  void stop() {
    request.reset();
    scan.reset();
    self->quit();
  }

  void pulled() {
    waiting = false;
    work();
  }

  void look_at_deadline() {
    const std::chrono::nanoseconds left = ends - self->clock().now();
    if (left <= std::chrono::nanoseconds::zero())
      return fail(make_error(errc::timeout, "the query did not end within its deadline"));
    self->delayed_send(log_reader_actor{self}, std::min(left, longest_timer), atom::internal_v, atom::tick_v);
  }

  log_reader_actor::pointer self;
  log_request_ptr request;
  log_source from;
  caf::actor_clock::time_point ends;
  std::uint64_t limit = 0;
  std::size_t missing = 0;
  snapshot found;
  std::optional<log_scan> scan;
  // Blocks that are being read.
  std::size_t asked = 0;
  std::optional<row_writer> writer;
  std::string piece;
  std::optional<event_id> last;
  std::optional<event_id> next;
  bool waiting = false;
  std::uint64_t looks = 0;
};

log_reader_actor::behavior_type log_reader(log_reader_actor::stateful_pointer<log_reader_state> self,
                                           log_request_ptr request, log_source from) {
  install_guards(self, log_reader_state::name);
  self->state.request = std::move(request);
  self->state.ends = self->clock().now() + from.deadline;
  self->state.from = std::move(from);
  self->state.look_at_deadline();
  self->state.start();
  return {
      [self](atom::pull) { self->state.pulled(); },
      [self](atom::cancel) { self->state.stop(); },
      [self](atom::internal, atom::resume) { self->state.work(); },
      [self](atom::internal, atom::tick) { self->state.look_at_deadline(); },
  };
}

}  // namespace

log_reader_actor spawn_log_reader(caf::actor_system& system, log_request_ptr request, log_source from) {
  return system.spawn(log_reader, std::move(request), std::move(from));
}

}  // namespace logstream
