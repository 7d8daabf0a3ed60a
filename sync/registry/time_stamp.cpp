// See time_stamp.h.
#include "sync/registry/time_stamp.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include <algorithm>
#include <ctime>
#include <memory>

#include "sync/registry/openssl_release.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;

using RequestPtr = std::unique_ptr<TS_REQ, Release<TS_REQ_free>>;
using ImprintPtr = std::unique_ptr<TS_MSG_IMPRINT, Release<TS_MSG_IMPRINT_free>>;
using AlgorithmPtr = std::unique_ptr<X509_ALGOR, Release<X509_ALGOR_free>>;
using ResponsePtr = std::unique_ptr<TS_RESP, Release<TS_RESP_free>>;
using VerifyPtr = std::unique_ptr<TS_VERIFY_CTX, Release<TS_VERIFY_CTX_free>>;
using StorePtr = std::unique_ptr<X509_STORE, Release<X509_STORE_free>>;
using CertPtr = std::unique_ptr<X509, Release<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Release<BIO_free_all>>;

Error broken() { return {ErrorCode::storage, "openssl: time stamp query"}; }

core::Result<StorePtr> trusted_store(std::string_view pem) {
  if (pem.size() > stamp_bytes_max) return Error{ErrorCode::too_large, "certificates of the authority"};
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  StorePtr store(X509_STORE_new());
  int found = 0;
  for (; found < 16; ++found) {
    const CertPtr one(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!one) break;
    if (X509_STORE_add_cert(store.get(), one.get()) != 1) return broken();
  }
  ERR_clear_error();  // the end of the text is an error to OpenSSL
  if (found == 0) return Error{ErrorCode::invalid_input, "no certificate of an authority"};
  return store;
}

core::Result<TimeStamp> read_stamp(TS_RESP* response) {
  TS_TST_INFO* const info = TS_RESP_get_tst_info(response);
  if (info == nullptr) return Error{ErrorCode::invalid_input, "a time stamp that was not granted"};
  TS_MSG_IMPRINT* const imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const ASN1_OCTET_STRING* const digest = TS_MSG_IMPRINT_get_msg(imprint);
  TimeStamp stamp;
  if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(digest) != static_cast<int>(stamp.imprint.size())) {
    return Error{ErrorCode::invalid_input, "a time stamp over another digest than SHA-256"};
  }
  std::copy_n(ASN1_STRING_get0_data(digest), stamp.imprint.size(), stamp.imprint.begin());
  std::tm parts{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &parts) != 1) return Error{ErrorCode::invalid_input, "the time of a time stamp"};
  stamp.at = core::Instant(std::chrono::seconds(timegm(&parts)));
  return stamp;
}

}  // namespace

core::Result<core::Bytes> stamp_query(core::ByteView stamped) {
  const RequestPtr request(TS_REQ_new());
  const ImprintPtr imprint(TS_MSG_IMPRINT_new());
  const AlgorithmPtr algorithm(X509_ALGOR_new());
  if (!request || !imprint || !algorithm) return broken();
  core::Digest digest = core::sha256(stamped);
  const bool made = X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 && TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
                    TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(digest.size())) == 1 && TS_REQ_set_version(request.get(), 1) == 1 &&
                    TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1;
  unsigned char* der = nullptr;
  const int bytes = made ? i2d_TS_REQ(request.get(), &der) : 0;
  if (bytes <= 0) return broken();
  core::Bytes out(der, der + bytes);
  OPENSSL_free(der);
  return out;
}

core::Result<TimeStamp> open_stamp(core::ByteView response, std::string_view trusted_pem) {
  if (response.size() > stamp_bytes_max) return Error{ErrorCode::too_large, "time stamp"};
  const unsigned char* at = response.data();
  const ResponsePtr parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(response.size())));
  if (!parsed || at != response.data() + response.size()) {
    ERR_clear_error();
    return Error{ErrorCode::invalid_input, "not an answer of a time stamping authority"};
  }
  QABYL_TRY(stamp, read_stamp(parsed.get()));
  QABYL_TRY(store, trusted_store(trusted_pem));
  const VerifyPtr context(TS_VERIFY_CTX_new());
  if (!context) return broken();
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // its own from here on
  const bool verified = TS_RESP_verify_response(context.get(), parsed.get()) == 1;
  ERR_clear_error();
  if (!verified) return Error{ErrorCode::forbidden, "a time stamp by no authority that is trusted"};
  return stamp;
}

}  // namespace qabyl::sync::registry
