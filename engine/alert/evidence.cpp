// SPDX-License-Identifier: MIT
// Copies what fits.
#include "engine/alert/evidence.hpp"

#include <string>
#include <string_view>

namespace logstream {

namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most)
    return std::string{text};
  while (most > 0 && continues_character(text[most])) --most;
  return std::string{text.substr(0, most)} + "…";
}

}  // namespace

event evidence_of(const batch& from, std::uint32_t row) {
  const stream_run& run = from.run_of(row);
  event made{from.times()[row],
             run.severity,
             std::string{run.service},
             cut(from.message(row), max_evidence_message),
             {}};
  from.for_each_field(row, [&](std::string_view name, const cell& value) {
    if (made.fields.size() == max_evidence_fields)
      return;
    // What is cut is no longer JSON of its own.
    const bool literal = value.literal && value.text.size() <= max_evidence_value;
    made.fields.push_back({cut(name, max_evidence_value), cut(value.text, max_evidence_value), literal});
  });
  return made;
}

}  // namespace logstream
