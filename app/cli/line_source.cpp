// SPDX-License-Identifier: MIT
// Reading without blocking.
#include "app/cli/line_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace logstream {

namespace {

constexpr std::size_t chunk_size = 256 * 1024;

std::string reason() {
  return std::error_code{errno, std::generic_category()}.message();
}

}  // namespace

result<line_source> line_source::open(const std::string& path, bool follow) {
  const bool standard_input = path == "-";
  const int descriptor = standard_input ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return make_error(errc::io, path + ": cannot be opened: " + reason());
  line_source out{path, follow && !standard_input, descriptor};
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || S_ISDIR(status.st_mode))
    return make_error(errc::io, path + ": is a folder");
  if (S_ISREG(status.st_mode)) {
    out.is_file_ = true;
    out.size_ = static_cast<std::uint64_t>(status.st_size);
  }
  return out;
}

line_source::line_source(std::string path, bool follow, int descriptor)
    : path_(std::move(path)), follow_(follow), descriptor_(descriptor) {}

line_source::line_source(line_source&& other) noexcept
    : path_(std::move(other.path_)),
      follow_(other.follow_),
      descriptor_(std::exchange(other.descriptor_, -1)),
      is_file_(other.is_file_),
      size_(other.size_),
      offset_(other.offset_),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      searched_(other.searched_),
      complete_(other.complete_),
      dropping_(other.dropping_) {}

line_source::~line_source() {
  if (descriptor_ >= 0)
    ::close(descriptor_);
}

source_state line_source::fill() {
  if (complete_)
    return source_state::ended;
  if (!is_file_) {
    pollfd ready{descriptor_, POLLIN, 0};
    if (::poll(&ready, 1, 0) <= 0)
      return source_state::idle;
  }
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t old_size = buffer_.size();
  buffer_.resize(old_size + chunk_size);
  const ssize_t count = ::read(descriptor_, buffer_.data() + old_size, chunk_size);
  buffer_.resize(old_size + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count < 0 && (errno == EINTR || errno == EAGAIN))
    return source_state::idle;
  if (count <= 0)
    return end_of_file();
  offset_ += static_cast<std::uint64_t>(count);
  return source_state::ready;
}

source_state line_source::end_of_file() {
  if (!follow_ || !is_file_) {
    complete_ = true;
    return source_state::ended;
  }
  struct stat ours {};
  struct stat named {};
  if (::fstat(descriptor_, &ours) != 0)
    return source_state::idle;
  const bool replaced =
      ::stat(path_.c_str(), &named) == 0 && (named.st_ino != ours.st_ino || named.st_dev != ours.st_dev);
  const bool cut = static_cast<std::uint64_t>(ours.st_size) < offset_;
  if (!replaced && !cut)
    return source_state::idle;
  if (cut) {
    offset_ = 0;
    ::lseek(descriptor_, 0, SEEK_SET);
  } else if (!reopen()) {
    return source_state::idle;
  }
  // The old file will not finish its last line any more.
  if (!buffer_.empty())
    buffer_.push_back('\n');
  return source_state::ready;
}

bool line_source::reopen() {
  const int next = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (next < 0)
    return false;
  ::close(descriptor_);
  descriptor_ = next;
  offset_ = 0;
  return true;
}

std::optional<std::string_view> line_source::next_line() {
  while (begin_ < buffer_.size()) {
    const std::size_t end = buffer_.find('\n', begin_ + searched_);
    const bool found = end != std::string::npos;
    std::size_t size = (found ? end : buffer_.size()) - begin_;
    if (!found && !complete_ && size < longest_line) {
      searched_ = size;
      return std::nullopt;
    }
    const std::string_view line{buffer_.data() + begin_, size};
    begin_ += size + (found ? 1 : 0);
    searched_ = 0;
    const bool tail = std::exchange(dropping_, !found && !complete_);
    if (!tail)
      return line.substr(0, longest_line);
  }
  return std::nullopt;
}

std::optional<int> line_source::waitable() const {
  return is_file_ ? std::nullopt : std::optional{descriptor_};
}

}  // namespace logstream
