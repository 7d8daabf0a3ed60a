// Replies of a bureau that are being written: kept every few seconds, so that a power cut costs nobody a page of text. Each
// is sealed to its author's own key, which only badge and PIN open, and once more under the storage key, bound to its row
// (ARCHITECTURE, 5.1). Its documents are kept as those of a filing are. Knows no question and no answer.
#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t reply_bytes_max = 256 * 1024;

std::string reply_context(const HalfReply& reply, std::string_view author) {
  return "reply:" + reply.paper + ":" + std::string(author) + ":" + std::string(to_text(reply.act)) + ":" + reply.filing;
}

std::string digests_of(const std::vector<DraftFile>& files) {
  Json::Array digests;
  for (const auto& file : files) digests.push_back(to_hex(file.ref.sha256));
  return canonical(Json(std::move(digests)));
}

}  // namespace

Status KioskStore::keep_reply(const StaffMember& author, const HalfReply& reply) {
  auto& state = *state_;
  if (!valid_id(reply.paper) || !valid_id(reply.filing)) return Error{ErrorCode::invalid_input, "ids of a half-written reply"};
  QABYL_TRY(filed, find_record(reply.filing));
  if (filed) return Error{ErrorCode::wrong_state, "reply was filed"};
  auto text = canonical(half_reply_json(reply));
  if (text.size() > reply_bytes_max) return Error{ErrorCode::too_large, "half-written reply"};
  const auto boxed = seal_to(author.key.verify_key, as_bytes(text), *state.options.random);
  wipe(text);
  if (!boxed) return boxed.error();
  const auto sealed = state.close(*boxed, reply_context(reply, author.id));
  const auto act = to_text(reply.act);
  std::vector<std::string> files;
  const auto written = state.write([&]() -> Status {
    QABYL_TRY(before, state.db().prepare("SELECT filing FROM replies WHERE paper = ? AND staff = ? AND act = ? AND filing <> ?"));
    QABYL_TRY(there, before.bind(1, reply.paper).bind(2, author.id).bind(3, act).bind(4, reply.filing).step());
    const Id other = there ? before.text(0) : Id();
    before.reset();
    if (!other.empty()) {
      QABYL_TRY(freed, state.end_replies("filing = ?", other));
      files = std::move(freed);
    }
    return state.db().run("INSERT INTO replies(paper, staff, act, filing, saved_ms, docs, sealed) VALUES(?, ?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT(paper, staff, act) DO UPDATE SET saved_ms = excluded.saved_ms, docs = excluded.docs, sealed = excluded.sealed",
                          reply.paper, author.id, act, reply.filing, ms_of(state.now()), digests_of(reply.files), ByteView(sealed));
  });
  if (!written) return written;
  state.reply_at_hand = reply.filing;
  state.remove_files(files);
  return Done{};
}

Result<std::optional<HalfReply>> KioskStore::kept_reply(const StaffMember& author, const Id& paper, BureauAct act) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(row, state.db().prepare("SELECT filing, saved_ms, sealed FROM replies WHERE paper = ? AND staff = ? AND act = ?"));
  QABYL_TRY(there, row.bind(1, paper).bind(2, author.id).bind(3, to_text(act)).step());
  if (!there) return std::optional<HalfReply>();
  HalfReply kept;
  kept.paper = paper;
  kept.act = act;
  kept.filing = row.text(0);
  kept.saved_at = instant_of(row.integer(1));
  const auto boxed = state.disclose(row.blob(2), reply_context(kept, author.id));
  auto plain = boxed ? unseal_with(author.key, *boxed) : Result<Bytes>(boxed.error());
  if (!plain) return std::optional<HalfReply>();
  const auto json = parse_json(as_text(*plain), reply_bytes_max);
  wipe(*plain);
  auto read = json ? half_reply_from_json(*json) : Result<HalfReply>(json.error());
  if (!read) return std::optional<HalfReply>();
  kept.answers = std::move(read->answers);
  kept.files = std::move(read->files);
  state.reply_at_hand = kept.filing;
  return std::optional(std::move(kept));
}

Status KioskStore::drop_reply(const StaffMember& author, const Id& paper, BureauAct act) {
  auto& state = *state_;
  std::vector<std::string> files;
  const auto written = state.write([&]() -> Status {
    QABYL_TRY(row, state.db().prepare("SELECT filing FROM replies WHERE paper = ? AND staff = ? AND act = ?"));
    QABYL_TRY(there, row.bind(1, paper).bind(2, author.id).bind(3, to_text(act)).step());
    if (!there) return Done{};
    const Id filing = row.text(0);
    row.reset();
    QABYL_TRY(freed, state.end_replies("filing = ?", filing));
    files = std::move(freed);
    return Done{};
  });
  if (!written) return written;
  state.remove_files(files);
  return state.tidy_wal(wal_pages_rest_max);
}

// Not from under a person: what its author has open stays.
Result<int> KioskStore::drop_old_replies(Instant older_than) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<Id> old;
  {
    QABYL_TRY(rows, state.db().prepare("SELECT filing FROM replies WHERE saved_ms < ?"));
    rows.bind(1, ms_of(older_than));
    for (;;) {  // ends with the rows
      QABYL_TRY(there, rows.step());
      if (!there) break;
      if (rows.text(0) != state.reply_at_hand) old.push_back(rows.text(0));
    }
  }
  if (old.empty()) return 0;
  std::vector<std::string> files;
  const auto written = state.write([&]() -> Status {
    for (const auto& filing : old) {
      QABYL_TRY(freed, state.end_replies("filing = ?", filing));
      files.insert(files.end(), freed.begin(), freed.end());
    }
    return Done{};
  });
  if (!written) return written.error();
  state.remove_files(files);
  QABYL_TRY_DO(state.tidy_wal(wal_pages_rest_max));
  return static_cast<int>(old.size());
}

Result<std::optional<std::vector<Digest>>> KioskStore::State::reply_documents(const Id& filing) {
  QABYL_TRY(row, db().prepare("SELECT docs FROM replies WHERE filing = ?"));
  QABYL_TRY(there, row.bind(1, filing).step());
  if (!there) return std::optional<std::vector<Digest>>();
  QABYL_TRY(listed, parse_json(row.text(0), reply_bytes_max));
  std::vector<Digest> digests;
  if (!listed.is_array()) return Error{ErrorCode::corrupt, "documents of a half-written reply"};
  for (const auto& one : listed.array()) {
    QABYL_TRY(digest, digest_from_hex(one.is_string() ? one.string() : std::string()));
    digests.push_back(digest);
  }
  return std::optional(std::move(digests));
}

Result<std::vector<std::string>> KioskStore::State::end_replies(std::string_view condition, std::string_view argument, bool filed) {
  std::vector<std::string> files;
  std::vector<Id> ending;
  {
    QABYL_TRY(rows, db().prepare("SELECT filing FROM replies WHERE " + std::string(condition)));
    rows.bind(1, argument);
    for (;;) {  // ends with the rows
      QABYL_TRY(there, rows.step());
      if (!there) break;
      ending.push_back(rows.text(0));
    }
  }
  for (const auto& filing : ending) {
    QABYL_TRY_DO(db().run("DELETE FROM replies WHERE filing = ?", filing));
    if (reply_at_hand == filing) reply_at_hand.clear();
    wipe_due = true;
    if (filed) continue;
    QABYL_TRY(freed, release("record:" + filing));
    files.insert(files.end(), freed.begin(), freed.end());
  }
  return files;
}

}  // namespace qabyl::core
