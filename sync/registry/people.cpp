// See people.h.
#include "sync/registry/people.h"

#include "core/encoding.h"
#include "core/cases/inspection.h"
#include "core/cases/raised_by.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/intake.h"
#include "sync/registry/office_papers.h"
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

struct OpenPaper {
  core::Id record, case_id;
  core::Digest sealed{};
  std::int64_t sealed_bytes = 0;
  core::Bytes content_key;
  std::string meta, kind;
};

core::Json paper_body(const OpenPaper& paper, std::string_view bin, core::Json envelopes, core::Random& random) {
  const core::SealKey key(std::span<const std::uint8_t, 32>(paper.content_key.data(), 32));
  core::Json body;
  body["id"] = paper.record;
  body["case"] = paper.case_id;
  body["kind"] = paper.kind;
  body["bureau_bin"] = bin;
  body["sealed_sha256"] = core::to_hex(paper.sealed);
  body["sealed_bytes"] = paper.sealed_bytes;
  body["envelopes"] = std::move(envelopes);
  body["meta"] = core::to_base64url(core::seal(key, core::as_bytes(paper.meta), "paper-meta:" + paper.record, random));
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

constexpr std::string_view paper_columns = "SELECT record, case_id, sealed, sealed_bytes, content_key, meta, kind FROM papers ";
OpenPaper read_paper(const core::Statement& row) {
  return {row.text(0), row.text(1), rows::digest(row, 2), row.integer(3), row.blob(4), row.text(5), row.text(6)};
}

core::Result<std::vector<OpenPaper>> open_papers(Registry& registry, std::string_view bin) {
  QABYL_TRY(query, registry.database.prepare(std::string(paper_columns) + "WHERE bureau_bin = ? AND closed_by = '' ORDER BY record"));
  query.bind(1, bin);
  return rows::all<OpenPaper>(query, read_paper);
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
  QABYL_TRY(query, registry.database.prepare(std::string(paper_columns) + "WHERE record = ?"));
  query.bind(1, record);
  QABYL_TRY(paper, rows::one<OpenPaper>(query, read_paper));
  if (!paper) return core::Error{core::ErrorCode::not_found, "paper"};
  QABYL_TRY_DO(feed_device(registry, device, feed_kind::paper, paper_body(*paper, {}, core::Json::Object{}, registry.random), now));
  return registry.store.allow_document(device, paper->sealed);
}

namespace {

// What core::act_done() reads from a record, and nothing else that the person said.
core::Json act_told(const core::Record& act) {
  core::Json body = core::Json::Object{{"staff", act.body.text("staff")}, {"date", act.body.text("date")}};
  if (act.kind == core::kind::summary_visa_page) body["page"] = act.body.number("page");
  if (act.kind == core::kind::request_answer) body["items"] = core::Json(act.body.items("items"));
  if (act.body.find("item") != nullptr) body["item"] = act.body.number("item");
  return core::Json::Object{{"record", act.id}, {"kind", act.kind}, {"body", std::move(body)}};
}

}  // namespace

core::Status tell_paper_state(Registry& registry, const PaperAudience& to, const core::Id& paper, const core::Record& act, core::Instant now) {
  QABYL_TRY(query, registry.database.prepare("SELECT closed_by FROM papers WHERE record = ?"));
  query.bind(1, paper);
  QABYL_TRY(found, query.step());
  const std::string closed_by = found ? query.text(0) : std::string();
  query.reset();
  core::Json body = core::Json::Object{{"paper", paper}, {"closed", !closed_by.empty()}, {"by_record", closed_by}};
  body["act"] = act_told(act);
  if (!to.device.empty()) return feed_device(registry, to.device, feed_kind::paper_state, body, now);
  return feed_bureau(registry, to.bin, feed_kind::paper_state, body, nullptr, now);
}

namespace {

// A kiosk that gets a paper later than others learns what was done with it meanwhile.
core::Status feed_acts_so_far(Registry& registry, std::string_view device, const OpenPaper& paper, core::Instant now) {
  QABYL_TRY(history, case_history(registry, paper.case_id));
  for (const auto& record : history) {
    const bool on_it = core::raised_by(record.kind) == core::RaisedBy::bureau && (record.base == paper.record || paper_marked(record, history).sent == paper.record);
    if (on_it) QABYL_TRY_DO(tell_paper_state(registry, {{}, device}, paper.record, record, now));
  }
  return core::Done{};
}

}  // namespace

core::Status feed_papers(Registry& registry, std::string_view bin, std::string_view only_device, core::Instant now) {
  QABYL_TRY(papers, open_papers(registry, bin));
  for (const OpenPaper& paper : papers) {
    QABYL_CHECK(paper.content_key.size() == 32);
    QABYL_TRY(envelopes, envelopes_for(registry, bin, paper.content_key));
    const core::Json body = paper_body(paper, bin, envelopes, registry.random);
    if (only_device.empty()) {
      QABYL_TRY_DO(feed_bureau(registry, bin, feed_kind::paper, body, &paper.sealed, now));
    } else {
      QABYL_TRY_DO(feed_device(registry, only_device, feed_kind::paper, body, now));
      QABYL_TRY_DO(registry.store.allow_document(only_device, paper.sealed));
      QABYL_TRY_DO(feed_acts_so_far(registry, only_device, paper, now));
    }
  }
  return core::Done{};
}

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
