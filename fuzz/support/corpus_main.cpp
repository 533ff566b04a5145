// SPDX-License-Identifier: MIT
// A fuzz target without libFuzzer: a program that runs over a corpus.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

// Runs over the files and folders named on the command line; fails if there are none.
int run_corpus(int count, char** arguments) {
  std::size_t files = 0;
  const auto run = [&](const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++files;
  };
  for (int i = 1; i < count; ++i) {
    if (!std::filesystem::is_directory(arguments[i])) {
      run(arguments[i]);
      continue;
    }
    for (const auto& each : std::filesystem::directory_iterator{arguments[i]}) run(each.path());
  }
  std::printf("%zu inputs\n", files);
  return files == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** arguments) {
  return run_corpus(count, arguments);
}
