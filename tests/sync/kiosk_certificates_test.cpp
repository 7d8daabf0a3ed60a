// Servers with certificates that look right and are not (RELIABILITY 4.9): the real CurlTransport under its pinned CA.
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>

#include "core/sys/clock.h"
#include "sync/client/curl_transport.h"
#include "sync/client/tls_identity.h"
#include "tests/support/canned_server.h"
#include "tests/support/catch.h"
#include "tests/support/rig.h"

using namespace qabyl;

namespace {

struct KeyDeleter { void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); } };
struct CertificateDeleter { void operator()(X509* certificate) const { X509_free(certificate); } };
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
using Certificate = std::unique_ptr<X509, CertificateDeleter>;

Key new_key() { return Key(EVP_EC_gen("P-256")); }

std::string pem_of(X509* certificate) {
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(out, certificate);
  char* text = nullptr;
  const auto bytes = BIO_get_mem_data(out, &text);
  const std::string pem(text, static_cast<std::size_t>(bytes));
  BIO_free(out);
  return pem;
}

std::string pem_of(EVP_PKEY* key) {
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const auto bytes = BIO_get_mem_data(out, &text);
  const std::string pem(text, static_cast<std::size_t>(bytes));
  BIO_free(out);
  return pem;
}

using Extensions = std::vector<std::pair<int, std::string>>;

// Named `name`, by `issuer` (itself when there is none), good for an hour.
Certificate issue(const std::string& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, const Extensions& extensions, bool unknown_critical = false) {
  Certificate made(X509_new());
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1 + static_cast<long>(name.size()));
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer == nullptr ? made.get() : issuer));
  X509_set_pubkey(made.get(), key);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer == nullptr ? made.get() : issuer, made.get(), nullptr, nullptr, 0);
  for (const auto& [nid, value] : extensions) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    REQUIRE(extension != nullptr);
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  if (unknown_critical) {
    ASN1_OBJECT* what = OBJ_txt2obj("1.3.6.1.4.1.55555.1", 1);
    ASN1_OCTET_STRING* null = ASN1_OCTET_STRING_new();
    const unsigned char bytes[] = {5, 0};
    ASN1_OCTET_STRING_set(null, bytes, sizeof bytes);
    X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, what, 1, null);
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(null);
    ASN1_OBJECT_free(what);
  }
  REQUIRE(X509_sign(made.get(), issuer_key, EVP_sha256()) > 0);
  return made;
}

const Extensions of_a_ca{{NID_basic_constraints, "critical,CA:TRUE"}, {NID_key_usage, "critical,keyCertSign,cRLSign"}};
Extensions of_a_server(const std::string& names) {
  return {{NID_basic_constraints, "critical,CA:FALSE"}, {NID_ext_key_usage, "serverAuth"}, {NID_subject_alt_name, names}};
}

struct Office {
  rig::TemporaryFolder folder{"certificates"};
  Key ca_key = new_key(), key = new_key();
  Certificate ca = issue("office", ca_key.get(), nullptr, ca_key.get(), of_a_ca);
  Office() { std::ofstream(folder.path() + "/ca.pem") << pem_of(ca.get()); }

  // What the kiosk makes of a server with that certificate: "answered", or the cause.
  std::string asks(X509* certificate, const std::string& host = "localhost") const {
    rig::CannedServer server({pem_of(certificate), pem_of(key.get()), "127.0.0.1", 13, [](const std::string&) { return rig::canned_answer("200 OK", "hello"); }});
    sync::CurlTransport transport({"https://" + host + ":" + std::to_string(server.port()), folder.path() + "/ca.pem", {}, {}});
    transport.start({"GET", "/v1/time", {}, {}});
    core::sys::SystemClock clock;
    for (const auto until = clock.read().steady + std::chrono::seconds(20); clock.read().steady < until;) {
      if (const auto result = transport.poll()) {
        const auto* none = std::get_if<sync::NoAnswer>(&*result);
        CHECK((none == nullptr || server.heard().empty()));  // and nothing was told to it
        return none == nullptr ? "answered" : none->cause;
      }
      transport.wait(std::chrono::milliseconds(100));
    }
    return "the test's own time limit";
  }
  std::string asks_named(const std::string& names, const std::string& host = "localhost") const {
    return asks(issue("server", key.get(), ca.get(), ca_key.get(), of_a_server(names)).get(), host);
  }
};

}  // namespace

TEST_CASE("the kiosk takes a server by the name that it asked for, in any case, and by nothing else", "[sync][tls]") {
  const Office office;
  CHECK(office.asks_named("DNS:localhost") == "answered");  // the control
  CHECK(office.asks_named("DNS:LOCALHOST") == "answered");  // RFC 5890: names have no case
  CHECK(office.asks_named("IP:127.0.0.1", "127.0.0.1") == "answered");
  CHECK(office.asks_named("IP:127.0.0.1") == "tls");         // a name was asked for
  CHECK(office.asks_named("DNS:localhost", "127.0.0.1") == "tls");
  CHECK(office.asks_named("DNS:127.0.0.1", "127.0.0.1") == "tls");  // an address is no name
  CHECK(office.asks_named("DNS:*") == "tls");
  CHECK(office.asks_named("DNS:*localhost") == "tls");
  CHECK(office.asks_named("DNS:localhost.example") == "tls");
}

TEST_CASE("the kiosk refuses a server whose certificate a CA did not mean, or says what nobody understands", "[sync][tls]") {
  const Office office;
  SECTION("the issuer's name, another's signature") {
    const Key other = new_key();
    CHECK(office.asks(issue("server", office.key.get(), office.ca.get(), other.get(), of_a_server("DNS:localhost")).get()) == "tls");
  }
  SECTION("signed by a server, which is no CA") {
    const Key between_key = new_key();
    const auto between = issue("between", between_key.get(), office.ca.get(), office.ca_key.get(), of_a_server("DNS:between"));
    CHECK(office.asks(issue("server", office.key.get(), between.get(), between_key.get(), of_a_server("DNS:localhost")).get()) == "tls");
  }
  SECTION("an unknown extension that is critical") {
    CHECK(office.asks(issue("server", office.key.get(), office.ca.get(), office.ca_key.get(), of_a_server("DNS:localhost"), true).get()) == "tls");
  }
  SECTION("for clients only") {
    auto extensions = of_a_server("DNS:localhost");
    extensions[1].second = "clientAuth";
    CHECK(office.asks(issue("server", office.key.get(), office.ca.get(), office.ca_key.get(), extensions).get()) == "tls");
  }
}
