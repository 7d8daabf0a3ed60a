// Enrolment of a kiosk (ARCHITECTURE, 5.1): a one-time token, a CSR for the TLS key and a proof of
// possession of the record key go in; a certificate and a signed key statement come out. The token is
// burnt only on success (RELIABILITY 4.7, row 56). The only call without a client certificate.
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/messages.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis token_life{std::int64_t{7} * 24 * 3600 * 1000};

// A token for a waiting device; entered by its digest only. Returned once, in hex.
core::Result<std::string> new_enrolment_token(Registry& registry, std::string_view device, core::Instant now);
Response enrol(Registry& registry, const Request& request, core::Instant now);

}  // namespace qabyl::sync::registry
