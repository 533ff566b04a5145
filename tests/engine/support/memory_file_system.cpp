// SPDX-License-Identifier: MIT
// Two tables of names: what a process sees, and what the disk would have after a crash.
#include "tests/engine/support/memory_file_system.hpp"

#include "tests/engine/support/seed.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace logstream::test {

namespace {

constexpr std::uint64_t plenty = std::uint64_t{1} << 40;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

std::string name_in(const std::string& folder, const std::string& path) {
  return folder == "." ? path : path.substr(folder.size() + 1);
}

error missing(const std::string& path) {
  return make_error(errc::not_found, path + ": No such file or directory");
}

}  // namespace

struct memory_file_system::node {
  std::string bytes;
  // That many of them survive a crash.
  std::size_t synced = 0;
  // A sync failed: what was not synced by then never will be.
  bool broken = false;
};

struct memory_file_system::disk {
  using names = std::map<std::string, std::shared_ptr<node>>;

  names seen;
  names kept;
  std::set<std::string> folders{"."};
  std::set<std::string> locks;
  std::optional<disk_fault> fault;
  std::uint64_t calls = 0;
  std::uint64_t crashes = 0;
  std::uint64_t free = plenty;

  // To be called first by every call that changes something.
  std::optional<error> fault_of(const std::string& path) {
    ++calls;
    if (!fault)
      return std::nullopt;
    if (fault->call > 1) {
      --fault->call;
      return std::nullopt;
    }
    const errc code = fault->code;
    if (!fault->lasting)
      fault.reset();
    return make_error(
        code, path + ": " + (code == errc::disk_full ? "No space left on device" : "Input/output error"));
  }

  std::shared_ptr<node> find(const std::string& path) const {
    const auto found = seen.find(path);
    return found == seen.end() ? nullptr : found->second;
  }
};

class memory_file_system::written_file final : public output_file {
 public:
  written_file(std::shared_ptr<disk> on, std::shared_ptr<node> file, std::string path)
      : disk_(std::move(on)), file_(std::move(file)), path_(std::move(path)), born_(disk_->crashes) {}

  result<void> append(std::span<const std::string_view> pieces) override {
    if (auto lost = after_crash())
      return *lost;
    std::string bytes;
    for (const std::string_view each : pieces) bytes += each;
    const unsigned arriving = disk_->fault ? disk_->fault->arriving_percent : 100;
    if (auto failed = disk_->fault_of(path_)) {
      file_->bytes += bytes.substr(0, bytes.size() * arriving / 100);
      return *failed;
    }
    file_->bytes += bytes;
    return {};
  }

  result<void> sync() override {
    if (auto lost = after_crash())
      return *lost;
    if (auto failed = disk_->fault_of(path_)) {
      file_->broken = true;
      return *failed;
    }
    if (!file_->broken)
      file_->synced = file_->bytes.size();
    return {};
  }

 private:
  std::optional<error> after_crash() const {
    if (born_ == disk_->crashes)
      return std::nullopt;
    return make_error(errc::io, path_ + ": opened before the crash");
  }

  std::shared_ptr<disk> disk_;
  std::shared_ptr<node> file_;
  std::string path_;
  std::uint64_t born_;
};

class memory_file_system::read_file final : public input_file {
 public:
  read_file(std::shared_ptr<node> file, std::string path)
      : file_(std::move(file)), path_(std::move(path)), size_(file_->bytes.size()) {}

  std::uint64_t size() const override { return size_; }

  result<std::string> read(std::uint64_t offset, std::size_t size) const override {
    const std::uint64_t there = std::min<std::uint64_t>(size_, file_->bytes.size());
    if (offset > there || size > there - offset)
      return make_error(errc::io, path_ + ": it is too short");
    return file_->bytes.substr(offset, size);
  }

 private:
  std::shared_ptr<node> file_;
  std::string path_;
  std::uint64_t size_;
};

class memory_file_system::held_lock final : public file_lock {
 public:
  held_lock(std::shared_ptr<disk> on, std::string path)
      : disk_(std::move(on)), path_(std::move(path)), born_(disk_->crashes) {}
  ~held_lock() override {
    if (born_ == disk_->crashes)
      disk_->locks.erase(path_);
  }

 private:
  std::shared_ptr<disk> disk_;
  std::string path_;
  std::uint64_t born_;
};

memory_file_system::memory_file_system() : disk_(std::make_shared<disk>()) {}
memory_file_system::~memory_file_system() = default;

result<std::unique_ptr<output_file>> memory_file_system::create(const std::string& path) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  if (!disk_->folders.contains(folder_of(path)))
    return missing(path);
  std::shared_ptr<node>& file = disk_->seen[path];
  if (file == nullptr)
    file = std::make_shared<node>();
  // The worst that can be: the old bytes are gone at once.
  *file = {};
  return std::unique_ptr<output_file>{std::make_unique<written_file>(disk_, file, path)};
}

result<std::unique_ptr<input_file>> memory_file_system::open(const std::string& path) {
  auto file = disk_->find(path);
  if (file == nullptr)
    return missing(path);
  return std::unique_ptr<input_file>{std::make_unique<read_file>(std::move(file), path)};
}

result<void> memory_file_system::rename(const std::string& from, const std::string& to) {
  if (auto linked = link(from, to); !linked)
    return linked;
  if (from != to)
    disk_->seen.erase(from);
  return {};
}

result<void> memory_file_system::remove(const std::string& path) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  if (disk_->seen.erase(path) == 0)
    return missing(path);
  return {};
}

result<void> memory_file_system::link(const std::string& from, const std::string& to) {
  if (auto failed = disk_->fault_of(from))
    return *failed;
  auto file = disk_->find(from);
  if (file == nullptr || !disk_->folders.contains(folder_of(to)))
    return missing(from);
  disk_->seen[to] = std::move(file);
  return {};
}

result<void> memory_file_system::truncate(const std::string& path, std::uint64_t size) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  const auto file = disk_->find(path);
  if (file == nullptr)
    return missing(path);
  file->bytes.resize(size);
  file->synced = std::min<std::size_t>(file->synced, size);
  return {};
}

result<void> memory_file_system::make_folder(const std::string& path) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
    disk_->folders.insert(path.substr(0, slash));
  disk_->folders.insert(path);
  return {};
}

result<void> memory_file_system::remove_folder(const std::string& path) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  const auto names = list(path);
  if (!names)
    return names.failure();
  if (!names->empty())
    return make_error(errc::io, path + ": Directory not empty");
  disk_->folders.erase(path);
  return {};
}

result<void> memory_file_system::sync_folder(const std::string& path) {
  if (auto failed = disk_->fault_of(path))
    return *failed;
  if (!disk_->folders.contains(path))
    return missing(path);
  const auto in_folder = [&](const auto& each) { return folder_of(each.first) == path; };
  std::erase_if(disk_->kept, in_folder);
  std::copy_if(disk_->seen.begin(), disk_->seen.end(), std::inserter(disk_->kept, disk_->kept.end()),
               in_folder);
  return {};
}

result<std::vector<std::string>> memory_file_system::list(const std::string& folder) {
  if (!disk_->folders.contains(folder))
    return missing(folder);
  std::set<std::string> names;
  for (const auto& [path, file] : disk_->seen)
    if (folder_of(path) == folder)
      names.insert(name_in(folder, path));
  for (const std::string& each : disk_->folders)
    if (each != folder && folder_of(each) == folder)
      names.insert(name_in(folder, each));
  return std::vector<std::string>{names.begin(), names.end()};
}

result<std::uint64_t> memory_file_system::free_bytes(const std::string& folder) {
  if (!disk_->folders.contains(folder))
    return missing(folder);
  return disk_->free;
}

result<std::unique_ptr<file_lock>> memory_file_system::lock(const std::string& path) {
  if (!disk_->locks.insert(path).second)
    return make_error(errc::conflict, path + ": locked");
  return std::unique_ptr<file_lock>{std::make_unique<held_lock>(disk_, path)};
}

void memory_file_system::fail(disk_fault planned) {
  disk_->fault = planned;
}

void memory_file_system::heal() {
  disk_->fault.reset();
}

std::uint64_t memory_file_system::calls() const {
  return disk_->calls;
}

void memory_file_system::crash() {
  crash_with(nullptr);
}

void memory_file_system::crash_torn(std::uint64_t seed) {
  random_source random{seed};
  crash_with(&random);
}

void memory_file_system::crash_with(random_source* random) {
  ++disk_->crashes;
  disk_->fault.reset();
  disk_->locks.clear();
  disk_->seen = disk_->kept;
  for (auto& [path, kept] : disk_->seen) {
    std::string& bytes = kept->bytes;
    const auto unsynced = static_cast<std::uint32_t>(bytes.size() - kept->synced);
    bytes.resize(kept->synced + (random == nullptr ? 0 : random->below(unsynced + 1)));
    if (random != nullptr && one_in(*random, 2))
      for (std::size_t at = kept->synced; at < bytes.size(); ++at)
        if (one_in(*random, 50))
          bytes[at] = static_cast<char>(bytes[at] ^ (1 + random->below(255)));
    kept->synced = bytes.size();
    kept->broken = false;
  }
}

std::string memory_file_system::content(const std::string& path) const {
  const auto file = disk_->find(path);
  if (file == nullptr)
    throw std::runtime_error("no file " + path);
  return file->bytes;
}

void memory_file_system::put(const std::string& path, std::string_view content) {
  const auto file = std::make_shared<node>(node{std::string{content}, content.size(), false});
  disk_->folders.insert(folder_of(path));
  disk_->seen[path] = file;
  disk_->kept[path] = file;
}

void memory_file_system::corrupt(const std::string& path, std::uint64_t at) {
  char& byte = disk_->find(path)->bytes.at(at);
  byte = static_cast<char>(byte ^ 0x41);
}

void memory_file_system::set_free_bytes(std::uint64_t bytes) {
  disk_->free = bytes;
}

}  // namespace logstream::test
