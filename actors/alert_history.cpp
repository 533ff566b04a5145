// SPDX-License-Identifier: MIT
// Bookkeeping of alerts.
#include "actors/alert_history.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace logstream {

alert_history::change alert_history::take(const alert_ptr& what) {
  const auto known = firing_.find(what->fingerprint);
  if (what->state == alert_state::firing) {
    const bool update = known != firing_.end() && known->second->fired_at == what->fired_at;
    firing_.insert_or_assign(what->fingerprint, what);
    if (update)
      return change::updated;
    ++fired_;
    return change::fired;
  }
  if (known == firing_.end())
    return change::unknown;
  firing_.erase(known);
  ++resolved_;
  recent_.push_front(what);
  if (recent_.size() > most_recent_)
    recent_.pop_back();
  return change::resolved;
}

std::vector<alert_ptr> alert_history::firing_of(const std::string& rule) const {
  std::vector<alert_ptr> found;
  for (const auto& [fingerprint, each] : firing_)
    if (each->rule == rule)
      found.push_back(each);
  return found;
}

nlohmann::json alert_history::to_json() const {
  std::vector<alert_ptr> firing;
  for (const auto& [fingerprint, each] : firing_) firing.push_back(each);
  std::stable_sort(firing.begin(), firing.end(),
                   [](const alert_ptr& a, const alert_ptr& b) { return a->fired_at > b->fired_at; });
  nlohmann::json current = nlohmann::json::array();
  for (const alert_ptr& each : firing) current.push_back(logstream::to_json(*each));
  nlohmann::json recent = nlohmann::json::array();
  for (const alert_ptr& each : recent_) recent.push_back(logstream::to_json(*each));
  return {{"count", current.size() + recent.size()},
          {"firing", current.size()},
          {"current", std::move(current)},
          {"recent", std::move(recent)}};
}

}  // namespace logstream
