// See notice_copies.h.
#include "sync/registry/notice_copies.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/registry/case_now.h"
#include "sync/registry/papers_out.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

core::LocalText local_text(const Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

// A count is put down as it was made: a newer text or calendar must not change a paper that is out.
Json lines_json(const std::vector<core::LocalText>& lines) {
  Json::Array list;
  for (const auto& line : lines) list.push_back(local_json(line));
  return Json(std::move(list));
}

const core::Record* record_of(const std::vector<core::Record>& history, const core::Id& id) {
  const auto found = std::find_if(history.begin(), history.end(), [&](const core::Record& record) { return record.id == id; });
  return found == history.end() ? nullptr : &*found;
}

}  // namespace

core::Status keep_copy(Registry& registry, const core::Id& made, const core::paper::Paper& paper, int copy, bool marked, core::Instant now) {
  QABYL_TRY(digest, registry.keep_document(paper.pdf, now));
  return registry.database.run("INSERT OR IGNORE INTO paper_copies(record, copy, marked, sha256, pages, made_at) VALUES(?, ?, ?, ?, ?, ?)",
                               made, std::int64_t{copy}, std::int64_t{marked}, digest, std::int64_t{paper.pages}, rows::ms(now));
}

Json notice_body(const core::paper::NoticeContent& content) {
  Json body;
  body["number"] = content.number;
  body["date"] = core::iso_date(content.date);
  body["copies"] = 2;
  body["authority"] = local_json(content.authority);
  body["signer_position"] = local_json(content.signer_position);
  Json::Array documents;
  for (const auto& document : content.documents) documents.push_back(local_json(document));
  body["documents"] = std::move(documents);
  if (content.letter_last_day) body["letter_last_day"] = core::iso_date(*content.letter_last_day);
  if (content.return_last_day) body["return_last_day"] = core::iso_date(*content.return_last_day);
  if (!content.letter_counted.empty()) body["letter_counted"] = lines_json(content.letter_counted);
  if (!content.return_counted.empty()) body["return_counted"] = lines_json(content.return_counted);
  return body;
}

core::Result<core::paper::NoticeContent> notice_content_of(const core::Record& sent, const core::Inspection& inspection) {
  core::paper::NoticeContent content;
  QABYL_TRY(date, core::parse_iso_date(sent.body.text("date")));
  QABYL_TRY(committee_date, core::parse_iso_date(inspection.committee_date));
  content.paper_id = sent.id;
  content.number = sent.body.text("number");
  content.date = date;
  content.made_at = sent.at.utc;
  content.authority = local_text(sent.body.member("authority"));
  content.assignment = inspection.assignment;
  content.committee_number = inspection.committee_number;
  content.committee_date = committee_date;
  content.committee_office = {inspection.committee_office, inspection.committee_office, inspection.committee_office};
  for (const auto& document : sent.body.items("documents")) content.documents.push_back(local_text(document));
  if (const auto day = core::parse_iso_date(sent.body.text("letter_last_day"))) content.letter_last_day = *day;
  if (const auto day = core::parse_iso_date(sent.body.text("return_last_day"))) content.return_last_day = *day;
  for (const auto& line : sent.body.items("letter_counted")) content.letter_counted.push_back(local_text(line));
  for (const auto& line : sent.body.items("return_counted")) content.return_counted.push_back(local_text(line));
  content.signer_name = sent.actor.name;
  content.signer_position = local_text(sent.body.member("signer_position"));
  return content;
}

core::Status keep_copies(Registry& registry, const core::paper::NoticeContent& content, const core::Digest& body, core::Instant now) {
  for (const int number : {1, 2}) {
    QABYL_TRY(paper, core::paper::copy_rendering(content, {number, body, std::nullopt}, registry.assets.texts));
    QABYL_TRY_DO(keep_copy(registry, content.paper_id, paper, number, false, now));
  }
  return core::Done{};
}

core::Status keep_marked_copy(Registry& registry, const core::Id& case_id, const core::Id& notice, core::Instant now) {
  QABYL_TRY(found, case_now(registry, case_id));
  const core::Inspection& inspection = found.inspection;
  const core::Record* sent = record_of(found.history, notice);
  const bool of_inspection = sent != nullptr && notice == inspection.notice.sent_record;
  if (!of_inspection || !inspection.notice.mark) return core::Done{};
  const auto content = notice_content_of(*sent, inspection);
  const auto paper = content ? core::paper::copy_rendering(*content, {2, inspection.notice.paper, inspection.notice.mark}, registry.assets.texts)
                             : core::Result<core::paper::Paper>(content.error());
  if (!paper) return registry.store.audit("registry", "copy.not_rendered", sent->id, paper.error().detail, now);
  return keep_copy(registry, sent->id, *paper, 2, true, now);
}

core::Result<std::vector<CopyLine>> copies_of(Registry& registry, const core::Id& notice) {
  QABYL_TRY(query, registry.database.prepare("SELECT copy, marked, sha256, pages FROM paper_copies WHERE record = ? ORDER BY marked, copy"));
  query.bind(1, notice);
  return rows::all<CopyLine>(query, [](const core::Statement& row) {
    return CopyLine{static_cast<int>(row.integer(0)), row.integer(1) != 0, rows::digest(row, 2), static_cast<int>(row.integer(3))};
  });
}

core::Result<core::Bytes> read_copy(Registry& registry, const core::Id& notice, int copy, bool marked,
                                    std::string_view officer, core::Instant now) {
  QABYL_TRY(copies, copies_of(registry, notice));
  for (const CopyLine& line : copies) {
    if (line.copy != copy || line.marked != marked) continue;
    QABYL_TRY(bytes, registry.read_document(line.sha256));
    QABYL_TRY_DO(registry.store.audit(officer, "copy.read", notice + "." + std::to_string(copy) + (marked ? ".marked" : ""), "done", now));
    return bytes;
  }
  return core::Error{core::ErrorCode::not_found, "copy"};
}

}  // namespace qabyl::sync::registry
