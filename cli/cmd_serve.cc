// wicket serve, as a list of steps: load, compile, listen, say so, serve.
#include "cli/cmd_serve.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/edit_distance.h"
#include "cli/config_file.h"
#include "cli/route_input.h"
#include "cli/serve_admin.h"
#include "cli/serve_banner.h"
#include "cli/serve_reload.h"
#include "cli/serve_set.h"
#include "cli/serve_state.h"
#include "cli/serve_tls.h"
#include "cli/serve_watch.h"
#include "proxy/server.h"
#include "report/decision.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace wicket::cli {
namespace {

// ---- what is called back ----

nlohmann::json pairs(const route::HeaderList& headers) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& [name, value] : headers) list.push_back({name, value});
  return list;
}

// The decision as `wicket route -o json` has it, and the request as the service would have seen it.
std::string render_echo(const proxy::EchoRequest& echo) {
  const std::string url =
      fmt::format("{}://{}{}", echo.request.tls ? "https" : "http", echo.request.authority, echo.request.target);
  const std::string decision = report::decision_json({.url = url,
                                                      .request = echo.request,
                                                      .decision = echo.decision,
                                                      .table = *echo.set.table,
                                                      .sources = *echo.set.sources},
                                                     report::JsonLayout::kOneLine);
  nlohmann::ordered_json json;
  json["decision"] = nlohmann::ordered_json::parse(decision, nullptr, /*allow_exceptions=*/false);
  json["request"] = {{"method", echo.method},          {"authority", echo.authority}, {"path", echo.target},
                     {"headers", pairs(echo.headers)}, {"bodyBytes", echo.body_size}, {"body", echo.body}};
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

/// Where log lines go. Loops write one after the other.
class LogSink {
 public:
  LogSink(const ServeOptions& options, Streams& streams) : out_(&streams.out), color_(streams.out_color) {
    switch (options.access_log) {
      case AccessLog::kBrief:
        form_ = proxy::LogForm::kBrief;
        break;
      case AccessLog::kText:
        form_ = proxy::LogForm::kText;
        break;
      case AccessLog::kJson:
        form_ = proxy::LogForm::kJson;
        break;
      case AccessLog::kOff:
        out_ = nullptr;
        break;
    }
    if (options.common.verbosity == Verbosity::kQuiet && form_ == proxy::LogForm::kBrief) out_ = nullptr;
    if (options.access_log_file.empty()) return;
    file_.open(options.access_log_file, std::ios::app);
    out_ = &file_;
  }

  [[nodiscard]] bool is_on() const { return out_ != nullptr; }
  [[nodiscard]] bool is_broken() const { return out_ == &file_ && !file_.is_open(); }

  void write(const proxy::LogRecord& record) {
    const std::string line = proxy::log_line(record, form_, color_);
    const std::scoped_lock lock(mutex_);
    *out_ << line << std::flush;
  }

 private:
  std::mutex mutex_;
  std::ostream* out_;
  std::ofstream file_;
  proxy::LogForm form_ = proxy::LogForm::kBrief;
  bool color_ = false;
};

// ---- while it is served ----

// Standard input is read once; there is nothing to look at again.
bool can_reload(const ServeOptions& options) { return std::ranges::find(options.paths, "-") == options.paths.end(); }

// Whether the terminal that this was started from has been closed: that sends SIGHUP as well.
bool has_lost_terminal(bool had_terminal) {
  if (!had_terminal) return false;
  const int terminal = ::open("/dev/tty", O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (terminal >= 0) ::close(terminal);
  return terminal < 0;
}

// kFailure when a port that was asked for is not to be had; the usual one may be another wicket's.
ExitCode open_admin(const ServeOptions& options, proxy::AdminServer& admin, Streams& streams) {
  if (!options.admin_port) return ExitCode::kClean;
  const proxy::Endpoint at{"127.0.0.1", *options.admin_port};
  const Result<void> started = admin.start(at);
  const bool talks = options.common.verbosity != Verbosity::kQuiet;
  if (started) {
    if (talks) streams.err << fmt::format("admin at http://{}/\n", admin.local().text());
    return ExitCode::kClean;
  }
  if (options.names_admin_port || talks)
    streams.err << fmt::format("wicket: no admin port: cannot listen on {}: {}; --admin-port PORT chooses another\n",
                               at.text(), started.error().message);
  return options.names_admin_port ? ExitCode::kFailure : ExitCode::kClean;
}

// ---- what is not as it was asked for ----

void warn_about_unused(const std::vector<ResolvedBackend>& backends, const route::RouteTable& table,
                       std::ostream& err) {
  std::vector<std::string_view> hosts;
  for (const rules::Cluster* cluster : clusters_of(table)) hosts.push_back(cluster->host);
  for (const ResolvedBackend& backend : backends) {
    if (backend.is_used) continue;
    const std::optional<std::string_view> near = nearest(backend.host, hosts);
    err << fmt::format("wicket: {}: no route leads to it{}\n", backend.argument.text,
                       near ? fmt::format("; did you mean {}?", *near) : "");
  }
}

// Ports of the gateway that are there and not served.
void warn_about_unserved(const route::RouteTable& table, const std::vector<proxy::WantedPort>& wanted,
                         std::ostream& err) {
  for (const route::Listener& listener : table.listeners()) {
    const bool is_served = std::ranges::any_of(
        wanted, [&](const proxy::WantedPort& port) { return table.find(port.gateway_port, port.bind) == &listener; });
    if (!is_served)
      err << fmt::format("wicket: port {} is not served: only HTTP and HTTPS are\n", listener.source->port);
  }
}

bool is_from_settings(const ServeOptions& options, const PortArgument& port) {
  return options.settings != nullptr &&
         std::ranges::find(options.settings->serve.ports, port) != options.settings->serve.ports.end();
}

bool names_unknown_port(const ServeOptions& options, const std::vector<proxy::WantedPort>& wanted, std::ostream& err) {
  for (const PortArgument& port : options.ports) {
    if (is_from_settings(options, port)) continue;  // they speak of all folders of the repository
    if (std::ranges::find(wanted, port.gateway_port, &proxy::WantedPort::gateway_port) != wanted.end()) continue;
    err << fmt::format("wicket: --port {}={}: no Gateway opens port {} for HTTP\n", port.gateway_port, port.port,
                       port.gateway_port);
    return true;
  }
  return false;
}

ExitCode cannot(const Error& error, std::ostream& err) {
  err << "wicket: " << error.message << '\n';
  return ExitCode::kFailure;
}

// How to make browsers and curl take the certificates that are made here.
ExitCode explain_trust(Streams& streams) {
  const Result<std::string> folder = ca_folder();
  if (!folder) return cannot(folder.error(), streams.err);
  const Result<proxy::LocalCa> ca = proxy::LocalCa::open(*folder);
  if (!ca) return cannot(ca.error(), streams.err);
  const std::string& file = ca->certificate_file();
  streams.out << fmt::format(
      "The certificate of wicket's local CA is {0}\n"
      "  curl      curl --cacert {0} https://...\n"
      "  Debian    sudo cp {0} /usr/local/share/ca-certificates/wicket.crt && sudo update-ca-certificates\n"
      "  macOS     sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {0}\n"
      "  Firefox   Settings, Certificates, Authorities, Import\n"
      "Whoever has its key, ca-key.pem beside it, can pass for any site where it is trusted: it stays on this "
      "machine.\n",
      file);
  return ExitCode::kClean;
}

std::size_t loops(const ServeOptions& options) {
  return options.common.jobs != 0 ? options.common.jobs : std::max(1U, std::thread::hardware_concurrency());
}

// Loops allocate all the time, and at the same time. No more heaps than loops: other threads have little to allocate.
void give_each_loop_a_heap(std::size_t count) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, static_cast<int>(count));
#endif
}

}  // namespace

ExitCode cmd_serve(const ServeOptions& options, Streams& streams) {
  if (options.trust) return explain_trust(streams);
  ServeInputs inputs;
  Result<std::vector<ResolvedBackend>> backends = resolve_backends(options);
  if (!backends) return cannot(backends.error(), streams.err);
  inputs.backends = *std::move(backends);

  const Watched watched{.paths = options.paths, .is_excluded = exclusion(options.settings)};
  const bool watches = options.watches && can_reload(options);
  std::string files = watches ? snapshot(watched) : std::string();
  load::Loaded loaded = load_routes(options, options.common.jobs, streams.in, streams.err);
  if (!loaded.failures.empty()) return ExitCode::kFailure;
  if (const ExitCode code = check_input(options, loaded, streams.err); code != ExitCode::kClean) return code;

  give_each_loop_a_heap(loops(options));
  const std::shared_ptr<const model::Workspace> workspace = loaded.workspace;
  ServingSet made = make_serving_set(std::move(loaded), options, inputs);
  const auto set = std::make_shared<const proxy::ServingSet>(std::move(made.set));
  const std::vector<proxy::WantedPort> wanted = wanted_ports(*set->table, options);
  if (wanted.empty()) {
    streams.err << "wicket: nothing to serve: no Gateway opens a port for HTTP\n";
    return ExitCode::kFailure;
  }
  if (names_unknown_port(options, wanted, streams.err)) return ExitCode::kUsage;
  for (const std::string& note : made.notes) streams.err << "wicket: " << note << '\n';
  warn_about_unused(inputs.backends, *set->table, streams.err);
  warn_about_unserved(*set->table, wanted, streams.err);

  LogSink log(options, streams);
  if (log.is_broken())
    return cannot({ErrorCode::kIo, fmt::format("cannot write {}", options.access_log_file)}, streams.err);
  proxy::Services services{.render_echo = &render_echo, .log = {}};
  if (log.is_on()) services.log = [&log](const proxy::LogRecord& record) { log.write(record); };

  proxy::TableSlot slot;
  slot.publish(set);
  proxy::Server server(slot, std::move(services),
                       {.address = options.address, .loops = loops(options), .maps_headers = options.maps_headers});
  if (const Result<void> listening = server.listen(wanted); !listening) {
    streams.err << fmt::format("wicket: {}; --port NUMBER=PORT chooses another\n", listening.error().message);
    return ExitCode::kFailure;
  }
  ServedNow now;
  now.publish({.set = set,
               .workspace = workspace,
               .ports = server.ports(),
               .notes = std::move(made.notes),
               .refused_reloads = 0,
               .refusal = {}});
  const AdminSubject subject{.options = options, .server = server, .now = now};
  proxy::AdminServer admin([&subject](const proxy::AdminRequest& request) { return admin_answer(subject, request); });
  if (const ExitCode code = open_admin(options, admin, streams); code != ExitCode::kClean) return code;
  if (options.common.verbosity != Verbosity::kQuiet) streams.err << serve_banner(*set, server.ports(), options);

  Voice voice(streams.err);
  Watcher watcher;
  std::jthread reloading([&](const std::stop_token& stop) {
    const ReloadSubject reloaded{
        .options = options, .inputs = inputs, .server = server, .now = now, .voice = voice, .color = streams.err_color};
    watcher.run(stop, watched, std::move(files), watches, [&] { reload(reloaded, stop); });
  });
  const bool has_terminal = streams.surroundings.err_is_terminal;
  server.run({.on_drain = [&voice] { voice.say("wicket: ending when the requests that are under way have ended"); },
              .on_hangup =
                  [&] {
                    if (has_lost_terminal(has_terminal)) return server.stop();
                    if (can_reload(options)) watcher.ask();
                  }});
  return ExitCode::kClean;
}

}  // namespace wicket::cli
