// SPDX-License-Identifier: MIT
// The yardstick for one event a request: a RESTinio server that reads each request and answers a constant.
#include "bench/support/arguments.hpp"
#include "bench/support/small_server.hpp"

int main(int count, char** words) {
  using namespace logstream::bench;
  arguments line{count, words};
  const auto port = static_cast<std::uint16_t>(line.number("port", 0));
  line.rest(0, "usage: bench_constant [--port 0]; prints its port and answers any request until SIGTERM");
  serve(port, [](const restinio::request_handle_t& request) {
    return request->create_response()
        .append_header(restinio::http_field::content_type, "application/json")
        .set_body(std::string{R"({"accepted":1,"rejected":0})"})
        .done();
  });
}
