// SPDX-License-Identifier: MIT
// Sums by column over all blocks.
#include "app/cli/dump_documents.hpp"

#include "engine/model/labels.hpp"
#include "engine/store/template_counts.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace logstream {

namespace {

using json = nlohmann::ordered_json;

// So many templates are told, those of most rows.
constexpr std::size_t most_templates = 50;

std::string_view name_of(text_encoding encoding) {
  static constexpr std::array<std::string_view, 10> names{
      "raw", "constant", "dictionary", "integers", "decimals", "ipv4", "uuid", "hex", "rfc3339", "templates"};
  return names.at(static_cast<std::size_t>(encoding));
}

std::string sequences_of(const std::vector<sequence_range>& covers) {
  std::string text;
  for (const sequence_range& each : covers)
    text += (text.empty() ? "" : ", ") + std::to_string(each.first) + "-" + std::to_string(each.last);
  return text;
}

json info_of(const segment_info& from) {
  return {{"node", from.from.node},
          {"shard", from.from.shard},
          {"level", from.level},
          {"sequences", sequences_of(from.covers)},
          {"events", from.rows},
          {"from", format_rfc3339(from.min_time)},
          {"to", format_rfc3339(from.max_time)},
          {"bytes", from.bytes},
          {"text_bytes", from.text_bytes}};
}

double ratio(std::uint64_t raw, std::uint64_t packed) {
  const double exact = packed == 0 ? 0 : static_cast<double>(raw) / static_cast<double>(packed);
  return std::round(exact * 100) / 100;
}

// Bytes before they were encoded: of texts, or of numbers at eight bytes each.
struct raw_sizes {
  std::uint64_t rows = 0;
  std::uint64_t messages = 0;
  std::map<std::string, std::uint64_t, std::less<>> fields;
};

raw_sizes sizes_of(const batch& rows) {
  raw_sizes sizes;
  sizes.rows = rows.rows();
  for (std::uint32_t row = 0; row < rows.rows(); ++row) {
    sizes.messages += rows.message(row).size();
    if (rows.has_rest())
      rows.for_each_rest_field(row, [&](std::string_view name, const cell& value) {
        sizes.fields[std::string{}] += name.size() + value.text.size();
      });
  }
  for (const column& each : rows.columns()) sizes.fields[std::string{each.name()}] += each.bytes().size();
  return sizes;
}

class segment_summary {
 public:
  explicit segment_summary(const segment& of) : of_(of), directory_(of.directory()) {}

  dumped_document make() {
    made_.content = {{"segment", of_.path()}};
    made_.content.update(info_of(directory_.info));
    made_.content["ratio"] = ratio(directory_.info.text_bytes, directory_.info.bytes);
    made_.content["filter_bytes"] = directory_.filters_size();
    add_streams();
    add_blocks();
    add_columns();
    add_templates();
    return std::move(made_);
  }

 private:
  struct column_sum {
    std::uint64_t blocks = 0;
    std::uint64_t raw = 0;
    std::uint64_t bytes = 0;
    std::uint64_t filter = 0;
  };

  void add_streams() {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> sums(directory_.streams.size());
    for (const segment_directory::block& each : directory_.blocks()) {
      ++sums[each.stream].first;
      sums[each.stream].second += each.rows;
    }
    json streams = json::array();
    for (std::size_t i = 0; i < sums.size(); ++i) {
      std::string labels;
      for (const label& each : decode_labels(directory_.streams[i].labels))
        labels += (labels.empty() ? "" : " ") + std::string{each.first} + "=" + std::string{each.second};
      streams.push_back({{"stream", i},
                         {"level", to_string(directory_.streams[i].severity)},
                         {"blocks", sums[i].first},
                         {"events", sums[i].second},
                         {"labels", labels}});
    }
    made_.content["streams"] = std::move(streams);
  }

  void add_blocks() {
    json blocks = json::array();
    for (std::uint32_t i = 0; i < directory_.blocks().size(); ++i) {
      const segment_directory::block& block = directory_.blocks()[i];
      std::uint64_t bytes = 0;
      for (std::size_t n = 0; n < directory_.chunks(i).size(); ++n) bytes += directory_.place(i, n).size;
      blocks.push_back({{"block", i},
                        {"stream", block.stream},
                        {"events", block.rows},
                        {"from", format_rfc3339(block.min_time)},
                        {"to", format_rfc3339(block.max_time)},
                        {"text_bytes", block.text_bytes},
                        {"bytes", bytes}});
      sum_columns(i);
    }
    made_.content["blocks"] = std::move(blocks);
  }

  void sum_columns(std::uint32_t block) {
    raw_sizes sizes;
    if (const auto rows = of_.read_block(block, column_selection::all()))
      sizes = sizes_of(**rows);
    else
      made_.damages.push_back(rows.failure().message);
    const auto chunks = directory_.chunks(block);
    for (std::size_t n = 0; n < chunks.size(); ++n) {
      const auto [name, raw] = describe(chunks[n], sizes);
      const bool numbers = chunks[n].kind == chunk_kind::times || chunks[n].kind == chunk_kind::sequences;
      column_sum& sum =
          columns_[{chunks[n].kind, name, std::string{numbers ? "numbers" : name_of(chunks[n].encoding)}}];
      ++sum.blocks;
      sum.raw += raw;
      sum.bytes += directory_.place(block, n).size;
      sum.filter += filters_ ? directory_.filter(block, n, *filters_).size() : 0;
    }
  }

  std::pair<std::string, std::uint64_t> describe(const segment_directory::chunk& of,
                                                 const raw_sizes& sizes) const {
    const auto field = [&](std::string_view name) {
      const auto found = sizes.fields.find(name);
      return found == sizes.fields.end() ? 0 : found->second;
    };
    switch (of.kind) {
      case chunk_kind::times:
        return {"(times)", sizes.rows * sizeof(timestamp)};
      case chunk_kind::sequences:
        return {"(sequences)", sizes.rows * sizeof(std::uint64_t)};
      case chunk_kind::messages:
        return {"(messages)", sizes.messages};
      case chunk_kind::field:
        return {directory_.names[of.name], field(directory_.names[of.name])};
      case chunk_kind::rest:
        break;
    }
    return {"(rare fields)", field({})};
  }

  void add_columns() {
    json columns = json::array();
    for (const auto& [key, sum] : columns_)
      columns.push_back({{"column", std::get<1>(key)},
                         {"encoding", std::get<2>(key)},
                         {"blocks", sum.blocks},
                         {"raw_bytes", sum.raw},
                         {"bytes", sum.bytes},
                         {"ratio", ratio(sum.raw, sum.bytes)},
                         {"filter_bytes", sum.filter}});
    made_.content["columns"] = std::move(columns);
  }

  void add_templates() {
    const auto found = count_templates(of_);
    if (!found) {
      made_.damages.push_back(found.failure().message);
      return;
    }
    json templates = json::array();
    for (std::size_t i = 0; i < std::min(found->size(), most_templates); ++i)
      templates.push_back({{"events", (*found)[i].rows}, {"template", (*found)[i].text}});
    made_.content["templates"] = std::move(templates);
    if (found->size() > most_templates)
      made_.content["rarer_templates"] = found->size() - most_templates;
  }

  std::optional<std::string> read_filters() {
    auto filters = of_.read_filters();
    if (filters)
      return *std::move(filters);
    made_.damages.push_back(filters.failure().message);
    return std::nullopt;
  }

  const segment& of_;
  const segment_directory& directory_;
  dumped_document made_;
  std::optional<std::string> filters_ = read_filters();
  std::map<std::tuple<chunk_kind, std::string, std::string>, column_sum> columns_;
};

}  // namespace

dumped_document segment_document(const segment& of) {
  return segment_summary{of}.make();
}

result<dumped_document> wal_document(file_system& disk, const std::string& path) {
  json records = json::array();
  const auto read = read_wal_file(disk, path, [&](const wal_record& each) -> result<void> {
    const batch& rows = *each.rows;
    records.push_back({{"offset", each.at.offset},
                       {"bytes", each.bytes},
                       {"shard", each.shard},
                       {"first_sequence", each.first_sequence},
                       {"events", rows.rows()},
                       {"from", format_rfc3339(rows.min_time())},
                       {"to", format_rfc3339(rows.max_time())}});
    return {};
  });
  if (!read)
    return read.failure();
  const auto file = disk.open(path);
  if (!file)
    return file.failure();
  return dumped_document{{{"log_file", path},
                          {"number", read->highest_number},
                          {"bytes", (*file)->size()},
                          {"record_count", read->records},
                          {"events", read->rows},
                          {"records", std::move(records)}},
                         damages_of(*read)};
}

nlohmann::ordered_json manifest_document(const std::string& path, const manifest& from) {
  json segments = json::array();
  for (const segment_info& each : from.segments) {
    json one{{"file", segment_name(id_of(each))}};
    one.update(info_of(each));
    segments.push_back(std::move(one));
  }
  json out{{"manifest", path},
           {"generation", from.generation},
           {"sealed_through", from.sealed_through},
           {"next_sequence", from.next_sequence}};
  if (from.floor != row_floor{})
    out["evicted_before"] = format_rfc3339(from.floor.time);
  out["segments"] = std::move(segments);
  return out;
}

std::vector<std::string> damages_of(const wal_summary& read) {
  std::vector<std::string> damages;
  const auto tell = [&](const wal_damage& what) {
    damages.push_back(what.path + ": " + to_text(what) + " hold no record");
  };
  for (const wal_damage& each : read.damages) tell(each);
  if (read.torn)
    tell(*read.torn);
  return damages;
}

}  // namespace logstream
