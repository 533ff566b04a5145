// SPDX-License-Identifier: MIT
// Requests by curl's multi interface.
#include "app/cli/http_client.hpp"

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace logstream {

namespace {

std::string with_scheme(std::string_view server) {
  std::string out = server.find("://") == std::string_view::npos ? "http://" : "";
  out.append(server);
  while (out.ends_with('/')) out.pop_back();
  return out;
}

/// A proxy of the environment is for the world outside; this machine is reached directly.
std::string hosts_without_proxy() {
  std::string out = "localhost,127.0.0.1,::1";
  for (const char* name : {"no_proxy", "NO_PROXY"})
    if (const char* more = std::getenv(name); more != nullptr && *more != '\0')
      out.append(",").append(more);
  return out;
}

std::size_t take_body(const char* data, std::size_t, std::size_t size, void* into) {
  static_cast<client_response*>(into)->body.append(data, size);
  return size;
}

std::size_t take_header(const char* data, std::size_t, std::size_t size, void* into) {
  std::string_view line{data, size};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos)
    return size;
  std::string name{line.substr(0, colon)};
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  line.remove_prefix(colon + 1);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n' || line.back() == ' '))
    line.remove_suffix(1);
  static_cast<client_response*>(into)->headers.insert_or_assign(std::move(name), std::string{line});
  return size;
}

errc kind_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
      return errc::unavailable;
    case CURLE_OPERATION_TIMEDOUT:
      return errc::timeout;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return errc::invalid;
    default:
      return errc::io;
  }
}

}  // namespace

struct http_client::transfer {
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  client_request request;
  client_response response;
  handler done;
  std::array<char, CURL_ERROR_SIZE> why{};

  transfer() = default;
  transfer(const transfer&) = delete;
  transfer& operator=(const transfer&) = delete;
  ~transfer() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
  }
};

void http_client::close_multi::operator()(void* multi) const {
  curl_multi_cleanup(multi);
}

http_client::http_client(std::string_view server) : server_(with_scheme(server)), multi_(curl_multi_init()) {}

http_client::~http_client() {
  for (const auto& [easy, each] : transfers_) curl_multi_remove_handle(multi_.get(), easy);
}

void http_client::start(client_request request, handler done) {
  auto made = std::make_unique<transfer>();
  made->easy = curl_easy_init();
  made->request = std::move(request);
  made->done = std::move(done);
  // Without the empty header curl waits a second for "100 Continue" before large bodies.
  made->headers = curl_slist_append(nullptr, "Expect:");
  for (const std::string& each : made->request.headers)
    made->headers = curl_slist_append(made->headers, each.c_str());
  CURL* easy = made->easy;
  curl_easy_setopt(easy, CURLOPT_URL, (server_ + made->request.target).c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, made->headers);
  curl_easy_setopt(easy, CURLOPT_NOPROXY, hosts_without_proxy().c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, "logstream/" LOGSTREAM_VERSION);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  constexpr long connect_milliseconds = 5'000;
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_milliseconds);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(made->request.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, made->why.data());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &made->response);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &made->response);
  if (made->request.method != "GET") {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, made->request.method.c_str());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, made->request.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(made->request.body.size()));
  }
  curl_multi_add_handle(multi_.get(), easy);
  transfers_.emplace(easy, std::move(made));
}

void http_client::run_once(std::chrono::milliseconds wait, std::span<const int> readable) {
  int running = 0;
  curl_multi_perform(multi_.get(), &running);
  std::vector<std::pair<void*, int>> ended;
  const auto collect = [&] {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left))
      if (message->msg == CURLMSG_DONE)
        ended.emplace_back(message->easy_handle, static_cast<int>(message->data.result));
  };
  collect();
  if (ended.empty()) {
    std::vector<curl_waitfd> more;
    for (const int each : readable) more.push_back({each, CURL_WAIT_POLLIN, 0});
    curl_multi_poll(multi_.get(), more.data(), static_cast<unsigned>(more.size()),
                    static_cast<int>(wait.count()), nullptr);
    curl_multi_perform(multi_.get(), &running);
    collect();
  }
  for (const auto& [easy, code] : ended) finish(easy, code);
}

void http_client::finish(void* easy, int code) {
  curl_multi_remove_handle(multi_.get(), easy);
  auto node = transfers_.extract(easy);
  transfer& ended = *node.mapped();
  if (code != CURLE_OK) {
    const auto kind = static_cast<CURLcode>(code);
    const std::string why = ended.why[0] != '\0' ? ended.why.data() : curl_easy_strerror(kind);
    ended.done(make_error(kind_of(kind), server_ + ": " + why));
    return;
  }
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  ended.response.status = static_cast<int>(status);
  ended.done(std::move(ended.response));
}

result<client_response> http_client::perform(client_request request) {
  result<client_response> out = make_error(errc::internal, "not answered");
  start(std::move(request), [&](result<client_response> answer) { out = std::move(answer); });
  constexpr std::chrono::milliseconds wait{1'000};
  while (in_flight() > 0) run_once(wait);
  return out;
}

void append_query(std::string& target, std::string_view name, std::string_view value) {
  const auto encode = [&](std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         c == '-' || c == '.' || c == '_' || c == '~';
      if (plain)
        target.push_back(c);
      else
        target.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  };
  target.push_back(target.find('?') == std::string::npos ? '?' : '&');
  encode(name);
  target.push_back('=');
  encode(value);
}

std::string problem_text(const client_response& response) {
  const auto document = nlohmann::json::parse(response.body, nullptr, false);
  for (const char* member : {"detail", "title"})
    if (document.is_object() && document.contains(member) && document[member].is_string())
      return document[member].get<std::string>();
  constexpr std::size_t beginning = 200;
  if (response.body.empty())
    return "status " + std::to_string(response.status);
  return "status " + std::to_string(response.status) + ": " + response.body.substr(0, beginning);
}

}  // namespace logstream
