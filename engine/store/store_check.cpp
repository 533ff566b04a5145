// SPDX-License-Identifier: MIT
// File by file.
#include "engine/store/store_check.hpp"

#include "engine/store/manifest.hpp"
#include "engine/store/quarantine.hpp"
#include "engine/store/segment_check.hpp"
#include "engine/store/store_description.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/store/wal_reader.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace logstream {

namespace {

// What is wrong with a file is a finding, what is wrong with the disk or the version an error.
bool is_finding(const error& why) {
  return why.code == errc::invalid || why.code == errc::not_found;
}

class store_checker {
 public:
  store_checker(file_system& in, std::string folder) : in_(in), folder_(std::move(folder)) {}

  result<store_check> run() {
    const auto names = list_store(in_, folder_);
    if (!names)
      return names.failure();
    shards_ = shards_among(*names);
    for (const auto step : {&store_checker::description, &store_checker::shards, &store_checker::log,
                            &store_checker::quarantines})
      if (auto done = (this->*step)(); !done)
        return done.failure();
    return std::move(made_);
  }

 private:
  std::uint64_t size_of(const std::string& path) {
    const auto file = in_.open(path);
    return file ? (*file)->size() : 0;
  }

  checked_file& add(std::string path, file_state state, std::string what = {}) {
    const std::uint64_t bytes = size_of(path);
    return made_.files.emplace_back(checked_file{std::move(path), state, bytes, 0, std::move(what)});
  }

  // A file that could not be read: damaged or missing.
  void add(std::string path, const error& why) {
    add(std::move(path), why.code == errc::not_found ? file_state::missing : file_state::damaged,
        why.message);
  }

  result<void> description() {
    const std::string path = folder_ + "/" + std::string{store_description_name};
    const auto read = read_description(in_, folder_);
    if (!read && !is_finding(read.failure()))
      return read.failure();
    if (!read)
      add(path, read.failure());
    else if (read->shards < shards_)
      add(path, file_state::damaged,
          "it tells of " + std::to_string(read->shards) + " shards, but there are folders of " +
              std::to_string(shards_));
    else
      add(path, file_state::sound);
    if (read)
      shards_ = std::max(shards_, read->shards);
    return {};
  }

  result<void> shards() {
    for (std::uint32_t i = 0; i < shards_; ++i) {
      const std::string path = folder_ + "/" + shard_folder_name(i);
      const auto names = in_.list(path);
      if (!names && names.failure().code != errc::not_found)
        return names.failure();
      if (auto done = names ? shard(path, *names) : result<void>{}; !done)
        return done;
    }
    return {};
  }

  result<void> shard(const std::string& path, const std::vector<std::string>& names) {
    const auto listed = load_manifest(in_, path);
    const std::string name = path + "/" + std::string{manifest_name};
    if (!listed && !is_finding(listed.failure()))
      return listed.failure();
    const bool any_segment = std::any_of(names.begin(), names.end(), [](const std::string& each) {
      return parse_segment_name(each).has_value();
    });
    // A shard that was never written in has none.
    if (listed)
      add(name, file_state::sound);
    else if (listed.failure().code == errc::invalid || any_segment)
      add(name, listed.failure());
    std::map<std::string, segment_info> expected;
    if (listed)
      for (const segment_info& each : listed->segments) expected.emplace(segment_name(id_of(each)), each);
    for (const std::string& each : names)
      if (auto done = shard_file(path, each, listed.ok(), expected); !done)
        return done;
    for (const auto& [missing, info] : expected)
      add(path + "/" + missing, file_state::missing, "the manifest names it").rows = 0;
    return {};
  }

  // Takes what it looked at out of `expected`.
  result<void> shard_file(const std::string& folder, const std::string& name, bool has_manifest,
                          std::map<std::string, segment_info>& expected) {
    const std::string path = folder + "/" + name;
    if (name == manifest_name || name == quarantine_name)
      return {};
    if (name.ends_with(".tmp"))
      return add(path, file_state::leftover, "it was being written"), result<void>{};
    if (!parse_segment_name(name))
      return add(path, file_state::unknown, "not one of ours"), result<void>{};
    const auto listed = expected.extract(name);
    if (has_manifest && listed.empty())
      return add(path, file_state::leftover, "the manifest does not name it"), result<void>{};
    return segment_file(path, listed.empty() ? nullptr : &listed.mapped());
  }

  result<void> segment_file(const std::string& path, const segment_info* listed) {
    const auto opened = segment::open(in_, path);
    if (!opened && !is_finding(opened.failure()))
      return opened.failure();
    if (!opened)
      return add(path, opened.failure()), result<void>{};
    if (listed != nullptr && (*opened)->info() != *listed)
      return add(path, file_state::damaged, "it is not the segment that the manifest names"), result<void>{};
    const auto health = check_segment(**opened);
    if (!health)
      return health.failure();
    checked_file& added = add(path, health->sound() ? file_state::sound : file_state::damaged, health->what);
    added.rows = (*opened)->info().rows - health->bad_rows;
    if (health->bad_rows != 0)
      added.what += " (" + std::to_string(health->bad_rows) + " events are lost)";
    return {};
  }

  result<void> log() {
    const std::string path = folder_ + "/" + std::string{wal_folder_name};
    const auto names = in_.list(path);
    if (!names && names.failure().code == errc::not_found)
      return {};
    if (!names)
      return names.failure();
    std::map<std::string, checked_file> found;
    std::optional<std::uint64_t> before;
    for (const std::string& each : *names) {
      if (each == quarantine_name)
        continue;
      const auto number = parse_wal_file_name(each);
      if (!number) {
        add(path + "/" + each, file_state::unknown, "not one of ours");
        continue;
      }
      if (before && *number != *before + 1)
        add(path + "/" + wal_file_name(*before + 1), file_state::missing,
            std::to_string(*number - *before - 1) + " files of the log are missing here");
      before = number;
      found[path + "/" + each] = {path + "/" + each, file_state::sound, size_of(path + "/" + each), 0, {}};
    }
    const auto read = replay_wal(in_, path, [&](const wal_record& each) -> result<void> {
      checked_file& file = found[path + "/" + wal_file_name(each.at.file)];
      file.rows += each.rows->rows();
      if (each.shard < shards_ || file.state != file_state::sound)
        return {};
      file.state = file_state::damaged;
      file.what = "it has rows of a shard " + std::to_string(each.shard) + " that is not there";
      return {};
    });
    if (!read)
      return read.failure();
    const auto note = [&](const wal_damage& damage, file_state state) {
      checked_file& file = found[damage.path];
      file.state = state;
      file.what = to_text(damage);
    };
    for (const wal_damage& each : read->damages) note(each, file_state::damaged);
    if (read->torn)
      note(*read->torn, file_state::torn);
    for (auto& [name, file] : found) made_.files.push_back(std::move(file));
    return {};
  }

  result<void> quarantines() {
    for (const std::string& each : folders_of_store(folder_, shards_)) {
      const auto found = list_quarantine(in_, each);
      if (!found)
        return found.failure();
      for (const quarantined_file& file : *found)
        made_.files.push_back({file.path, file_state::quarantined, file.bytes, 0, "put aside before"});
    }
    return {};
  }

  file_system& in_;
  std::string folder_;
  std::uint32_t shards_ = 0;
  store_check made_;
};

}  // namespace

std::string_view to_string(file_state state) {
  static constexpr std::string_view names[] = {"ok",      "leftover",    "torn",   "damaged",
                                               "missing", "quarantined", "unknown"};
  return names[static_cast<std::size_t>(state)];
}

bool store_check::clean() const {
  return std::none_of(files.begin(), files.end(), [](const checked_file& each) {
    return each.state == file_state::leftover || each.state == file_state::torn ||
           each.state == file_state::damaged || each.state == file_state::missing;
  });
}

result<store_check> check_store(file_system& in, const std::string& folder) {
  return store_checker{in, folder}.run();
}

}  // namespace logstream
