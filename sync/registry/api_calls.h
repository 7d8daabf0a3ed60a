// One function for each call of the device port but uploads and enrolment. Called by Api, inside its
// transaction, after admission. Knows no thread.
#pragma once

#include "sync/registry/answer.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

// "application/json", with no charset or with utf-8.
bool has_media_type(const Request& request, std::string_view wanted);
Response get_ca(Registry& registry);
Response get_keys(Registry& registry);  // keys.json, as the root signed it
// Leaves that a restored office lacks (refill.h): 200 {"next":<index of the leaf to give next>}.
Response post_log_leaves(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now);
Answer put_record(Registry& registry, const DeviceRow& device, std::string_view id, const Request& request,
                  core::Instant now);
Answer post_records(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now);
Answer get_record(Registry& registry, const DeviceRow& device, std::string_view id, const Request& request);
Response get_feed(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now);
// That the log of `from` leaves is the beginning of the log of `to` leaves (RFC 9162, 2.1.4).
Response get_log_consistency(Registry& registry, const Request& request);
Response post_log_fork(Registry& registry, const DeviceRow& device, const Request& request, core::Instant now);
Response post_cosignatures(Registry& registry, const Request& request, core::Instant now);
Response get_time(Registry& registry, const Request& request, core::Instant now);
// Sealed paper files of the feed, with Range (RFC 9110, section 14), one range.
Response get_document(Registry& registry, const DeviceRow& device, std::string_view sha256, const Request& request);

}  // namespace qabyl::sync::registry
