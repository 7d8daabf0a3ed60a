// OpenSSL: key pair, PKCS#10 request, fingerprint. See tls_identity.h.
#include "sync/client/tls_identity.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "core/crypto.h"

namespace qabyl::sync {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* pointer) const { Free(pointer); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Request = std::unique_ptr<X509_REQ, Freer<X509_REQ_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Memory = std::unique_ptr<BIO, Freer<BIO_free_all>>;

core::Error failed(const char* what) { return {core::ErrorCode::storage, std::string("OpenSSL: ") + what}; }

std::string text_of(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

}  // namespace

core::Result<TlsIdentity> new_tls_identity(std::string_view device) {
  const Key key(EVP_EC_gen("P-256"));
  const Request request(X509_REQ_new());
  const Memory key_memory(BIO_new(BIO_s_mem())), request_memory(BIO_new(BIO_s_mem()));
  if (!key || !request || !key_memory || !request_memory) return failed("out of memory");
  X509_NAME* name = X509_REQ_get_subject_name(request.get());
  const auto* text = reinterpret_cast<const unsigned char*>(device.data());
  if (X509_REQ_set_version(request.get(), 0) != 1 ||
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, static_cast<int>(device.size()), -1, 0) != 1 ||
      X509_REQ_set_pubkey(request.get(), key.get()) != 1 ||
      X509_REQ_sign(request.get(), key.get(), EVP_sha256()) == 0) {
    return failed("certificate request");
  }
  if (PEM_write_bio_PrivateKey(key_memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_X509_REQ(request_memory.get(), request.get()) != 1) {
    return failed("PEM");
  }
  return TlsIdentity{text_of(key_memory.get()), text_of(request_memory.get())};
}

core::Result<core::Digest> certificate_fingerprint(std::string_view pem) {
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificate certificate(memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) return core::Error{core::ErrorCode::invalid_input, "no certificate in PEM"};
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate.get(), &der);
  if (size <= 0) return failed("DER");
  const auto digest = core::sha256({der, static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return digest;
}

}  // namespace qabyl::sync
