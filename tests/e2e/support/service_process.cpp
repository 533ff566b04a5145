// SPDX-License-Identifier: MIT
// Starts, asks and ends the real program.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cstring>
#include <fstream>
#include <stdexcept>

extern char** environ;

namespace logstream::test {

namespace {

constexpr std::chrono::seconds start_patience{30};

// The environment without what would change the service's settings.
std::vector<char*> clean_environment() {
  std::vector<char*> out;
  for (char** each = environ; *each != nullptr; ++each)
    if (std::strncmp(*each, "LOGSTREAM_", 10) != 0)
      out.push_back(*each);
  out.push_back(nullptr);
  return out;
}

}  // namespace

service_process::service_process(std::vector<std::string> flags) {
  std::vector<std::string> arguments{LOGSTREAM_BINARY, "serve", "--http.port", "0",
                                     "--stats.print",  "false", "--log.level", "error"};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  spawn(arguments);
  const std::string line = read_line();
  const std::string sign = "listening on http://";
  const std::size_t colon = line.rfind(':');
  if (!line.starts_with(sign) || colon == std::string::npos)
    throw std::runtime_error("the service did not start: " + line);
  port_ = static_cast<std::uint16_t>(std::stoul(line.substr(colon + 1)));
  drain_ = std::thread([from = output_] {
    char ignored[4096];
    while (::read(from, ignored, sizeof ignored) > 0) {
    }
  });
  await_ready();
}

service_process::~service_process() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  if (drain_.joinable())
    drain_.join();
  if (output_ >= 0)
    ::close(output_);
}

void service_process::spawn(const std::vector<std::string>& arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> pointers;
  for (const std::string& each : arguments) pointers.push_back(const_cast<char*>(each.c_str()));
  pointers.push_back(nullptr);
  auto environment = clean_environment();
  const int failure =
      ::posix_spawn(&process_, pointers[0], &actions, nullptr, pointers.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  output_ = ends[0];
  if (failure != 0) {
    process_ = -1;
    throw std::runtime_error("cannot start " + arguments[0]);
  }
}

std::string service_process::read_line() {
  const auto deadline = std::chrono::steady_clock::now() + start_patience;
  std::string out;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{output_, POLLIN, 0};
    char c = 0;
    if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) <= 0 ||
        ::read(output_, &c, 1) != 1 || c == '\n')
      return out;
    out += c;
  }
}

void service_process::await_ready() const {
  if (!eventually([this] { return get("/ready").status == 200; }, start_patience))
    throw std::runtime_error("the service did not become ready");
}

http_answer service_process::ask(const std::string& request) const {
  raw_client client(port_);
  return client.ask(request);
}

http_answer service_process::get(const std::string& target) const {
  return ask(get_request(target));
}

http_answer service_process::post(const std::string& target, const std::string& body,
                                  const std::string& fields) const {
  return ask(post_request(target, body, fields));
}

nlohmann::json service_process::get_json(const std::string& target) const {
  const auto answer = get(target);
  CAPTURE(target, answer.body);
  REQUIRE(answer.status == 200);
  REQUIRE(answer.complete);
  return nlohmann::json::parse(answer.body);
}

nlohmann::json service_process::post_json(const std::string& target, const std::string& body) const {
  const auto answer = post(target, body);
  CAPTURE(target, answer.body);
  REQUIRE(answer.status / 100 == 2);
  return nlohmann::json::parse(answer.body);
}

void service_process::terminate() {
  ::kill(process_, SIGTERM);
}

void service_process::kill() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

std::optional<int> service_process::wait(std::chrono::seconds patience) {
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, process_, 0));
  pollfd end{handle, POLLIN, 0};
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(patience).count();
  const bool ended = ::poll(&end, 1, static_cast<int>(milliseconds)) == 1;
  ::close(handle);
  int status = 0;
  if (!ended || ::waitpid(process_, &status, 0) != process_)
    return std::nullopt;
  process_ = -1;
  return WIFEXITED(status) ? std::optional<int>(WEXITSTATUS(status)) : std::nullopt;
}

std::size_t service_process::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(process_) + "/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  in >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::string post_request(const std::string& target, const std::string& body, const std::string& fields) {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string get_request(const std::string& target, const std::string& fields) {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

bool eventually(const std::function<bool()>& holds, std::chrono::seconds patience) {
  constexpr int pause_ms = 5;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline)
      return false;
    ::poll(nullptr, 0, pause_ms);
  }
  return true;
}

std::string numbered_events(std::uint64_t first, std::uint64_t count, const std::string& service) {
  std::string out;
  for (std::uint64_t i = first; i < first + count; ++i)
    out += R"({"level":"info","service":")" + service + R"(","message":"event )" + std::to_string(i) +
           R"(","number":)" + std::to_string(i) + "}\n";
  return out;
}

}  // namespace logstream::test
