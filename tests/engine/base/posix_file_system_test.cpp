// SPDX-License-Identifier: MIT
// What the machine's disk does with files, in a folder of its own.
#include "engine/base/file_system.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>

#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

using namespace logstream;

namespace {

// A folder that goes with the test.
class scratch_folder {
 public:
  scratch_folder() : path_((std::filesystem::temp_directory_path() / "logstream-test-XXXXXX").string()) {
    REQUIRE(::mkdtemp(path_.data()) != nullptr);
  }
  scratch_folder(const scratch_folder&) = delete;
  scratch_folder& operator=(const scratch_folder&) = delete;
  ~scratch_folder() { std::filesystem::remove_all(path_); }

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void write(file_system& disk, const std::string& path, std::string_view content) {
  auto file = disk.create(path);
  REQUIRE(file);
  REQUIRE((*file)->append(std::vector{content}));
  REQUIRE((*file)->sync());
}

}  // namespace

TEST_CASE("pieces are written one behind the other, however many there are") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) texts.push_back(i % 7 == 0 ? "" : std::to_string(i));
  const std::vector<std::string_view> pieces{texts.begin(), texts.end()};
  auto file = disk->create(folder / "a");
  REQUIRE(file);
  REQUIRE((*file)->append(pieces));
  REQUIRE((*file)->append({}));
  REQUIRE((*file)->append(std::vector<std::string_view>{"", "end", ""}));
  REQUIRE((*file)->sync());
  const auto content = read_file(*disk, folder / "a");
  REQUIRE(content);
  CHECK(*content == std::accumulate(texts.begin(), texts.end(), std::string{}) + "end");
}

TEST_CASE("creating a file that is there empties it") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  write(*disk, folder / "a", "old");
  write(*disk, folder / "a", "");
  CHECK(*read_file(*disk, folder / "a") == "");
}

TEST_CASE("a part of a file is read from where it stands") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  write(*disk, folder / "a", "0123456789");
  const auto file = disk->open(folder / "a");
  REQUIRE(file);
  CHECK((*file)->size() == 10);
  CHECK(*(*file)->read(3, 4) == "3456");
  CHECK(*(*file)->read(10, 0) == "");
}

TEST_CASE("reading beyond the end of a file is an error, also when it ends earlier than it did") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  write(*disk, folder / "a", "0123456789");
  const auto file = disk->open(folder / "a");
  REQUIRE(file);
  CHECK((*file)->read(8, 3).failure().code == errc::io);
  CHECK((*file)->read(11, 0).failure().code == errc::io);
  CHECK((*file)->read(5, static_cast<std::size_t>(-3)).failure().code == errc::io);
  REQUIRE(disk->truncate(folder / "a", 4));
  CHECK((*file)->read(2, 6).failure().code == errc::io);
}

TEST_CASE("what was opened stays readable when its file is removed") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  write(*disk, folder / "a", "kept");
  const auto file = disk->open(folder / "a");
  REQUIRE(file);
  REQUIRE(disk->remove(folder / "a"));
  CHECK(*(*file)->read(0, 4) == "kept");
}

TEST_CASE("a file that is not there is not found, and the error names it") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  const std::string path = folder / "missing";
  for (const error& each :
       {disk->open(path).failure(), disk->remove(path).failure(), disk->truncate(path, 0).failure(),
        disk->rename(path, folder / "b").failure(), disk->link(path, folder / "b").failure(),
        disk->create(path + "/a").failure(), disk->list(path).failure(), disk->sync_folder(path).failure(),
        disk->free_bytes(path).failure()}) {
    INFO(each.message);
    CHECK(each.code == errc::not_found);
    CHECK(each.message.find(path) != std::string::npos);
    CHECK(each.message.find("No such file") != std::string::npos);
  }
}

TEST_CASE("a full disk is told from other failures") {
  const auto disk = make_posix_file_system();
  const auto full = disk->create("/dev/full");
  REQUIRE(full);
  CHECK((*full)->append(std::vector<std::string_view>{"x"}).failure().code == errc::disk_full);
  CHECK(disk->create("/").failure().code == errc::io);
}

TEST_CASE("a rename replaces what is there, a link is a second name") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  write(*disk, folder / "a", "new");
  write(*disk, folder / "b", "old");
  REQUIRE(disk->rename(folder / "a", folder / "b"));
  REQUIRE(disk->link(folder / "b", folder / "c"));
  REQUIRE(disk->sync_folder(folder.path()));
  CHECK(*disk->list(folder.path()) == std::vector<std::string>{"b", "c"});
  REQUIRE(disk->remove(folder / "b"));
  CHECK(*read_file(*disk, folder / "c") == "new");
}

TEST_CASE("a folder is made with those above it, and may be there already") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  REQUIRE(disk->make_folder(folder / "x/y/z"));
  REQUIRE(disk->make_folder(folder / "x/y/z"));
  REQUIRE(disk->make_folder(folder / "x/y/w/"));
  CHECK(*disk->list(folder / "x/y") == std::vector<std::string>{"w", "z"});
  write(*disk, folder / "file", "");
  CHECK_FALSE(disk->make_folder(folder / "file"));
  CHECK_FALSE(disk->make_folder(folder / "file/below"));
}

TEST_CASE("there is room to write in a folder that can be written to") {
  const scratch_folder folder;
  const auto room = make_posix_file_system()->free_bytes(folder.path());
  REQUIRE(room);
  CHECK(*room > 0);
}

TEST_CASE("a lock is held by one until it is let go") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  auto held = disk->lock(folder / "lock");
  REQUIRE(held);
  CHECK(make_posix_file_system()->lock(folder / "lock").failure().code == errc::conflict);
  held->reset();
  CHECK(disk->lock(folder / "lock"));
}

TEST_CASE("a file is replaced whole and leaves no draft") {
  const scratch_folder folder;
  const auto disk = make_posix_file_system();
  REQUIRE(replace_file(*disk, folder.path(), "a", "first"));
  REQUIRE(replace_file(*disk, folder.path(), "a", "second"));
  CHECK(*read_file(*disk, folder / "a") == "second");
  CHECK(*disk->list(folder.path()) == std::vector<std::string>{"a"});
  CHECK(replace_file(*disk, folder / "missing", "a", "").failure().code == errc::not_found);
}
