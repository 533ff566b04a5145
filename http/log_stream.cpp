// SPDX-License-Identifier: MIT
// Streams answers.
#include "http/log_stream.hpp"

#include "http/problem.hpp"

#include <caf/send.hpp>

#include <string>
#include <utility>

namespace logstream::http {

namespace {

// A HEAD answer ends with its head, which the exchange tells as a piece that was not written: the reader then
// stops.
exchange::on_written tell(const log_reader_actor& reader) {
  return [reader](bool written) {
    if (written)
      caf::anon_send(reader, atom::pull_v);
    else
      caf::anon_send(reader, atom::cancel_v);
  };
}

class log_stream final : public log_sink {
 public:
  log_stream(exchange_ptr to, std::string_view media_type) : to_(std::move(to)), media_type_(media_type) {}

  ~log_stream() override {
    fail(make_error(errc::unavailable, "the query was given up before it was answered"));
  }

  void fail(const error& why) override {
    if (const exchange_ptr to = std::exchange(to_, nullptr)) {
      if (begun_)
        to->cut();
      else
        to->send(problem(why, to->path));
    }
  }

  void write(std::string piece, bool last, const log_reader_actor& reader) override {
    if (to_ == nullptr)
      return;
    if (last)
      finish(std::move(piece));
    else if (std::exchange(begun_, true))
      to_->write(std::move(piece), tell(reader));
    else
      to_->begin({200, media_type_, {}, {}}, std::move(piece), tell(reader));
  }

 private:
  void finish(std::string piece) {
    const exchange_ptr to = std::exchange(to_, nullptr);
    if (begun_)
      to->end(std::move(piece));
    else
      to->send({200, media_type_, std::move(piece), {}});
  }

  exchange_ptr to_;
  std::string_view media_type_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<log_sink> make_log_stream(exchange_ptr to, std::string_view media_type) {
  return std::make_unique<log_stream>(std::move(to), media_type);
}

}  // namespace logstream::http
