// SPDX-License-Identifier: MIT
// The yardstick: the least that a log engine does for a row, on one core and with nothing around it.
//
// Each body is parsed, split into one column a member, each column compressed by zstd, and the body's bytes
// written and synced. A tuned engine with leaner columns can beat it; it is there so that figures compare
// between machines.
#include "bench/support/arguments.hpp"
#include "bench/support/samples.hpp"
#include "bench/support/workload.hpp"

#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <zstd.h>

#include <fcntl.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using namespace logstream::bench;

using columns = std::unordered_map<std::string, std::string>;

/// Adds the values of one event to their columns; `key` is the dotted path to `value` and is left as it was.
void split(simdjson::dom::element value, std::string& key, columns& into) {
  if (value.is_object()) {
    for (const auto member : simdjson::dom::object(value)) {
      const auto length = key.size();
      if (length > 0)
        key += '.';
      key += member.key;
      split(member.value, key, into);
      key.resize(length);
    }
    return;
  }
  auto& column = into[key];
  if (value.is_string())
    column += std::string_view(value);
  else
    column += simdjson::minify(value);
  column += '\n';
}

struct totals {
  std::size_t rows = 0;
  std::size_t bytes = 0;
  std::size_t compressed = 0;
  double parse = 0;
  double compress = 0;
  double write = 0;
};

class yardstick {
 public:
  yardstick(const std::string& scratch, int level)
      : file_(open(scratch.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644)),
        zstd_(ZSTD_createCCtx(), ZSTD_freeCCtx),
        level_(level) {
    if (file_ < 0)
      give_up("cannot write " + scratch);
  }
  ~yardstick() { close(file_); }
  yardstick(const yardstick&) = delete;
  yardstick& operator=(const yardstick&) = delete;

  void take(const simdjson::padded_string& body, totals& sum) {
    const auto begun = stopwatch::now();
    columns table;
    std::string key;
    simdjson::dom::document_stream rows;
    if (parser_.parse_many(body, body.size() + 64).get(rows) != simdjson::SUCCESS)
      give_up("not NDJSON");
    for (auto row : rows) {
      split(row.value(), key, table);
      ++sum.rows;
    }
    sum.bytes += body.size();
    sum.parse += seconds_since(begun);
    compress(table, sum);
    store(sum);
  }

 private:
  void compress(const columns& table, totals& sum) {
    const auto begun = stopwatch::now();
    block_.clear();
    for (const auto& [name, column] : table) {
      scratch_.resize(ZSTD_compressBound(column.size()));
      const auto size = ZSTD_compressCCtx(zstd_.get(), scratch_.data(), scratch_.size(), column.data(),
                                          column.size(), level_);
      block_.append(scratch_.data(), size);
    }
    sum.compress += seconds_since(begun);
  }

  void store(totals& sum) {
    const auto begun = stopwatch::now();
    if (write(file_, block_.data(), block_.size()) != static_cast<ssize_t>(block_.size()) ||
        fdatasync(file_) != 0)
      give_up("cannot write what was compressed");
    sum.compressed += block_.size();
    sum.write += seconds_since(begun);
  }

  int file_;
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd_;
  int level_;
  simdjson::dom::parser parser_;
  std::vector<char> scratch_;
  std::string block_;
};

}  // namespace

int main(int count, char** words) {
  arguments line{count, words};
  const auto level = static_cast<int>(line.number("level", 1));
  const auto scratch = line.text("scratch", "ceiling.out");
  const auto rest = line.rest(1, "usage: bench_ceiling [--level 1] [--scratch FILE] FOLDER");
  std::vector<simdjson::padded_string> bodies;
  for (const auto& file : files_of(rest[0])) bodies.emplace_back(read_file(file));
  totals sum;
  yardstick ceiling{scratch, level};
  const auto begun = stopwatch::now();
  for (const auto& body : bodies) ceiling.take(body, sum);
  const auto seconds = seconds_since(begun);
  unlink(scratch.c_str());
  const nlohmann::ordered_json report{
      {"rows", sum.rows},
      {"rows_per_second", static_cast<double>(sum.rows) / seconds},
      {"megabytes_per_second", static_cast<double>(sum.bytes) / seconds / 1e6},
      {"parse_seconds", sum.parse},
      {"compress_seconds", sum.compress},
      {"write_seconds", sum.write},
      {"bytes", sum.bytes},
      {"compressed_bytes", sum.compressed}};
  std::cout << report.dump() << std::endl;
}
