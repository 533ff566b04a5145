// SPDX-License-Identifier: MIT
// The words with which actors tell messages apart; at most ten characters each.
#pragma once

#include <caf/atom.hpp>
#include <caf/type_id.hpp>

CAF_ADD_ATOM(logstream, logstream::atom, add, "add")
CAF_ADD_ATOM(logstream, logstream::atom, alerts, "alerts")
CAF_ADD_ATOM(logstream, logstream::atom, append, "append")
CAF_ADD_ATOM(logstream, logstream::atom, cancel, "cancel")
CAF_ADD_ATOM(logstream, logstream::atom, count, "count")
CAF_ADD_ATOM(logstream, logstream::atom, damaged, "damaged")
CAF_ADD_ATOM(logstream, logstream::atom, done, "done")
CAF_ADD_ATOM(logstream, logstream::atom, drain, "drain")
CAF_ADD_ATOM(logstream, logstream::atom, erase, "erase")
CAF_ADD_ATOM(logstream, logstream::atom, evict, "evict")
CAF_ADD_ATOM(logstream, logstream::atom, flush, "flush")
CAF_ADD_ATOM(logstream, logstream::atom, get, "get")
/// INTERNAL messages, which an actor sends to itself, begin with this.
CAF_ADD_ATOM(logstream, logstream::atom, internal, "internal")
CAF_ADD_ATOM(logstream, logstream::atom, join, "join")
CAF_ADD_ATOM(logstream, logstream::atom, list, "list")
CAF_ADD_ATOM(logstream, logstream::atom, merged, "merged")
CAF_ADD_ATOM(logstream, logstream::atom, metrics, "metrics")
CAF_ADD_ATOM(logstream, logstream::atom, notify, "notify")
CAF_ADD_ATOM(logstream, logstream::atom, probe, "probe")
CAF_ADD_ATOM(logstream, logstream::atom, pull, "pull")
CAF_ADD_ATOM(logstream, logstream::atom, put, "put")
CAF_ADD_ATOM(logstream, logstream::atom, ready, "ready")
CAF_ADD_ATOM(logstream, logstream::atom, reload, "reload")
CAF_ADD_ATOM(logstream, logstream::atom, resume, "resume")
CAF_ADD_ATOM(logstream, logstream::atom, sealed, "sealed")
CAF_ADD_ATOM(logstream, logstream::atom, snapshot, "snapshot")
CAF_ADD_ATOM(logstream, logstream::atom, stats, "stats")
CAF_ADD_ATOM(logstream, logstream::atom, test, "test")
CAF_ADD_ATOM(logstream, logstream::atom, tick, "tick")
CAF_ADD_ATOM(logstream, logstream::atom, webhook, "webhook")
CAF_ADD_ATOM(logstream, logstream::atom, wire, "wire")
