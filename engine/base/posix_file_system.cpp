// SPDX-License-Identifier: MIT
// The machine's disk, by the system's own calls.
#include "engine/base/file_system.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace logstream {

namespace {

// Logs are not everyone's business.
constexpr mode_t file_mode = 0640;
constexpr mode_t folder_mode = 0750;

error failure(std::string_view what, const std::string& path, int number) {
  const errc code = number == ENOSPC || number == EDQUOT    ? errc::disk_full
                    : number == ENOENT || number == ENOTDIR ? errc::not_found
                                                            : errc::io;
  return make_error(
      code, "cannot " + std::string{what} + " " + path + ": " + std::generic_category().message(number));
}

class descriptor {
 public:
  explicit descriptor(int number) : number_(number) {}
  descriptor(descriptor&& from) noexcept : number_(std::exchange(from.number_, -1)) {}
  descriptor& operator=(descriptor&&) = delete;
  ~descriptor() {
    if (number_ >= 0)
      ::close(number_);
  }

  int number() const { return number_; }

 private:
  int number_;
};

result<descriptor> open_path(std::string_view what, const std::string& path, int flags) {
  for (;;) {
    const int number = ::open(path.c_str(), flags | O_CLOEXEC, file_mode);
    if (number >= 0)
      return descriptor{number};
    if (errno != EINTR)
      return failure(what, path, errno);
  }
}

result<void> sync_folder_at(const std::string& path) {
  const auto folder = open_path("open", path, O_RDONLY | O_DIRECTORY);
  if (!folder)
    return folder.failure();
  if (::fsync(folder->number()) != 0)
    return failure("sync", path, errno);
  return {};
}

class posix_output_file final : public output_file {
 public:
  posix_output_file(descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  result<void> append(std::span<const std::string_view> pieces) override {
    std::size_t written = 0;
    while (!pieces.empty()) {
      const auto count = write_some(pieces, written);
      if (!count)
        return count.failure();
      written += *count;
      while (!pieces.empty() && written >= pieces.front().size()) {
        written -= pieces.front().size();
        pieces = pieces.subspan(1);
      }
    }
    return {};
  }

  result<void> sync() override {
    if (::fdatasync(file_.number()) != 0)
      return failure("sync", path_, errno);
    return {};
  }

 private:
  // Bytes written of the first pieces, of which `done` bytes are written already.
  result<std::size_t> write_some(std::span<const std::string_view> pieces, std::size_t done) {
    std::array<iovec, IOV_MAX> vectors;
    const std::size_t count = std::min(pieces.size(), vectors.size());
    for (std::size_t i = 0; i < count; ++i)
      vectors[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
    vectors[0] = {const_cast<char*>(pieces[0].data()) + done, pieces[0].size() - done};
    for (;;) {
      const ssize_t written = ::writev(file_.number(), vectors.data(), static_cast<int>(count));
      if (written >= 0)
        return static_cast<std::size_t>(written);
      if (errno != EINTR)
        return failure("write", path_, errno);
    }
  }

  descriptor file_;
  std::string path_;
};

class posix_input_file final : public input_file {
 public:
  posix_input_file(descriptor file, std::string path, std::uint64_t size)
      : file_(std::move(file)), path_(std::move(path)), size_(size) {}

  std::uint64_t size() const override { return size_; }

  result<std::string> read(std::uint64_t offset, std::size_t size) const override {
    if (offset > size_ || size > size_ - offset)
      return ends_before();
    std::string bytes(size, '\0');
    for (std::size_t done = 0; done < size;) {
      const ssize_t count =
          ::pread(file_.number(), bytes.data() + done, size - done, static_cast<off_t>(offset + done));
      if (count == 0)
        return ends_before();
      if (count > 0)
        done += static_cast<std::size_t>(count);
      else if (errno != EINTR)
        return failure("read", path_, errno);
    }
    return bytes;
  }

 private:
  error ends_before() const { return make_error(errc::io, "cannot read " + path_ + ": it is too short"); }

  descriptor file_;
  std::string path_;
  std::uint64_t size_;
};

class posix_file_lock final : public file_lock {
 public:
  explicit posix_file_lock(descriptor file) : file_(std::move(file)) {}

 private:
  descriptor file_;
};

class posix_file_system final : public file_system {
 public:
  result<std::unique_ptr<output_file>> create(const std::string& path) override {
    auto file = open_path("create", path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND);
    if (!file)
      return file.failure();
    return std::unique_ptr<output_file>{std::make_unique<posix_output_file>(*std::move(file), path)};
  }

  result<std::unique_ptr<input_file>> open(const std::string& path) override {
    auto file = open_path("open", path, O_RDONLY);
    if (!file)
      return file.failure();
    struct stat about {};
    if (::fstat(file->number(), &about) != 0)
      return failure("open", path, errno);
    return std::unique_ptr<input_file>{std::make_unique<posix_input_file>(
        *std::move(file), path, static_cast<std::uint64_t>(about.st_size))};
  }

  result<void> rename(const std::string& from, const std::string& to) override {
    return outcome(::rename(from.c_str(), to.c_str()), "rename", from);
  }

  result<void> remove(const std::string& path) override {
    return outcome(::unlink(path.c_str()), "remove", path);
  }

  result<void> link(const std::string& from, const std::string& to) override {
    return outcome(::link(from.c_str(), to.c_str()), "link", from);
  }

  result<void> truncate(const std::string& path, std::uint64_t size) override {
    const auto file = open_path("cut", path, O_WRONLY);
    if (!file)
      return file.failure();
    if (::ftruncate(file->number(), static_cast<off_t>(size)) != 0)
      return failure("cut", path, errno);
    return outcome(::fsync(file->number()), "sync", path);
  }

  result<void> make_folder(const std::string& path) override {
    if (::mkdir(path.c_str(), folder_mode) == 0)
      return sync_folder_at(parent_of(path));
    const int number = errno;
    if (number == ENOENT && parent_of(path) != path) {
      if (auto above = make_folder(parent_of(path)); !above)
        return above;
      return make_folder(path);
    }
    std::error_code ignored;
    if (number == EEXIST && std::filesystem::is_directory(path, ignored))
      return {};
    return failure("make", path, number);
  }

  result<void> remove_folder(const std::string& path) override {
    return outcome(::rmdir(path.c_str()), "remove", path);
  }

  result<void> sync_folder(const std::string& path) override { return sync_folder_at(path); }

  result<std::vector<std::string>> list(const std::string& folder) override {
    std::vector<std::string> names;
    std::error_code problem;
    for (std::filesystem::directory_iterator at{folder, problem}, end; !problem && at != end;
         at.increment(problem))
      names.push_back(at->path().filename().string());
    if (problem)
      return failure("list", folder, problem.value());
    std::sort(names.begin(), names.end());
    return names;
  }

  result<std::uint64_t> free_bytes(const std::string& folder) override {
    struct statvfs about {};
    if (::statvfs(folder.c_str(), &about) != 0)
      return failure("look at", folder, errno);
    return std::uint64_t{about.f_bavail} * about.f_frsize;
  }

  result<std::unique_ptr<file_lock>> lock(const std::string& path) override {
    auto file = open_path("lock", path, O_RDWR | O_CREAT);
    if (!file)
      return file.failure();
    if (::flock(file->number(), LOCK_EX | LOCK_NB) != 0)
      return errno == EWOULDBLOCK
                 ? make_error(errc::conflict, "cannot lock " + path + ": another process holds it")
                 : failure("lock", path, errno);
    return std::unique_ptr<file_lock>{std::make_unique<posix_file_lock>(*std::move(file))};
  }

 private:
  static result<void> outcome(int returned, std::string_view what, const std::string& path) {
    if (returned != 0)
      return failure(what, path, errno);
    return {};
  }

  static std::string parent_of(const std::string& path) {
    const std::filesystem::path name{path};
    // That of "a/b/" is "a", as that of "a/b" is.
    const std::filesystem::path parent = (name.has_filename() ? name : name.parent_path()).parent_path();
    return parent.empty() ? "." : parent.string();
  }
};

}  // namespace

std::shared_ptr<file_system> make_posix_file_system() {
  return std::make_shared<posix_file_system>();
}

}  // namespace logstream
