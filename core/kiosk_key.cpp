// See kiosk_key.h. A statement holds whole seconds: what is finer would not stand in a receipt.
#include "core/kiosk_key.h"

#include "core/encoding.h"

namespace qabyl::core {
namespace {

std::int64_t seconds(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }

}  // namespace

std::string kiosk_key_statement(std::string_view device, const VerifyKey& key, Instant from, Instant to) {
  std::string text = "qabyl kiosk key 1\n";
  text.append(device).append("\n").append(to_hex(key)).append("\n");
  text.append(std::to_string(seconds(from))).append("\n").append(std::to_string(seconds(to))).append("\n");
  return text;
}

Status verify_kiosk_key(const KioskKey& kiosk, const Keyring& keys) {
  const std::string statement = kiosk_key_statement(kiosk.device, kiosk.key, kiosk.from, kiosk.to);
  for (const auto& entry : keys.entries()) {
    if (entry.use != KeyUse::acceptance || key_id(entry.key) != kiosk.registry_kid) continue;
    if (entry.from >= kiosk.to || kiosk.from >= entry.to) continue;  // never valid together
    if (verify(entry.key, as_bytes(statement), kiosk.registry_signature)) return Done{};
    return Error{ErrorCode::corrupt, "kiosk key is not certified"};
  }
  return Error{ErrorCode::forbidden, "unknown registry key"};
}

bool is_device_name(std::string_view text) {
  return text.size() >= 2 && text.size() <= device_name_bytes_max &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == text.npos;
}

}  // namespace qabyl::core
