// SPDX-License-Identifier: MIT
// What the running server keeps on disk, whatever ends it.
#include "tests/e2e/support/real_command.hpp"
#include "tests/e2e/support/service_process.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <vector>

using namespace logstream::test;
using nlohmann::json;

namespace {

// Flags of a server that seals often.
std::vector<std::string> on_disk(const scratch_folder& folder, std::vector<std::string> more = {}) {
  std::vector<std::string> flags{
      "--storage.mode",           "disk", "--storage.path",     folder.file("data"),
      "--storage.memtable_bytes", "1MiB", "--storage.seal_age", "1s",
      "--storage.reserve_bytes",  "0"};
  flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

// How often each number is stored.
std::map<std::uint64_t, int> stored_numbers(const service_process& service) {
  const auto answer = service.get("/logs?limit=1000000&format=ndjson");
  REQUIRE(answer.status == 200);
  REQUIRE(answer.complete);
  std::map<std::uint64_t, int> found;
  std::istringstream lines{answer.body};
  for (std::string line; std::getline(lines, line);)
    ++found[json::parse(line)["metadata"]["number"].get<std::uint64_t>()];
  return found;
}

std::vector<std::filesystem::path> files_of(const scratch_folder& folder, const std::string& extension) {
  std::vector<std::filesystem::path> found;
  for (const auto& each : std::filesystem::recursive_directory_iterator{folder.file("data")})
    if (each.path().extension() == extension)
      found.push_back(each.path());
  return found;
}

void flip_byte(const std::filesystem::path& file, std::uintmax_t at) {
  std::fstream in{file, std::ios::binary | std::ios::in | std::ios::out};
  in.seekg(static_cast<std::streamoff>(at));
  const char byte = static_cast<char>(in.get());
  in.seekp(static_cast<std::streamoff>(at));
  in.put(static_cast<char>(byte ^ 0x40));
}

// Clients that post bodies of numbered events without waiting for each other.
class load {
 public:
  static constexpr std::uint64_t events_a_body = 50;

  explicit load(std::uint64_t first) : next_(first) {}

  // Posts over eight connections until so many bodies were acknowledged; others are under way on return.
  void run(const service_process& service, std::size_t bodies) {
    clients_.clear();
    sent_.clear();
    for (int i = 0; i < 8; ++i) {
      clients_.push_back(std::make_unique<raw_client>(service.port()));
      sent_.push_back(0);
      post(clients_.size() - 1);
    }
    for (std::size_t i = 0; i < bodies; ++i) {
      const std::size_t client = i % clients_.size();
      const auto answer = clients_[client]->receive();
      REQUIRE(answer);
      REQUIRE(answer->status == 200);
      for (std::uint64_t n = 0; n < events_a_body; ++n) acknowledged_.insert(sent_[client] + n);
      post(client);
    }
  }

  const std::set<std::uint64_t>& acknowledged() const { return acknowledged_; }

 private:
  void post(std::size_t client) {
    sent_[client] = next_;
    clients_[client]->send(post_request("/ingest", numbered_events(next_, events_a_body)));
    next_ += events_a_body;
  }

  std::uint64_t next_;
  std::vector<std::unique_ptr<raw_client>> clients_;
  std::vector<std::uint64_t> sent_;
  std::set<std::uint64_t> acknowledged_;
};

// LOGSTREAM_CRASHES: how often the long form kills the server.
std::size_t crashes() {
  const char* given = std::getenv("LOGSTREAM_CRASHES");
  return given == nullptr ? 20 : std::strtoul(given, nullptr, 10);
}

}  // namespace

TEST_CASE("what was acknowledged is there once after kill -9 at any moment") {
  const scratch_folder folder;
  std::mt19937 random{20261125};
  load clients{0};
  for (std::size_t round = 0; round < crashes(); ++round) {
    CAPTURE(round);
    service_process service(on_disk(folder));
    clients.run(service, random() % 120);
    service.kill();
  }
  service_process service(on_disk(folder));
  const auto stored = stored_numbers(service);
  std::size_t missing = 0;
  for (const std::uint64_t number : clients.acknowledged()) missing += stored.count(number) == 0 ? 1 : 0;
  CHECK(missing == 0);
  std::size_t twice = 0;
  for (const auto& [number, times] : stored) twice += times != 1 ? 1 : 0;
  CHECK(twice == 0);
  CHECK(service.get_json("/logs/count")["total"] == stored.size());
}

TEST_CASE("events are the same from memory, from the log and from segments") {
  const scratch_folder folder;
  const std::string target = "/logs?limit=1000&order=asc";
  std::string before;
  {
    service_process service(on_disk(folder, {"--storage.seal_age", "1h"}));
    service.post_json("/ingest", numbered_events(0, 500));
    before = service.get(target).body;
    service.kill();
  }
  {
    service_process service(on_disk(folder));
    CHECK(service.get(target).body == before);
    REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] != 0; }));
    CHECK(service.get(target).body == before);
    service.terminate();
    CHECK(service.wait(std::chrono::seconds{10}) == 0);
  }
  service_process service(on_disk(folder));
  CHECK(service.get(target).body == before);
  const std::string id = json::parse(before)["logs"][123]["id"];
  CHECK(service.get_json("/logs/" + id) == json::parse(before)["logs"][123]);
}

TEST_CASE("a damaged segment is put aside, and the server starts with the rest") {
  const scratch_folder folder;
  {
    service_process service(on_disk(folder));
    for (int segments = 1; segments <= 2; ++segments) {
      service.post_json("/ingest", numbered_events(0, 100));
      REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] >= segments; }));
    }
    service.kill();
  }
  const auto segments = files_of(folder, ".seg");
  REQUIRE(segments.size() >= 2);
  // The directory is at the end: without it nothing of the segment can be read.
  flip_byte(segments[0], std::filesystem::file_size(segments[0]) - 60);
  service_process service(on_disk(folder));
  CHECK(service.get("/logs?limit=10").status == 200);
  CHECK(service.get_json("/logs/count")["total"] == 100);
  CHECK(std::filesystem::exists(segments[0].parent_path() / "quarantine" / segments[0].filename()));
  CHECK(service.post_json("/ingest", numbered_events(0, 10))["accepted"] == 10);
}

TEST_CASE(
    "a block that goes bad under a running server costs its segment's bad rows, and the server says so") {
  const scratch_folder folder;
  service_process service(on_disk(folder, {"--storage.cache_bytes", "0"}));
  service.post_json("/ingest", numbered_events(0, 100, "first"));
  service.post_json("/ingest", numbered_events(100, 100, "second"));
  REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] != 0; }));
  CHECK(service.get_json("/ready") == json{{"ready", true}});
  // The first chunk of the first block.
  flip_byte(files_of(folder, ".seg")[0], 40);
  REQUIRE(eventually([&] {
    service.get("/logs?limit=1000");
    return service.get_json("/stats")["store"]["quarantine"]["files"] == 1;
  }));
  const auto left = stored_numbers(service);
  CHECK(left.size() < 200);
  const json ready = service.get_json("/ready");
  CHECK(ready["ready"] == true);
  CHECK(ready["degraded"] == true);
  CHECK(service.get("/metrics").body.find("logstream_quarantined_files 1\n") != std::string::npos);
  service.terminate();
  CHECK(service.wait(std::chrono::seconds{10}) == 0);
  const auto checked = run_command({"fsck", folder.file("data")});
  CHECK(checked.status == 0);
  service_process again(on_disk(folder));
  CHECK(stored_numbers(again) == left);
  CHECK(again.get_json("/ready")["degraded"] == true);
}

TEST_CASE("a snapshot that is made under load has all that was acknowledged before, once") {
  const scratch_folder folder;
  service_process service(on_disk(folder));
  load clients{0};
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    clients.run(service, 100);
    const auto before = clients.acknowledged();
    const std::string name = "round-" + std::to_string(round);
    const json made = service.post_json("/snapshots", json{{"name", name}}.dump());
    CHECK(made["events"] >= before.size());
    clients.run(service, 20);
    const std::string restored = folder.file(name);
    REQUIRE(run_command({"restore", folder.file("data/snapshots/" + name), restored, "--link"}).status == 0);
    service_process copy({"--storage.mode", "disk", "--storage.path", restored});
    const auto stored = stored_numbers(copy);
    std::size_t missing = 0;
    for (const std::uint64_t number : before) missing += stored.count(number) == 0 ? 1 : 0;
    CHECK(missing == 0);
    CHECK(std::all_of(stored.begin(), stored.end(), [](const auto& each) { return each.second == 1; }));
  }
  CHECK(service.get_json("/snapshots")["count"] == 3);
}

TEST_CASE("a restored snapshot answers as the server did, and outlives what the server drops") {
  const scratch_folder folder;
  const std::string target = "/logs?limit=1000&order=asc";
  std::string before;
  {
    service_process service(on_disk(folder));
    service.post_json("/ingest", numbered_events(0, 300));
    REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] != 0; }));
    service.post_json("/ingest", numbered_events(300, 100));
    before = service.get(target).body;
    service.post_json("/snapshots", R"({"name":"kept"})");
    service.terminate();
    CHECK(service.wait(std::chrono::seconds{10}) == 0);
  }
  for (const auto& each : files_of(folder, ".seg"))
    if (each.string().find("snapshots") == std::string::npos)
      std::filesystem::remove(each);
  const std::string restored = folder.file("restored");
  REQUIRE(run_command({"restore", folder.file("data/snapshots/kept"), restored}).status == 0);
  CHECK(run_command({"restore", folder.file("data/snapshots/kept"), restored}).status == 1);
  service_process copy({"--storage.mode", "disk", "--storage.path", restored});
  CHECK(copy.get(target).body == before);
}

TEST_CASE("a check refuses a folder that a server has, finds damage, and a repair ends it") {
  const scratch_folder folder;
  const std::string data = folder.file("data");
  {
    service_process service(on_disk(folder));
    service.post_json("/ingest", numbered_events(0, 100));
    REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] != 0; }));
    CHECK(run_command({"fsck", data}).status == 2);
    service.kill();
  }
  CHECK(run_command({"fsck", folder.file("nothing")}).status == 2);
  CHECK(run_command({"fsck", data}).status == 0);
  const auto segment = files_of(folder, ".seg")[0];
  flip_byte(segment, 40);
  CHECK(run_command({"dump", segment}).status == 1);
  const auto found = run_command({"fsck", data, "--json"});
  CHECK(found.status == 1);
  CHECK(json::parse(found.out)["state"] == "damaged");
  CHECK(run_command({"fsck", "--repair", data}).status == 0);
  CHECK(run_command({"fsck", data}).status == 0);
}

TEST_CASE("two servers on one folder: the second says so and ends") {
  const scratch_folder folder;
  service_process first(on_disk(folder));
  CHECK_THROWS(service_process{on_disk(folder)});
  CHECK(first.post_json("/ingest", numbered_events(0, 10))["accepted"] == 10);
}

TEST_CASE("old segments go when retention says so") {
  const scratch_folder folder;
  service_process service(on_disk(folder, {"--retention.time", "1h"}));
  service.post_json("/ingest", R"({"message":"old","timestamp":"2020-01-01T00:00:00Z"})");
  REQUIRE(eventually([&] { return service.get_json("/stats")["store"]["segments"] == 1; }));
  CHECK(service.get_json("/logs/count")["total"] == 1);
  service.post_json("/ingest", R"({"message":"new"})");
  CHECK(eventually([&] {
    const json newest = service.get_json("/logs?limit=10");
    return newest["count"] == 1 && newest["logs"][0]["message"] == "new";
  }));
}
