// Feed items as they come down, kept with the cursor in one transaction; each kind's own row. An item
// that this version does not understand is put aside, so that it never holds up those behind it (I19).
// Verifies no signature: the uplink has.
#include <algorithm>

#include "core/asset.h"
#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {

// Each version under its own name, "<name>@<version>", and under "<name>@" the list of them as JSON, oldest first: a paper of an open case is counted for ever by the profile under
// which the case was opened.
Status KioskStore::State::keep_version(const Asset& asset, std::string_view jws) {
  const auto list = "asset." + asset.name + "@";
  QABYL_TRY(text, get_setting(list));
  Json::Array known;
  if (text) {
    QABYL_TRY(read, parse_json(*text, text->size()));
    if (read.is_array()) known = read.array();
  }
  const bool here = std::any_of(known.begin(), known.end(), [&](const Json& one) { return one.is_string() && one.string() == asset.version; });
  if (here) return Done{};
  QABYL_TRY_DO(put_setting(list + asset.version, jws));
  known.emplace_back(asset.version);
  return put_setting(list, canonical(Json(std::move(known))));
}

// True: taken. False: not understood.
Result<bool> KioskStore::State::put_asset(std::string_view kind, const Json& body) {
  const auto asset = read_asset(body.text("jws"));
  if (!asset) return false;
  const auto name = "asset." + asset->name;
  QABYL_TRY(kept, get_setting(name));
  const auto before = kept ? read_asset(*kept) : Result<Asset>(Error{ErrorCode::not_found, name});
  if (kind == "profile" && before) QABYL_TRY_DO(keep_version(*before, *kept));  // from before versions were kept
  if (kind == "profile") QABYL_TRY_DO(keep_version(*asset, body.text("jws")));
  if (before && version_before(asset->version, before->version)) return true;  // an older one is not taken back
  QABYL_TRY_DO(put_setting(name, body.text("jws")));
  return true;
}

Result<bool> KioskStore::State::put_paper(const Json& body, std::int64_t at_ms) {
  const auto sha256 = digest_from_hex(body.text("sealed_sha256"));
  const auto bytes = body.number("sealed_bytes");
  const auto* envelopes = body.find("envelopes");
  const bool understood = valid_id(body.text("id")) && sha256 && bytes > 0 &&
                          static_cast<std::uint64_t>(bytes) <= framed_size(document_bytes_max) && envelopes != nullptr && envelopes->is_object();
  if (!understood) return false;
  QABYL_TRY_DO(db().run("INSERT INTO papers(id, case_id, kind, bin_tag, sealed_sha256, sealed_bytes, envelopes, meta, received_ms)"
                        " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET envelopes = excluded.envelopes, meta = excluded.meta,"
                        " here = here AND sealed_sha256 = excluded.sealed_sha256, sealed_sha256 = excluded.sealed_sha256,"
                        " sealed_bytes = excluded.sealed_bytes",
                        body.text("id"), body.text("case"), body.text("kind", "notice.send"), ByteView(bin_tag(body.text("bureau_bin"))),
                        ByteView(*sha256), bytes, canonical(*envelopes), body.text("meta"), at_ms));
  return true;
}

Result<bool> KioskStore::State::put_named(std::string_view kind, const Json& body, std::int64_t at_ms) {
  const auto done = [](const Status& status) { return status ? Result<bool>(true) : Result<bool>(status.error()); };
  if (kind == "bureau") return body.text("bin").empty() ? Result<bool>(false) : done(put_bureau(body));
  if (kind == "bureau_gone") return body.text("bin").empty() ? Result<bool>(false) : done(forget_bureau(body.text("bin")));
  if (kind == "staff") return body.text("id").empty() ? Result<bool>(false) : done(put_staff(body));
  if (kind == "paper") return put_paper(body, at_ms);
  if (kind == "keys") return done(put_setting("keys.jws", body.text("jws")));
  if (kind == "profile" || kind == "calendar") return put_asset(kind, body);
  if (kind == "settings") return body.text("name").empty() ? Result<bool>(false) : done(put_setting("office." + body.text("name"), body.text("value")));
  if (kind == "paper_state") return done(put_paper_state(body, at_ms));
  if (kind == "case_state") {
    return done(db().run("INSERT INTO case_states(record, sealed) VALUES(?1, ?2) ON CONFLICT(record) DO UPDATE SET sealed = ?2",
                         body.text("record"), ByteView(close_json(body, "case_state:" + body.text("record")))));
  }
  return false;
}

// Whether it is closed by a mark, since when it is over, and the act that the office has just taken.
Status KioskStore::State::put_paper_state(const Json& body, std::int64_t at_ms) {
  QABYL_TRY_DO(db().run("INSERT INTO paper_states(paper, closed, by_record, over_ms) VALUES(?1, ?2, ?3, ?4)"
                        " ON CONFLICT(paper) DO UPDATE SET closed = ?2, by_record = ?3, over_ms = CASE WHEN ?4 = 0 OR over_ms = 0 THEN ?4 ELSE over_ms END",
                        body.text("paper"), std::int64_t{body.flag("closed")}, body.text("by_record"), body.flag("over") ? at_ms : std::int64_t{0}));
  const auto& act = body.member("act");
  const auto record = act.text("record");
  if (!valid_id(record)) return Done{};
  return db().run("INSERT INTO paper_acts(paper, record, sealed) VALUES(?1, ?2, ?3) ON CONFLICT(paper, record) DO UPDATE SET sealed = ?3", body.text("paper"), record,
                  ByteView(close_json(act, "paper_act:" + record)));
}

Result<Json> KioskStore::State::case_state(const Id& record) {
  QABYL_TRY(row, db().prepare("SELECT sealed FROM case_states WHERE record = ?"));
  QABYL_TRY(there, row.bind(1, record).step());
  if (!there) return Json();
  return disclose_json(row.blob(0), "case_state:" + record);
}

Result<std::string> KioskStore::feed_cursor() {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(cursor, state_->get_setting(setting_cursor));
  return cursor.value_or("0.0");
}

Result<std::string> KioskStore::kept_asset(std::string_view name) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(kept, state_->get_setting("asset." + std::string(name)));
  return kept.value_or("");
}

Status KioskStore::keep_feed(const std::vector<Json>& items, std::string_view next_cursor) {
  auto& state = *state_;
  return state.write([&]() -> Status {
    for (const auto& item : items) {
      QABYL_TRY(understood, state.put_named(item.text("kind"), item.member("body"), item.number("at_ms")));
      if (understood) continue;
      const auto position = std::to_string(item.number("epoch")) + "." + std::to_string(item.number("index"));
      QABYL_TRY_DO(state.db().run("INSERT OR REPLACE INTO feed_unread(position, kind, sealed) VALUES(?, ?, ?)", position, item.text("kind"),
                                  ByteView(state.close_json(item, "feed:" + position))));
    }
    return state.put_setting(setting_cursor, next_cursor);
  });
}

}  // namespace qabyl::core
