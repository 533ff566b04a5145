// SPDX-License-Identifier: MIT
// Names are looked up once for each column of each batch; after that columns are numbers.
#include "engine/store/segment_block.hpp"

#include "engine/model/rest_entry.hpp"
#include "engine/store/segment_format.hpp"

#include <algorithm>

namespace logstream {

std::uint32_t name_table::number(std::string_view name) {
  if (const auto known = numbers_.find(name); known != numbers_.end())
    return known->second;
  const auto added = numbers_.emplace(name, size()).first;
  names_.push_back(&added->first);
  return added->second;
}

block_columns::block_columns(std::span<const part> parts) {
  column_names_.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (const column& each : parts[i].rows->columns())
      column_names_[i].push_back(names_.number(each.name()));
}

template <class F>
void block_columns::for_each_span(F&& f) const {
  std::uint32_t at = 0;
  for (std::size_t i = 0; i < spans_.size(); ++i) {
    f(i, spans_[i], at);
    at += spans_[i].rows();
  }
}

void block_columns::start(std::span<const source_run> runs, std::span<const row_span> spans) {
  runs_ = runs;
  spans_ = spans;
  rows_ = 0;
  used_.clear();
  for (const row_span& each : spans) {
    rows_ += each.rows();
    used_.push_back(each.run);
  }
  std::sort(used_.begin(), used_.end());
  used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
  used_by_span_.clear();
  for (const row_span& each : spans)
    used_by_span_.push_back(
        static_cast<std::uint32_t>(std::lower_bound(used_.begin(), used_.end(), each.run) - used_.begin()));
  for (const std::uint32_t each : seen_) states_[each] = {};
  seen_.clear();
  loose_.clear();
  count_loose_cells();
  count_cells();
  choose_fields();
  find_columns();
}

void block_columns::count_loose_cells() {
  for_each_span([&](std::size_t, const row_span& span, std::uint32_t at) {
    const batch& in = *runs_[span.run].rows;
    if (!in.has_rest())
      return;
    for (std::uint32_t row = span.begin; row < span.end; ++row)
      in.for_each_rest_field(row, [&](std::string_view name, const cell& value) {
        loose_.push_back({names_.number(name), at + (row - span.begin), value});
      });
  });
  states_.resize(names_.size());
  for (const loose_cell& each : loose_) {
    if (states_[each.name].cells++ == 0)
      seen_.push_back(each.name);
  }
  std::stable_sort(loose_.begin(), loose_.end(),
                   [](const loose_cell& a, const loose_cell& b) { return a.name < b.name; });
}

void block_columns::count_cells() {
  for (const row_span& span : spans_) {
    const source_run& run = runs_[span.run];
    for (const std::uint16_t each : run.columns) {
      const std::uint32_t cells = cells_in(run.rows->columns()[each], span.begin, span.end);
      if (cells == 0)
        continue;
      const std::uint32_t name = column_names_[run.part][each];
      if (states_[name].cells == 0)
        seen_.push_back(name);
      states_[name].cells += cells;
    }
  }
}

void block_columns::choose_fields() {
  fields_.clear();
  for (const std::uint32_t name : seen_) {
    const bool sparse =
        rows_ >= smallest_sparse_block && std::uint64_t{states_[name].cells} * sparse_factor < rows_;
    states_[name].has_column = !sparse && fields_.size() < segment_format::most_block_fields;
    if (states_[name].has_column)
      fields_.push_back(name);
  }
  std::sort(fields_.begin(), fields_.end());
}

void block_columns::find_columns() {
  columns_.assign(used_.size() * fields_.size(), nullptr);
  for (std::size_t i = 0; i < used_.size(); ++i) {
    const source_run& run = runs_[used_[i]];
    for (const std::uint16_t each : run.columns) {
      const std::uint32_t name = column_names_[run.part][each];
      if (!states_[name].has_column)
        continue;
      const auto n = std::lower_bound(fields_.begin(), fields_.end(), name) - fields_.begin();
      columns_[i * fields_.size() + static_cast<std::size_t>(n)] = &run.rows->columns()[each];
    }
  }
}

void block_columns::times(std::vector<timestamp>& into) const {
  into.clear();
  for (const row_span& each : spans_) {
    const auto all = runs_[each.run].rows->times();
    into.insert(into.end(), all.begin() + each.begin, all.begin() + each.end);
  }
}

void block_columns::sequences(std::vector<std::int64_t>& into) const {
  into.clear();
  for (const row_span& each : spans_)
    for (std::uint32_t row = each.begin; row < each.end; ++row)
      into.push_back(static_cast<std::int64_t>(runs_[each.run].rows->id(row).sequence));
}

void block_columns::messages(cell_collector& into) const {
  into.start(rows_);
  for_each_span([&](std::size_t, const row_span& span, std::uint32_t at) {
    into.put(runs_[span.run].rows->messages(), span.begin, span.end, at);
  });
}

void block_columns::field(std::size_t n, cell_collector& into) const {
  into.start(rows_);
  const std::uint32_t name = fields_[n];
  auto loose = std::partition_point(loose_.begin(), loose_.end(),
                                    [&](const loose_cell& each) { return each.name < name; });
  for_each_span([&](std::size_t i, const row_span& span, std::uint32_t at) {
    const column* const from = columns_[used_by_span_[i] * fields_.size() + n];
    if (from != nullptr)
      into.put(*from, span.begin, span.end, at);
    for (; loose != loose_.end() && loose->name == name && loose->row < at + span.rows(); ++loose)
      if (from == nullptr)
        into.put(loose->value, loose->row);
  });
}

void block_columns::rest(cell_collector& into, text_buffer& values) {
  std::erase_if(loose_, [&](const loose_cell& each) { return states_[each.name].has_column; });
  for_each_span([&](std::size_t, const row_span& span, std::uint32_t at) {
    const source_run& run = runs_[span.run];
    for (const std::uint16_t each : run.columns) {
      const std::uint32_t name = column_names_[run.part][each];
      const column& from = run.rows->columns()[each];
      if (states_[name].has_column || cells_in(from, span.begin, span.end) == 0)
        continue;
      for (std::uint32_t row = span.begin; row < span.end; ++row)
        if (const auto found = from.at(row))
          loose_.push_back({name, at + (row - span.begin), *found});
    }
  });
  std::stable_sort(loose_.begin(), loose_.end(),
                   [](const loose_cell& a, const loose_cell& b) { return a.row < b.row; });
  into.start(rows_);
  values.clear();
  std::string entries;
  for (std::size_t i = 0; i < loose_.size();) {
    const std::uint32_t row = loose_[i].row;
    entries.clear();
    for (; i < loose_.size() && loose_[i].row == row; ++i) {
      const auto& [name, at, value] = loose_[i];
      const std::size_t before = entries.size();
      entries.resize(before + rest_entry_head + names_[name].size() + value.text.size());
      values.push(value.text);
      write_rest_entry(entries.data() + before, names_[name], value.text, value.literal);
    }
    into.put({entries, false}, row);
  }
}

}  // namespace logstream
