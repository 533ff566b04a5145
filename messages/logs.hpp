// SPDX-License-Identifier: MIT
// What travels between those who ask for events and those who find them.
#pragma once

#include "engine/query/log_query.hpp"
#include "engine/query/row_format.hpp"
#include "messages/answer.hpp"
#include "messages/atoms.hpp"

#include <caf/typed_actor.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

/// Produces an answer piece by piece.
using log_reader_actor = caf::typed_actor<
    /// The piece written last has left; write the next.
    caf::reacts_to<atom::pull>,
    /// Nobody reads any more; stop.
    caf::reacts_to<atom::cancel>,
    /// INTERNAL: the next slice of work, or the end of all patience.
    caf::reacts_to<atom::internal, atom::resume>, caf::reacts_to<atom::internal, atom::tick>>;

/// Where the text of an answer goes. Dropped before the last piece, it tells the asker that the answer is
/// incomplete.
class log_sink {
 public:
  virtual ~log_sink() = default;

  /// Ends with an error: a problem document if nothing was written yet, a cut connection otherwise.
  virtual void fail(const error& why) = 0;

  /// Writes the next piece. After `last` nothing may follow. Otherwise `reader` receives one atom::pull when
  /// the piece has left this process, or one atom::cancel when the asker is gone; until then nothing more may
  /// be written.
  virtual void write(std::string piece, bool last, const log_reader_actor& reader) = 0;
};

/// A query, how its rows shall be written, and where to.
struct log_request {
  log_query query;
  row_format format = row_format::json;
  std::unique_ptr<log_sink> sink;
};
using log_request_ptr = std::shared_ptr<log_request>;

struct count_request {
  row_filter filter;
  count_by by = count_by::level;
};

/// Counts by level name, service or minute (RFC 3339), most severe, alphabetic or oldest first; without
/// zeros.
struct count_table {
  std::vector<std::pair<std::string, std::uint64_t>> rows;
};

}  // namespace logstream
