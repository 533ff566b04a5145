// SPDX-License-Identifier: MIT
// What every actor of ours does with messages and errors it does not expect.
#pragma once

#include <caf/error.hpp>
#include <caf/message.hpp>
#include <caf/scheduled_actor.hpp>

#include <exception>
#include <string>

namespace logstream {

/// Tells our log of something unexpected that `actor` survived or died of.
void log_unexpected(const char* actor, const std::string& what);

/// The text of an error of CAF, for people.
std::string describe(const caf::error& why);

/// Makes `self` log and drop what it does not understand, log errors and go on, and die with a reason in our
/// log when a handler throws: whoever supervises it restarts it.
template <class Self>
void install_guards(Self* self, const char* name) {
  self->set_default_handler(
      [name](caf::scheduled_actor*, caf::message_view& view) -> caf::result<caf::message> {
        log_unexpected(name, "unexpected message: " + caf::to_string(view.move_content_to_message()));
        return caf::sec::unexpected_message;
      });
  self->set_error_handler(
      [name](caf::scheduled_actor*, caf::error& why) { log_unexpected(name, describe(why)); });
  self->set_exception_handler([name](caf::scheduled_actor*, std::exception_ptr& thrown) -> caf::error {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& failure) {
      log_unexpected(name, std::string{"died of an exception: "} + failure.what());
    } catch (...) {
      log_unexpected(name, "died of an exception");
    }
    return caf::exit_reason::unhandled_exception;
  });
}

}  // namespace logstream
