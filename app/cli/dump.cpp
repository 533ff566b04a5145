// SPDX-License-Identifier: MIT
// What kind of file it is, and the document of it.
#include "app/cli/dump.hpp"

#include "app/cli/document_text.hpp"
#include "app/cli/dump_documents.hpp"
#include "engine/query/row_format.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/store_description.hpp"
#include "engine/store/wal_reader.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <ostream>
#include <utility>

namespace logstream {

namespace {

class file_dump {
 public:
  file_dump(const dump_options& options, std::ostream& out, std::ostream& err)
      : options_(options), out_(out), err_(err), disk_(make_posix_file_system()) {}

  exit_code run() {
    auto opened = segment::open(*disk_, options_.file);
    if (opened)
      return options_.rows ? segment_rows(**opened) : show(segment_document(**opened));
    if (opened.failure().code != errc::invalid)
      return refuse(opened.failure());
    auto listed = read_manifest();
    if (listed)
      return options_.rows ? refuse(make_error(errc::invalid, options_.file + ": a manifest has no events"))
                           : show({manifest_document(options_.file, *listed), {}});
    if (listed.failure().code != errc::invalid)
      return refuse(listed.failure());
    if (auto log = wal_document(*disk_, options_.file); log)
      return options_.rows ? wal_rows() : show(*std::move(log));
    // A damaged segment is what a person is most likely to look at.
    return refuse(make_error(errc::invalid,
                             options_.file + ": is no segment, file of the log or manifest, or is damaged (" +
                                 opened.failure().message + ")"));
  }

 private:
  result<manifest> read_manifest() {
    const auto bytes = read_file(*disk_, options_.file);
    if (!bytes)
      return bytes.failure();
    return decode_manifest(*bytes);
  }

  exit_code show(const dumped_document& of) {
    out_ << printed_document(of.content, options_.json);
    return tell(of.damages);
  }

  exit_code tell(const std::vector<std::string>& damages) {
    for (const std::string& each : damages) err_ << "logstream: " << each << '\n';
    return damages.empty() ? exit_code::ok : exit_code::failed;
  }

  void print(const batch& rows) {
    std::string text;
    for (std::uint32_t row = 0; row < rows.rows(); ++row) {
      append_event_json(text, rows, row);
      text += '\n';
    }
    out_ << text;
  }

  exit_code segment_rows(const segment& of) {
    std::vector<std::string> damages;
    for (std::uint32_t block = 0; block < of.directory().blocks().size(); ++block) {
      const auto rows = of.read_block(block, column_selection::all());
      if (rows)
        print(**rows);
      else
        damages.push_back(rows.failure().message);
    }
    return tell(damages);
  }

  exit_code wal_rows() {
    const auto read = read_wal_file(*disk_, options_.file, [&](const wal_record& each) -> result<void> {
      each.rows->number({node(), each.shard}, each.first_sequence);
      print(*each.rows);
      return {};
    });
    if (!read)
      return refuse(read.failure());
    return tell(damages_of(*read));
  }

  // A log does not say whose it is; the store's folder does, if the file is in its place.
  std::uint8_t node() {
    const auto store = std::filesystem::path{options_.file}.parent_path() / "..";
    const auto description = read_description(*disk_, store.string());
    return description ? description->node : 0;
  }

  exit_code refuse(const error& why) {
    err_ << "logstream: " << why.message << '\n';
    return exit_code::usage;
  }

  const dump_options& options_;
  std::ostream& out_;
  std::ostream& err_;
  std::shared_ptr<file_system> disk_;
};

}  // namespace

exit_code run_dump(const dump_options& options, std::ostream& out, std::ostream& err) {
  return file_dump{options, out, err}.run();
}

}  // namespace logstream
