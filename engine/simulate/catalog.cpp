// SPDX-License-Identifier: MIT
// Compiles the catalog's texts into what can be drawn from quickly.
#include "engine/simulate/catalog.hpp"

#include "engine/simulate/catalog_texts.hpp"

#include <cmath>
#include <utility>

namespace logstream {

namespace {

constexpr auto hole_names = std::to_array<std::pair<std::string_view, hole>>({
    {"few", hole::few},
    {"n", hole::small},
    {"N", hole::large},
    {"ip", hole::address},
    {"uuid", hole::uuid},
    {"hash", hole::hash},
    {"table", hole::table},
    {"topic", hole::topic},
    {"resource", hole::resource},
    {"mail", hole::mail},
    {"cause", hole::cause},
    {"effect", hole::effect},
    {"user", hole::user},
    {"ms", hole::latency},
    {"status", hole::status},
});

constexpr hole hole_named(std::string_view name) {
  for (const auto& [key, value] : hole_names)
    if (key == name)
      return value;
  return hole::none;
}

constexpr bool well_formed(std::string_view text) {
  while (true) {
    const auto open = text.find('{');
    if (text.substr(0, open).find_first_of("}\"\\") != std::string_view::npos)
      return false;
    if (open == std::string_view::npos)
      return true;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos || hole_named(text.substr(open + 1, close - open - 1)) == hole::none)
      return false;
    text.remove_prefix(close + 1);
  }
}

constexpr bool all_well_formed() {
  for (const auto& row : message_texts)
    if (!well_formed(row.text))
      return false;
  return true;
}

static_assert(all_well_formed(),
              "a message template has an unknown hole or a character that JSON must escape");
static_assert(service_texts.size() == simulation_catalog::service_count);

message_template compile(std::string_view text) {
  message_template pieces;
  while (!text.empty()) {
    const auto open = text.find('{');
    if (open == std::string_view::npos) {
      pieces.push_back({text, hole::none});
      break;
    }
    const auto close = text.find('}', open);
    pieces.push_back({text.substr(0, open), hole_named(text.substr(open + 1, close - open - 1))});
    text.remove_prefix(close + 1);
  }
  return pieces;
}

}  // namespace

const simulation_catalog& simulation_catalog::instance() {
  static const simulation_catalog catalog;
  return catalog;
}

simulation_catalog::simulation_catalog() {
  for (std::size_t index = 0; index < host_count; ++index)
    hosts_.push_back((index < 9 ? "app-0" : "app-") + std::to_string(index + 1));
  for (std::size_t index = 0; index < skew_size; ++index) {
    const auto position = static_cast<double>(index) / static_cast<double>(skew_size);
    skew_[index] = static_cast<std::uint8_t>(static_cast<double>(service_count) * std::pow(position, 1.7));
  }
  for (std::size_t index = 0; index < service_count; ++index) {
    const auto [name, kind] = service_texts[index];
    services_[index] = name;
    for (const auto& row : message_texts)
      if (row.kind == domain::any || row.kind == kind)
        messages_[index][static_cast<std::size_t>(row.severity)].push_back(compile(row.text));
    auto& by_level = messages_[index];
    by_level[static_cast<std::size_t>(level::unknown)] = by_level[static_cast<std::size_t>(level::info)];
  }
}

std::span<const std::string_view> simulation_catalog::words(hole kind) const {
  switch (kind) {
    case hole::table:
      return table_texts;
    case hole::topic:
      return topic_texts;
    case hole::cause:
      return cause_texts;
    case hole::effect:
      return effect_texts;
    default:
      return resource_texts;
  }
}

std::size_t simulation_catalog::pick_service(random_source& source) const {
  return skew_[source.below(skew_size)];
}

const message_template& simulation_catalog::pick_message(std::size_t service, level severity,
                                                         random_source& source) const {
  const auto& choices = messages_[service][static_cast<std::size_t>(severity)];
  return choices[source.below(static_cast<std::uint32_t>(choices.size()))];
}

unsigned simulation_catalog::pick_status(level severity, random_source& source) const {
  static constexpr std::array<std::array<std::uint16_t, 4>, level_count> choices{{{200, 200, 200, 204},
                                                                                  {200, 200, 200, 204},
                                                                                  {200, 200, 201, 204},
                                                                                  {200, 404, 409, 429},
                                                                                  {500, 502, 503, 504},
                                                                                  {500, 500, 503, 507},
                                                                                  {200, 200, 201, 204}}};
  return choices[static_cast<std::size_t>(severity)][source.below(4)];
}

}  // namespace logstream
