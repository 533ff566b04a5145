// SPDX-License-Identifier: MIT
// Checked, then brought over folder by folder.
#include "engine/store/store_restore.hpp"

#include "engine/store/quarantine.hpp"
#include "engine/store/store_check.hpp"
#include "engine/store/store_description.hpp"
#include "engine/store/store_layout.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace logstream {

namespace {

constexpr std::uint64_t piece_bytes = std::uint64_t{1} << 20;

result<void> copy(file_system& in, const std::string& from, const std::string& to) {
  const auto source = in.open(from);
  if (!source)
    return source.failure();
  const auto target = in.create(to);
  if (!target)
    return target.failure();
  const std::uint64_t size = (*source)->size();
  for (std::uint64_t at = 0; at < size; at += piece_bytes) {
    const auto piece = (*source)->read(at, static_cast<std::size_t>(std::min(piece_bytes, size - at)));
    if (!piece)
      return piece.failure();
    if (auto written = (*target)->append(std::array<std::string_view, 1>{*piece}); !written)
      return written;
  }
  return (*target)->sync();
}

class restoration {
 public:
  restoration(file_system& in, const std::string& from, const std::string& to, restore_how how)
      : in_(in), from_(from), to_(to), how_(how) {}

  result<snapshot_info> run() {
    auto known = check();
    if (!known)
      return known;
    const auto description = read_description(in_, from_);
    if (!description)
      return description.failure();
    if (auto brought = bring(std::string{wal_folder_name}); !brought)
      return brought.failure();
    for (std::uint32_t shard = 0; shard < description->shards; ++shard)
      if (auto brought = bring(shard_folder_name(shard)); !brought)
        return brought.failure();
    if (auto saved = save_description(in_, to_, *description); !saved)
      return saved.failure();
    return known;
  }

 private:
  result<snapshot_info> check() {
    auto known = read_snapshot_info(in_, from_);
    if (!known)
      return make_error(errc::invalid, from_ + ": is no snapshot: " + known.failure().message);
    const auto there = in_.list(to_);
    if (there && !there->empty())
      return make_error(errc::conflict, to_ + ": is not empty");
    if (!there && there.failure().code != errc::not_found)
      return there.failure();
    const auto found = check_store(in_, from_);
    if (!found)
      return found.failure();
    const auto bad = std::find_if(found->files.begin(), found->files.end(), [](const checked_file& each) {
      return each.state == file_state::damaged || each.state == file_state::missing ||
             each.state == file_state::torn;
    });
    if (bad != found->files.end())
      return make_error(errc::invalid,
                        bad->path + ": is " + std::string{to_string(bad->state)} + ": " + bad->what);
    return known;
  }

  result<void> bring(const std::string& folder) {
    const std::string from = from_ + "/" + folder;
    const std::string to = to_ + "/" + folder;
    const auto names = in_.list(from);
    if (!names)
      return names.failure();
    if (auto made = in_.make_folder(to); !made)
      return made;
    for (const std::string& each : *names) {
      if (each == quarantine_name)
        continue;
      const std::string source = from + "/" + each;
      const std::string target = to + "/" + each;
      if (auto brought = how_ == restore_how::linked ? in_.link(source, target) : copy(in_, source, target);
          !brought)
        return brought;
    }
    return in_.sync_folder(to);
  }

  file_system& in_;
  const std::string& from_;
  const std::string& to_;
  restore_how how_;
};

}  // namespace

result<snapshot_info> restore_snapshot(file_system& in, const std::string& from, const std::string& to,
                                       restore_how how) {
  return restoration{in, from, to, how}.run();
}

}  // namespace logstream
