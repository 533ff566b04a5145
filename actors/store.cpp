// SPDX-License-Identifier: MIT
// Questions go to the shards and their answers are put together; the bounds are kept by evictions, one at a
// time.
#include "actors/store.hpp"

#include "actors/log_reader.hpp"
#include "actors/support/guards.hpp"
#include "engine/store/eviction_cut.hpp"
#include "messages/budget.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <set>
#include <utility>

namespace logstream {

namespace {

// An eviction takes every n-th event, the oldest.
constexpr std::uint64_t evicted_fraction = 5;

// Where the text of a single event goes.
class one_event_sink final : public log_sink {
 public:
  one_event_sink(const event_id& id, text_answer_ptr answer) : id_(id), answer_(std::move(answer)) {}

  void fail(const error& why) override { answer_->deliver(why); }
  void write(std::string piece, bool last, const log_reader_actor& reader) override {
    text_ += piece;
    if (!last)
      return caf::anon_send(reader, atom::pull_v);
    if (text_.empty())
      return answer_->deliver(make_error(errc::not_found, "there is no event " + to_string(id_)));
    text_.pop_back();
    answer_->deliver(std::move(text_));
  }

 private:
  event_id id_;
  text_answer_ptr answer_;
  std::string text_;
};

struct store_state {
  static inline const char* name = "store";

  explicit store_state(store_actor::pointer self_pointer) : self(self_pointer) {}

  // -- questions ---

  void query(log_request_ptr& request) {
    if (shards.empty())
      return request->sink->fail(make_error(errc::unavailable, "the store is starting"));
    if (readers.size() >= settings.max_queries)
      return request->sink->fail(make_error(errc::overloaded, "too many queries are running"));
    ++queries;
    start_reader(std::move(request));
  }

  void start_reader(log_request_ptr request) {
    const auto reader =
        spawn_log_reader(self->system(), std::move(request), {shards, blocks, settings.query_deadline});
    readers.insert(reader.address());
    self->monitor(reader);
  }

  // Who waits for a client to read on would not end by itself for long.
  void end_queries(const caf::error& why) {
    for (const caf::actor_addr& each : readers) self->send_exit(each, why);
  }

  void get(const event_id& id, const text_answer_ptr& answer) {
    if (shards.empty())
      return answer->deliver(make_error(errc::unavailable, "the store is starting"));
    auto request = std::make_shared<log_request>();
    request->query.filter.id = id;
    request->query.filter.from = id.time;
    request->query.filter.to = id.time == std::numeric_limits<timestamp>::max() ? id.time : id.time + 1;
    request->query.limit = 1;
    request->format = row_format::ndjson;
    request->sink = std::make_unique<one_event_sink>(id, answer);
    start_reader(std::move(request));
  }

  void count(const count_request_ptr& what, const count_answer_ptr& answer) {
    if (!what->filter.by_index_only())
      return answer->deliver(
          make_error(errc::invalid, "counts can be asked by level, service and time only"));
    ask_shards<shard_counts_ptr>(
        [this, what, answer](std::vector<shard_counts_ptr>& found) { counted(found, what, answer); },
        [answer](error why) { answer->deliver(std::move(why)); }, atom::count_v, what);
  }

  void counted(const std::vector<shard_counts_ptr>& found, const count_request_ptr& what,
               const count_answer_ptr& answer) {
    group_counts sums;
    std::vector<block_ref> unread;
    for (const shard_counts_ptr& each : found) {
      add_counts(sums, each->groups);
      unread.insert(unread.end(), each->unread.begin(), each->unread.end());
    }
    if (unread.empty())
      return answer->deliver(table_of(sums, what->by));
    self->request(blocks, budget::block, atom::count_v,
                  std::make_shared<const std::vector<block_ref>>(std::move(unread)), what)
        .then(
            [answer, what, sums](const group_counts_ptr& rest) mutable {
              add_counts(sums, *rest);
              answer->deliver(table_of(sums, what->by));
            },
            [answer](const caf::error& why) {
              log_unexpected(name, "blocks were not counted: " + describe(why));
              answer->deliver(make_error(errc::io, "a part of the store could not be read"));
            });
  }

  static void add_counts(group_counts& to, const group_counts& more) {
    for (const auto& [group, rows] : more) to[group] += rows;
  }

  static count_table table_of(const group_counts& sums, count_by by) {
    count_table table;
    if (by != count_by::level) {
      table.rows.assign(sums.begin(), sums.end());
      return table;
    }
    for (auto each = all_levels.rbegin(); each != all_levels.rend(); ++each)
      if (const auto known = sums.find(std::string{to_string(*each)}); known != sums.end())
        table.rows.emplace_back(*known);
    return table;
  }

  caf::result<store_figures> figures() {
    auto promise = self->make_response_promise<store_figures>();
    ask_shards<shard_figures>(
        [this, promise](std::vector<shard_figures>& found) mutable { promise.deliver(sum_figures(found)); },
        [promise](const error& why) mutable {
          promise.deliver(caf::make_error(caf::sec::runtime_error, why.message));
        },
        atom::stats_v);
    return promise;
  }

  store_figures sum_figures(const std::vector<shard_figures>& found) const {
    store_figures sum;
    sum.quarantined = settings.quarantined;
    sum.evicted_events = evicted_events;
    sum.evictions = evictions;
    sum.queries = queries;
    sum.running_queries = readers.size();
    for (const shard_figures& each : found) {
      sum.events += each.events;
      sum.bytes += each.bytes;
      sum.live_bytes += each.live_bytes;
      sum.batches += each.batches;
      sum.merges += each.merges;
      sum.segments += each.segments;
      sum.disk_bytes += each.disk_bytes;
      sum.quarantined.add(each.quarantined);
      for (std::size_t i = 0; i < level_count; ++i) sum.by_level[i] += each.by_level[i];
    }
    return sum;
  }

  // Asks every shard the same and calls on_all with all answers, in the order of the shards, or on_failure
  // once.
  template <class T, class OnAll, class OnFailure, class... Question>
  void ask_shards(OnAll on_all, OnFailure on_failure, const Question&... question) {
    struct gathering {
      std::vector<T> found;
      std::size_t missing = 0;
    };
    if (shards.empty())
      return on_failure(make_error(errc::unavailable, "the store is starting"));
    auto gathered = std::make_shared<gathering>();
    gathered->found.resize(shards.size());
    gathered->missing = shards.size();
    for (std::size_t i = 0; i < shards.size(); ++i)
      self->request(shards[i], budget::snapshot, question...)
          .then(
              [gathered, on_all, i](const T& found) mutable {
                gathered->found[i] = found;
                if (gathered->missing != 0 && --gathered->missing == 0)
                  on_all(gathered->found);
              },
              [gathered, on_failure](const caf::error& why) mutable {
                log_unexpected(name, "a shard did not answer: " + describe(why));
                // So that the others' answers no longer complete the set, nor fail a second time.
                if (std::exchange(gathered->missing, 0) != 0)
                  on_failure(make_error(errc::unavailable, "a part of the store did not answer"));
              });
  }

  // -- bounds ---

  void appended(std::uint64_t more_events, std::uint64_t more_bytes) {
    events += more_events;
    bytes += more_bytes;
    events_since += more_events;
    bytes_since += more_bytes;
    look_at_bounds();
  }

  bool over_bounds() const {
    return (settings.max_events != 0 && events > settings.max_events) ||
           (settings.max_bytes != 0 && bytes > settings.max_bytes);
  }

  // What was told of appends only says that it is time to look: merges and evictions are not in it.
  void look_at_bounds() {
    if (over_bounds())
      measure();
  }

  void measure() {
    if (evicting || shards.empty())
      return;
    evicting = true;
    events_since = 0;
    bytes_since = 0;
    ask_shards<shard_figures>([this](std::vector<shard_figures>& found) { measured(sum_figures(found)); },
                              [this](const error&) { end_eviction(); }, atom::stats_v);
  }

  void measured(const store_figures& now) {
    // Some shards may have been asked before they took what the store has been told of since.
    events = now.events + events_since;
    bytes = now.live_bytes + bytes_since;
    const bool too_many = settings.max_events != 0 && now.events > settings.max_events;
    const bool too_large = settings.max_bytes != 0 && now.live_bytes > settings.max_bytes;
    if (!too_many && !too_large) {
      end_eviction();
      return look_at_bounds();
    }
    // The oldest fifth of the bound goes and what exceeds it; by bytes, a fifth of what is there.
    const std::uint64_t excess =
        too_many ? now.events - settings.max_events + settings.max_events / evicted_fraction
                 : now.events / evicted_fraction;
    to_evict = std::max<std::uint64_t>(excess, 1);
    ask_shards<minute_histogram_ptr>(
        [this](std::vector<minute_histogram_ptr>& found) { minutes_known(found); },
        [this](const error&) { end_eviction(); }, atom::probe_v);
  }

  void minutes_known(const std::vector<minute_histogram_ptr>& found) {
    minute_sums sums;
    for (const minute_histogram_ptr& each : found)
      for (const auto& [minute, rows] : *each) sums[minute] += rows;
    const std::int64_t minute = cut_minute(sums, to_evict);
    ask_shards<time_list_ptr>([this](std::vector<time_list_ptr>& times) { times_known(times); },
                              [this](const error&) { end_eviction(); }, atom::probe_v, minute);
  }

  void times_known(const std::vector<time_list_ptr>& times) {
    const eviction_cut cut = cut_times(times, to_evict);
    auto missing = std::make_shared<std::size_t>(shards.size());
    const auto all_gone = std::make_shared<std::uint64_t>(0);
    const auto one_done = [this, missing, all_gone](std::uint64_t gone) {
      evicted_events += gone;
      events -= std::min(events, gone);
      *all_gone += gone;
      if (--*missing != 0)
        return;
      ++evictions;
      end_eviction();
      // What arrived meanwhile may be too much again.
      if (*all_gone != 0)
        look_at_bounds();
    };
    for (std::size_t i = 0; i < shards.size(); ++i)
      self->request(shards[i], budget::snapshot, atom::evict_v, cut.time,
                    i < cut.ties.size() ? cut.ties[i] : 0)
          .then(one_done, [one_done](const caf::error& why) mutable {
            log_unexpected(name, "a shard did not evict: " + describe(why));
            one_done(0);
          });
  }

  // After a failure the next append begins another.
  void end_eviction() { evicting = false; }

  // A store that was restarted has not been told of what is there.
  void rewire(const service_handles& handles) {
    shards = handles.shards;
    blocks = handles.blocks;
    measure();
  }

  store_actor::pointer self;
  store_settings settings;
  std::vector<shard_actor> shards;
  block_store_actor blocks;
  std::set<caf::actor_addr> readers;
  std::uint64_t queries = 0;
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
  // What was told of since the shards were last asked.
  std::uint64_t events_since = 0;
  std::uint64_t bytes_since = 0;
  bool evicting = false;
  std::uint64_t to_evict = 0;
  std::uint64_t evicted_events = 0;
  std::uint64_t evictions = 0;
};

store_actor::behavior_type store(store_actor::stateful_pointer<store_state> self,
                                 const store_settings& settings) {
  install_guards(self, store_state::name);
  self->state.settings = settings;
  self->set_down_handler([self](caf::down_msg& ended) { self->state.readers.erase(ended.source); });
  self->set_exit_handler([self](caf::exit_msg& why) {
    self->state.end_queries(why.reason);
    self->quit(std::move(why.reason));
  });
  return {
      [self](log_request_ptr& request) { self->state.query(request); },
      [self](atom::get, const event_id& id, const text_answer_ptr& answer) { self->state.get(id, answer); },
      [self](atom::count, const count_request_ptr& what, const count_answer_ptr& answer) {
        self->state.count(what, answer);
      },
      [self](atom::stats) { return self->state.figures(); },
      [self](atom::append, std::uint64_t events, std::uint64_t bytes) {
        self->state.appended(events, bytes);
      },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(*handles); },
  };
}

}  // namespace

store_actor spawn_store(caf::actor_system& system, const store_settings& settings) {
  return system.spawn(store, settings);
}

}  // namespace logstream
