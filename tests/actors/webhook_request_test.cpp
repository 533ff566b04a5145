// SPDX-License-Identifier: MIT
// Signatures and bodies.
#include "actors/webhook_request.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace logstream {

TEST_CASE("a signature is the HMAC-SHA256 of the body") {
  // printf 'what do ya want for nothing?' | openssl dgst -sha256 -hmac Jefe (RFC 4231, test case 2)
  CHECK(sign("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // RFC 4231, test case 6: a key longer than a block
  CHECK(sign(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  // printf '' | openssl dgst -sha256 -hmac ''
  CHECK(sign("", "") == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("a body is JSON also where an event is not UTF-8") {
  alert what;
  what.events.push_back({0, level::info, "s", "caf\xe9", {}});
  const auto request = make_webhook_request({}, what);
  CHECK(nlohmann::json::parse(request->body)["events"][0]["message"] == "caf\xef\xbf\xbd");
}

TEST_CASE("a request is not signed without a secret, and a header of the webhook replaces our name") {
  webhook hook;
  hook.headers = {{"user-agent", "mine"}};
  const auto request = make_test_request(hook, 0);
  int agents = 0;
  for (const auto& [name, value] : request->headers) {
    CHECK(name != "X-LogStream-Signature");
    agents += name == "User-Agent" || name == "user-agent" ? 1 : 0;
  }
  CHECK(agents == 1);
}

}  // namespace logstream
