// SPDX-License-Identifier: MIT
// What POST /simulate can be told, by query string or by a JSON body.
#pragma once

#include "engine/base/result.hpp"
#include "http/parameters.hpp"
#include "messages/simulation.hpp"

#include <string_view>

namespace logstream::http {

inline constexpr std::uint64_t max_simulated_events = 10'000'000;
/// A simulation at a given rate may not take longer, since its client waits.
inline constexpr std::uint64_t max_simulated_seconds = 30;

/// `body` is empty or a JSON object; a member given in both places is an error. Levels are shares: what is
/// missing to 1 goes to the levels not named, in their usual proportions; a sum above 1 makes them relative.
/// Errors: invalid, naming the member.
result<simulate_request> read_simulate_parameters(parameters given, std::string_view body);

}  // namespace logstream::http
