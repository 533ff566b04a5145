// SPDX-License-Identifier: MIT
// Parameters of GET /logs and its neighbours.
#include "http/log_parameters.hpp"

#include "engine/wire/time_text.hpp"
#include "http/media.hpp"

#include <string>

namespace logstream::http {

namespace {

error bad_value(std::string_view name, const std::string& value, std::string_view wanted) {
  return make_error(errc::invalid, "the parameter '" + std::string(name) + "' is '" + value.substr(0, 100) +
                                       "', but must be " + std::string(wanted));
}

result<void> read_levels(parameters& given, row_filter& into) {
  const auto names = given.take_list("level");
  if (names.empty())
    return {};
  into.levels = {};
  for (const std::string& name : names) {
    const auto value = parse_level(name);
    if (!value)
      return bad_value("level", name, "TRACE, DEBUG, INFO, WARN, ERROR, CRITICAL or UNKNOWN");
    into.levels.insert(*value);
  }
  return {};
}

result<void> read_time(parameters& given, std::string_view name, timestamp now, timestamp& into) {
  auto text = given.take(name);
  if (!text)
    return std::move(text.failure());
  if (!*text)
    return {};
  const auto time = parse_query_time(**text, now);
  if (!time)
    return bad_value(name, **text, "RFC 3339, a number since 1970, or a time ago as in 15m");
  into = *time;
  return {};
}

// What all routes that filter have in common.
result<void> read_index_filter(parameters& given, timestamp now, row_filter& into) {
  if (auto done = read_levels(given, into); !done)
    return done;
  into.services = given.take_list("service");
  if (auto done = read_time(given, "from", now, into.from); !done)
    return done;
  if (auto done = read_time(given, "to", now, into.to); !done)
    return done;
  if (into.from > into.to)
    return make_error(errc::invalid, "the parameter 'from' is later than 'to'");
  return {};
}

result<void> read_text_filter(parameters& given, row_filter& into) {
  auto text = given.take("q");
  if (!text)
    return std::move(text.failure());
  into.contains = text->value_or("");
  auto letters = given.take("case");
  if (!letters)
    return std::move(letters.failure());
  if (*letters && **letters != "sensitive" && **letters != "insensitive")
    return bad_value("case", **letters, "sensitive or insensitive");
  into.case_sensitive = letters->value_or("") == "sensitive";
  for (auto& [name, value] : given.take_prefixed("field.")) {
    if (name.empty())
      return make_error(errc::invalid, "the parameter 'field.' lacks the name of a field");
    into.fields.push_back({std::move(name), std::move(value)});
  }
  return {};
}

result<void> read_page(parameters& given, const log_parameter_context& in, log_query& into) {
  auto limit = given.take_number("limit", 1, in.max_limit);
  if (!limit)
    return std::move(limit.failure());
  into.limit = limit->value_or(std::min(default_query_limit, in.max_limit));
  auto order = given.take("order");
  if (!order)
    return std::move(order.failure());
  if (*order && **order != "asc" && **order != "desc")
    return bad_value("order", **order, "asc or desc");
  into.order = order->value_or("desc") == "asc" ? time_order::oldest_first : time_order::newest_first;
  auto cursor = given.take("cursor");
  if (!cursor)
    return std::move(cursor.failure());
  if (*cursor) {
    into.after = parse_event_id(**cursor);
    if (!into.after)
      return bad_value("cursor", **cursor, "the 'next_cursor' of an earlier answer");
  }
  return {};
}

result<void> read_format(parameters& given, std::string_view accept, row_format& into) {
  auto name = given.take("format");
  if (!name)
    return std::move(name.failure());
  const auto chosen = *name ? parse_row_format(**name) : preferred_format(accept);
  if (!chosen && *name)
    return bad_value("format", **name, "json, ndjson, csv or text");
  if (!chosen)
    return make_error(errc::unsupported, "none of the accepted types is JSON, NDJSON, CSV or plain text");
  into = *chosen;
  return {};
}

}  // namespace

result<log_parameters> read_log_parameters(parameters given, const log_parameter_context& in) {
  log_parameters out;
  if (auto done = read_index_filter(given, in.now, out.query.filter); !done)
    return done.failure();
  if (auto done = read_text_filter(given, out.query.filter); !done)
    return done.failure();
  if (auto done = read_page(given, in, out.query); !done)
    return done.failure();
  if (auto done = read_format(given, in.accept, out.format); !done)
    return done.failure();
  if (auto done = given.all_taken(); !done)
    return done.failure();
  return out;
}

result<log_parameters> read_recent_parameters(parameters given, const log_parameter_context& in) {
  log_parameters out;
  auto limit = given.take_number("limit", 1, in.max_limit);
  if (!limit)
    return std::move(limit.failure());
  out.query.limit = limit->value_or(std::min(default_query_limit, in.max_limit));
  if (auto done = read_format(given, in.accept, out.format); !done)
    return done.failure();
  if (auto done = given.all_taken(); !done)
    return done.failure();
  return out;
}

result<count_request> read_count_parameters(parameters given, timestamp now) {
  count_request out;
  auto by = given.take("by");
  if (!by)
    return std::move(by.failure());
  const std::string name = by->value_or("level");
  if (name == "level")
    out.by = count_by::level;
  else if (name == "service")
    out.by = count_by::service;
  else if (name == "minute")
    out.by = count_by::minute;
  else
    return bad_value("by", name, "level, service or minute");
  if (auto done = read_index_filter(given, now, out.filter); !done)
    return done.failure();
  if (auto done = given.all_taken(); !done)
    return done.failure();
  return out;
}

std::string_view to_string(count_by by) {
  switch (by) {
    case count_by::level:
      return "level";
    case count_by::service:
      return "service";
    case count_by::minute:
      return "minute";
  }
  return "level";
}

}  // namespace logstream::http
