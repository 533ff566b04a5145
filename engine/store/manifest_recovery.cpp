// SPDX-License-Identifier: MIT
// First what counts is found, then it is saved, then what does not count goes.
#include "engine/store/manifest_recovery.hpp"

#include "engine/store/quarantine.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace logstream {

namespace {

/// One use: the functions are the steps, in order.
class recovery {
 public:
  recovery(file_system& in, std::string folder, leftovers rest)
      : in_(in), folder_(std::move(folder)), rest_(rest) {}

  result<recovered_shard> run() {
    auto names = in_.list(folder_);
    if (!names)
      return names.failure();
    names_ = *std::move(names);
    auto loaded = load_manifest(in_, folder_);
    if (!loaded && loaded.failure().code != errc::invalid && loaded.failure().code != errc::not_found)
      return loaded.failure();
    auto found = loaded ? open_listed(*loaded) : rebuild(loaded.failure());
    if (!found)
      return found.failure();
    if (auto moved = quarantine(); !moved)
      return moved.failure();
    if (changed_) {
      ++made_.state.generation;
      if (auto saved = save_manifest(in_, folder_, made_.state); !saved)
        return saved.failure();
    }
    if (auto removed = remove_rest(); !removed)
      return removed.failure();
    return std::move(made_);
  }

 private:
  std::string path(std::string_view name) const { return folder_ + "/" + std::string{name}; }

  void condemn(std::string name, std::string why) {
    made_.report.quarantined.push_back({std::move(name), std::move(why)});
  }

  result<void> open_listed(const manifest& listed) {
    made_.state = listed;
    made_.state.segments.clear();
    for (const segment_info& each : listed.segments) {
      const std::string name = segment_name(id_of(each));
      auto opened = segment::open(in_, path(name));
      if (opened && (*opened)->info() == each) {
        keep(*std::move(opened));
        continue;
      }
      if (opened)
        condemn(name, "it is not the segment that the manifest names");
      else if (opened.failure().code == errc::invalid)
        condemn(name, opened.failure().message);
      else if (opened.failure().code == errc::not_found)
        made_.report.missing.push_back(name);
      else
        return opened.failure();
      made_.report.lost_rows += each.rows;
      changed_ = true;
    }
    return {};
  }

  // Without a manifest: the highest level first, of one level those that stand for most.
  result<void> rebuild(const error& why) {
    changed_ = true;
    std::vector<std::pair<segment_id, segment_ptr>> found;
    for (const std::string& name : names_) {
      const auto id = parse_segment_name(name);
      if (!id)
        continue;
      made_.state.next_sequence = std::max(made_.state.next_sequence, id->last_sequence + 1);
      auto opened = segment::open(in_, path(name));
      if (opened && id_of((*opened)->info()) == *id)
        found.emplace_back(*id, *std::move(opened));
      else if (opened)
        condemn(name, "its name is another's");
      else if (opened.failure().code == errc::invalid)
        condemn(name, opened.failure().message);
      else
        return opened.failure();
    }
    if (why.code == errc::invalid)
      condemn(std::string{manifest_name}, why.message);
    if (why.code == errc::invalid || !found.empty() || !made_.report.quarantined.empty())
      made_.report.rebuilt = why.message;
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      const auto order = [](const segment_id& id) {
        return std::pair{id.level, id.last_sequence - id.first_sequence};
      };
      return order(a.first) != order(b.first) ? order(a.first) > order(b.first) : a.first < b.first;
    });
    for (auto& [id, opened] : found) adopt(std::move(opened));
    sort_kept();
    return {};
  }

  void adopt(segment_ptr opened) {
    const segment_info& info = opened->info();
    std::size_t replaced = 0;
    bool overlaps = false;
    for (const sequence_range& range : info.covers) {
      bool within = false;
      for (const segment_info& other : made_.state.segments)
        for (const sequence_range& kept : other.covers) {
          overlaps = overlaps || kept.overlaps(range);
          within = within || (kept.first <= range.first && range.last <= kept.last);
        }
      replaced += within ? 1 : 0;
    }
    // One that was replaced is removed in the end, since nothing names it.
    if (!overlaps)
      keep(std::move(opened));
    else if (replaced < info.covers.size())
      condemn(segment_name(id_of(info)), "another segment stands for a part of its sequences");
  }

  void keep(segment_ptr opened) {
    const segment_info& info = opened->info();
    made_.state.sealed_through = std::max(made_.state.sealed_through, info.covers.back().last + 1);
    made_.state.next_sequence = std::max(made_.state.next_sequence, made_.state.sealed_through);
    made_.state.segments.push_back(info);
    made_.segments.push_back(std::move(opened));
  }

  void sort_kept() {
    std::sort(made_.segments.begin(), made_.segments.end(), [](const segment_ptr& a, const segment_ptr& b) {
      return a->info().covers.front() < b->info().covers.front();
    });
    made_.state.segments.clear();
    for (const segment_ptr& each : made_.segments) made_.state.segments.push_back(each->info());
  }

  result<void> quarantine() {
    for (const auto& each : made_.report.quarantined)
      if (auto moved = move_to_quarantine(in_, folder_, each.name); !moved)
        return moved.failure();
    return {};
  }

  bool counts(const std::string& name) const {
    const auto quarantined = [&](const auto& each) { return each.name == name; };
    const auto listed = [&](const segment_info& each) { return segment_name(id_of(each)) == name; };
    const auto& moved = made_.report.quarantined;
    const auto& segments = made_.state.segments;
    return std::any_of(moved.begin(), moved.end(), quarantined) ||
           std::any_of(segments.begin(), segments.end(), listed);
  }

  // Listed again: a draft of the manifest that a crash left became the manifest that was saved.
  result<void> remove_rest() {
    const auto names = in_.list(folder_);
    if (!names)
      return names.failure();
    for (const std::string& name : *names) {
      if (!name.ends_with(".tmp") && (!parse_segment_name(name) || counts(name)))
        continue;
      if (auto gone = clear(name); !gone)
        return gone;
      made_.report.removed.push_back(name);
    }
    return made_.report.removed.empty() ? result<void>{} : in_.sync_folder(folder_);
  }

  result<void> clear(const std::string& name) {
    if (rest_ == leftovers::removed)
      return in_.remove(path(name));
    if (auto moved = move_to_quarantine(in_, folder_, name); !moved)
      return moved.failure();
    return {};
  }

  file_system& in_;
  std::string folder_;
  leftovers rest_;
  std::vector<std::string> names_;
  recovered_shard made_;
  bool changed_ = false;
};

}  // namespace

result<recovered_shard> recover_manifest(file_system& in, const std::string& folder, leftovers rest) {
  return recovery{in, folder, rest}.run();
}

}  // namespace logstream
