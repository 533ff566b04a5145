// SPDX-License-Identifier: MIT
// Reads, cuts and stamps request bodies.
#include "bench/support/workload.hpp"

#include "bench/support/arguments.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <fstream>

namespace logstream::bench {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& source) {
  std::error_code failure;
  if (!std::filesystem::is_directory(source, failure))
    return {source};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{source, failure})
    if (entry.is_regular_file())
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary | std::ios::ate};
  if (!stream)
    give_up("cannot read " + file.string());
  std::string bytes(static_cast<std::size_t>(stream.tellg()), '\0');
  stream.seekg(0);
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    give_up("cannot read " + file.string());
  return bytes;
}

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream stream{file, std::ios::binary | std::ios::trunc};
  if (!stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size())) || !stream.flush())
    give_up("cannot write " + file.string());
}

void workload::add(const std::filesystem::path& source, std::size_t lines) {
  const auto files = files_of(source);
  contents_.reserve(contents_.size() + files.size());
  for (const auto& file : files) add_file(file, lines);
}

void workload::add_file(const std::filesystem::path& file, std::size_t lines) {
  // A long string keeps its bytes in place when the vector moves it; a short one is no body of a benchmark.
  std::string_view left = contents_.emplace_back(read_file(file));
  if (lines == 0) {
    bodies_.push_back({left, static_cast<std::size_t>(std::count(left.begin(), left.end(), '\n'))});
    return;
  }
  while (!left.empty()) {
    std::size_t end = 0;
    std::size_t rows = 0;
    while (rows < lines && end < left.size()) {
      end = std::min(left.find('\n', end), left.size() - 1) + 1;
      ++rows;
    }
    bodies_.push_back({left.substr(0, end), rows});
    left.remove_prefix(end);
  }
}

void stamp(std::string& out, std::string_view body, timestamp now) {
  constexpr std::string_view opening = R"({"timestamp":")";
  constexpr std::size_t width = std::string_view{"2026-11-24T02:01:57.000000000Z"}.size();
  auto text = format_rfc3339(now);
  // The shortest exact text may lack digits of the fraction; a nanosecond more or less brings them back.
  while (text.size() != width) text = format_rfc3339(++now);
  out.assign(body);
  for (std::size_t at = 0; at < out.size(); at = out.find('\n', at) + 1) {
    if (out.compare(at, opening.size(), opening) != 0 || out.size() < at + opening.size() + width)
      give_up("only events of bench_generate can be stamped");
    std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(at + opening.size()));
    if (out.find('\n', at) == std::string::npos)
      break;
  }
}

}  // namespace logstream::bench
