// SPDX-License-Identifier: MIT
// The texts of the simulator's catalog.
#pragma once

#include "engine/model/level.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace logstream {

/// What a service does, and so what it writes about.
enum class domain : std::uint8_t { any, edge, identity, commerce, money, search, messaging, platform };

struct service_text {
  std::string_view name;
  domain kind;
};

/// Ordered by how much they write, the most talkative first.
inline constexpr auto service_texts = std::to_array<service_text>({
    {"edge-gateway", domain::edge},  {"orders", domain::commerce},       {"identity", domain::identity},
    {"catalog", domain::search},     {"payments", domain::money},        {"cart", domain::commerce},
    {"search", domain::search},      {"notifier", domain::messaging},    {"sessions", domain::identity},
    {"stock", domain::commerce},     {"checkout", domain::commerce},     {"ledger", domain::money},
    {"mailer", domain::messaging},   {"recommender", domain::search},    {"dispatch", domain::commerce},
    {"invoicing", domain::money},    {"static-assets", domain::edge},    {"job-scheduler", domain::platform},
    {"risk-scoring", domain::money}, {"config-store", domain::platform},
});

struct message_text {
  level severity;
  domain kind;
  /// Holes in braces: few, n and N (1 to 9, to 999, to 999999), ip, uuid, hash, table, topic, resource, mail,
  /// cause, user, ms, status.
  std::string_view text;
};

inline constexpr auto message_texts = std::to_array<message_text>({
    {level::trace, domain::any, "enter {resource}.handle depth={n} span={hash} buffer={N}"},
    {level::trace, domain::any, "frame {N} of stream {hash} read in {n}us, window {N} bytes"},

    {level::debug, domain::any, "cache key {resource}:{N} found in {n}us on {ip}:11211, age {n}s, codec lz4"},
    {level::debug, domain::any,
     "select from {table} where id={N}: {n} rows in {few}ms, index scan on {table}_pkey, plan {hash}"},
    {level::debug, domain::any, "pool {resource}-db: {n} in use, {n} idle, {n} waiters, epoch {hash}"},
    {level::debug, domain::any, "feature flag {resource}-v2 evaluated to on for cohort {n}, ruleset {hash}"},
    {level::debug, domain::identity,
     "access token of {uuid} verified in {n}us, audience internal, key {hash}, {n}s left"},
    {level::debug, domain::search,
     "query rewritten in {n}us to {n} clauses, plan {hash}, {n} candidate shards"},

    {level::info, domain::any,
     "Answered {resource} request of user {user} from {ip} with status {status} in {ms}ms"},
    {level::info, domain::any,
     "Polled {n} records from {topic}, partition {n}, next offset {N}, {n} bytes left in fetch"},
    {level::info, domain::any,
     "Upstream {ip}:8443 is healthy again after {few} probes, last answer in {n}ms, weight back to {n}"},
    {level::info, domain::any, "Reloaded {n} entries of {resource} from {table} in {n}ms, {N} bytes"},
    {level::info, domain::any,
     "Published {uuid} to {topic}, partition {n}, offset {N}, acknowledged by {few} replicas"},
    {level::info, domain::any, "Reconciled {N} rows of {table} with replica {ip} in {n}ms, no drift"},
    {level::info, domain::edge,
     "Forwarded {resource} call of {ip} to {ip}:{n}, {N} bytes back in {ms}ms, keep-alive"},
    {level::info, domain::edge,
     "Accepted connection from {ip}, TLSv1.3 with AES-256-GCM, session {hash} resumed after {n}s"},
    {level::info, domain::edge,
     "Asset bundle {hash} served to {ip}, {N} bytes compressed, age {n}s in the edge cache"},
    {level::info, domain::identity,
     "User {user} signed in from {ip} with a passkey, session {hash}, device trusted for {n} days"},
    {level::info, domain::identity,
     "Session {hash} of user {user} extended by {few}{few} minutes, {few} devices active, last seen at {ip}"},
    {level::info, domain::identity, "Password of {mail} changed, {n} other sessions ended, audit {uuid}"},
    {level::info, domain::commerce,
     "Order {uuid} placed: {few} items, {n}.{few}{few} EUR, depot {few}, promised in {few} days"},
    {level::info, domain::commerce, "Parcel {uuid} handed to carrier {few}, tracking number {N}-{N}"},
    {level::info, domain::commerce,
     "Stock of article A-{N} now {n} in depot {few}, {few} reserved for order {uuid}"},
    {level::info, domain::commerce,
     "Cart {hash} of user {user} merged, {few} lines kept, {few} dropped as sold out, total {n}.{few}{few} "
     "EUR"},
    {level::info, domain::money,
     "Charge {uuid} captured: {n}.{few}{few} EUR on card ending {few}{n}, acquirer {few}"},
    {level::info, domain::money,
     "Invoice {N} for account {uuid} issued, due in {few}0 days, {n}.{few}{few} EUR"},
    {level::info, domain::money,
     "Posted {few} ledger entries, balance of {uuid} settled, batch {N}, period open"},
    {level::info, domain::search,
     "Search by user {user} matched {N} documents on 12 of 12 shards in {ms}ms, request {uuid}"},
    {level::info, domain::search, "Index segment {hash} merged: {N} documents, {n} deletes, {n}ms"},
    {level::info, domain::messaging,
     "Mail {uuid} to {mail} handed to relay {ip}, template welcome-{few}, queue {resource}"},
    {level::info, domain::messaging, "Push {uuid} delivered to {few} devices of user {user} in {ms}ms"},
    {level::info, domain::platform,
     "Job {resource}-purge removed {N} rows from {table} in {n}ms, run {uuid}"},
    {level::info, domain::platform,
     "Setting {resource}.limit changed from {n} to {n} in revision {N} by {mail}, {few} watchers told"},

    {level::warn, domain::any, "Statement on {table} took {n}ms, {N} rows examined, digest {hash}"},
    {level::warn, domain::any, "Attempt {few} of 10 to reach {ip}:8443 for {uuid} failed: {cause}, {effect}"},
    {level::warn, domain::any,
     "Only {few} of 200 connections free, {few}{few} callers wait: {cause}, {effect}"},
    {level::warn, domain::any, "Consumer of {topic} is {N} records behind on partition {n}"},
    {level::warn, domain::any, "Collection pause of {n}ms, heap {N} of {N} kB in use"},
    {level::warn, domain::edge, "Client {ip} used {n} of 1000 requests of its window, throttling soon"},
    {level::warn, domain::identity, "Failed sign-in {few} for {mail} from {ip}, account locks at 10"},
    {level::warn, domain::commerce,
     "Article A-{N} below its minimum in depot {few}: {few} left, reorder {uuid}"},
    {level::warn, domain::money, "Acquirer {few} answered in {n}ms, charge {uuid} moved to the next one"},
    {level::warn, domain::search, "Shard {few} of {resource} skipped for request {uuid} after {n}ms"},
    {level::warn, domain::messaging, "Relay {ip} deferred mail {uuid} with code 451, retry in {n}s"},
    {level::warn, domain::platform, "Run of {resource}-rollup overlaps with run {uuid}, skipped"},

    {level::error, domain::any, "Connection to {ip}:5432 timed out after {N}ms: {cause}, {effect}"},
    {level::error, domain::any, "Request {uuid} failed with status {status} after {n}ms: {cause}, {effect}"},
    {level::error, domain::any, "Connection to {ip}:6379 refused, errno 111: {cause}, {effect}"},
    {level::error, domain::any,
     "deadlock on table {table}: transaction {N} waits for {N}, statement {hash} rolled back"},
    {level::error, domain::any,
     "java.lang.IllegalStateException: {resource} {uuid} at shop.{resource}.Handler.apply(Handler.java:{n})"},
    {level::error, domain::edge, "No backend for {resource} answered, {few} tried, client {ip} got {status}"},
    {level::error, domain::identity, "Token of {uuid} rejected: signing key {hash} unknown to issuer {ip}"},
    {level::error, domain::commerce, "Order {uuid} stuck in state PAYING for {n}s, upstream said {status}"},
    {level::error, domain::money, "Charge {uuid} declined, code {n}, user {user}, amount {n}.{few}{few} EUR"},
    {level::error, domain::search, "Query {uuid} cancelled after {n}ms: {few} of 12 shards did not answer"},
    {level::error, domain::messaging, "Mail {uuid} to {mail} bounced with code 550 from {ip}"},
    {level::error, domain::platform, "Job {resource}-purge failed after {n}ms on {table}: {cause}, {effect}"},

    {level::critical, domain::any, "Out of memory: worker {N} killed at {N} kB, container {hash}"},
    {level::critical, domain::any, "Primary database {ip}:5432 lost for {n}s, failing over to {ip}:5432"},
    {level::critical, domain::any,
     "Volume {hash} is 9{few}% full, node turned read-only, {few} writers stopped"},
    {level::critical, domain::money,
     "Ledger out of balance by {n}.{few}{few} EUR in batch {uuid}, posting stopped"},
    {level::critical, domain::search, "Checksum of segment {hash} is {hash}, expected {hash}: index closed"},
});

inline constexpr auto table_texts = std::to_array<std::string_view>(
    {"orders", "order_lines", "accounts", "sessions", "charges", "invoices", "stock_levels", "parcels",
     "audit_trail", "carts", "vouchers", "refunds"});

inline constexpr auto topic_texts =
    std::to_array<std::string_view>({"orders.placed", "charges.captured", "users.activity", "stock.changed",
                                     "mail.outbox", "audit.trail", "parcels.moved", "risk.scores"});

inline constexpr auto resource_texts = std::to_array<std::string_view>(
    {"orders", "users", "carts", "articles", "charges", "search", "sessions", "invoices", "parcels",
     "reviews", "vouchers", "hooks", "images", "reports"});

inline constexpr auto cause_texts = std::to_array<std::string_view>({"the write queue is full",
                                                                     "the leader election is pending",
                                                                     "no quorum in the zone",
                                                                     "the peer closed the stream early",
                                                                     "its retry budget is spent",
                                                                     "the connection window is exhausted",
                                                                     "the tenant is throttled",
                                                                     "the replica lags behind",
                                                                     "the lease has expired",
                                                                     "the region is draining",
                                                                     "the handshake was aborted",
                                                                     "the deadline has passed",
                                                                     "the cache is cold",
                                                                     "the snapshot transfer stalled",
                                                                     "the name did not resolve",
                                                                     "the disk answers slowly",
                                                                     "the schema is being migrated",
                                                                     "the secret was rotated",
                                                                     "the circuit is open",
                                                                     "the pool was resized"});

inline constexpr auto effect_texts = std::to_array<std::string_view>(
    {"backing off", "trying another node", "giving up", "will retry with jitter", "falling back to the cache",
     "request parked", "caller was told", "switching to read-only", "counted against the objective",
     "batch split in two", "work handed to a peer", "alerting the owner"});

}  // namespace logstream
