// SPDX-License-Identifier: MIT
// The payloads that never leave the process and travel by handle, listed for CAF.
#pragma once

#include "messages/alerts.hpp"
#include "messages/answer.hpp"
#include "messages/ingest.hpp"
#include "messages/logs.hpp"
#include "messages/readiness.hpp"
#include "messages/simulation.hpp"
#include "messages/stats.hpp"
#include "messages/store.hpp"

#include <caf/allowed_unsafe_message_type.hpp>
#include <nlohmann/json_fwd.hpp>

namespace logstream {

struct service_handles;
using service_handles_ptr = std::shared_ptr<const service_handles>;

using receipt_answer_ptr = answer_ptr<ingest_receipt>;
using json_answer_ptr = answer_ptr<nlohmann::json>;
using text_answer_ptr = answer_ptr<std::string>;
using count_answer_ptr = answer_ptr<count_table>;
using figures_answer_ptr = answer_ptr<service_figures_ptr>;
using simulate_answer_ptr = answer_ptr<simulate_report>;
using readiness_answer_ptr = answer_ptr<readiness>;

}  // namespace logstream

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::ingest_job_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::ingest_bundle_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::body_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::ingest_tally_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::log_request_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::count_request_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::group_counts_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::open_bundle_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::handed_batches_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::numbered_batches_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::shard_counts_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::block_ref)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::block_list_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::batch_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::upkeep_order_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::segment_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::manifest_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::log_copy_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::cache_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::snapshot_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::minute_histogram_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::time_list_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::merge_order_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::row_filter)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::event_id)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::shard_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::store_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::router_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::alert_figures)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::simulate_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::service_handles_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::json_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::text_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::count_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::figures_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::simulate_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::readiness_answer_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::rule_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::webhook_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::alert_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::rule_status_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::webhook_status_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::http_request_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::http_outcome_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::rule_matches_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::alert_routes_ptr)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(logstream::alert_configuration_ptr)
