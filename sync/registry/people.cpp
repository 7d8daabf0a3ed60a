// See people.h.
#include "sync/registry/people.h"

#include "core/encoding.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/paper_news.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view staff_query =
    "SELECT s.id, s.name, s.position, s.bureau_bin, coalesce(b.name, ''), s.role, s.powers_from, s.powers_to, "
    "s.verify_key, s.salt, s.sealed_key, s.argon_passes, s.argon_memory_kib, s.capacity FROM staff s LEFT JOIN bureaus b "
    "ON b.bin = s.bureau_bin WHERE ";

core::Json staff_body(const core::Statement& row) {
  core::Json body;
  body["id"] = row.text(0);
  body["name"] = row.text(1);
  body["position"] = row.text(2);
  body["bureau_bin"] = row.text(3);
  body["bureau_name"] = row.text(4);
  body["role"] = row.text(5);
  body["from_ms"] = row.integer(6);
  body["to_ms"] = row.integer(7);
  body["verify_key"] = core::to_hex(row.blob(8));
  body["salt"] = core::to_hex(row.blob(9));
  body["sealed_key"] = core::to_base64url(row.blob(10));
  body["argon_passes"] = row.integer(11);
  body["argon_memory_kib"] = row.integer(12);
  body["capacity"] = row.text(13);
  return body;
}

core::Status feed_staff(Registry& registry, std::string_view device, std::string_view where, std::string_view value,
                        core::Instant now) {
  QABYL_TRY(query, registry.database.prepare(std::string(staff_query) + std::string(where) + " ORDER BY s.id"));
  query.bind(1, value);
  QABYL_TRY(bodies, rows::all<core::Json>(query, staff_body));
  for (const core::Json& body : bodies) QABYL_TRY_DO(feed_device(registry, device, feed_kind::staff, body, now));
  return core::Done{};
}

core::Json paper_body(const PaperRow& paper, core::Json envelopes, core::Random& random) {
  QABYL_CHECK(paper.content_key.size() == 32);
  const core::SealKey key(std::span<const std::uint8_t, 32>(paper.content_key.data(), 32));
  core::Json body;
  body["id"] = paper.record;
  body["case"] = paper.case_id;
  body["kind"] = paper.kind;
  body["bureau_bin"] = paper.bin;
  body["sealed_sha256"] = core::to_hex(paper.sealed);
  body["sealed_bytes"] = paper.sealed_bytes;
  body["envelopes"] = std::move(envelopes);
  body["meta"] = core::to_base64url(core::seal(key, core::as_bytes(core::canonical(paper.meta)), "paper-meta:" + paper.record, random));
  return body;
}

core::Result<core::Json> envelopes_for(Registry& registry, std::string_view bin, const core::Bytes& content_key) {
  QABYL_TRY(query, registry.database.prepare("SELECT id, verify_key FROM staff WHERE bureau_bin = ? AND role = 'bureau'"));
  query.bind(1, bin);
  core::Json envelopes;
  for (;;) {
    QABYL_TRY(more, query.step());
    if (!more) return envelopes;
    QABYL_TRY(box, core::seal_to(rows::fixed<32>(query.blob(1)), content_key, registry.random));
    envelopes[query.text(0)] = core::to_base64url(box);
  }
}

}  // namespace

RestingKey new_resting_key(std::string_view secret, std::string_view context, core::Argon2Cost cost, core::Random& random) {
  RestingKey resting;
  const core::SigningKey key = core::new_signing_key(random);
  random.fill(resting.salt);
  resting.verify_key = key.verify_key;
  resting.cost = cost;
  resting.sealed = core::seal(core::key_from_password(secret, resting.salt, {}, cost), key.seed.view(), context, random);
  return resting;
}

core::Result<core::SigningKey> wake_key(const RestingKey& key, std::string_view secret, std::string_view context) {
  auto seed = core::unseal(core::key_from_password(secret, key.salt, {}, key.cost), key.sealed, context);
  if (!seed || seed->size() != 32) return core::Error{core::ErrorCode::forbidden, "another secret"};
  const core::SigningKey woken =
      core::signing_key_from_seed(core::Secret<32>(std::span<const std::uint8_t, 32>(seed->data(), 32)));
  core::wipe(*seed);
  return woken;
}

std::string numbered(std::string_view prefix, std::int64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(prefix) + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

core::Status feed_paper(Registry& registry, std::string_view device, const core::Id& record, core::Instant now) {
  QABYL_TRY(paper, paper_out(registry, record));
  if (!paper) return core::Error{core::ErrorCode::not_found, "paper"};
  QABYL_TRY_DO(feed_device(registry, device, feed_kind::paper, paper_body(*paper, core::Json::Object{}, registry.random), now));
  return registry.store.allow_document(device, paper->sealed);
}

core::Status feed_new_paper(Registry& registry, const core::Id& record, core::Instant now) {
  QABYL_TRY(paper, paper_out(registry, record));
  if (!paper) return core::Error{core::ErrorCode::not_found, "paper"};
  QABYL_TRY(envelopes, envelopes_for(registry, paper->bin, paper->content_key));
  return feed_bureau(registry, paper->bin, feed_kind::paper, paper_body(*paper, std::move(envelopes), registry.random), &paper->sealed, now);
}

namespace {

// To one kiosk of the bureau, which may have them or not, with what was done with each meanwhile.
core::Status feed_papers(Registry& registry, std::string_view bin, std::string_view device, core::Instant now) {
  QABYL_TRY(papers, open_papers(registry, bin));
  for (const auto& paper : papers) {
    QABYL_TRY(envelopes, envelopes_for(registry, bin, paper.content_key));
    QABYL_TRY_DO(feed_device(registry, device, feed_kind::paper, paper_body(paper, std::move(envelopes), registry.random), now));
    QABYL_TRY_DO(registry.store.allow_document(device, paper.sealed));
    QABYL_TRY_DO(tell_paper_so_far(registry, device, paper, now));
  }
  return core::Done{};
}

}  // namespace

core::Status feed_whole_bureau(Registry& registry, std::string_view device, std::string_view bin, core::Instant now) {
  QABYL_TRY(query, registry.database.prepare("SELECT name, address, head, licensed, as_of FROM bureaus WHERE bin = ?"));
  query.bind(1, bin);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "bureau"};
  core::Json body;
  body["bin"] = bin;
  body["name"] = query.text(0);
  body["address"] = query.text(1);
  body["head"] = query.text(2);
  body["licensed"] = query.integer(3) != 0;
  body["as_of_ms"] = query.integer(4);
  query.reset();
  QABYL_TRY_DO(feed_device(registry, device, feed_kind::bureau, body, now));
  QABYL_TRY_DO(feed_staff(registry, device, "s.bureau_bin = ? AND s.role = 'bureau'", bin, now));
  return feed_papers(registry, bin, device, now);
}

core::Status feed_operators(Registry& registry, std::string_view device, core::Instant now) {
  return feed_staff(registry, device, "s.role = ?", "operator", now);
}

}  // namespace qabyl::sync::registry
