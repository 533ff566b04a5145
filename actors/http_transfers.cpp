// SPDX-License-Identifier: MIT
// One easy handle for each request; connections are shared through the multi handle.
#include "actors/http_transfers.hpp"

#include <curl/curl.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace logstream {

namespace {

struct easy_cleanup {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct multi_cleanup {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct list_cleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using easy_handle = std::unique_ptr<CURL, easy_cleanup>;
using header_list = std::unique_ptr<curl_slist, list_cleanup>;

CURLM* make_multi() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  CURLM* const made = ready ? curl_multi_init() : nullptr;
  if (made == nullptr)
    throw std::runtime_error{"libcurl could not be initialised"};
  return made;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

header_list make_headers(const http_request& request) {
  // Without this libcurl asks before it sends a large body, and waits a second where nobody answers.
  header_list made{curl_slist_append(nullptr, "Expect:")};
  for (const auto& [name, value] : request.headers) {
    const std::string line = value.empty() ? name + ";" : name + ": " + value;
    if (curl_slist* longer = curl_slist_append(made.get(), line.c_str())) {
      static_cast<void>(made.release());
      made.reset(longer);
    }
  }
  return made;
}

struct transfer {
  http_request_ptr request;
  http_transfers::callback done;
  header_list headers;
  easy_handle easy;
  std::array<char, CURL_ERROR_SIZE> failure{};

  bool prepare() {
    CURL* const to = easy.get();
    if (to == nullptr)
      return false;
    headers = make_headers(*request);
    return curl_easy_setopt(to, CURLOPT_URL, request->url.c_str()) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_POST, 1L) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request->body.size())) ==
               CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_POSTFIELDS, request->body.data()) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_HTTPHEADER, headers.get()) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_CONNECTTIMEOUT_MS,
                            static_cast<long>(request->connect_timeout.count())) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_TIMEOUT_MS, static_cast<long>(request->timeout.count())) ==
               CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_WRITEFUNCTION, discard) == CURLE_OK &&
           curl_easy_setopt(to, CURLOPT_ERRORBUFFER, failure.data()) == CURLE_OK;
  }

  http_outcome outcome(CURLcode code) const {
    http_outcome made;
    curl_off_t duration = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_TOTAL_TIME_T, &duration);
    made.duration = std::chrono::microseconds{duration};
    if (code != CURLE_OK) {
      made.failure = failure[0] != '\0' ? failure.data() : curl_easy_strerror(code);
      return made;
    }
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    made.status = static_cast<std::uint32_t>(status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RETRY_AFTER, &retry_after);
    if (retry_after > 0)
      made.retry_after = std::chrono::seconds{retry_after};
    return made;
  }
};

}  // namespace

class http_transfers::implementation {
 public:
  void start(const http_request_ptr& request, callback done) {
    auto made = std::make_unique<transfer>();
    made->request = request;
    made->done = std::move(done);
    made->easy.reset(curl_easy_init());
    CURL* const easy = made->easy.get();
    if (!made->prepare() || curl_multi_add_handle(multi_.get(), easy) != CURLM_OK)
      return made->done({0, "the request could not be made", std::nullopt, {}});
    running_.emplace(easy, std::move(made));
  }

  void wait() {
    // libcurl shortens this where a time-out of its own is nearer.
    curl_multi_poll(multi_.get(), nullptr, 0, std::numeric_limits<int>::max(), nullptr);
  }

  void wake() { curl_multi_wakeup(multi_.get()); }

  void work() {
    if (running_.empty())
      return;
    int left = 0;
    curl_multi_perform(multi_.get(), &left);
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left))
      if (message->msg == CURLMSG_DONE)
        finish(message->easy_handle, message->data.result);
  }

  void abandon() {
    while (!running_.empty()) finish(running_.begin()->first, CURLE_ABORTED_BY_CALLBACK);
  }

 private:
  void finish(CURL* easy, CURLcode code) {
    auto found = running_.extract(easy);
    curl_multi_remove_handle(multi_.get(), easy);
    transfer& over = *found.mapped();
    over.done(over.outcome(code));
  }

  std::unique_ptr<CURLM, multi_cleanup> multi_{make_multi()};
  std::unordered_map<CURL*, std::unique_ptr<transfer>> running_;
};

http_transfers::http_transfers() : implementation_(std::make_unique<implementation>()) {}
http_transfers::~http_transfers() {
  abandon();
}

void http_transfers::start(const http_request_ptr& request, callback done) {
  implementation_->start(request, std::move(done));
}
void http_transfers::wait() {
  implementation_->wait();
}
void http_transfers::wake() {
  implementation_->wake();
}
void http_transfers::work() {
  implementation_->work();
}
void http_transfers::abandon() {
  implementation_->abandon();
}

}  // namespace logstream
