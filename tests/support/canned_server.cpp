// One thread, one connection at a time. See canned_server.h.
#include "tests/support/canned_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace qabyl::rig {
namespace {

void require(bool well, const char* what) {
  if (well) return;
  std::fprintf(stderr, "canned server: %s\n", what);
  std::abort();
}

}  // namespace

struct CannedServer::State {
  CannedOptions options;
  SSL_CTX* context = nullptr;
  int listener = -1, port = 0;
  std::atomic<int> connections{0};
  std::atomic<bool> ending{false};
  mutable std::mutex mutex;
  std::string heard;
  std::thread thread;

  void loop() {
    for (;;) {
      const int fd = ::accept(listener, nullptr, nullptr);
      if (ending) {
        if (fd >= 0) ::close(fd);
        return;
      }
      if (fd < 0) continue;
      ++connections;
      const timeval limit{5, 0};
      setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      SSL* tls = SSL_new(context);
      SSL_set_fd(tls, fd);
      if (SSL_accept(tls) == 1) serve(tls);
      SSL_free(tls);
      ::close(fd);
      ERR_clear_error();
    }
  }
  void remember(const std::string& told) {
    const std::lock_guard<std::mutex> guard(mutex);
    heard += told;
  }
  void stay_silent(SSL* tls) {
    char byte = 0;
    while (!ending) {
      const int read = SSL_read(tls, &byte, 1);
      const bool patience = read <= 0 && SSL_get_error(tls, read) == SSL_ERROR_WANT_READ;  // the socket's own time limit
      if (read <= 0 && !patience) return;
    }
  }
  void serve(SSL* tls) {
    std::string told;
    char piece[4096];
    while (told.find("\r\n\r\n") == told.npos) {
      const int bytes = SSL_read(tls, piece, sizeof piece);
      if (bytes <= 0) break;
      told.append(piece, static_cast<std::size_t>(bytes));
    }
    const auto end = told.find("\r\n\r\n");
    if (end == told.npos) return remember(told);
    const auto length = told.find("Content-Length: ");
    std::size_t rest = length < end ? std::stoul(told.substr(length + 16)) - (told.size() - end - 4) : 0;
    while (rest > 0) {  // a client that still sends would take the close for a cut
      const int bytes = SSL_read(tls, piece, sizeof piece);
      if (bytes <= 0) return remember(told);
      told.append(piece, static_cast<std::size_t>(bytes));
      rest -= std::min(rest, static_cast<std::size_t>(bytes));
    }
    remember(told);
    const auto reply = options.answer(told);
    if (!reply) return stay_silent(tls);
    if (!reply->empty()) SSL_write(tls, reply->data(), static_cast<int>(reply->size()));
    SSL_shutdown(tls);
  }
};

CannedServer::CannedServer(CannedOptions options) : state_(std::make_unique<State>()) {
  std::signal(SIGPIPE, SIG_IGN);
  auto& state = *state_;
  state.options = std::move(options);
  state.context = SSL_CTX_new(TLS_server_method());
  if (state.options.tls_newest == 12) SSL_CTX_set_max_proto_version(state.context, TLS1_2_VERSION);
  BIO* certificate_text = BIO_new_mem_buf(state.options.certificate_pem.data(), static_cast<int>(state.options.certificate_pem.size()));
  BIO* key_text = BIO_new_mem_buf(state.options.key_pem.data(), static_cast<int>(state.options.key_pem.size()));
  X509* certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  require(SSL_CTX_use_certificate(state.context, certificate) == 1, "certificate");
  require(SSL_CTX_use_PrivateKey(state.context, key) == 1, "key");
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
  state.listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(state.options.port));
  const int again = 1;  // the port may just have been another server's
  setsockopt(state.listener, SOL_SOCKET, SO_REUSEADDR, &again, sizeof again);
  inet_pton(AF_INET, state.options.address.c_str(), &address.sin_addr);
  require(::bind(state.listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0, "bind");
  require(::listen(state.listener, 8) == 0, "listen");
  socklen_t bytes = sizeof address;
  getsockname(state.listener, reinterpret_cast<sockaddr*>(&address), &bytes);
  state.port = ntohs(address.sin_port);
  state.thread = std::thread([&state] { state.loop(); });
}

CannedServer::~CannedServer() {
  state_->ending = true;
  ::shutdown(state_->listener, SHUT_RDWR);
  state_->thread.join();
  ::close(state_->listener);
  SSL_CTX_free(state_->context);
}

int CannedServer::port() const { return state_->port; }
std::string CannedServer::url() const { return "https://localhost:" + std::to_string(state_->port); }
int CannedServer::connections() const { return state_->connections; }

std::string CannedServer::heard() const {
  const std::lock_guard<std::mutex> guard(state_->mutex);
  return state_->heard;
}

std::string canned_answer(const std::string& status_line, const std::string& body, const std::string& headers) {
  return "HTTP/1.1 " + status_line + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace qabyl::rig
