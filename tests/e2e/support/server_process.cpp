// SPDX-License-Identifier: MIT
// Starting, asking and ending the binary.
#include "tests/e2e/support/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace logstream::test {

server_process::server_process(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {LOGSTREAM_BINARY, "serve", "--http.port", "0", "--stats.print", "false"});
  std::vector<char*> argv;
  for (std::string& each : arguments) argv.push_back(each.data());
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
  read_port();
}

server_process::~server_process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  ::close(output_);
}

void server_process::read_port() {
  constexpr std::string_view sign = "listening on http://127.0.0.1:";
  std::string text;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (text.find('\n') == std::string::npos || text.find(sign) == std::string::npos) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{output_, POLLIN, 0};
    char bytes[512];
    if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) <= 0)
      throw std::runtime_error("the server did not start in time: " + text);
    const auto size = ::read(output_, bytes, sizeof bytes);
    if (size <= 0)
      throw std::runtime_error("the server ended at its start: " + text);
    text.append(bytes, static_cast<std::size_t>(size));
  }
  port_ = static_cast<std::uint16_t>(std::stoi(text.substr(text.find(sign) + sign.size())));
}

http_answer server_process::ask(const std::string& method, const std::string& target, std::string_view body,
                                const std::string& headers) const {
  raw_client client{port_};
  std::string request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty() || method == "POST" || method == "PUT")
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  request += "\r\n";
  request += body;
  return client.ask(request);
}

nlohmann::json server_process::get_json(const std::string& target) const {
  const http_answer answer = get(target);
  if (answer.status != 200)
    throw std::runtime_error(target + ": " + std::to_string(answer.status) + " " + answer.body);
  return nlohmann::json::parse(answer.body);
}

void server_process::signal(int number) const {
  ::kill(pid_, number);
}

std::optional<int> server_process::wait_for_end(std::chrono::milliseconds patience) {
  const int watched = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd wait{watched, POLLIN, 0};
  const bool ended = ::poll(&wait, 1, static_cast<int>(patience.count())) == 1;
  ::close(watched);
  if (!ended)
    return std::nullopt;
  int status = 0;
  ::waitpid(std::exchange(pid_, -1), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::size_t server_process::resident_kb() const {
  std::ifstream status{"/proc/" + std::to_string(pid_) + "/status"};
  std::string word;
  std::size_t size = 0;
  while (status >> word)
    if (word == "VmRSS:")
      status >> size;
  return size;
}

}  // namespace logstream::test
