// SPDX-License-Identifier: MIT
// What the parameters of GET /logs and its neighbours mean.
#pragma once

#include "engine/base/result.hpp"
#include "engine/query/log_query.hpp"
#include "engine/query/row_format.hpp"
#include "http/parameters.hpp"
#include "messages/logs.hpp"

#include <cstdint>
#include <string_view>

namespace logstream::http {

inline constexpr std::uint64_t default_query_limit = 100;

/// What the parameters are read against.
struct log_parameter_context {
  timestamp now = 0;
  std::uint64_t max_limit = 0;
  /// The Accept header, which decides where there is no `format`.
  std::string_view accept;
};

struct log_parameters {
  log_query query;
  row_format format = row_format::json;
};

/// GET /logs. Errors: invalid, naming the parameter; unsupported if no format will do.
result<log_parameters> read_log_parameters(parameters given, const log_parameter_context& in);

/// GET /logs/recent.
result<log_parameters> read_recent_parameters(parameters given, const log_parameter_context& in);

/// GET /logs/count.
result<count_request> read_count_parameters(parameters given, timestamp now);

std::string_view to_string(count_by by);

}  // namespace logstream::http
