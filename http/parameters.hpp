// SPDX-License-Identifier: MIT
// The parameters of a query string, each of which must be wanted by somebody.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream::http {

/// Routes take the parameters they know; what is left at the end is a mistake of the client, which
/// all_taken() names.
class parameters {
 public:
  static result<parameters> parse(std::string_view query);

  /// The value of a parameter that may be given once.
  result<std::optional<std::string>> take(std::string_view name);

  /// As take() for a whole number within bounds.
  result<std::optional<std::uint64_t>> take_number(std::string_view name, std::uint64_t least,
                                                   std::uint64_t most);

  /// The values of a parameter that may be given often, each a comma list.
  std::vector<std::string> take_list(std::string_view name);

  /// All whose names begin with `prefix`, without it.
  std::vector<std::pair<std::string, std::string>> take_prefixed(std::string_view prefix);

  result<void> all_taken() const;

 private:
  struct parameter {
    std::string name;
    std::string value;
    bool taken = false;
  };

  std::vector<parameter> all_;
};

}  // namespace logstream::http
