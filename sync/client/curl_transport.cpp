// libcurl stands only here. See curl_transport.h.
#include "sync/client/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>

#include "core/result.h"

namespace qabyl::sync {
namespace {

constexpr long connect_seconds = 10;
constexpr long slow_bytes_per_second = 1024;
constexpr long slow_seconds = 30;

// Of X.509's checks (openssl/x509_vfy.h), the two that also fail when nothing but our own clock is wrong.
constexpr long not_yet_valid = 9, has_expired = 10;

std::string cause_of(CURLcode code, long verified) {
  if (code == CURLE_PEER_FAILED_VERIFICATION && (verified == not_yet_valid || verified == has_expired)) return "clock";
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "dns";
    case CURLE_COULDNT_CONNECT: return "refused";
    case CURLE_OPERATION_TIMEDOUT: return "timeout";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR: return "tls";
    case CURLE_WRITE_ERROR: return "too_large";
    default: return "cut";
  }
}

}  // namespace

struct CurlTransport::State {
  CurlOptions options;
  CURLM* multi = nullptr;        // keeps the connection
  CURLSH* sessions = nullptr;    // keeps what resumes one that was cut
  CURL* easy = nullptr;          // of one request
  curl_slist* headers = nullptr;
  ClientRequest request;
  std::size_t sent = 0;
  ClientAnswer answer;
  bool running = false;

  static std::size_t take_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& body = static_cast<State*>(self)->answer.body;
    if (body.size() + size > answer_bytes_max) return 0;
    body.insert(body.end(), data, data + size);
    return size;
  }

  static std::size_t take_header(char* data, std::size_t, std::size_t size, void* self) {
    auto& headers = static_cast<State*>(self)->answer.headers;
    const std::string line(data, size);
    const auto colon = line.find(':');
    if (colon == std::string::npos || headers.size() >= 100) return size;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto from = line.find_first_not_of(" \t", colon + 1);
    const auto to = line.find_last_not_of(" \t\r\n");
    headers.emplace_back(std::move(name), from == std::string::npos || to < from ? "" : line.substr(from, to - from + 1));
    return size;
  }

  static std::size_t give_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& state = *static_cast<State*>(self);
    const auto n = std::min(size, state.request.body.size() - state.sent);
    std::copy_n(state.request.body.begin() + static_cast<std::ptrdiff_t>(state.sent), n, data);
    state.sent += n;
    return n;
  }

  static int rewind_body(void* self, curl_off_t offset, int origin) {
    auto& state = *static_cast<State*>(self);
    if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > state.request.body.size()) return CURL_SEEKFUNC_FAIL;
    state.sent = static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
  }

  // What was asked stays in no memory until the next question: its path may hold a check code (I13), and curl_easy_reset() keeps it.
  void forget_request() {
    curl_easy_cleanup(easy);
    easy = curl_easy_init();
    QABYL_CHECK(easy != nullptr);
    curl_slist_free_all(headers);
    headers = nullptr;
    ClientRequest none;
    std::swap(request, none);  // assigning an empty one would leave the path where it lay
  }

  void set_security();
  void set_request();
};

CurlTransport::CurlTransport(CurlOptions options) : state_(std::make_unique<State>()) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
  state_->options = std::move(options);
  state_->multi = curl_multi_init();
  state_->easy = curl_easy_init();
  state_->sessions = curl_share_init();
  QABYL_CHECK(state_->multi != nullptr && state_->easy != nullptr && state_->sessions != nullptr);
  curl_share_setopt(state_->sessions, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
}

CurlTransport::~CurlTransport() {
  if (state_->running) curl_multi_remove_handle(state_->multi, state_->easy);
  curl_easy_cleanup(state_->easy);
  curl_multi_cleanup(state_->multi);
  curl_share_cleanup(state_->sessions);
  curl_slist_free_all(state_->headers);
}

void CurlTransport::State::set_security() {
  curl_easy_setopt(easy, CURLOPT_SHARE, sessions);
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_3));
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, options.ca_file.empty() ? 0L : 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, options.ca_file.empty() ? 0L : 2L);
  if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
  if (!options.certificate_file.empty()) {
    curl_easy_setopt(easy, CURLOPT_SSLCERT, options.certificate_file.c_str());
    curl_easy_setopt(easy, CURLOPT_SSLKEY, options.key_file.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, slow_bytes_per_second);
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, slow_seconds);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
}

void CurlTransport::State::set_request() {
  const std::string url = options.base_url + request.path;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  for (const auto& [name, value] : request.headers) headers = curl_slist_append(headers, (name + ": " + value).c_str());
  headers = curl_slist_append(headers, "Expect:");  // no round trip before a body
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(easy, CURLOPT_NOBODY, request.method == "HEAD" ? 1L : 0L);
  if (request.method != "GET" && request.method != "HEAD") {
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &State::give_body);
    curl_easy_setopt(easy, CURLOPT_READDATA, this);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &State::rewind_body);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, this);
  }
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &State::take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &State::take_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
}

void CurlTransport::start(ClientRequest request) {
  QABYL_CHECK(!state_->running);
  state_->request = std::move(request);
  state_->sent = 0;
  state_->answer = {};
  state_->set_security();
  state_->set_request();
  curl_multi_add_handle(state_->multi, state_->easy);
  state_->running = true;
}

std::optional<ClientResult> CurlTransport::poll() {
  if (!state_->running) return std::nullopt;
  int active = 0;
  curl_multi_perform(state_->multi, &active);
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(state_->multi, &left);
  if (message == nullptr || message->msg != CURLMSG_DONE) return std::nullopt;
  const CURLcode code = message->data.result;
  long status = 0, verified = 0;
  curl_easy_getinfo(state_->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(state_->easy, CURLINFO_SSL_VERIFYRESULT, &verified);
  curl_multi_remove_handle(state_->multi, state_->easy);
  state_->running = false;
  state_->forget_request();
  if (code != CURLE_OK) return NoAnswer{cause_of(code, verified)};
  state_->answer.status = static_cast<int>(status);
  return std::exchange(state_->answer, {});
}

void CurlTransport::wait(std::chrono::milliseconds at_most) {
  const auto ms = std::clamp<std::int64_t>(at_most.count(), 0, 60'000);
  curl_multi_poll(state_->multi, nullptr, 0, static_cast<int>(ms), nullptr);
}

void CurlTransport::wake() { curl_multi_wakeup(state_->multi); }

}  // namespace qabyl::sync
