// SPDX-License-Identifier: MIT
// Text, so that a person can read and mend it.
#include "engine/store/store_description.hpp"

#include "engine/store/number_line.hpp"

#include <string_view>

namespace logstream {

namespace {

constexpr std::uint32_t version = 1;
constexpr std::uint32_t most_shards = 256;

std::string text_of(const store_description& from) {
  return "logstream-store " + std::to_string(version) + "\nshards " + std::to_string(from.shards) +
         "\nnode " + std::to_string(from.node) + "\n";
}

result<store_description> parse(std::string_view text, const std::string& path) {
  std::uint32_t given_version = 0;
  std::uint32_t shards = 0;
  std::uint32_t node = 0;
  if (!take_number_line(text, "logstream-store", given_version))
    return make_error(errc::invalid, path + ": does not begin as the description of a store does");
  if (given_version != version)
    return make_error(errc::unsupported, path + ": is of version " + std::to_string(given_version) +
                                             ", which is later than ours");
  if (!take_number_line(text, "shards", shards) || shards == 0 || shards > most_shards ||
      !take_number_line(text, "node", node) || node > 255 || !text.empty())
    return make_error(errc::invalid, path + ": is damaged");
  return store_description{shards, static_cast<std::uint8_t>(node)};
}

}  // namespace

result<store_description> read_description(file_system& in, const std::string& folder) {
  const std::string path = folder + "/" + std::string{store_description_name};
  const auto text = read_file(in, path);
  if (!text)
    return text.failure();
  return parse(*text, path);
}

result<void> save_description(file_system& in, const std::string& folder, const store_description& saved) {
  return replace_file(in, folder, std::string{store_description_name}, text_of(saved));
}

result<store_description> load_description(file_system& in, const std::string& folder,
                                           const store_description& fresh) {
  auto read = read_description(in, folder);
  if (read || read.failure().code != errc::not_found)
    return read;
  if (auto written = save_description(in, folder, fresh); !written)
    return written.failure();
  return fresh;
}

}  // namespace logstream
