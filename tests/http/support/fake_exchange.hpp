// SPDX-License-Identifier: MIT
// An exchange that keeps what it is told.
#pragma once

#include "http/exchange.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

class fake_exchange final : public http::exchange {
 public:
  static std::shared_ptr<fake_exchange> make(http::method verb, std::string_view target,
                                             std::string_view body = {}) {
    auto out = std::make_shared<fake_exchange>();
    out->verb = verb;
    out->path = target.substr(0, target.find('?'));
    if (out->path.size() < target.size())
      out->query = target.substr(out->path.size() + 1);
    out->body = body;
    out->fields["Host"] = "here";
    return out;
  }

  std::string_view field(std::string_view name) const override {
    const auto found = fields.find(std::string(name));
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
  }

  void send(http::response what) override { sent.push_back(std::move(what)); }

  void begin(http::response head, std::string piece, on_written then) override {
    begun = std::move(head);
    pieces.push_back(std::move(piece));
    written = std::move(then);
  }
  void write(std::string piece, on_written then) override {
    pieces.push_back(std::move(piece));
    written = std::move(then);
  }
  void end(std::string last_piece) override {
    pieces.push_back(std::move(last_piece));
    ended = true;
  }
  void cut() override { was_cut = true; }

  std::map<std::string, std::string> fields;
  std::vector<http::response> sent;
  std::optional<http::response> begun;
  std::vector<std::string> pieces;
  on_written written;
  bool ended = false;
  bool was_cut = false;
};

}  // namespace logstream::test
