// RELIABILITY 4.7, row 56: enrolment with a used, expired or foreign token, and certificate requests that ask for
// more than they may. Requests are made with OpenSSL here, because our own client makes only good ones.
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "tests/sync/store_dump.h"
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Asked {
  std::string name = "AL-03";
  int rsa_bits = 0;              // 0: P-256
  std::string curve = "P-256";
  std::string extension;         // of nid
  int nid = 0;
  bool forged = false;           // signed by another key than it names
};

std::string request_pem(const Asked& asked) {
  const auto new_key = [&] { return asked.rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(asked.rsa_bits)) : EVP_EC_gen(asked.curve.c_str()); };
  EVP_PKEY* key = new_key();
  EVP_PKEY* signer = asked.forged ? new_key() : key;
  X509_REQ* request = X509_REQ_new();
  X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(asked.name.c_str()), -1, -1, 0);
  REQUIRE(X509_REQ_set_pubkey(request, key) == 1);
  if (asked.nid != 0) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, asked.nid, asked.extension.c_str());
    REQUIRE(extension != nullptr);
    STACK_OF(X509_EXTENSION)* list = sk_X509_EXTENSION_new_null();
    sk_X509_EXTENSION_push(list, extension);
    X509_REQ_add_extensions(request, list);
    sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
  }
  REQUIRE(X509_REQ_sign(request, signer, EVP_sha256()) > 0);
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_X509_REQ(out, request);
  char* text = nullptr;
  const auto bytes = static_cast<std::size_t>(BIO_get_mem_data(out, &text));
  const std::string pem(text, bytes);
  BIO_free(out);
  X509_REQ_free(request);
  if (signer != key) EVP_PKEY_free(signer);
  EVP_PKEY_free(key);
  return pem;
}

Asked named(const std::string& name) {
  Asked asked;
  asked.name = name;
  return asked;
}

struct Door {
  TestOffice office;
  TestKiosk known{office, office.add_kiosk("AS-01"), 5};
  sync::EnrolmentFile file = office.add_kiosk("AL-03");
  SeededRandom random{8};
  core::SigningKey record_key = core::new_signing_key(random);
  DeviceLine line{office};  // whoever enrols shows no certificate

  sync::Response ask(const std::string& token, const std::string& csr, std::string possession = {}) {
    const auto payload = sync::possession_payload(token, record_key.verify_key);
    if (possession.empty()) possession = core::sign_jws(record_key, core::typ::possession, core::as_bytes(payload));
    return office.ask(TestKiosk::enrol_request({token, csr, record_key.verify_key, possession}));
  }
  // Refused: nothing but an audit row, and the token still works.
  std::string refused(const std::string& token, const std::string& csr, int status, std::string possession = {}) {
    const auto before = store_dump(*office.registry);
    const auto audits = office.count("SELECT count(*) FROM audit");
    const auto answer = ask(token, csr, std::move(possession));
    CHECK(answer.status == status);
    CHECK(store_dump(*office.registry) == before);
    CHECK(office.count("SELECT count(*) FROM audit") == audits + 1);
    CHECK(answer.body.find(token) == answer.body.npos);
    return code_of(answer);
  }
};

}  // namespace

TEST_CASE("row 56: a token counts once, for a week, for one device, and is burnt only on success", "[abuse][enrol]") {
  Door d;
  CHECK(d.refused(std::string(32, '0'), request_pem({}), 401) == "token-unknown");
  CHECK(d.refused(d.file.token, request_pem(named("AL-04")), 400) == "csr");
  const auto foreign = core::sign_jws(d.known.key, core::typ::possession, core::as_bytes(sync::possession_payload(d.file.token, d.record_key.verify_key)));
  CHECK(d.refused(d.file.token, request_pem({}), 400, foreign) == "possession");
  const auto other_token = core::sign_jws(d.record_key, core::typ::possession, core::as_bytes(sync::possession_payload(std::string(32, '1'), d.record_key.verify_key)));
  CHECK(d.refused(d.file.token, request_pem({}), 400, other_token) == "possession");
  const auto late = reg::token_life + std::chrono::seconds(1);
  d.office.now += late;
  CHECK(d.refused(d.file.token, request_pem({}), 403) == "token-expired");
  d.office.now -= late;
  CHECK(d.ask(d.file.token, request_pem({})).status == 200);
  CHECK(d.refused(d.file.token, request_pem({}), 403) == "token-used");
}

TEST_CASE("row 56: a certificate request gets no more than a P-256 or Ed25519 key of its own and the device's name", "[abuse][enrol]") {
  Door d;
  const std::vector<Asked> wrong{{"AL-03", 1024, "", "", 0, false},
                                 {"AL-03", 2048, "", "", 0, false},
                                 {"AL-03", 0, "P-384", "", 0, false},
                                 {"AL-03", 0, "secp256k1", "", 0, false},
                                 {"AL-03", 0, "P-256", "CA:TRUE", NID_basic_constraints, false},
                                 {"AL-03", 0, "P-256", "critical,CA:TRUE,pathlen:3", NID_basic_constraints, false},
                                 {"AL-03", 0, "P-256", "DNS:registry.example", NID_subject_alt_name, false},
                                 {"AL-03", 0, "P-256", "DNS:AL-03,DNS:registry.example", NID_subject_alt_name, false},
                                 {"AL-03", 0, "P-256", "DNS:AL-031", NID_subject_alt_name, false},
                                 {"AL-03", 0, "P-256", "", 0, true},
                                 {"registry", 0, "P-256", "", 0, false}};
  for (const auto& asked : wrong) {
    INFO(asked.name << " " << asked.rsa_bits << " " << asked.curve << " " << asked.extension << " " << asked.forged);
    CHECK(d.refused(d.file.token, request_pem(asked), 400) == "csr");
  }
  CHECK(d.refused(d.file.token, "no request at all", 400) == "csr");
  const auto answer = d.ask(d.file.token, request_pem({"AL-03", 0, "P-256", "DNS:AL-03", NID_subject_alt_name, false}));
  CHECK(answer.status == 200);
}

TEST_CASE("row 56: a body that is no enrolment is 400 and leaves no trace", "[abuse][enrol]") {
  Door d;
  const auto before = store_dump(*d.office.registry);
  for (const std::string& body : {std::string(), std::string("{}"), std::string("{\"token\":\"zz\"}"), std::string("[1]"), std::string("<html>")}) {
    auto request = plain_request("POST", "/v1/enrol", body);
    request.set("Content-Type", "application/json");
    CHECK(code_of(d.office.ask(request)) == "malformed");
  }
  CHECK(store_dump(*d.office.registry) == before);
  CHECK(d.office.count("SELECT count(*) FROM audit WHERE action = 'kiosk.enrol' AND outcome <> 'done'") == 0);
}
