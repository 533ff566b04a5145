// SPDX-License-Identifier: MIT
// Parameters of POST /simulate.
#include "http/simulate_parameters.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace logstream::http {

namespace {

using nlohmann::json;

constexpr std::uint64_t max_rate = 10'000'000;

result<std::uint64_t> whole_number(const std::string& name, const json& value, std::uint64_t least,
                                   std::uint64_t most) {
  const bool fits =
      value.is_number_unsigned() && value.get<std::uint64_t>() >= least && value.get<std::uint64_t>() <= most;
  if (!fits)
    return make_error(errc::invalid, "the member '" + name + "' must be a whole number from " +
                                         std::to_string(least) + " to " + std::to_string(most));
  return value.get<std::uint64_t>();
}

result<level_mix> read_levels(const json& value) {
  if (!value.is_object() || value.empty())
    return make_error(errc::invalid, "the member 'levels' must be an object of levels and their shares");
  std::array<double, level_count> shares{};
  std::array<bool, level_count> named{};
  double sum = 0;
  for (const auto& [name, share] : value.items()) {
    const auto which = parse_level(name);
    if (!which)
      return make_error(errc::invalid,
                        "the member 'levels' names '" + name.substr(0, 100) + "', which is no level");
    if (!share.is_number() || !(share.get<double>() >= 0) || share.get<double>() > level_mix::largest_weight)
      return make_error(errc::invalid, "the share of '" + name + "' must be a number from 0 to 1000000");
    const auto index = static_cast<std::size_t>(*which);
    if (named[index])
      return make_error(errc::invalid, "the member 'levels' names '" + name + "' twice");
    named[index] = true;
    shares[index] = share.get<double>();
    sum += shares[index];
  }
  const level_mix usual;
  double usual_rest = 0;
  for (const level each : all_levels)
    if (!named[static_cast<std::size_t>(each)])
      usual_rest += usual.weight(each);
  const double rest = std::max(0.0, 1 - sum);
  level_mix::weights weights{};
  for (const level each : all_levels) {
    const auto index = static_cast<std::size_t>(each);
    double share = shares[index] / std::max(sum, 1.0);
    if (!named[index])
      share = usual_rest == 0 ? 0 : rest * usual.weight(each) / usual_rest;
    weights[index] = static_cast<std::uint32_t>(std::lround(share * level_mix::largest_weight));
  }
  return level_mix::from_weights(weights);
}

result<void> read_member(const std::string& name, const json& value, simulate_request& into) {
  constexpr auto any = std::numeric_limits<std::uint64_t>::max();
  const auto take = [&](std::uint64_t& target, std::uint64_t least, std::uint64_t most) -> result<void> {
    auto number = whole_number(name, value, least, most);
    if (!number)
      return std::move(number.failure());
    target = *number;
    return {};
  };
  if (name == "count")
    return take(into.events.count, 1, max_simulated_events);
  if (name == "rate")
    return take(into.rate, 0, max_rate);
  if (name == "seed")
    return take(into.events.seed, 0, any);
  if (name != "levels")
    return make_error(errc::invalid, "there is no member '" + name.substr(0, 100) + "' here");
  auto mix = read_levels(value);
  if (!mix)
    return std::move(mix.failure());
  into.events.mix = *mix;
  return {};
}

result<void> read_body(std::string_view body, simulate_request& into, std::vector<std::string>& seen) {
  const json document = json::parse(body, nullptr, false);
  if (document.is_discarded())
    return make_error(errc::invalid, "the body is not JSON");
  if (!document.is_object())
    return make_error(errc::invalid, "the body must be a JSON object");
  for (const auto& [name, value] : document.items()) {
    if (auto done = read_member(name, value, into); !done)
      return done;
    seen.push_back(name);
  }
  return {};
}

result<void> read_query(parameters& given, simulate_request& into, const std::vector<std::string>& seen) {
  struct number {
    const char* name;
    std::uint64_t* target;
    std::uint64_t least;
    std::uint64_t most;
  };
  for (const number& each :
       {number{"count", &into.events.count, 1, max_simulated_events}, number{"rate", &into.rate, 0, max_rate},
        number{"seed", &into.events.seed, 0, std::numeric_limits<std::uint64_t>::max()}}) {
    auto value = given.take_number(each.name, each.least, each.most);
    if (!value)
      return std::move(value.failure());
    if (*value && std::find(seen.begin(), seen.end(), each.name) != seen.end())
      return make_error(errc::invalid,
                        "'" + std::string(each.name) + "' is given in the query and in the body");
    *each.target = value->value_or(*each.target);
  }
  auto levels = given.take("levels");
  if (!levels)
    return std::move(levels.failure());
  if (*levels) {
    if (std::find(seen.begin(), seen.end(), "levels") != seen.end())
      return make_error(errc::invalid, "'levels' is given in the query and in the body");
    auto mix = level_mix::parse(**levels);
    if (!mix)
      return make_error(errc::invalid, "the parameter 'levels': " + mix.failure().message);
    into.events.mix = *mix;
  }
  return given.all_taken();
}

}  // namespace

result<simulate_request> read_simulate_parameters(parameters given, std::string_view body) {
  simulate_request out;
  std::vector<std::string> seen;
  if (!body.empty())
    if (auto done = read_body(body, out, seen); !done)
      return done.failure();
  if (auto done = read_query(given, out, seen); !done)
    return done.failure();
  if (out.rate != 0 && out.events.count / out.rate > max_simulated_seconds)
    return make_error(errc::invalid, "at this rate the simulation would take longer than " +
                                         std::to_string(max_simulated_seconds) + " seconds");
  return out;
}

}  // namespace logstream::http
