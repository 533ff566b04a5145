// SPDX-License-Identifier: MIT
// Throws bytes at what reads the log. With an even first byte the rest is a payload as it stands; otherwise
// it is a file's records, whose checksums are made right first, or no input would ever pass them. Without
// libFuzzer it runs over the files and folders named on the command line.
#include "engine/store/wal_record.hpp"

#include "engine/base/checksum.hpp"
#include "engine/store/wal_reader.hpp"
#include "fuzz/support/require.hpp"
#include "tests/engine/support/memory_file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using logstream::fuzz::require;

constexpr std::uint64_t number = 7;

void read_payload(std::string_view bytes) {
  const auto rows = read_wal_payload(bytes);
  if (!rows)
    return;
  const auto again = read_wal_payload(make_wal_payload(**rows).bytes);
  require(again && (*again)->rows() == (*rows)->rows(), "what was read can be written and read again");
}

// The records with right checksums, as far as their sizes go.
std::string with_checksums(std::string_view records) {
  std::string file = wal_file_head(number);
  while (records.size() >= wal_record_head_bytes) {
    wal_record_head head = read_wal_record_head(records.substr(0, wal_record_head_bytes));
    if (head.payload_bytes > records.size() - wal_record_head_bytes)
      break;
    const std::string_view payload = records.substr(wal_record_head_bytes, head.payload_bytes);
    head.checksum = wal_checksum(head, {number, file.size()}, checksum(payload));
    append_wal_record_head(file, head);
    file += payload;
    records.remove_prefix(wal_record_head_bytes + payload.size());
  }
  return file.append(records);
}

void read_records(std::string_view records) {
  test::memory_file_system disk;
  const std::string file = with_checksums(records);
  disk.put("log/" + wal_file_name(number), file);
  std::uint64_t end = wal_file_head_bytes;
  std::uint64_t rows = 0;
  const auto summary = replay_wal(disk, "log", [&](const wal_record& each) -> result<void> {
    require(each.at.file == number && each.at.offset >= end, "records come in the order in which they stand");
    end = each.at.offset + wal_record_head_bytes;
    rows += each.rows->rows();
    return {};
  });
  require(summary && summary->rows == rows, "every row is counted");
  if (summary->torn)
    require(summary->torn->offset + summary->torn->bytes == file.size(), "a torn end reaches to the end");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
  if (data[0] % 2 == 0)
    read_payload(rest);
  else
    read_records(rest);
  return 0;
}
