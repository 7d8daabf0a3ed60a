// Enrolment: how a kiosk gets its certificate and the registry's word for its record key, with the
// one-time token that a person carried to it. The CA is fetched unverified once, compared with the
// fingerprint in the enrolment file, and pinned from then on. Knows no files and no sockets of its own.
#pragma once

#include <functional>
#include <memory>

#include "core/crypto.h"
#include "sync/client/transport.h"
#include "sync/wire/messages.h"

namespace qabyl::sync {

struct Enrolled {
  EnrolAnswer answer;
  std::string tls_key_pem;
};

struct EnrolmentDoors {
  // Sends one request and waits for its result, with no CA checked (only for /v1/ca.pem) or with `ca_pem`
  // as the only CA.
  std::function<ClientResult(const std::string& ca_pem, ClientRequest)> ask;
};

// forbidden: the CA, the root or the answer is not what the file announces, or the token is refused;
// unreachable: no answer (detail = cause); invalid_input: the answer is not of the protocol.
core::Result<Enrolled> enrol(const EnrolmentFile& file, const core::SigningKey& record_key, const EnrolmentDoors& doors);

}  // namespace qabyl::sync
