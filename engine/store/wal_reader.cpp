// SPDX-License-Identifier: MIT
// Record by record, in pieces of some MiB.
#include "engine/store/wal_reader.hpp"

#include "engine/base/checksum.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace logstream {

namespace {

constexpr std::size_t piece_bytes = std::size_t{4} << 20;

result<std::vector<std::uint64_t>> wal_numbers(file_system& disk, const std::string& folder) {
  const auto names = disk.list(folder);
  if (!names)
    return names.failure();
  std::vector<std::uint64_t> numbers;
  for (const std::string& each : *names)
    if (const auto number = parse_wal_file_name(each))
      numbers.push_back(*number);
  return numbers;
}

// A file from its begin to its end, in large pieces.
class forward_reader {
 public:
  explicit forward_reader(const input_file& file) : file_(file) {}

  std::uint64_t offset() const { return offset_; }
  std::uint64_t left() const { return file_.size() - offset_; }

  // The next bytes; they stay valid until the next call. REQUIRES: size <= left().
  result<std::string_view> peek(std::size_t size) {
    if (offset_ < begin_ || offset_ - begin_ + size > piece_.size()) {
      auto read = file_.read(offset_, std::min<std::uint64_t>(left(), std::max(size, piece_bytes)));
      if (!read)
        return read.failure();
      piece_ = *std::move(read);
      begin_ = offset_;
    }
    return std::string_view{piece_}.substr(offset_ - begin_, size);
  }
  void skip(std::size_t size) { offset_ += size; }

 private:
  const input_file& file_;
  std::string piece_;
  std::uint64_t begin_ = 0;
  std::uint64_t offset_ = 0;
};

class replay {
 public:
  replay(file_system& disk, const std::string& folder, const wal_consumer& deliver)
      : disk_(disk), folder_(folder), deliver_(deliver) {}

  result<wal_summary> run() {
    const auto numbers = wal_numbers(disk_, folder_);
    if (!numbers)
      return numbers.failure();
    for (const std::uint64_t number : *numbers) {
      number_ = number;
      path_ = folder_ + "/" + wal_file_name(number);
      last_ = number == numbers->back();
      if (auto done = read_file(); !done)
        return done.failure();
      ++summary_.files;
      summary_.highest_number = number;
    }
    return std::move(summary_);
  }

  // One file by its path.
  result<wal_summary> run_alone() {
    path_ = folder_;
    last_ = true;
    if (auto found = find_number(); !found)
      return found.failure();
    if (auto done = read_file(); !done)
      return done.failure();
    summary_.files = 1;
    summary_.highest_number = number_;
    return std::move(summary_);
  }

 private:
  result<void> find_number() {
    const auto file = disk_.open(path_);
    if (!file)
      return file.failure();
    const auto head = (*file)->read(0, std::min<std::uint64_t>((*file)->size(), wal_file_head_bytes));
    if (!head)
      return head.failure();
    const auto number = parse_wal_file_head(*head);
    if (!number)
      return make_error(errc::invalid, path_ + ": does not begin as a file of the log does");
    number_ = *number;
    return {};
  }

  result<void> read_file() {
    const auto file = disk_.open(path_);
    if (!file)
      return file.failure();
    // What is left of a file that was cut back to nothing.
    if ((*file)->size() == 0)
      return {};
    forward_reader in{**file};
    const auto head = in.peek(std::min<std::uint64_t>(in.left(), wal_file_head_bytes));
    if (!head)
      return head.failure();
    if (*head != wal_file_head(number_)) {
      // A head is synced before records follow: in a longer file it was once right.
      return end_file(in, last_ && in.left() <= wal_file_head_bytes, "the head of the file is wrong");
    }
    in.skip(wal_file_head_bytes);
    return read_records(in);
  }

  result<void> read_records(forward_reader& in) {
    while (in.left() != 0) {
      if (in.left() < wal_record_head_bytes)
        return end_file(in, last_, "a record is cut short");
      auto bytes = in.peek(wal_record_head_bytes);
      if (!bytes)
        return bytes.failure();
      const wal_record_head head = read_wal_record_head(*bytes);
      if (head.payload_bytes > in.left() - wal_record_head_bytes ||
          head.payload_bytes > most_wal_payload_bytes)
        return end_file(in, last_, "a record is cut short");
      const std::size_t size = wal_record_head_bytes + head.payload_bytes;
      bytes = in.peek(size);
      if (!bytes)
        return bytes.failure();
      const std::string_view payload = bytes->substr(wal_record_head_bytes);
      if (wal_checksum(head, {number_, in.offset()}, checksum(payload)) != head.checksum)
        return end_file(in, last_, "the checksum of a record is wrong");
      if (auto taken = take(head, in.offset(), payload); !taken)
        return taken;
      in.skip(size);
    }
    return {};
  }

  result<void> take(const wal_record_head& head, std::uint64_t offset, std::string_view payload) {
    auto rows = head.kind == wal_kind::batch
                    ? read_wal_payload(payload)
                    : make_error(errc::invalid, "a record is of a kind that is not known");
    if (!rows) {
      summary_.damages.push_back(
          {path_, offset, wal_record_head_bytes + payload.size(), std::move(rows.failure().message)});
      return {};
    }
    ++summary_.records;
    summary_.rows += (*rows)->rows();
    return deliver_({{number_, offset},
                     head.shard,
                     head.first_sequence,
                     *std::move(rows),
                     wal_record_head_bytes + payload.size()});
  }

  result<void> end_file(const forward_reader& in, bool torn, std::string what) {
    wal_damage found{path_, in.offset(), in.left(), std::move(what)};
    if (torn)
      summary_.torn = std::move(found);
    else
      summary_.damages.push_back(std::move(found));
    return {};
  }

  file_system& disk_;
  const std::string& folder_;
  const wal_consumer& deliver_;
  wal_summary summary_;
  std::uint64_t number_ = 0;
  std::string path_;
  bool last_ = false;
};

}  // namespace

result<wal_summary> replay_wal(file_system& disk, const std::string& folder, const wal_consumer& deliver) {
  return replay{disk, folder, deliver}.run();
}

result<wal_summary> read_wal_file(file_system& disk, const std::string& path, const wal_consumer& deliver) {
  return replay{disk, path, deliver}.run_alone();
}

std::string to_text(const wal_damage& what) {
  return what.what + " at byte " + std::to_string(what.offset) + ": " + std::to_string(what.bytes) + " bytes";
}

result<std::uint64_t> link_wal_files_before(file_system& disk, const std::string& folder,
                                            std::uint64_t number, const std::string& to) {
  const auto numbers = wal_numbers(disk, folder);
  if (!numbers)
    return numbers.failure();
  std::uint64_t bytes = 0;
  for (const std::uint64_t each : *numbers) {
    if (each >= number)
      break;
    const std::string name = "/" + wal_file_name(each);
    if (auto linked = disk.link(folder + name, to + name); !linked)
      return linked.failure();
    const auto file = disk.open(to + name);
    if (!file)
      return file.failure();
    bytes += (*file)->size();
  }
  if (auto synced = disk.sync_folder(to); !synced)
    return synced.failure();
  return bytes;
}

result<std::uint64_t> remove_wal_files_before(file_system& disk, const std::string& folder,
                                              std::uint64_t number) {
  const auto numbers = wal_numbers(disk, folder);
  if (!numbers)
    return numbers.failure();
  std::uint64_t removed = 0;
  for (const std::uint64_t each : *numbers) {
    if (each >= number)
      break;
    if (auto done = disk.remove(folder + "/" + wal_file_name(each)); !done)
      return done.failure();
    ++removed;
  }
  if (removed != 0)
    if (auto synced = disk.sync_folder(folder); !synced)
      return synced.failure();
  return removed;
}

}  // namespace logstream
