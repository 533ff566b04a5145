// SPDX-License-Identifier: MIT
// What to do about each answer of POST /ingest.
#include "app/cli/body_sender.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <memory>

namespace logstream {

namespace {

using milliseconds = std::chrono::milliseconds;

constexpr std::size_t most_noted = 10;
constexpr milliseconds first_pause{100};
constexpr milliseconds longest_pause{10'000};

std::optional<milliseconds> retry_after(const client_response& response) {
  const auto header = response.headers.find("retry-after");
  if (header == response.headers.end())
    return std::nullopt;
  const std::string& text = header->second;
  std::uint32_t seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return std::min<milliseconds>(std::chrono::seconds{seconds}, longest_pause * 6);
}

std::uint64_t count_member(const nlohmann::json& from, const char* name) {
  const auto found = from.find(name);
  return found != from.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::string text_member(const nlohmann::json& from, const char* name) {
  const auto found = from.find(name);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// These mean that there is no such service at that URL, or none for us: the next body would fare no better.
bool is_hopeless(int status) {
  return status == 401 || status == 403 || status == 404 || status == 405 || status == 415;
}

}  // namespace

void body_sender::submit(event_body body) {
  attempt made;
  made.packed = with_.packing == compression::none ? std::string{} : pack(body.text, with_.packing);
  made.body = std::move(body);
  start(std::move(made));
}

void body_sender::run_once(milliseconds wait, std::span<const int> readable) {
  const auto now = steady::now();
  const auto due =
      std::partition(waiting_.begin(), waiting_.end(), [&](const attempt& each) { return each.due > now; });
  std::vector<attempt> ready{std::make_move_iterator(due), std::make_move_iterator(waiting_.end())};
  waiting_.erase(due, waiting_.end());
  for (attempt& each : ready) start(std::move(each));
  for (const attempt& each : waiting_) wait = std::min(wait, std::chrono::ceil<milliseconds>(each.due - now));
  client_.run_once(wait, readable);
}

void body_sender::start(attempt what) {
  client_request request;
  request.method = "POST";
  request.target = "/ingest";
  request.headers.push_back("Content-Type: application/x-ndjson");
  if (with_.packing != compression::none) {
    request.headers.push_back("Content-Encoding: " + std::string{content_encoding(with_.packing)});
    request.body = what.packed;
  } else {
    request.body = what.body.text;
  }
  auto kept = std::make_shared<attempt>(std::move(what));
  client_.start(std::move(request),
                [this, kept](const result<client_response>& answer) { answered(std::move(*kept), answer); });
}

void body_sender::answered(attempt what, const result<client_response>& answer) {
  if (failure_)
    return;
  if (!answer) {
    if (!last_success_ && with_.patience)
      failure_ = answer.failure();
    else
      again(std::move(what), std::nullopt, answer.failure());
    return;
  }
  const int status = answer->status;
  if (answer->ok() || status == 400) {
    last_success_ = steady::now();
    count(what.body, *answer);
  } else if (status == 413) {
    last_success_ = steady::now();
    split(std::move(what));
  } else if (is_hopeless(status)) {
    failure_ = make_error(errc::unsupported, client_.server() + "/ingest: " + problem_text(*answer));
  } else if (status == 429 || status >= 500) {
    again(std::move(what), retry_after(*answer), make_error(errc::overloaded, problem_text(*answer)));
  } else {
    refuse_all(what.body, problem_text(*answer));
  }
}

void body_sender::count(const event_body& body, const client_response& response) {
  const auto document = nlohmann::json::parse(response.body, nullptr, false);
  if (!document.is_object() || !document.contains("accepted")) {
    if (response.ok())
      failure_ = make_error(errc::unsupported, client_.server() + ": does not answer like LogStream");
    else
      refuse_all(body, problem_text(response));
    return;
  }
  tally_.accepted += count_member(document, "accepted");
  tally_.rejected += count_member(document, "rejected");
  tally_.source_bytes += body.source_bytes;
  const auto errors = document.find("errors");
  if (errors == document.end() || !errors->is_array())
    return;
  for (const nlohmann::json& each : *errors) {
    const std::uint64_t line = count_member(each, "line");
    if (line >= 1 && line <= body.lines.size())
      note({body.source, body.lines[line - 1], text_member(each, "member"), text_member(each, "reason")});
  }
}

void body_sender::refuse_all(const event_body& body, const std::string& reason) {
  tally_.rejected += body.lines.size();
  tally_.source_bytes += body.source_bytes;
  if (!body.lines.empty())
    note({body.source, body.lines.front(), "", reason});
}

void body_sender::split(attempt what) {
  if (what.body.lines.size() < 2) {
    refuse_all(what.body, "is larger than the server takes");
    return;
  }
  const std::size_t events = what.body.lines.size() / 2;
  std::size_t end = 0;
  for (std::size_t i = 0; i < events; ++i) end = what.body.text.find('\n', end) + 1;
  const auto middle = what.body.lines.begin() + static_cast<std::ptrdiff_t>(events);
  event_body first{what.body.source,
                   what.body.text.substr(0, end),
                   {what.body.lines.begin(), middle},
                   what.body.source_bytes};
  event_body second{what.body.source, what.body.text.substr(end), {middle, what.body.lines.end()}, 0};
  submit(std::move(first));
  submit(std::move(second));
}

void body_sender::again(attempt what, std::optional<milliseconds> after, error why) {
  const auto now = steady::now();
  if (with_.patience && now - last_success_.value_or(now) > *with_.patience) {
    failure_ = std::move(why);
    return;
  }
  if (!last_success_)
    last_success_ = now;
  const auto pause = std::min(longest_pause, first_pause * (1u << std::min(what.failures, 10u)));
  std::uniform_real_distribution<double> jitter{0.5, 1.0};
  what.due = now + (after ? *after : std::chrono::duration_cast<milliseconds>(pause * jitter(random_)));
  ++what.failures;
  ++tally_.resent;
  waiting_.push_back(std::move(what));
}

void body_sender::note(refused_event event) {
  if (tally_.refused.size() < most_noted)
    tally_.refused.push_back(std::move(event));
}

}  // namespace logstream
