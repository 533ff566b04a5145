// SPDX-License-Identifier: MIT
// Every actor of the system and all it can be told: the table of contents of the running program.
#pragma once

#include "engine/alert/rule.hpp"
#include "engine/alert/webhook.hpp"
#include "messages/alerts.hpp"
#include "messages/answer.hpp"
#include "messages/atoms.hpp"
#include "messages/ingest.hpp"
#include "messages/logs.hpp"
#include "messages/readiness.hpp"
#include "messages/simulation.hpp"
#include "messages/stats.hpp"
#include "messages/store.hpp"
#include "messages/unsafe_types.hpp"

#include <caf/typed_actor.hpp>

namespace logstream {

/// Keeps the process's figures, prints them on a timer.
using stats_actor = caf::typed_actor<
    /// A worker did something.
    caf::reacts_to<ingest_tally_ptr>,
    /// An actor died and was restarted.
    caf::reacts_to<atom::notify, std::string>,
    /// Gathers all figures.
    caf::reacts_to<atom::stats, figures_answer_ptr>,
    /// Writes all figures as Prometheus text.
    caf::reacts_to<atom::metrics, text_answer_ptr>,
    /// The actors whose figures are gathered, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>,
    /// INTERNAL: a period ended.
    caf::reacts_to<atom::internal, atom::tick>>;

/// Holds the batches of the streams that hash to it.
using shard_actor = caf::typed_actor<
    /// Stores batches.
    caf::reacts_to<atom::append, handed_batches_ptr>,
    /// Hands out the parts that can hold matching rows.
    caf::replies_to<atom::snapshot, row_filter>::with<snapshot_ptr>,
    /// Counts matching rows from indexes and tells the blocks that must be read for the rest; REQUIRES
    /// filter.by_index_only().
    caf::replies_to<atom::count, count_request_ptr>::with<shard_counts_ptr>,
    /// Tells the times of its rows of the minute, or of all minutes how many rows each has.
    caf::replies_to<atom::probe>::with<minute_histogram_ptr>,
    caf::replies_to<atom::probe, std::int64_t>::with<time_list_ptr>,
    /// Drops all rows before the time and the given number at it; answers how many went.
    caf::replies_to<atom::evict, timestamp, std::uint64_t>::with<std::uint64_t>,
    caf::replies_to<atom::stats>::with<shard_figures>,
    /// A merge that the shard ordered is ready.
    caf::reacts_to<atom::merged, merge_order_ptr>,
    /// A change of its folder that the shard ordered was carried out.
    caf::reacts_to<upkeep_order_ptr>,
    /// A block of this segment could not be read.
    caf::reacts_to<atom::damaged, segment_ptr>,
    /// Tells what its folder consists of.
    caf::replies_to<atom::snapshot>::with<manifest_ptr>,
    /// Where everybody is, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>,
    /// INTERNAL: look whether rows are old enough for a segment, and segments old enough to go.
    caf::reacts_to<atom::internal, atom::tick>>;

/// Merges small batches into larger ones for the shards.
using merger_actor = caf::typed_actor<
    /// Merges and tells the shard.
    caf::reacts_to<merge_order_ptr, shard_actor>>;

/// Changes shards' folders; blocks, and sleeps while it goes, in a thread of its own.
using upkeep_actor = caf::typed_actor<
    /// Carries the order out and tells the shard.
    caf::reacts_to<upkeep_order_ptr, shard_actor>>;

/// Reads blocks; blocks in a thread of its own.
using block_reader_actor = caf::typed_actor<
    /// All rows of a block.
    caf::replies_to<block_ref>::with<batch_ptr>,
    /// Counts the rows of blocks that a count is about.
    caf::replies_to<atom::count, block_list_ptr, count_request_ptr>::with<group_counts_ptr>>;

/// Keeps the blocks that were read last and lets the readers read the others.
using block_store_actor = caf::typed_actor<
    /// All rows of a block.
    caf::replies_to<block_ref>::with<batch_ptr>,
    /// Counts the rows of blocks that a count is about.
    caf::replies_to<atom::count, block_list_ptr, count_request_ptr>::with<group_counts_ptr>,
    caf::replies_to<atom::stats>::with<cache_figures>,
    /// INTERNAL: a reader found bytes of this segment that are not what was written.
    caf::reacts_to<atom::damaged, segment_ptr>,
    /// The shards, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>>;

/// The shards as one store: keeps its bounds, answers questions.
using store_actor = caf::typed_actor<
    /// Answers a query from a snapshot taken now.
    caf::reacts_to<log_request_ptr>,
    /// One event as JSON.
    caf::reacts_to<atom::get, event_id, text_answer_ptr>,
    caf::reacts_to<atom::count, count_request_ptr, count_answer_ptr>,
    caf::replies_to<atom::stats>::with<store_figures>,
    /// The shards were given this many events with this many bytes; the bounds are looked at.
    caf::reacts_to<atom::append, std::uint64_t, std::uint64_t>,
    /// The shards, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>>;

/// Gives all rows their order, batches to the shards and receipts to the askers.
using committer_actor = caf::typed_actor<
    /// A bundle to store, together with those that come until it is its turn.
    caf::reacts_to<open_bundle_ptr>,
    /// The shard of this index died without having read these.
    caf::reacts_to<atom::append, std::uint32_t, shard_actor, numbered_batches_ptr>,
    /// The shard of this index has all rows below this sequence in segments, and so many bytes of others.
    caf::reacts_to<atom::sealed, std::uint32_t, std::uint64_t, std::uint64_t>,
    /// Makes the folder hold a copy of the log, with all that was acknowledged so far.
    caf::replies_to<atom::snapshot, std::string>::with<log_copy_ptr>,
    /// Where everybody is, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>,
    /// INTERNAL: store what has come; see how much room the disk has.
    caf::reacts_to<atom::internal, atom::flush>, caf::reacts_to<atom::internal, atom::tick>>;

/// One of the ingestion workers: bodies to batches, matches to rules.
using worker_actor = caf::typed_actor<
    /// Bodies to take in.
    caf::reacts_to<ingest_bundle_ptr>,
    /// The compiled filters of all rules and where matches go.
    caf::reacts_to<alert_routes_ptr>,
    /// Where everybody is, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>>;

/// Admits bodies and hands them to idle workers.
using router_actor = caf::typed_actor<
    /// Admits or refuses, one body or each of several.
    caf::reacts_to<ingest_job_ptr>, caf::reacts_to<ingest_bundle_ptr>,
    /// The bundle of this number is over: its askers were answered.
    caf::reacts_to<atom::done, std::uint64_t>, caf::replies_to<atom::stats>::with<router_figures>,
    /// Admit nothing any more; answers when nothing is in flight.
    caf::replies_to<atom::drain>::with<atom::done>,
    /// Where everybody is, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>,
    /// INTERNAL: hand out what waits.
    caf::reacts_to<atom::internal, atom::flush>>;

/// Keeps one rule's windows and states.
using alert_rule_actor = caf::typed_actor<
    /// Rows of a batch matched.
    caf::reacts_to<rule_matches_ptr>,
    /// The rule was changed in a way that keeps its windows.
    caf::reacts_to<atom::put, rule_ptr>,
    /// INTERNAL: look whether windows drained.
    caf::reacts_to<atom::internal, atom::tick>>;

/// The compiled filters of all enabled rules and, by the same index, where their matches go.
struct alert_routes {
  rule_set_ptr rules;
  std::vector<alert_rule_actor> actors;
};

/// Makes HTTP requests; blocks in a thread of its own.
using http_sender_actor = caf::typed_actor<
    /// Answers when the request is over, well or badly.
    caf::replies_to<http_request_ptr>::with<http_outcome_ptr>>;

/// Delivers alerts to one webhook, in order, patiently.
using notifier_actor = caf::typed_actor<
    /// An alert that fired or resolved.
    caf::reacts_to<atom::notify, alert_ptr>,
    /// Delivers a test message once, at once; answers what became of it.
    caf::reacts_to<atom::test, json_answer_ptr>,
    /// The sender of requests, again after each restart.
    caf::reacts_to<atom::wire, http_sender_actor>,
    /// INTERNAL: the attempt of this number is due.
    caf::reacts_to<atom::internal, atom::resume, std::uint64_t>>;

/// The set of rules, their compiled filters, the history of alerts, the receivers.
using alert_manager_actor = caf::typed_actor<
    /// A worker wants the filters, now and whenever they change.
    caf::reacts_to<atom::join, worker_actor>,
    /// All rules and webhooks of the configuration file, at start and on reload; those made by the API stay.
    caf::reacts_to<atom::reload, alert_configuration_ptr>, caf::reacts_to<atom::list, json_answer_ptr>,
    caf::reacts_to<atom::get, std::string, json_answer_ptr>,
    /// A new rule; conflict if the name is taken.
    caf::reacts_to<atom::add, rule_ptr, json_answer_ptr>,
    /// Replaces the named rule or makes it.
    caf::reacts_to<atom::put, rule_ptr, json_answer_ptr>,
    caf::reacts_to<atom::erase, std::string, json_answer_ptr>,
    /// Current and recent alerts.
    caf::reacts_to<atom::alerts, json_answer_ptr>, caf::reacts_to<atom::webhook, atom::list, json_answer_ptr>,
    caf::reacts_to<atom::webhook, atom::add, webhook_ptr, json_answer_ptr>,
    caf::reacts_to<atom::webhook, atom::erase, std::string, json_answer_ptr>,
    caf::reacts_to<atom::webhook, atom::test, std::string, json_answer_ptr>,
    caf::replies_to<atom::stats>::with<alert_figures>,
    /// INTERNAL: a rule's actor tells a change of an alert, and its own figures.
    caf::reacts_to<atom::notify, alert_ptr>, caf::reacts_to<atom::notify, rule_status_ptr>,
    /// INTERNAL: a notifier tells how its webhook does.
    caf::reacts_to<atom::notify, webhook_status_ptr>,
    /// INTERNAL: restart what died too often to be restarted at once.
    caf::reacts_to<atom::internal, atom::resume>>;

/// Makes copies of the store while it is used; blocks, in a thread of its own.
using snapshot_keeper_actor = caf::typed_actor<
    /// Makes a snapshot of this name, or named by the time if it is empty; answers when it is there.
    caf::reacts_to<atom::add, std::string, json_answer_ptr>, caf::reacts_to<atom::list, json_answer_ptr>,
    caf::reacts_to<atom::erase, std::string, json_answer_ptr>,
    /// The committer and the shards, again after each restart.
    caf::reacts_to<atom::wire, service_handles_ptr>,
    /// INTERNAL: go on with the shard whose segments went while they were copied.
    caf::reacts_to<atom::internal, atom::resume>>;

/// Feeds made-up events to the router.
using simulator_actor =
    caf::typed_actor<caf::reacts_to<simulate_request, simulate_answer_ptr>,
                     /// INTERNAL: a body of the simulation of this number was taken: so many events accepted,
                     /// so many rejected.
                     caf::reacts_to<atom::done, std::uint64_t, std::uint64_t, std::uint64_t>,
                     /// INTERNAL: a body of the simulation of this number was refused and is to be sent
                     /// again.
                     caf::reacts_to<atom::put, std::uint64_t, body_ptr>,
                     /// Where everybody is, again after each restart.
                     caf::reacts_to<atom::wire, service_handles_ptr>,
                     /// INTERNAL: a refused body of the simulation of this number is due again.
                     caf::reacts_to<atom::internal, atom::put, std::uint64_t, body_ptr>,
                     /// INTERNAL: the next body of the simulation of this number is due.
                     caf::reacts_to<atom::internal, atom::tick, std::uint64_t>>;

/// Starts everybody, restarts who dies, ends everybody in order.
using root_actor =
    caf::typed_actor<caf::reacts_to<atom::ready, readiness_answer_ptr>,
                     /// Rules and webhooks of the configuration file changed.
                     caf::reacts_to<atom::reload, alert_configuration_ptr>,
                     /// Stop taking in, finish what is in flight; answers when all is stored and answered, or
                     /// an error after so many milliseconds.
                     caf::replies_to<atom::drain, std::uint64_t>::with<atom::done>,
                     /// A damaged file was put aside.
                     caf::reacts_to<atom::damaged>,
                     /// INTERNAL: restart the child of this index, which died twice in short time.
                     caf::reacts_to<atom::internal, atom::resume, std::uint32_t>>;

/// Where everybody is. A new value is made after each restart.
struct service_handles {
  root_actor root;
  router_actor router;
  merger_actor merger;
  std::vector<worker_actor> workers;
  committer_actor committer;
  std::vector<shard_actor> shards;
  upkeep_actor upkeep;
  block_store_actor blocks;
  store_actor store;
  alert_manager_actor alerts;
  simulator_actor simulator;
  snapshot_keeper_actor snapshots;
  stats_actor stats;
};

}  // namespace logstream
