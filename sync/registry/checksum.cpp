// See checksum.h.
#include "sync/registry/checksum.h"

#include <openssl/evp.h>

#include "core/encoding.h"

namespace qabyl::sync::registry {

struct Checksum::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  core::Bytes expected;
  ~State() { EVP_MD_CTX_free(context); }
};

Checksum::Checksum(std::unique_ptr<State> state) : state_(std::move(state)) {}
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;
Checksum::~Checksum() = default;

core::Result<Checksum> Checksum::parse(std::string_view header) {
  const std::size_t blank = header.find(' ');
  const std::string_view name = header.substr(0, blank);
  if (name != "sha1" && name != "sha256") return core::Error{core::ErrorCode::unsupported, "checksum algorithm"};
  if (blank == std::string_view::npos) return core::Error{core::ErrorCode::invalid_input, "Upload-Checksum"};
  QABYL_TRY(expected, core::from_base64(header.substr(blank + 1)));
  if (expected.size() != (name == "sha1" ? 20U : 32U)) return core::Error{core::ErrorCode::invalid_input, "Upload-Checksum"};
  auto state = std::make_unique<State>();
  state->expected = expected;
  QABYL_CHECK(state->context && EVP_DigestInit_ex(state->context, name == "sha1" ? EVP_sha1() : EVP_sha256(), nullptr) == 1);
  return Checksum(std::move(state));
}

void Checksum::update(core::ByteView bytes) {
  QABYL_CHECK(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

bool Checksum::matches() {
  core::Bytes digest(EVP_MAX_MD_SIZE);
  unsigned bytes = 0;
  QABYL_CHECK(EVP_DigestFinal_ex(state_->context, digest.data(), &bytes) == 1);
  digest.resize(bytes);
  return digest == state_->expected;
}

}  // namespace qabyl::sync::registry
