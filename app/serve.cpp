// SPDX-License-Identifier: MIT
// Settings become actors and an HTTP server; signals end or reload them.
#include "app/serve.hpp"

#include "actors/root.hpp"
#include "app/alert_configuration.hpp"
#include "app/logging.hpp"
#include "app/wiring.hpp"
#include "http/server.hpp"

#include <asio.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/send.hpp>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace logstream {

namespace {

// The main thread: waits for signals and for news of where the actors are.
class server_process {
 public:
  server_process(const configuration& with, std::function<result<configuration>()> reload)
      : with_(with), reload_(std::move(reload)), signals_(main_, SIGTERM, SIGINT, SIGHUP) {}

  int run() {
    auto alerts = make_alert_configuration(with_);
    if (!alerts) {
      spdlog::error("{}", alerts.failure().message);
      return EXIT_FAILURE;
    }
    caf::actor_system_config config;
    configure_scheduler(config);
    caf::actor_system system{config};
    const auto disk = with_.values.storage.mode == storage_mode::disk ? make_posix_file_system() : nullptr;
    auto store = open_store(with_.values, disk);
    if (!store) {
      spdlog::error("the data cannot be opened: {}", store.failure().message);
      return EXIT_FAILURE;
    }
    for (const std::string& warning : store->warnings) spdlog::warn("{}", warning);
    if (store->quarantined.files != 0)
      spdlog::warn("{} damaged files ({} bytes) lie in quarantine/ below {}", store->quarantined.files,
                   store->quarantined.bytes, with_.values.storage.path);
    if (store->replayed_rows != 0)
      spdlog::info("{} events were read back from the write-ahead log", store->replayed_rows);
    auto settings = make_root_settings(with_.values, *store, disk);
    settings.configuration = *alerts;
    settings.wired = [this](service_handles_ptr handles) {
      asio::post(main_, [this, handles = std::move(handles)] { wired(handles); });
    };
    root_ = spawn_root(system, std::move(settings));
    wait_for_signal();
    main_.run();
    end();
    return status_;
  }

 private:
  void wired(const service_handles_ptr& handles) {
    if (server_)
      return server_->rewire(handles);
    server_.emplace(make_http_settings(with_.values), handles, root_);
    const auto port = server_->start();
    if (!port) {
      spdlog::error("cannot listen on {}:{}: {}", with_.values.http.address, with_.values.http.port,
                    port.failure().message);
      status_ = EXIT_FAILURE;
      return main_.stop();
    }
    std::printf("listening on http://%s:%u\n", with_.values.http.address.c_str(),
                static_cast<unsigned>(*port));
    std::fflush(stdout);
  }

  void wait_for_signal() {
    signals_.async_wait([this](const asio::error_code& failure, int signal) {
      if (failure)
        return;
      if (signal != SIGHUP) {
        spdlog::info("shutting down");
        return main_.stop();
      }
      reload();
      wait_for_signal();
    });
  }

  void reload() {
    auto now = reload_();
    auto alerts = now ? make_alert_configuration(*now) : now.failure();
    if (!alerts)
      return spdlog::error("the configuration was not reloaded: {}", alerts.failure().message);
    caf::anon_send(root_, atom::reload_v, *alerts);
    spdlog::info("rules and webhooks were reloaded");
  }

  // New bodies are refused, those that have arrived are answered, then everybody ends.
  void end() {
    const auto grace = std::chrono::duration_cast<std::chrono::milliseconds>(with_.values.shutdown.grace);
    caf::anon_send(root_, atom::drain_v, static_cast<std::uint64_t>(grace.count()));
    if (server_) {
      const std::size_t cut = server_->stop(grace);
      if (cut != 0)
        spdlog::warn("{} connections were cut at the end of the grace period", cut);
      server_.reset();
    }
    caf::anon_send_exit(std::exchange(root_, nullptr), caf::exit_reason::user_shutdown);
    give_up_after(grace);
  }

  // An actor that does not end would keep the process for ever.
  static void give_up_after(std::chrono::milliseconds grace) {
    std::signal(SIGALRM, [](int) {
      constexpr std::string_view why = "some actors did not end within the grace period\n";
      [[maybe_unused]] const auto written = ::write(STDERR_FILENO, why.data(), why.size());
      ::_exit(EXIT_FAILURE);
    });
    ::alarm(static_cast<unsigned>(std::max<std::int64_t>(1, grace.count() / 1000)));
  }

  const configuration& with_;
  std::function<result<configuration>()> reload_;
  asio::io_context main_;
  asio::signal_set signals_;
  root_actor root_;
  std::optional<http::server> server_;
  int status_ = EXIT_SUCCESS;
};

}  // namespace

int serve(const configuration& with, const std::function<result<configuration>()>& reload) {
  start_logging(with.values.log);
  for (const std::string& warning : with.warnings) spdlog::warn("{}", warning);
  return server_process{with, reload}.run();
}

}  // namespace logstream
