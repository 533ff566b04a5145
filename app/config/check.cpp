// SPDX-License-Identifier: MIT
// Rules between settings.
#include "app/config/check.hpp"

#include "app/config/declarations.hpp"
#include "app/config/value_text.hpp"

#include <arpa/inet.h>

#include <array>
#include <string_view>

namespace logstream {

namespace {

bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return inet_pton(AF_INET, text.c_str(), parsed.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1;
}

/// An origin is a scheme and a host without a path, as browsers send it.
bool is_origin(std::string_view text) {
  if (text == "*")
    return true;
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || scheme == 0)
    return false;
  const std::string_view host = text.substr(scheme + 3);
  return !host.empty() && host.find_first_of("/ ,?#") == std::string_view::npos;
}

class checker {
 public:
  checker(const settings& values, const std::map<std::string, std::string, std::less<>>& origins,
          std::vector<std::string>& problems)
      : values_(values), origins_(origins), problems_(problems) {}

  void run() {
    require(is_address(values_.http.address), "http.address",
            "expects an IP address, such as 127.0.0.1, 0.0.0.0 or ::, not \"" + values_.http.address + "\"");
    for (const std::string& each : values_.http.cors_origins)
      require(is_origin(each), "http.cors_origins",
              "expects * or origins such as https://grafana.example.com, not \"" + each + "\"");
    at_least("limits.unpacked_bytes", values_.limits.unpacked_bytes, "limits.body_bytes",
             values_.limits.body_bytes);
    at_least("limits.body_bytes", values_.limits.body_bytes, "limits.line_bytes", values_.limits.line_bytes);
    at_least("ingest.max_bytes_in_flight", values_.ingest.max_bytes_in_flight, "limits.body_bytes",
             values_.limits.body_bytes);
  }

 private:
  void require(bool holds, const std::string& name, const std::string& why) {
    if (holds)
      return;
    const auto origin = origins_.find(name);
    const bool by_flag_or_variable =
        origin != origins_.end() && origin->second.find(':') == std::string::npos;
    const std::string place = origin == origins_.end() || by_flag_or_variable ? "" : origin->second + ": ";
    problems_.push_back(place + (by_flag_or_variable ? origin->second : name) + ": " + why);
  }

  void at_least(const std::string& name, std::uint64_t value, const std::string& other, std::uint64_t least) {
    if (value >= least)
      return;
    // The one that somebody has set is the one to name.
    const bool other_is_set = !origins_.contains(name) && origins_.contains(other);
    const std::string text = value_text(values_, *find_setting(name));
    const std::string other_text = value_text(values_, *find_setting(other));
    if (other_is_set)
      require(false, other, "must be at most " + name + ", which is " + text + ", not " + other_text);
    else
      require(false, name, "must be at least " + other + ", which is " + other_text + ", not " + text);
  }

  const settings& values_;
  const std::map<std::string, std::string, std::less<>>& origins_;
  std::vector<std::string>& problems_;
};

}  // namespace

void check_settings(const settings& values, const std::map<std::string, std::string, std::less<>>& origins,
                    std::vector<std::string>& problems) {
  checker{values, origins, problems}.run();
}

}  // namespace logstream
