// SPDX-License-Identifier: MIT
// Signals by signalfd.
#include "app/cli/stop_signal.hpp"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace logstream {

namespace {

sigset_t stop_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

stop_signal::stop_signal() {
  const sigset_t set = stop_set();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  descriptor_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

stop_signal::~stop_signal() {
  if (!came_)
    restore();
  ::close(descriptor_);
}

bool stop_signal::came() {
  signalfd_siginfo information{};
  if (!came_ && ::read(descriptor_, &information, sizeof information) == sizeof information) {
    came_ = true;
    restore();
  }
  return came_;
}

void stop_signal::restore() {
  const sigset_t set = stop_set();
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace logstream
