// Papers of a bureau's inbox: sealed files that arrive in pieces, opened only with the key of a member
// of staff who is signed in (ARCHITECTURE 5 and 5.1). Knows no rule of any paper.
#include <algorithm>

#include "core/cases/open_terms.h"
#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

constexpr std::size_t meta_bytes_max = 256 * 1024;

struct PaperRow {
  Id id, case_id;
  std::string kind, meta;
  Digest sealed_sha256{};
  std::uint64_t sealed_bytes = 0;
  Json envelopes;
  Instant received_at{};
  bool here = false, closed = false, awaits = false;
};

constexpr std::string_view paper_columns =
    "SELECT p.id, p.case_id, p.kind, p.meta, p.sealed_sha256, p.sealed_bytes, p.envelopes, p.received_ms, p.here, coalesce(s.closed, 0), p.awaits"
    " FROM papers p LEFT JOIN paper_states s ON s.paper = p.id";

Result<PaperRow> row_of(const Statement& row) {
  QABYL_TRY(sha256, digest_of(row.blob(4)));
  QABYL_TRY(envelopes, parse_json(row.text(6), meta_bytes_max));
  return PaperRow{row.text(0), row.text(1), row.text(2), row.text(3), sha256, static_cast<std::uint64_t>(row.integer(5)),
                  std::move(envelopes), instant_of(row.integer(7)), row.integer(8) != 0, row.integer(9) != 0, row.integer(10) != 0};
}

// The paper's content key, out of the envelope for this person. forbidden: there is none.
Result<SealKey> content_key(const PaperRow& paper, const StaffMember& reader) {
  const auto envelope = paper.envelopes.text(reader.id);
  if (envelope.empty()) return Error{ErrorCode::forbidden, "no envelope for this person"};
  QABYL_TRY(boxed, from_base64url(envelope));
  QABYL_TRY(plain, unseal_with(reader.key, boxed));
  if (plain.size() != 32) return Error{ErrorCode::corrupt, "envelope"};
  const SealKey key(std::span<const std::uint8_t, 32>(plain.data(), 32));
  wipe(plain);
  return key;
}

Result<Paper> opened(const PaperRow& row, const SealKey& key) {
  QABYL_TRY(sealed, from_base64url(row.meta));
  QABYL_TRY(plain, unseal(key, sealed, "paper-meta:" + row.id));
  QABYL_TRY(meta, parse_json(as_text(plain), meta_bytes_max));
  QABYL_TRY(pdf, digest_from_hex(meta.text("d")));
  Paper paper;
  paper.id = row.id;
  paper.case_id = row.case_id;
  paper.kind = row.kind;
  paper.pdf = pdf;
  paper.pdf_bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, meta.number("bytes")));
  paper.meta = std::move(meta);
  paper.here = row.here;
  paper.received_at = row.received_at;
  paper.closed = row.closed;
  paper.awaits = row.awaits;
  return paper;
}

std::string paper_file(const Digest& sealed_sha256) { return std::string(papers_folder) + "/" + to_hex(sealed_sha256); }

}  // namespace

// What the office does not count was not done: it may be done again, by somebody who may.
const OwnAct* Paper::receipt() const {
  const auto found = std::find_if(acts.begin(), acts.end(), [this](const OwnAct& act) {
    return has_receipt(kind) && act.done.kind == record_kind(BureauAct::receive, kind) && act.state != SendState::quarantined;
  });
  return found == acts.end() ? nullptr : &*found;
}

PaperHeld Paper::held() const {
  PaperHeld held{kind, id, meta.text("about", id), meta, {}, closed && receipt() == nullptr};
  held.done = elsewhere;
  held.told = told;
  for (const auto& act : acts) {
    if (act.state == SendState::superseded) held.received_elsewhere = true;  // a colleague's came first
    else if (act.state != SendState::quarantined) held.done.push_back(act.done);
  }
  return held;
}

Status KioskStore::add_acts(Paper& paper) {
  auto& state = *state_;
  QABYL_TRY(rows, state.db().prepare("SELECT id FROM records WHERE about = ? ORDER BY q"));
  rows.bind(1, paper.id);
  std::vector<Id> ids;
  for (;;) {  // ends with the rows
    QABYL_TRY(there, rows.step());
    if (!there) break;
    ids.push_back(rows.text(0));
  }
  rows.reset();
  for (const auto& id : ids) {
    QABYL_TRY(found, find_record(id));
    if (!found) return Error{ErrorCode::corrupt, "record of a paper"};
    const auto& record = found->record.record;
    paper.acts.push_back({id, act_done(record), record.at.utc, found->state, found->verdict ? found->verdict->reason : std::string()});
  }
  return state.add_elsewhere(paper);
}

// What the office tells of the paper and we have not made ourselves.
Status KioskStore::State::add_elsewhere(Paper& paper) {
  QABYL_TRY(rows, db().prepare("SELECT record, sealed FROM paper_acts WHERE paper = ? ORDER BY record"));
  rows.bind(1, paper.id);
  for (;;) {  // ends with the rows
    QABYL_TRY(there, rows.step());
    if (!there) return Done{};
    const Id id = rows.text(0);
    if (std::any_of(paper.acts.begin(), paper.acts.end(), [&](const OwnAct& own) { return own.record == id; })) continue;
    QABYL_TRY(act, disclose_json(rows.blob(1), "paper_act:" + id));
    if (is_recount(act.text("kind"))) {  // ids are in the order of time: the newest stands
      paper.told = told_from(act.member("body").items("terms"));
      continue;
    }
    Record told;
    told.kind = act.text("kind");
    told.body = act.member("body");
    paper.elsewhere.push_back(act_done(told));
  }
}

Result<std::vector<Paper>> KioskStore::papers(const StaffMember& reader) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<Paper> papers;
  QABYL_TRY(rows, state.db().prepare(std::string(paper_columns) + " WHERE p.bin_tag = ? ORDER BY p.received_ms, p.id"));
  rows.bind(1, state.bin_tag(reader.bureau_bin));
  for (;;) {  // ends with the rows
    QABYL_TRY(there, rows.step());
    if (!there) break;
    QABYL_TRY(row, row_of(rows));
    const auto key = content_key(row, reader);
    if (!key && key.error().code == ErrorCode::forbidden) continue;  // sealed to colleagues only
    if (!key) return key.error();
    QABYL_TRY(paper, opened(row, *key));
    papers.push_back(std::move(paper));
  }
  rows.reset();
  for (auto& paper : papers) QABYL_TRY_DO(add_acts(paper));
  return papers;
}

Status KioskStore::note_awaits(const Id& paper, bool awaits) {
  return state_->write([&] { return state_->db().run("UPDATE papers SET awaits = ? WHERE id = ?", std::int64_t{awaits}, paper); });
}

Result<Bytes> KioskStore::open_paper(const StaffMember& reader, const Id& id) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(rows, state.db().prepare(std::string(paper_columns) + " WHERE p.id = ? AND p.bin_tag = ?"));
  QABYL_TRY(there, rows.bind(1, id).bind(2, state.bin_tag(reader.bureau_bin)).step());
  if (!there) return Error{ErrorCode::not_found, "paper"};
  QABYL_TRY(row, row_of(rows));
  QABYL_TRY(key, content_key(row, reader));
  QABYL_TRY(paper, opened(row, key));
  return state.paper_bytes(row.sealed_sha256, row.sealed_bytes, paper, key);
}

Result<Bytes> KioskStore::State::paper_bytes(const Digest& sealed_sha256, std::uint64_t sealed_bytes, const Paper& paper, const SealKey& key) {
  if (!paper.here) return Error{ErrorCode::not_found, "paper has not arrived"};
  if (paper.pdf_bytes > document_bytes_max) return Error{ErrorCode::too_large, "paper"};
  const auto whole = path(paper_file(sealed_sha256));
  const auto digest = file_digest(whole, sealed_bytes);
  if (!digest || *digest != sealed_sha256) return Error{ErrorCode::corrupt, "paper file"};
  QABYL_TRY(file, SealedFile::open(whole, key, paper.pdf_bytes));
  QABYL_TRY(bytes, file.read(0, static_cast<std::size_t>(paper.pdf_bytes)));
  if (sha256(bytes) != paper.pdf) return Error{ErrorCode::corrupt, "paper"};
  return bytes;
}

Result<Json> KioskStore::case_news(const Id& application) {
  QABYL_TRY_DO(state_->ready());
  return state_->case_state(application);
}

Result<std::optional<StoredRecord>> KioskStore::newest_about(const Id& about) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(row, state_->db().prepare("SELECT id FROM records WHERE about = ? ORDER BY q DESC LIMIT 1"));
  QABYL_TRY(there, row.bind(1, about).step());
  if (!there) return std::optional<StoredRecord>();
  const Id id = row.text(0);
  row.reset();
  return find_record(id);
}

Result<bool> KioskStore::form_here(const Id& application) {
  QABYL_TRY(news, case_news(application));
  QABYL_TRY(row, state_->db().prepare("SELECT here FROM papers WHERE id = ?"));
  QABYL_TRY(there, row.bind(1, news.member("form").text("paper")).step());
  return there && row.integer(0) != 0;
}

Result<Bytes> KioskStore::open_form(const Id& application, std::string_view number, std::string_view check_code) {
  auto& state = *state_;
  QABYL_TRY(news, case_news(application));
  const Json& form = news.member("form");
  QABYL_TRY(rows, state.db().prepare(std::string(paper_columns) + " WHERE p.id = ?"));
  QABYL_TRY(there, rows.bind(1, form.text("paper")).step());
  if (!there) return Error{ErrorCode::not_found, "form"};
  QABYL_TRY(row, row_of(rows));
  QABYL_TRY(boxed, from_base64url(form.text("key")));
  QABYL_TRY(plain, unseal(receipt_key(number, check_code), boxed, "licence-form:" + row.id));
  if (plain.size() != 32) return Error{ErrorCode::corrupt, "form key"};
  const SealKey key(std::span<const std::uint8_t, 32>(plain.data(), 32));
  wipe(plain);
  QABYL_TRY(paper, opened(row, key));
  return state.paper_bytes(row.sealed_sha256, row.sealed_bytes, paper, key);
}

Result<std::vector<WantedDocument>> KioskStore::wanted(std::size_t count_max) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<WantedDocument> wanted;
  QABYL_TRY(rows, state.db().prepare("SELECT sealed_sha256, sealed_bytes FROM papers WHERE here = 0 ORDER BY received_ms, id LIMIT ?"));
  rows.bind(1, static_cast<std::int64_t>(count_max));
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) return wanted;
    QABYL_TRY(sha256, digest_of(rows.blob(0)));
    const auto bytes = static_cast<std::uint64_t>(rows.integer(1));
    QABYL_TRY(have, state.part_bytes(sha256, bytes));
    wanted.push_back({sha256, bytes, have});
  }
}

// Bytes of the part file. One that is as long as the whole was never judged: it is fetched again.
Result<std::uint64_t> KioskStore::State::part_bytes(const Digest& sha256, std::uint64_t whole_bytes) {
  const auto part = path(paper_file(sha256)) + ".part";
  if (!sys::exists(part)) return std::uint64_t{0};
  QABYL_TRY(file, sys::open_read(part));
  QABYL_TRY(size, sys::file_size(file));
  if (size < whole_bytes) return size;
  QABYL_TRY_DO(sys::remove_file(part));
  return std::uint64_t{0};
}

Status KioskStore::keep_part(const Digest& sha256, std::uint64_t offset, ByteView bytes, bool last) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::uint64_t whole_bytes = 0;
  {
    QABYL_TRY(row, state.db().prepare("SELECT sealed_bytes FROM papers WHERE sealed_sha256 = ? AND here = 0"));
    QABYL_TRY(there, row.bind(1, sha256).step());
    if (!there) return Error{ErrorCode::not_found, "no such paper is wanted"};
    whole_bytes = static_cast<std::uint64_t>(row.integer(0));
  }
  const auto part = state.path(paper_file(sha256)) + ".part";
  QABYL_TRY(have, state.part_bytes(sha256, whole_bytes));
  if (offset != have) return Error{ErrorCode::wrong_state, "part does not follow"};
  if (bytes.size() > whole_bytes - offset) return Error{ErrorCode::too_large, "part"};
  QABYL_TRY(file, have == 0 && !sys::exists(part) ? sys::create_private(part) : sys::open_append(part));
  QABYL_TRY_DO(sys::write_at(file, offset, bytes));
  if (!last) return Done{};
  QABYL_TRY_DO(sys::flush(file));
  const auto digest = file_digest(part, whole_bytes);
  if (!digest || *digest != sha256) {
    (void)sys::remove_file(part);
    return Error{ErrorCode::corrupt, "paper file"};
  }
  QABYL_TRY_DO(sys::rename_file(part, state.path(paper_file(sha256))));
  state.unflushed_folders.insert(std::string(papers_folder));
  return state.write([&] { return state.db().run("UPDATE papers SET here = 1 WHERE sealed_sha256 = ?", ByteView(sha256)); });
}

}  // namespace qabyl::core
