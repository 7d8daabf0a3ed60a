// See enrolment.h.
#include "sync/registry/enrolment.h"

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "sync/registry/api_calls.h"

namespace qabyl::sync::registry {
namespace {

Response storage_trouble() { return problem_response(503, "storage", "the registry could not store this"); }

core::Digest token_digest(std::string_view token) { return core::sha256(core::as_bytes(token)); }

bool possessed(const EnrolRequest& request) {
  const auto jws = core::parse_jws(request.possession);
  return jws && core::verify_jws(*jws, core::typ::possession, request.record_key) &&
         core::as_text(jws->payload) == possession_payload(request.token, request.record_key);
}

core::Instant whole_seconds(core::Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

EnrolAnswer answer_for(Registry& registry, const DeviceRow& device, const EnrolRequest& request,
                       const Certified& certified, core::Instant now) {
  EnrolAnswer answer;
  answer.device = device.device;
  answer.place = device.place;
  answer.certificate = certified.certificate_pem;
  answer.ca = registry.keys.authority.ca_pem();
  answer.root_key = registry.keys.root;
  answer.keys = registry.keys.keys_jws;
  answer.key_from = whole_seconds(now);
  answer.key_to = answer.key_from + kiosk_key_life;
  answer.registry_kid = core::key_id(registry.keys.acceptance.verify_key);
  answer.registry_signature = core::sign(
      registry.keys.acceptance,
      core::as_bytes(core::kiosk_key_statement(device.device, request.record_key, answer.key_from, answer.key_to)));
  answer.profile = device.profile;
  answer.registry_time = now;
  return answer;
}

core::Status enter(Registry& registry, const EnrolRequest& request, const EnrolAnswer& answer, const Certified& certified,
                   Validity validity, core::Instant now) {
  QABYL_TRY_DO(registry.store.burn_token(token_digest(request.token), now));
  QABYL_TRY_DO(registry.store.enrol_device(answer.device, request.record_key, answer.key_from, answer.key_to));
  QABYL_TRY_DO(registry.store.add_certificate(certified.serial, answer.device, validity.from, validity.to));
  return registry.store.audit(answer.device, "kiosk.enrol", certified.serial, "done", now);
}

Response refused(Registry& registry, int status, std::string_view code, std::string_view title, core::Instant now) {
  if (!registry.store.audit("", "kiosk.enrol", "", code, now)) return storage_trouble();
  return problem_response(status, code, title);
}

}  // namespace

core::Result<std::string> new_enrolment_token(Registry& registry, std::string_view device, core::Instant now) {
  core::Bytes random(16);
  registry.random.fill(random);
  const std::string token = core::to_hex(random);
  QABYL_TRY_DO(registry.store.add_token(token_digest(token), device, now + token_life));
  return token;
}

Response enrol(Registry& registry, const Request& request, core::Instant now) {
  if (!has_media_type(request, json_media_type)) return problem_response(415, "content-type", "application/json is needed");
  const auto decoded = decode_enrol_request(request.body);
  if (!decoded) return problem_response(400, "malformed", "not an enrolment request");
  const auto token = registry.store.token(token_digest(decoded->token));
  if (!token) return storage_trouble();
  if (!*token) return refused(registry, 401, "token-unknown", "unknown token", now);
  if ((*token)->used) return refused(registry, 403, "token-used", "this token was used", now);
  if ((*token)->expires < now) return refused(registry, 403, "token-expired", "this token has expired", now);
  if (!possessed(*decoded)) return refused(registry, 400, "possession", "no proof of the record key", now);
  const auto device = registry.store.device((*token)->device);
  if (!device || !*device) return storage_trouble();
  if ((*device)->state != "waiting") return refused(registry, 403, "token-used", "this device is enrolled", now);
  const Validity validity{now - std::chrono::hours(1), now + certificate_life};
  const auto certified =
      registry.keys.authority.sign_request(decoded->csr, (*token)->device, validity, registry.random);
  if (!certified && certified.error().code != core::ErrorCode::invalid_input) return storage_trouble();
  if (!certified) return refused(registry, 400, "csr", "certificate request refused", now);
  const EnrolAnswer answer = answer_for(registry, **device, *decoded, *certified, now);
  if (!enter(registry, *decoded, answer, *certified, validity, now)) return storage_trouble();
  return json_response(200, encode(answer));
}

}  // namespace qabyl::sync::registry
