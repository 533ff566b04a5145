// SPDX-License-Identifier: MIT
// Lock, check, repair, check again.
#include "app/cli/fsck.hpp"

#include "app/cli/document_text.hpp"
#include "engine/store/store_check.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/store/store_repair.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <ostream>

namespace logstream {

namespace {

using json = nlohmann::ordered_json;

json document_of(const store_check& found) {
  json out{{"state", found.clean() ? "clean" : "damaged"}};
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  json files = json::array();
  for (const checked_file& each : found.files) {
    bytes += each.bytes;
    events += each.rows;
    files.push_back({{"state", to_string(each.state)},
                     {"bytes", each.bytes},
                     {"events", each.rows},
                     {"file", each.path},
                     {"what", each.what}});
  }
  out["bytes"] = bytes;
  // An event that was just written into a segment is in the log still.
  out["events_in_files"] = events;
  out["files"] = std::move(files);
  return out;
}

class fsck_run {
 public:
  fsck_run(const fsck_options& options, std::ostream& out, std::ostream& err)
      : options_(options), out_(out), err_(err), disk_(make_posix_file_system()) {}

  exit_code run() {
    // So that no lock is made where there is no store.
    if (const auto names = list_store(*disk_, options_.path); !names)
      return refuse(names.failure());
    const auto lock = disk_->lock(options_.path + "/lock");
    if (!lock)
      return refuse(lock.failure().code == errc::conflict
                        ? make_error(errc::conflict, options_.path + ": a server has it; stop that first")
                        : lock.failure());
    auto found = check_store(*disk_, options_.path);
    if (!found)
      return refuse(found.failure());
    json out = document_of(*found);
    if (!options_.repair || found->clean())
      return end(out, found->clean());
    return repair(std::move(out));
  }

 private:
  exit_code repair(json before) {
    const auto repaired = repair_store(disk_, options_.path);
    if (!repaired)
      return refuse(repaired.failure());
    const auto found = check_store(*disk_, options_.path);
    if (!found)
      return refuse(found.failure());
    json out = document_of(*found);
    out["found_before"] = std::move(before["files"]);
    out["done"] = repaired->done;
    out["lost_events"] = repaired->lost_rows;
    return end(out, found->clean());
  }

  exit_code end(const json& out, bool clean) {
    out_ << printed_document(out, options_.json);
    return clean ? exit_code::ok : exit_code::failed;
  }

  exit_code refuse(const error& why) {
    err_ << "logstream: " << why.message << '\n';
    return exit_code::usage;
  }

  const fsck_options& options_;
  std::ostream& out_;
  std::ostream& err_;
  std::shared_ptr<file_system> disk_;
};

}  // namespace

exit_code run_fsck(const fsck_options& options, std::ostream& out, std::ostream& err) {
  return fsck_run{options, out, err}.run();
}

}  // namespace logstream
