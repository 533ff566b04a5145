// SPDX-License-Identifier: MIT
// What is made of a file system's calls, whichever file system it is.
#include "engine/base/file_system.hpp"

#include <array>

namespace logstream {

namespace {

result<void> write_synced(file_system& in, const std::string& path, std::string_view content) {
  auto file = in.create(path);
  if (!file)
    return file.failure();
  if (auto written = (*file)->append(std::array{content}); !written)
    return written;
  return (*file)->sync();
}

}  // namespace

result<std::string> read_file(file_system& in, const std::string& path) {
  auto file = in.open(path);
  if (!file)
    return file.failure();
  return (*file)->read(0, (*file)->size());
}

result<void> replace_file(file_system& in, const std::string& folder, const std::string& name,
                          std::string_view content) {
  const std::string path = folder + "/" + name;
  const std::string draft = path + ".tmp";
  auto done = write_synced(in, draft, content);
  if (done)
    done = in.rename(draft, path);
  if (done)
    return in.sync_folder(folder);
  // The first error is the one that counts; a draft that stays is overwritten by the next one.
  static_cast<void>(in.remove(draft));
  return done;
}

}  // namespace logstream
