// The two requests of an enrolment and what must hold of their answers. See enrolment.h.
#include "sync/client/enrolment.h"

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/jws.h"
#include "sync/client/tls_identity.h"

namespace qabyl::sync {
namespace {

core::Error refused(std::string why) { return {core::ErrorCode::forbidden, std::move(why)}; }

core::Result<ClientAnswer> answered(ClientResult result) {
  if (const auto* none = std::get_if<NoAnswer>(&result)) return core::Error{core::ErrorCode::unreachable, none->cause};
  auto answer = std::get<ClientAnswer>(std::move(result));
  if (answer.status != 200) {
    return refused("the registry answered " + std::to_string(answer.status) + ": " + std::string(core::as_text(answer.body)));
  }
  return answer;
}

// The chain of trust, from the two fingerprints that a person carried.
core::Status check(const EnrolmentFile& file, const EnrolAnswer& answer, const core::VerifyKey& record_key) {
  if (core::fingerprint(answer.root_key) != file.root_sha256) return refused("another root key than the enrolment file names");
  if (answer.device != file.device) return refused("enrolled as another device than the enrolment file names");
  QABYL_TRY(keys, core::Keyring::open(answer.keys, answer.root_key));
  core::CounterReceipt probe;
  probe.device = answer.device;
  probe.kiosk_key = record_key;
  probe.key_from = answer.key_from;
  probe.key_to = answer.key_to;
  probe.registry_kid = answer.registry_kid;
  probe.registry_signature = answer.registry_signature;
  probe.filed_at = answer.registry_time;
  return core::verify_counter_receipt(probe, keys);
}

}  // namespace

core::Result<Enrolled> enrol(const EnrolmentFile& file, const core::SigningKey& record_key, const EnrolmentDoors& doors) {
  QABYL_TRY(ca, answered(doors.ask("", {"GET", "/v1/ca.pem", {}, {}})));
  const std::string ca_pem(core::as_text(ca.body));
  QABYL_TRY(fingerprint, certificate_fingerprint(ca_pem));
  if (core::to_hex(fingerprint) != file.ca_sha256) return refused("another certificate authority than the enrolment file names");
  QABYL_TRY(identity, new_tls_identity(file.device));
  EnrolRequest request;
  request.token = file.token;
  request.csr = identity.request_pem;
  request.record_key = record_key.verify_key;
  const auto payload = possession_payload(file.token, record_key.verify_key);
  request.possession = core::sign_jws(record_key, core::typ::possession, core::as_bytes(payload));
  QABYL_TRY(reply, answered(doors.ask(ca_pem, {"POST", "/v1/enrol", {{"Content-Type", std::string(json_media_type)}},
                                              core::to_bytes(encode(request))})));
  QABYL_TRY(answer, decode_enrol_answer(core::as_text(reply.body)));
  QABYL_TRY_DO(check(file, answer, record_key.verify_key));
  QABYL_TRY(own_ca, certificate_fingerprint(answer.ca));
  if (own_ca != fingerprint) return refused("the answer names another certificate authority");
  return Enrolled{std::move(answer), std::move(identity.key_pem)};
}

}  // namespace qabyl::sync
