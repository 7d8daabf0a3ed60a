// The only file with libmicrohttpd and GnuTLS. See http_server.h. One thread a connection: a handler may
// wait for the group commit. The library decodes paths and lets odd framing through: we route on the raw
// URI and refuse the rest here.
#include "sync/registry/http_server.h"

#include <arpa/inet.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

#include "core/encoding.h"
#include "core/sys/files.h"
#include "sync/wire/problem.h"

namespace qabyl::sync::registry {
namespace {

constexpr unsigned leaving_max = 128;  // told to leave, and not gone yet
constexpr const char* device_priorities = "SECURE128:-VERS-ALL:+VERS-TLS1.3";
constexpr const char* console_priorities =
    "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-AES-128-CBC:-AES-256-CBC:-CAMELLIA-128-CBC:-CAMELLIA-256-CBC";

// One request on its way in.
struct Exchange {
  Request request;
  std::string uri;
  bool started = false;
  bool answered = false;
  std::uint64_t announced = 0;          // Content-Length; meaningful when has_length
  bool has_length = false;
  std::unique_ptr<BodySink> sink;
  std::uint64_t received = 0, received_in_window = 0;
  core::Millis window_from{};
  std::optional<Response> early;        // decided while the body was coming: sent once it may be
};

struct CertificateDeleter {
  void operator()(gnutls_x509_crt_t certificate) const { gnutls_x509_crt_deinit(certificate); }
};
using CertificatePtr = std::unique_ptr<std::remove_pointer_t<gnutls_x509_crt_t>, CertificateDeleter>;

CertificatePtr verified_certificate(gnutls_session_t session) {
  unsigned status = 0;
  char purpose[] = GNUTLS_KP_TLS_WWW_CLIENT;
  gnutls_typed_vdata_st wanted{GNUTLS_DT_KEY_PURPOSE_OID, reinterpret_cast<unsigned char*>(purpose), 0};
  if (gnutls_certificate_verify_peers(session, &wanted, 1, &status) != 0 || status != 0) return nullptr;
  unsigned count = 0;
  const gnutls_datum_t* chain = gnutls_certificate_get_peers(session, &count);
  if (!chain || count == 0) return nullptr;
  gnutls_x509_crt_t raw = nullptr;
  if (gnutls_x509_crt_init(&raw) != 0) return nullptr;
  CertificatePtr certificate(raw);
  if (gnutls_x509_crt_import(raw, &chain[0], GNUTLS_X509_FMT_DER) != 0) return nullptr;
  return certificate;
}

// The one place that says who is calling.
Caller caller_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  if (!info || !info->tls_session) return {};
  const CertificatePtr certificate = verified_certificate(static_cast<gnutls_session_t>(info->tls_session));
  if (!certificate) return {};
  char name[64] = {};
  std::size_t name_bytes = sizeof name;
  unsigned char serial[40] = {};
  std::size_t serial_bytes = sizeof serial;
  if (gnutls_x509_crt_get_dn_by_oid(certificate.get(), GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &name_bytes) != 0) return {};
  if (gnutls_x509_crt_get_serial(certificate.get(), serial, &serial_bytes) != 0) return {};
  return {std::string(name, name_bytes), core::to_hex({serial, serial_bytes})};
}

bool printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

// libmicrohttpd 0.9.75 ends a value at a NUL inside it. It writes NUL over the CR and LF that end a line, so
// behind a whole value stand two; later versions refuse such a line themselves.
bool cut_at_nul(const char* value, std::size_t bytes) {
  return MHD_VERSION <= 0x00097500 && value && value[bytes] == '\0' && value[bytes + 1] != '\0';
}

struct HeaderIntake {
  Request* request;
  bool bad = false;
  bool too_many = false;
};

MHD_Result take_header(void* cls, MHD_ValueKind, const char* key, std::size_t key_bytes, const char* value,
                       std::size_t value_bytes) {
  auto& intake = *static_cast<HeaderIntake*>(cls);
  const std::string_view name(key, key_bytes), text(value ? value : "", value ? value_bytes : 0);
  intake.bad = intake.bad || !printable(name) || !printable(text) || cut_at_nul(value, value_bytes);
  intake.too_many = intake.too_many || intake.request->headers.size() >= headers_max || text.size() > header_bytes_max;
  if (intake.bad || intake.too_many) return MHD_NO;
  intake.request->headers.push_back({std::string(name), std::string(text)});
  return MHD_YES;
}

Response closing(int status, std::string_view code, std::string_view title) {
  Response response = problem_response(status, code, title);
  response.close = true;
  return response;
}

bool known_host(std::string_view header, const std::vector<std::string>& hosts) {
  const std::size_t colon = header.rfind(':');
  const bool has_port = colon != std::string_view::npos && header.find(']', colon) == std::string_view::npos;
  const std::string_view name = has_port ? header.substr(0, colon) : header;
  return std::any_of(hosts.begin(), hosts.end(), [&](const std::string& host) { return same_header_name(host, name); });
}

bool known_method(std::string_view method) {
  for (const char* known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
    if (method == known) return true;
  }
  return false;
}

// Rows 15-21: framing and form of the head. Nothing of the body has been read.
std::optional<Response> check_head(Exchange& exchange, std::string_view version, const ServerOptions& options) {
  const Request& request = exchange.request;
  if (version != "HTTP/1.1") return closing(505, "http-version", "HTTP/1.1 only");
  if (request.target.size() > target_bytes_max || !printable(request.target) || !request.target.starts_with('/')) {
    return closing(400, "target", "malformed request target");
  }
  const bool length = request.header_count("Content-Length") > 0, coded = request.header_count("Transfer-Encoding") > 0;
  if ((length && coded) || request.header_count("Content-Length") > 1 || request.header_count("Transfer-Encoding") > 1) {
    return closing(400, "framing", "ambiguous body length");
  }
  if (length) {
    const auto bytes = parse_decimal(request.header("Content-Length"));
    if (!bytes) return closing(400, "framing", "malformed Content-Length");
    exchange.announced = static_cast<std::uint64_t>(*bytes);
    exchange.has_length = true;
  }
  if (request.header_count("Host") != 1) return closing(400, "host", "exactly one Host header");
  if (!known_host(request.header("Host"), options.hosts)) return closing(421, "host", "not a name of this server");
  if (request.header_count("Content-Encoding") > 0) return closing(415, "content-encoding", "bodies are not encoded");
  if (!known_method(request.method)) {
    Response response = closing(501, "method", "unknown method");
    response.set("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return response;
  }
  return std::nullopt;
}

MHD_Response* native_response(const Response& response) {
  if (response.file) {
    auto file = core::sys::open_read(response.file->path);
    if (!file) return nullptr;
    return MHD_create_response_from_fd_at_offset64(response.file->length, file->release(), response.file->offset);
  }
  return MHD_create_response_from_buffer(response.body.size(), const_cast<char*>(response.body.data()),
                                         MHD_RESPMEM_MUST_COPY);
}

MHD_Result send(MHD_Connection* connection, Exchange& exchange, const Response& response) {
  exchange.answered = true;
  MHD_Response* native = native_response(response);
  if (!native) return MHD_NO;
  for (const Header& header : response.headers) MHD_add_response_header(native, header.name.c_str(), header.value.c_str());
  if (response.close) MHD_add_response_header(native, "Connection", "close");
  const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), native);
  MHD_destroy_response(native);
  return queued;
}

std::string address_text(const sockaddr* address) {
  char text[INET_ADDRSTRLEN] = {};
  if (address == nullptr || address->sa_family != AF_INET) return {};
  const auto* four = reinterpret_cast<const sockaddr_in*>(address);
  return ::inet_ntop(AF_INET, &four->sin_addr, text, sizeof text) ? text : std::string();
}

}  // namespace

struct HttpServer::State {
  ServerOptions options;
  WebApp& app;
  core::Clock& clock;
  MHD_Daemon* daemon = nullptr;
  OpenConnections connections;

  MHD_Result on_head(MHD_Connection* connection, Exchange& exchange, std::string_view method, std::string_view version);
  MHD_Result on_bytes(Exchange& exchange, std::string_view bytes);
  MHD_Result on_end(MHD_Connection* connection, Exchange& exchange);
  bool too_slow(Exchange& exchange, std::size_t bytes);
  Caller caller(MHD_Connection* connection);
};

// Verifying a chain of certificates costs more than all else of a small request: once a connection, and again when that is
// a while ago, so that one that runs out does so on open connections too. Whether it was revoked, the database is asked each time.
Caller HttpServer::State::caller(MHD_Connection* connection) {
  const core::Millis now = clock.read().steady;
  if (auto known = connections.caller(connection, now)) return *std::move(known);
  Caller asked = caller_of(connection);  // on this connection's own thread
  connections.called(connection, asked, now);
  return asked;
}

MHD_Result HttpServer::State::on_head(MHD_Connection* connection, Exchange& exchange, std::string_view method,
                                      std::string_view version) {
  exchange.started = true;
  connections.in_request(connection, true, clock.read().steady);
  exchange.request.method = std::string(method);
  exchange.request.target = exchange.uri;
  exchange.window_from = clock.read().steady;
  HeaderIntake intake{&exchange.request};
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &take_header, &intake);
  if (intake.bad) return send(connection, exchange, closing(400, "header", "control characters in a header"));
  if (intake.too_many) return send(connection, exchange, closing(431, "header", "too many or too long headers"));
  if (const auto refusal = check_head(exchange, version, options)) return send(connection, exchange, *refusal);
  if (options.client_certificates) {
    Caller known = caller(connection);
    exchange.request.device = std::move(known.device);
    exchange.request.serial = std::move(known.serial);
  }
  if (auto refusal = app.gate(exchange.request)) {
    if (refusal->close) return send(connection, exchange, *refusal);
    exchange.early = std::move(refusal);  // the body is read and dropped, so that the connection stays usable
  }
  const bool streams = app.streams(exchange.request);
  if (exchange.has_length && exchange.announced > (streams ? append_bytes_max : body_bytes_max)) {
    return send(connection, exchange, closing(413, "too-large", "body too large"));
  }
  if (!streams || exchange.early) return MHD_YES;
  StreamStart start = app.stream(exchange.request);
  exchange.sink = std::move(start.sink);
  if (!exchange.sink) exchange.early = std::move(start.refusal);
  return MHD_YES;
}

bool HttpServer::State::too_slow(Exchange& exchange, std::size_t bytes) {
  exchange.received_in_window += bytes;
  const core::Millis now = clock.read().steady, spent = now - exchange.window_from;
  if (spent < min_rate_window) return false;
  const auto least = static_cast<std::uint64_t>(min_rate_bytes_per_second * spent.count() / 1000);
  const bool slow = exchange.received_in_window < least;
  exchange.window_from = now;
  exchange.received_in_window = 0;
  return slow;
}

// MHD_NO cuts the connection: only for what must not go on.
MHD_Result HttpServer::State::on_bytes(Exchange& exchange, std::string_view bytes) {
  exchange.received += bytes.size();
  if (too_slow(exchange, bytes.size())) return MHD_NO;
  if (exchange.received > (exchange.sink || exchange.early ? append_bytes_max : body_bytes_max)) return MHD_NO;
  if (exchange.early) return MHD_YES;  // read and dropped, so that the connection stays usable
  if (!exchange.sink) {
    exchange.request.body.append(bytes);
    return MHD_YES;
  }
  if (exchange.sink->write(core::as_bytes(bytes))) return MHD_YES;
  exchange.early = exchange.sink->finish(false);
  exchange.sink.reset();
  return MHD_YES;
}

MHD_Result HttpServer::State::on_end(MHD_Connection* connection, Exchange& exchange) {
  if (exchange.early) return send(connection, exchange, *exchange.early);
  if (exchange.sink) {
    const bool whole = !exchange.has_length || exchange.received == exchange.announced;
    const Response response = exchange.sink->finish(whole);
    exchange.sink.reset();
    return send(connection, exchange, response);
  }
  return send(connection, exchange, app.handle(exchange.request));
}

namespace {

void* on_uri(void*, const char* uri, MHD_Connection*) {
  auto exchange = std::make_unique<Exchange>();
  exchange->uri = std::string(uri).substr(0, target_bytes_max + 1);
  return exchange.release();
}

template <typename State>
MHD_Result on_access(void* cls, MHD_Connection* connection, const char*, const char* method, const char* version,
                     const char* bytes, std::size_t* byte_count, void** request) {
  auto& state = *static_cast<State*>(cls);
  auto& exchange = *static_cast<Exchange*>(*request);
  if (!exchange.started) return state.on_head(connection, exchange, method, version);
  if (*byte_count > 0) {
    const MHD_Result result = state.on_bytes(exchange, {bytes, *byte_count});
    *byte_count = 0;
    return result;
  }
  return exchange.answered ? MHD_YES : state.on_end(connection, exchange);
}

template <typename State>
void on_connection(void* cls, MHD_Connection* connection, void**, MHD_ConnectionNotificationCode what) {
  auto& state = *static_cast<State*>(cls);
  if (what != MHD_CONNECTION_NOTIFY_STARTED) return state.connections.closed(connection);
  const auto* socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  const auto* from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  state.connections.opened(connection, socket ? socket->connect_fd : -1, address_text(from ? from->client_addr : nullptr), state.clock.read().steady);
}

// Before the library takes a connection, on the thread that takes all of them.
template <typename State>
MHD_Result on_newcomer(void* cls, const sockaddr* address, socklen_t) {
  auto& state = *static_cast<State*>(cls);
  return state.connections.admit(address_text(address), state.clock.read().steady) ? MHD_YES : MHD_NO;
}

template <typename State>
void on_completed(void* cls, MHD_Connection* connection, void** request, MHD_RequestTerminationCode) {
  auto& state = *static_cast<State*>(cls);
  const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*request));
  *request = nullptr;
  state.connections.in_request(connection, false, state.clock.read().steady);
  if (exchange && exchange->sink) exchange->sink->finish(false);  // the client vanished: what came is kept
}

sockaddr_in address_of(const ServerOptions& options) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options.port));
  address.sin_addr.s_addr = htonl(options.loopback_only ? INADDR_LOOPBACK : INADDR_ANY);
  return address;
}

}  // namespace

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() { stop(); }

core::Result<std::unique_ptr<HttpServer>> HttpServer::start(ServerOptions options, WebApp& app, core::Clock& clock) {
  auto state = std::unique_ptr<State>(new State{options, app, clock, nullptr, OpenConnections(options.limits)});
  const ServerOptions& o = state->options;
  const sockaddr_in address = address_of(o);
  std::vector<MHD_OptionItem> items{
      {MHD_OPTION_SOCK_ADDR, 0, const_cast<sockaddr_in*>(&address)},
      {MHD_OPTION_HTTPS_MEM_CERT, 0, const_cast<char*>(o.certificate_pem.c_str())},
      {MHD_OPTION_HTTPS_MEM_KEY, 0, const_cast<char*>(o.key_pem.c_str())},
      {MHD_OPTION_HTTPS_PRIORITIES, 0, const_cast<char*>(o.client_certificates ? device_priorities : console_priorities)},
      {MHD_OPTION_CONNECTION_LIMIT, static_cast<std::intptr_t>(o.limits.all + leaving_max), nullptr},
      {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<std::intptr_t>(o.idle_seconds), nullptr},
      {MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory_bytes, nullptr},
      {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr}};
  if (o.client_certificates) items.push_back({MHD_OPTION_HTTPS_MEM_TRUST, 0, const_cast<char*>(o.ca_pem.c_str())});
  items.push_back({MHD_OPTION_END, 0, nullptr});
  state->daemon = MHD_start_daemon(
      MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_TLS, 0, &on_newcomer<State>, state.get(),
      &on_access<State>, state.get(), MHD_OPTION_URI_LOG_CALLBACK, &on_uri, nullptr, MHD_OPTION_NOTIFY_COMPLETED,
      &on_completed<State>, state.get(), MHD_OPTION_NOTIFY_CONNECTION, &on_connection<State>, state.get(), MHD_OPTION_ARRAY, items.data(), MHD_OPTION_END);
  if (!state->daemon) return core::Error{core::ErrorCode::storage, "cannot listen on the " + o.name + " port"};
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

int HttpServer::port() const {
  const auto* info = MHD_get_daemon_info(state_->daemon, MHD_DAEMON_INFO_BIND_PORT);
  return info ? info->port : 0;
}

void HttpServer::cut_stragglers() {
  state_->connections.cut_before(state_->clock.read().steady - head_wait_max);
}

void HttpServer::stop() {
  if (state_->daemon) MHD_stop_daemon(state_->daemon);
  state_->daemon = nullptr;
}

}  // namespace qabyl::sync::registry
