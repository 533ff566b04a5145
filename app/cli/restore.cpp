// SPDX-License-Identifier: MIT
// One call of the engine, and what came of it.
#include "app/cli/restore.hpp"

#include "app/cli/progress.hpp"
#include "engine/store/store_restore.hpp"

#include <ostream>

namespace logstream {

namespace {

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

exit_code run_restore(const restore_options& options, std::ostream& out, std::ostream& err) {
  const auto disk = make_posix_file_system();
  const auto restored =
      restore_snapshot(*disk, without_slash(options.snapshot), without_slash(options.target),
                       options.link ? restore_how::linked : restore_how::copied);
  if (!restored) {
    err << "logstream: " << restored.failure().message << '\n';
    return exit_code::failed;
  }
  out << "snapshot " << restored->name << ": " << grouped(restored->events) << " events, "
      << grouped(restored->bytes) << " bytes " << (options.link ? "linked" : "copied") << " to "
      << options.target << "\nTry: logstream serve --storage.mode disk --storage.path " << options.target
      << '\n';
  return exit_code::ok;
}

}  // namespace logstream
