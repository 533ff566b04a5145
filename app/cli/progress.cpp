// SPDX-License-Identifier: MIT
// Drawing of the progress bar.
#include "app/cli/progress.hpp"

#include <algorithm>
#include <cmath>

namespace logstream {

namespace {

std::string time_left(const progress& at) {
  if (at.done == 0 || at.done >= *at.total)
    return {};
  const double seconds =
      at.elapsed.count() * static_cast<double>(*at.total - at.done) / static_cast<double>(at.done);
  constexpr double longest = 360'000;
  if (!(seconds < longest))
    return {};
  const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
  const std::string rest = std::to_string(whole % 60);
  return "  " + std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest + " left";
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string out = std::to_string(number);
  for (std::size_t at = out.size(); at > 3;) {
    at -= 3;
    out.insert(at, ",");
  }
  return out;
}

std::string progress_line(const progress& at, int width) {
  const double seconds = at.elapsed.count();
  const auto rate = seconds > 0 ? static_cast<std::uint64_t>(static_cast<double>(at.events) / seconds) : 0;
  std::string text = grouped(at.events) + " events  " + grouped(rate) + "/s";
  const auto room = static_cast<std::size_t>(std::max(width, 1));
  if (at.total && *at.total > 0) {
    const double part = std::min(1.0, static_cast<double>(at.done) / static_cast<double>(*at.total));
    const std::string percent = std::to_string(static_cast<int>(part * 100)) + "%";
    text = std::string(4 - std::min<std::size_t>(4, percent.size()), ' ') + percent + "  " + text +
           time_left(at);
    constexpr std::size_t smallest_bar = 10;
    constexpr std::size_t largest_bar = 40;
    if (room > text.size() + smallest_bar + 3) {
      const std::size_t bar = std::min(largest_bar, room - text.size() - 3);
      const auto filled = static_cast<std::size_t>(part * static_cast<double>(bar));
      std::string drawn(filled, '=');
      if (filled < bar)
        drawn += '>';
      drawn.resize(bar, ' ');
      text = "[" + drawn + "] " + text;
    }
  }
  return text.substr(0, room);
}

}  // namespace logstream
