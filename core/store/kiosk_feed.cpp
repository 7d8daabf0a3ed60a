// Feed items as they come down, kept with the cursor in one transaction; each kind's own row. An item
// that this version does not understand is put aside, so that it never holds up those behind it (I19).
// Verifies no signature: the uplink has.
#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t asset_bytes_max = jws_bytes_max;

// "2026-2" before "2026-10": runs of digits count as numbers, the rest as text.
bool version_before(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto run = [&](std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && digit(text[n]) == digit(text[0])) ++n;
    auto piece = text.substr(0, n);
    text.remove_prefix(n);
    while (piece.size() > 1 && piece[0] == '0') piece.remove_prefix(1);
    return piece;
  };
  while (!a.empty() && !b.empty()) {
    const auto left = run(a), right = run(b);
    if (left == right) continue;
    const bool numbers = digit(left[0]) && digit(right[0]);
    return numbers && left.size() != right.size() ? left.size() < right.size() : left < right;
  }
  return a.empty() && !b.empty();
}

std::optional<Json> asset_payload(std::string_view jws) {
  const auto parsed = parse_jws(jws);
  if (!parsed || parsed->typ != typ::asset) return std::nullopt;
  auto payload = parse_json(as_text(parsed->payload), asset_bytes_max);
  if (!payload || payload->text("name").empty() || payload->text("version").empty()) return std::nullopt;
  return *std::move(payload);
}

}  // namespace

// True: taken. False: not understood.
Result<bool> KioskStore::State::put_asset(const Json& body) {
  const auto payload = asset_payload(body.text("jws"));
  if (!payload) return false;
  const auto name = "asset." + payload->text("name");
  QABYL_TRY(kept, get_setting(name));
  const auto before = kept ? asset_payload(*kept) : std::nullopt;
  if (before && version_before(payload->text("version"), before->text("version"))) return true;  // an older one is not taken back
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
  if (kind == "staff") return body.text("id").empty() ? Result<bool>(false) : done(put_staff(body));
  if (kind == "paper") return put_paper(body, at_ms);
  if (kind == "keys") return done(put_setting("keys.jws", body.text("jws")));
  if (kind == "profile" || kind == "calendar") return put_asset(body);
  if (kind == "settings") return body.text("name").empty() ? Result<bool>(false) : done(put_setting("office." + body.text("name"), body.text("value")));
  if (kind == "paper_state") {
    return done(db().run("INSERT INTO paper_states(paper, closed, by_record) VALUES(?1, ?2, ?3)"
                         " ON CONFLICT(paper) DO UPDATE SET closed = ?2, by_record = ?3",
                         body.text("paper"), std::int64_t{body.flag("closed")}, body.text("by_record")));
  }
  if (kind == "case_state") {
    return done(db().run("INSERT INTO case_states(record, sealed) VALUES(?1, ?2) ON CONFLICT(record) DO UPDATE SET sealed = ?2",
                         body.text("record"), ByteView(close_json(body, "case_state:" + body.text("record")))));
  }
  return false;
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
