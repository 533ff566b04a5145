// SPDX-License-Identifier: MIT
// Read once to see what is wrong, and once more to write what is right.
#include "engine/store/wal_repair.hpp"

#include "engine/store/quarantine.hpp"
#include "engine/store/wal_reader.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace logstream {

namespace {

// More missing files than these are not made up for: then their names were never the log's.
constexpr std::uint64_t most_missing_files = 1024;

class wal_mender {
 public:
  wal_mender(file_system& in, const std::string& folder, std::uint32_t shards)
      : in_(in), folder_(folder), shards_(shards) {}

  result<std::vector<std::string>> run() {
    if (auto made = in_.make_folder(folder_); !made)
      return made.failure();
    for (const auto step :
         {&wal_mender::find, &wal_mender::write_anew, &wal_mender::replace, &wal_mender::fill_gaps})
      if (auto done = (this->*step)(); !done)
        return done.failure();
    return std::move(done_);
  }

 private:
  // A file on its way: its records so far.
  struct draft {
    std::unique_ptr<output_file> file;
    std::uint64_t number = 0;
    std::uint64_t size = 0;
  };

  std::string path_of(std::uint64_t number) const { return folder_ + "/" + wal_file_name(number); }

  result<void> find() {
    const auto read = replay_wal(in_, folder_, [this](const wal_record& each) -> result<void> {
      if (each.shard >= shards_)
        wrong_.emplace(each.at.file,
                       "it had rows of a shard " + std::to_string(each.shard) + " that is not there");
      return {};
    });
    if (!read)
      return read.failure();
    for (const wal_damage& each : read->damages) note(each);
    if (read->torn)
      note(*read->torn);
    return {};
  }

  void note(const wal_damage& what) {
    const std::string_view name = std::string_view{what.path}.substr(folder_.size() + 1);
    wrong_.emplace(*parse_wal_file_name(name), to_text(what) + " were left out");
  }

  result<void> write_anew() {
    if (wrong_.empty())
      return {};
    const auto read = replay_wal(in_, folder_, [this](const wal_record& each) -> result<void> {
      if (!wrong_.contains(each.at.file) || each.shard >= shards_)
        return {};
      return take(each);
    });
    if (!read)
      return read.failure();
    if (auto ended = end(); !ended)
      return ended;
    // Those that have no record.
    for (const auto& [number, why] : wrong_) {
      if (written_.contains(number))
        continue;
      if (auto begun = begin(number); !begun)
        return begun;
      if (auto ended = end(); !ended)
        return ended;
    }
    return {};
  }

  result<void> take(const wal_record& record) {
    if (!draft_ || draft_->number != record.at.file) {
      if (auto ended = end(); !ended)
        return ended;
      if (auto begun = begin(record.at.file); !begun)
        return begun;
    }
    const wal_payload payload = make_wal_payload(*record.rows);
    wal_record_head head{static_cast<std::uint32_t>(payload.bytes.size()), wal_kind::batch, record.shard,
                         record.first_sequence, 0};
    head.checksum = wal_checksum(head, {draft_->number, draft_->size}, payload.checksum);
    std::string bytes;
    append_wal_record_head(bytes, head);
    draft_->size += bytes.size() + payload.bytes.size();
    return draft_->file->append(std::array<std::string_view, 2>{bytes, payload.bytes});
  }

  result<void> begin(std::uint64_t number) {
    auto file = in_.create(path_of(number) + ".tmp");
    if (!file)
      return file.failure();
    draft_ = draft{*std::move(file), number, wal_file_head_bytes};
    written_.insert(number);
    const std::string head = wal_file_head(number);
    return draft_->file->append(std::array<std::string_view, 1>{head});
  }

  result<void> end() {
    if (!draft_)
      return {};
    auto synced = draft_->file->sync();
    draft_.reset();
    return synced;
  }

  result<void> replace() {
    for (const auto& [number, why] : wrong_) {
      const std::string name = wal_file_name(number);
      if (auto kept = link_to_quarantine(in_, folder_, name); !kept)
        return kept.failure();
      if (auto renamed = in_.rename(path_of(number) + ".tmp", path_of(number)); !renamed)
        return renamed;
      done_.push_back(path_of(number) + ": was written anew, and as it was moved to quarantine/ (" + why +
                      ")");
    }
    return wrong_.empty() ? result<void>{} : in_.sync_folder(folder_);
  }

  result<void> fill_gaps() {
    const auto names = in_.list(folder_);
    if (!names)
      return names.failure();
    std::optional<std::uint64_t> before;
    std::uint64_t left = most_missing_files;
    for (const std::string& each : *names) {
      const auto number = parse_wal_file_name(each);
      if (!number)
        continue;
      const std::uint64_t missing = before && *number > *before ? *number - *before - 1 : 0;
      if (missing != 0 && missing <= left) {
        left -= missing;
        if (auto filled = fill(*before + 1, *number); !filled)
          return filled;
      }
      before = number;
    }
    return left == most_missing_files ? result<void>{} : in_.sync_folder(folder_);
  }

  result<void> fill(std::uint64_t begin, std::uint64_t end) {
    for (std::uint64_t number = begin; number < end; ++number) {
      if (auto made = in_.create(path_of(number)); !made)
        return made.failure();
      done_.push_back(path_of(number) + ": was missing; an empty file is in its place");
    }
    return {};
  }

  file_system& in_;
  const std::string& folder_;
  std::uint32_t shards_;
  // Why a file is to be written anew, by its number.
  std::map<std::uint64_t, std::string> wrong_;
  std::set<std::uint64_t> written_;
  std::optional<draft> draft_;
  std::vector<std::string> done_;
};

}  // namespace

result<std::vector<std::string>> repair_wal(file_system& in, const std::string& folder,
                                            std::uint32_t shards) {
  return wal_mender{in, folder, shards}.run();
}

}  // namespace logstream
