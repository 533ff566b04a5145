// SPDX-License-Identifier: MIT
// Pauses between attempts.
#include "actors/retry_schedule.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <set>

namespace logstream {

using namespace std::chrono_literals;

TEST_CASE("pauses double up to the longest, and begin anew after a success") {
  retry_schedule schedule{{100ms, 1'000ms, 60s}, 1};
  for (const auto due : {100ms, 200ms, 400ms, 800ms, 1'000ms, 1'000ms}) {
    const auto pause = schedule.next({});
    CHECK(pause >= due / 2);
    CHECK(pause <= due);
  }
  schedule.succeeded();
  CHECK(schedule.next({}) <= 100ms);
}

TEST_CASE("pauses of different senders differ") {
  std::set<std::chrono::milliseconds> pauses;
  for (std::uint64_t seed = 0; seed < 20; ++seed) pauses.insert(retry_schedule{{}, seed}.next({}));
  CHECK(pauses.size() > 10);
}

TEST_CASE("a pause is at least what the receiver asks for, within bounds") {
  retry_schedule schedule{{100ms, 1'000ms, 60s}, 1};
  CHECK(schedule.next({503, "", 5s, {}}) == 5s);
  CHECK(schedule.next({503, "", 24h, {}}) == 60s);
}

TEST_CASE("no answer, overload and server errors are tried again; other refusals are not") {
  for (const std::uint32_t status : {0u, 408u, 425u, 429u, 500u, 503u, 599u})
    CHECK(judge({status, "", std::nullopt, {}}) == verdict::retry);
  for (const std::uint32_t status : {200u, 202u, 204u})
    CHECK(judge({status, "", std::nullopt, {}}) == verdict::delivered);
  for (const std::uint32_t status : {301u, 400u, 401u, 404u})
    CHECK(judge({status, "", std::nullopt, {}}) == verdict::refused);
  CHECK(judge({410, "", std::nullopt, {}}) == verdict::gone);
}

}  // namespace logstream
