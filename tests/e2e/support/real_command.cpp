// SPDX-License-Identifier: MIT
// A child with a pipe from its output.
#include "tests/e2e/support/real_command.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace logstream::test {

command_outcome run_command(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), LOGSTREAM_BINARY);
  std::vector<char*> argv;
  for (std::string& each : arguments) argv.push_back(each.data());
  argv.push_back(nullptr);
  char* const no_environment[] = {nullptr};
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  const pid_t process = ::fork();
  if (process == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execve(argv[0], argv.data(), no_environment);
    ::_exit(127);
  }
  ::close(ends[1]);
  if (process < 0) {
    ::close(ends[0]);
    throw std::runtime_error("no process");
  }
  command_outcome outcome;
  char bytes[65536];
  for (ssize_t size = 0; (size = ::read(ends[0], bytes, sizeof bytes)) > 0;)
    outcome.out.append(bytes, static_cast<std::size_t>(size));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(process, &status, 0);
  if (WIFEXITED(status))
    outcome.status = WEXITSTATUS(status);
  return outcome;
}

}  // namespace logstream::test
