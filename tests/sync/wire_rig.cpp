// OpenSSL and sockets of the rig. See wire_rig.h.
#include "tests/sync/wire_rig.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

namespace qabyl::test {
namespace {

constexpr int patience_seconds = 10;

sockaddr_in loopback(const std::string& address, int port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, address.c_str(), &out.sin_addr);
  return out;
}

int connected(const PeerOptions& options) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(fd >= 0);
  const timeval limit{patience_seconds, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const auto own = loopback(options.from.empty() ? "127.0.0.1" : options.from, 0), other = loopback("127.0.0.1", options.port);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0) return fd;
  ::close(fd);
  return -1;
}

void use_identity(SSL_CTX* context, const PeerOptions& options) {
  if (options.certificate_pem.empty()) return;
  BIO* certificate_text = BIO_new_mem_buf(options.certificate_pem.data(), static_cast<int>(options.certificate_pem.size()));
  BIO* key_text = BIO_new_mem_buf(options.key_pem.data(), static_cast<int>(options.key_pem.size()));
  X509* certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  REQUIRE(SSL_CTX_use_certificate(context, certificate) == 1);
  REQUIRE(SSL_CTX_use_PrivateKey(context, key) == 1);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

std::string RawAnswer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string RawAnswer::code() const {
  const auto json = core::parse_json(body, 64 * 1024);
  const auto problem = json ? sync::problem_from_json(*json) : core::Result<sync::Problem>(json.error());
  return problem && header("content-type") == sync::problem_media_type ? problem->code : "";
}

struct TlsPeer::State {
  SSL_CTX* context = nullptr;
  SSL* tls = nullptr;
  int fd = -1;
  bool shaken = false;
  std::string read;  // and not yet given out

  bool more() {
    char piece[16 * 1024];
    const int bytes = tls ? SSL_read(tls, piece, sizeof piece) : 0;
    if (bytes <= 0) return false;
    read.append(piece, static_cast<std::size_t>(bytes));
    return true;
  }
  // Everything up to and with `end`; empty: closed before.
  std::string take_until(std::string_view end) {
    for (;;) {
      const auto at = read.find(end);
      if (at != read.npos) {
        std::string taken = read.substr(0, at + end.size());
        read.erase(0, at + end.size());
        return taken;
      }
      if (!more()) return {};
    }
  }
  std::string take(std::size_t bytes) {
    while (read.size() < bytes && more()) {}
    std::string taken = read.substr(0, bytes);
    read.erase(0, taken.size());
    return taken;
  }
};

TlsPeer::TlsPeer(const PeerOptions& options) : state_(std::make_unique<State>()) {
  std::signal(SIGPIPE, SIG_IGN);
  state_->context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(state_->context, options.tls_newest == 12 ? TLS1_2_VERSION : TLS1_3_VERSION);
  if (options.tls_newest == 12) SSL_CTX_set_min_proto_version(state_->context, TLS1_VERSION);
  use_identity(state_->context, options);
  state_->fd = connected(options);
  if (state_->fd < 0) return;
  state_->tls = SSL_new(state_->context);
  SSL_set_fd(state_->tls, state_->fd);
  SSL_set_tlsext_host_name(state_->tls, "localhost");
  state_->shaken = SSL_connect(state_->tls) == 1;
}

TlsPeer::TlsPeer(TlsPeer&&) noexcept = default;

TlsPeer::~TlsPeer() {
  if (!state_) return;
  SSL_free(state_->tls);
  SSL_CTX_free(state_->context);
  if (state_->fd >= 0) ::close(state_->fd);
  ERR_clear_error();
}

bool TlsPeer::shaken() const { return state_->shaken; }

bool TlsPeer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const int sent = state_->shaken ? SSL_write(state_->tls, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 16 * 1024))) : 0;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

RawAnswer TlsPeer::answer(bool to_head) {
  RawAnswer out;
  const std::string head = state_->take_until("\r\n\r\n");
  if (head.size() < 12 || head.substr(0, 5) != "HTTP/") {
    out.closes = true;
    return out;
  }
  out.status = std::stoi(head.substr(9, 3));
  for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
    const auto end = head.find("\r\n", at), colon = head.find(':', at);
    const auto value = head.find_first_not_of(' ', colon + 1);
    out.headers.emplace(lower(head.substr(at, colon - at)), head.substr(value, end - value));
    at = end + 2;
  }
  if (out.status == 100) return answer(to_head);
  const auto length = out.header("content-length");
  if (!to_head && !length.empty()) out.body = state_->take(std::stoul(length));
  out.closes = lower(out.header("connection")) == "close";
  return out;
}

bool TlsPeer::closed() {
  state_->read.clear();  // the library's own error pages are longer than they say
  char byte = 0;
  int got = 0;
  while (state_->tls && (got = SSL_read(state_->tls, &byte, 1)) > 0) {}
  const int why = state_->tls ? SSL_get_error(state_->tls, got) : SSL_ERROR_ZERO_RETURN;
  return why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
}

void TlsPeer::half_close() {
  SSL_shutdown(state_->tls);
  ::shutdown(state_->fd, SHUT_WR);
}

bool TlsPeer::renegotiates() { return SSL_renegotiate(state_->tls) == 1; }

long TlsPeer::early_data_max() {
  SSL_SESSION* session = SSL_get1_session(state_->tls);
  const long bytes = session ? static_cast<long>(SSL_SESSION_get_max_early_data(session)) : 0;
  SSL_SESSION_free(session);
  return bytes;
}

LiveOffice::LiveOffice(bool with_sample, reg::ConnectionLimits limits, unsigned idle_seconds)
    : office(clock.read().wall),
      secrets(with_sample ? office.fill() : core::Json()),
      kiosk(office, with_sample ? office.enrolment : office.add_kiosk("AL-03")),
      commits_(*office.registry, clock),
      app_(*office.registry, commits_) {
  const auto& keys = office.registry->keys;
  reg::ServerOptions options;
  options.name = "device";
  options.client_certificates = true;
  options.limits = limits;
  options.idle_seconds = idle_seconds;
  options.certificate_pem = keys.server_certificate_pem;
  options.key_pem = keys.server_key_pem;
  options.ca_pem = keys.authority.ca_pem();
  options.hosts = {"localhost", "127.0.0.1"};
  auto started = reg::HttpServer::start(options, app_, clock);
  if (!started) FAIL(started.error().detail);
  server_ = *std::move(started);
}

LiveOffice::~LiveOffice() {
  server_->stop();
  commits_.stop();
}

PeerOptions LiveOffice::peer_options() const {
  return {server_->port(), kiosk.answer.certificate, kiosk.tls.key_pem, kiosk.answer.ca, 13, {}};
}

std::string LiveOffice::head(const std::string& method, const std::string& target, const std::string& headers) const {
  return method + " " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(server_->port()) + "\r\n" + headers + "\r\n";
}

RawAnswer LiveOffice::ask(const std::string& method, const std::string& target, const std::string& headers, const std::string& body) {
  auto connection = peer();
  REQUIRE(connection.shaken());
  const bool sized = method != "GET" && method != "HEAD";
  connection.send(head(method, target, headers + (sized ? "Content-Length: " + std::to_string(body.size()) + "\r\n" : "")) + body);
  return connection.answer(method == "HEAD");
}

void LiveOffice::on_storage(const std::function<void()>& act) {
  const auto answer = commits_.run([&](core::Instant) {
    act();
    return sync::Response();
  });
  REQUIRE(answer.status == 200);
}

std::string LiveOffice::dump() {
  std::string taken;
  on_storage([&] { taken = store_dump(*office.registry); });
  return taken;
}

std::int64_t LiveOffice::count(const std::string& sql) {
  std::int64_t found = -1;
  on_storage([&] { found = office.count(sql); });
  return found;
}

}  // namespace qabyl::test
