// X.509 by OpenSSL. See tls_authority.h. What a request asks for is only checked, never copied: the
// certificate says what the office decided.
#include "sync/registry/tls_authority.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "core/crypto.h"
#include "core/encoding.h"
#include "sync/registry/openssl_release.h"

namespace qabyl::sync::registry {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, Release<X509_free>>;
using RequestPtr = std::unique_ptr<X509_REQ, Release<X509_REQ_free>>;
using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
struct ReleaseExtensions {
  void operator()(STACK_OF(X509_EXTENSION)* stack) const { sk_X509_EXTENSION_pop_free(stack, X509_EXTENSION_free); }
};
using ExtensionsPtr = std::unique_ptr<STACK_OF(X509_EXTENSION), ReleaseExtensions>;

constexpr std::size_t pem_bytes_max = 64 * 1024;

core::Error refused(const char* what) { return {core::ErrorCode::storage, std::string("openssl: ") + what}; }
core::Error bad_request(const char* what) { return {core::ErrorCode::invalid_input, what}; }

BioPtr reading(std::string_view text) {
  if (text.size() > pem_bytes_max) text = {};
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long bytes = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(bytes)};
}

std::string to_pem(X509* certificate) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  return text_of(out.get());
}

std::string to_pem(EVP_PKEY* key) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return text_of(out.get());
}

// 16 random bytes, first bit clear and first byte not zero: a positive number of fixed length.
core::Bytes new_serial(core::Random& random) {
  core::Bytes serial(16);
  random.fill(serial);
  serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
  return serial;
}

bool set_serial(X509* certificate, const core::Bytes& serial) {
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  const bool done = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
  BN_free(number);
  return done;
}

bool set_validity(X509* certificate, Validity validity) {
  const auto seconds = [](core::Instant at) { return static_cast<time_t>(at.time_since_epoch().count() / 1000); };
  return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(validity.from)) &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(validity.to));
}

bool set_common_name(X509_NAME* name, std::string_view text) {
  return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

struct Order {                   // what a certificate shall say
  std::string_view common_name;
  Validity validity;
  std::vector<std::pair<int, std::string>> extensions;
};

// Signs by `issuer_key`; `issuer` null: self-signed.
core::Result<CertPtr> make_certificate(const Order& order, EVP_PKEY* subject, X509* issuer, EVP_PKEY* issuer_key,
                                       const core::Bytes& serial) {
  CertPtr certificate(X509_new());
  if (!certificate || !X509_set_version(certificate.get(), 2)) return refused("X509_new");
  if (!set_serial(certificate.get(), serial) || !set_validity(certificate.get(), order.validity) ||
      !set_common_name(X509_get_subject_name(certificate.get()), order.common_name)) {
    return refused("fields");
  }
  X509* signer = issuer ? issuer : certificate.get();
  if (!X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) ||
      !X509_set_pubkey(certificate.get(), subject)) {
    return refused("names");
  }
  for (const auto& [nid, value] : order.extensions) {
    if (!add_extension(certificate.get(), signer, nid, value)) return refused("extension");
  }
  if (X509_sign(certificate.get(), issuer_key, EVP_sha256()) == 0) return refused("sign");
  return certificate;
}

bool allowed_key(EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) return true;
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
  char group[64] = {};
  std::size_t bytes = 0;
  return EVP_PKEY_get_group_name(key, group, sizeof group, &bytes) == 1 && std::string_view(group) == "prime256v1";
}

// Every alternative name is the DNS name `device`.
bool names_only(X509_EXTENSION* extension, std::string_view device) {
  const std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>> names(static_cast<GENERAL_NAMES*>(X509V3_EXT_d2i(extension)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int type = 0;
    const auto* value = static_cast<const ASN1_STRING*>(GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type));
    if (type != GEN_DNS) return false;
    const std::string_view name(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)), static_cast<std::size_t>(ASN1_STRING_length(value)));
    if (name != device) return false;
  }
  return names != nullptr;
}

core::Status check_extensions(X509_REQ* request, std::string_view device) {
  const ExtensionsPtr extensions(X509_REQ_get_extensions(request));
  for (int i = 0; extensions && i < sk_X509_EXTENSION_num(extensions.get()); ++i) {
    X509_EXTENSION* extension = sk_X509_EXTENSION_value(extensions.get(), i);
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (nid == NID_basic_constraints) {
      auto* constraints = static_cast<BASIC_CONSTRAINTS*>(X509V3_EXT_d2i(extension));
      const bool ca = !constraints || constraints->ca != 0;
      BASIC_CONSTRAINTS_free(constraints);
      if (ca) return bad_request("csr: asks for CA");
    }
    if (nid == NID_subject_alt_name && !names_only(extension, device)) return bad_request("csr: other name");
  }
  return core::Done{};
}

core::Status check_subject(X509_REQ* request, std::string_view device) {
  X509_NAME* name = X509_REQ_get_subject_name(request);
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return core::Done{};
  const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
                              static_cast<std::size_t>(ASN1_STRING_length(value)));
  if (text != device) return bad_request("csr: other name");
  return core::Done{};
}

core::Result<RequestPtr> checked_request(std::string_view csr_pem, std::string_view device) {
  const BioPtr in = reading(csr_pem);
  RequestPtr request(PEM_read_bio_X509_REQ(in.get(), nullptr, nullptr, nullptr));
  if (!request) return bad_request("csr: not a request");
  EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
  if (!key || !allowed_key(key)) return bad_request("csr: key type");
  if (X509_REQ_verify(request.get(), key) != 1) return bad_request("csr: signature");
  QABYL_TRY_DO(check_subject(request.get(), device));
  QABYL_TRY_DO(check_extensions(request.get(), device));
  return request;
}

}  // namespace

struct TlsAuthority::State {
  CertPtr certificate;
  KeyPtr key;
  std::string pem;
};

TlsAuthority::TlsAuthority(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsAuthority::TlsAuthority(TlsAuthority&&) noexcept = default;
TlsAuthority& TlsAuthority::operator=(TlsAuthority&&) noexcept = default;
TlsAuthority::~TlsAuthority() = default;

const std::string& TlsAuthority::ca_pem() const { return state_->pem; }

std::string TlsAuthority::ca_sha256() const {
  unsigned char* der = nullptr;
  const int bytes = i2d_X509(state_->certificate.get(), &der);
  QABYL_CHECK(bytes > 0);
  const core::Digest digest = core::sha256({der, static_cast<std::size_t>(bytes)});
  OPENSSL_free(der);
  return core::to_hex(digest);
}

core::Result<Certified> TlsAuthority::make_ca(std::string_view origin, Validity validity, core::Random& random) {
  const KeyPtr key(EVP_EC_gen("P-256"));
  if (!key) return refused("key");
  const core::Bytes serial = new_serial(random);
  const std::string name = "Qabyl CA " + std::string(origin);  // never the server's own name: that would look self-signed
  const Order order{name, validity, {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                     {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                     {NID_subject_key_identifier, "hash"}}};
  QABYL_TRY(certificate, make_certificate(order, key.get(), nullptr, key.get(), serial));
  return Certified{to_pem(certificate.get()), core::to_hex(serial), to_pem(key.get())};
}

core::Result<TlsAuthority> TlsAuthority::open(std::string_view ca_pem, std::string_view ca_key_pem) {
  auto state = std::make_unique<State>();
  const BioPtr certificate = reading(ca_pem), key = reading(ca_key_pem);
  state->certificate.reset(PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr));
  state->key.reset(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr));
  const core::Error corrupt{core::ErrorCode::corrupt, "CA certificate or key"};
  if (!state->certificate || !state->key) return corrupt;
  if (X509_check_private_key(state->certificate.get(), state->key.get()) != 1) return corrupt;
  if (X509_check_ca(state->certificate.get()) != 1) return corrupt;
  state->pem = std::string(ca_pem);
  return TlsAuthority(std::move(state));
}

core::Result<Certified> TlsAuthority::issue_server(std::string_view origin, Validity validity,
                                                   core::Random& random) const {
  const KeyPtr key(EVP_EC_gen("P-256"));
  if (!key) return refused("key");
  const core::Bytes serial = new_serial(random);
  std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
  if (origin != "localhost") names += ",DNS:" + std::string(origin);
  const Order order{origin, validity, {{NID_basic_constraints, "critical,CA:FALSE"},
                                       {NID_key_usage, "critical,digitalSignature"},
                                       {NID_ext_key_usage, "serverAuth"},
                                       {NID_subject_alt_name, names},
                                       {NID_authority_key_identifier, "keyid"}}};
  QABYL_TRY(certificate, make_certificate(order, key.get(), state_->certificate.get(), state_->key.get(), serial));
  return Certified{to_pem(certificate.get()), core::to_hex(serial), to_pem(key.get())};
}

core::Result<Certified> TlsAuthority::sign_request(std::string_view csr_pem, std::string_view device,
                                                   Validity validity, core::Random& random) const {
  QABYL_TRY(request, checked_request(csr_pem, device));
  const core::Bytes serial = new_serial(random);
  const Order order{device, validity, {{NID_basic_constraints, "critical,CA:FALSE"},
                                       {NID_key_usage, "critical,digitalSignature"},
                                       {NID_ext_key_usage, "clientAuth"},
                                       {NID_authority_key_identifier, "keyid"}}};
  QABYL_TRY(certificate, make_certificate(order, X509_REQ_get0_pubkey(request.get()), state_->certificate.get(),
                                          state_->key.get(), serial));
  return Certified{to_pem(certificate.get()), core::to_hex(serial), {}};
}

}  // namespace qabyl::sync::registry
