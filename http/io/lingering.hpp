// SPDX-License-Identifier: MIT
// Says a last word on a connection whose client may still be sending.
#pragma once

#include "http/io/connection_list.hpp"

#include <string>

namespace logstream::http {

/// Sends `last_words` and closes the socket once the client has closed too, or after a while: closed at once
/// with input unread, the kernel would reset the connection and the client would lose the words. Counts as a
/// connection of `in`.
void linger(plain_socket socket, const std::string& last_words, connection_list& in);

}  // namespace logstream::http
