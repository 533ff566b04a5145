// SPDX-License-Identifier: MIT
// SIGINT and SIGTERM as something to wait for, so that a command can finish what it began.
#pragma once

namespace logstream {

/// While one exists the signals do not end the process but make its descriptor readable.
class stop_signal {
 public:
  stop_signal();
  ~stop_signal();
  stop_signal(const stop_signal&) = delete;
  stop_signal& operator=(const stop_signal&) = delete;

  int descriptor() const { return descriptor_; }
  /// Whether a signal came. From then on the next one ends the process as usual.
  bool came();

 private:
  void restore();

  int descriptor_ = -1;
  bool came_ = false;
};

}  // namespace logstream
