// See idle_crowd.h.
#include "tests/support/idle_crowd.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <vector>

namespace qabyl::rig {
namespace {

constexpr int patience_seconds = 10;

int connected(int port, const std::string& from) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{patience_seconds, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in own{}, other{};
  own.sin_family = other.sin_family = AF_INET;
  other.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, from.c_str(), &own.sin_addr);
  ::inet_pton(AF_INET, "127.0.0.1", &other.sin_addr);
  const bool well = ::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 && ::connect(fd, reinterpret_cast<const sockaddr*>(&other), sizeof other) == 0;
  if (well) return fd;
  ::close(fd);
  return -1;
}

void show(SSL_CTX* context, const CrowdIdentity& identity) {
  BIO* certificate_text = BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size()));
  BIO* key_text = BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size()));
  X509* certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
  SSL_CTX_use_certificate(context, certificate);
  SSL_CTX_use_PrivateKey(context, key);
  X509_free(certificate);
  EVP_PKEY_free(key);
  BIO_free(certificate_text);
  BIO_free(key_text);
}

// What still comes (tickets, answers) is dropped unread: nobody speaks TLS there any more.
bool open_still(int fd) {
  char bytes[4096];
  ssize_t got = 0;
  while ((got = ::recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {}
  return got < 0 && errno == EAGAIN;
}

}  // namespace

bool room_for_files(std::size_t count) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur >= count) return true;
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, count);
  return ::setrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur >= count;
}

struct IdleCrowd::State {
  int port = 0;
  std::string first_request;
  SSL_CTX* context = nullptr;
  std::mutex mutex;
  std::vector<int> open;  // guarded by mutex
};

IdleCrowd::IdleCrowd(int port, CrowdIdentity identity) : state_(new State) {
  std::signal(SIGPIPE, SIG_IGN);
  state_->port = port;
  state_->first_request = identity.first_request;
  state_->context = SSL_CTX_new(TLS_client_method());
  if (!identity.certificate.empty()) show(state_->context, identity);
}

IdleCrowd::~IdleCrowd() {
  for (const int fd : state_->open) ::close(fd);
  SSL_CTX_free(state_->context);
}

bool IdleCrowd::join(const std::string& from) {
  const int fd = connected(state_->port, from);
  if (fd < 0) return false;
  SSL* tls = SSL_new(state_->context);
  SSL_set_fd(tls, fd);
  SSL_set_tlsext_host_name(tls, "localhost");
  bool stands = SSL_connect(tls) == 1;
  const auto& request = state_->first_request;
  if (stands && !request.empty()) stands = SSL_write(tls, request.data(), static_cast<int>(request.size())) > 0;
  SSL_free(tls);  // the connection stays, its keys are not needed to be idle
  ERR_clear_error();
  if (!stands) {
    ::close(fd);
    return false;
  }
  const std::lock_guard<std::mutex> guard(state_->mutex);
  state_->open.push_back(fd);
  return true;
}

std::size_t IdleCrowd::held() {
  const std::lock_guard<std::mutex> guard(state_->mutex);
  std::erase_if(state_->open, [](int fd) {
    if (open_still(fd)) return false;
    ::close(fd);
    return true;
  });
  return state_->open.size();
}

std::string crowd_address(std::size_t n, std::size_t each) {
  const std::size_t address = n / each;
  return "127.0." + std::to_string(1 + address / 250) + "." + std::to_string(1 + address % 250);
}

}  // namespace qabyl::rig
