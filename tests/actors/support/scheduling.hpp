// SPDX-License-Identifier: MIT
// A closer look at what waits to be done in an actor system under test.
#pragma once

#include "tests/actors/support/test_system.hpp"

#include <cstddef>

namespace logstream::test {

inline caf::scheduler::test_coordinator& scheduling_of(test_system& system) {
  return dynamic_cast<caf::scheduler::test_coordinator&>(system.actors().scheduler());
}

/// Lets one actor have its turn; false if nobody has anything to do.
inline bool step(test_system& system) {
  return scheduling_of(system).try_run_once();
}

/// How many timers are set, messages that are due later among them.
inline std::size_t timers(test_system& system) {
  return scheduling_of(system).clock().schedule().size();
}

}  // namespace logstream::test
