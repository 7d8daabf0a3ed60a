// The judge of a record that was taken (RELIABILITY I6 and 4.7, rows 26-29 and 43-46). Pure: the case's
// history and the staff list come in, one word goes out. It never loses a record: it says why it does not count.
#include "core/cases/judgement.h"

#include <algorithm>
#include <cstdlib>

#include "core/cases/raised_by.h"
#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::string_view office = "registry";
// A kiosk whose clock is twenty years ahead is believed to have filed (row 28); a year 9999 is no clock.
const Instant time_min = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
const Instant time_max = std::chrono::sys_days{std::chrono::year{2200} / 1 / 1};
constexpr int mark_days_apart_max = 1;  // the date was locked when the screen opened, perhaps before midnight

using MaybeFinding = std::optional<Finding>;

Judgement quarantined(Finding finding) { return {Outcome::quarantined, std::move(finding.reason), std::move(finding.field), {}}; }


MaybeFinding absurd_time(const RecordTime& at) {
  if (at.utc < time_min || at.utc > time_max) return Finding{"date.absurd", "at.utc_ms"};
  return std::nullopt;
}

MaybeFinding hidden_name(std::string_view name, std::string field) {
  if (has_hidden_characters(name)) return Finding{"name.hidden_characters", std::move(field)};
  return std::nullopt;
}

MaybeFinding absurd_names(const Record& record) {
  if (const auto finding = hidden_name(record.actor.name, "actor.name")) return finding;
  if (char_count(record.actor.name) > name_chars_max) return Finding{"name.too_long", "actor.name"};
  for (std::size_t i = 0; i < record.docs.size(); ++i) {
    if (const auto finding = hidden_name(record.docs[i].name, "docs." + std::to_string(i) + ".name")) return finding;
  }
  return std::nullopt;
}

// Office acts are records of the office; what people sign at a counter comes from kiosks.
MaybeFinding wrong_device(const Record& record) {
  const auto raised = raised_by(record.kind);
  const bool at_kiosk = raised == RaisedBy::bureau || raised == RaisedBy::applicant;
  if (raised == RaisedBy::anywhere || (record.device == office) != at_kiosk) return std::nullopt;
  return Finding{"device.may_not", "device"};
}

// Nobody signs for another: who is signed in is who signs.
MaybeFinding wrong_signer(const Record& record) {
  const auto signer = text_at(record.body, "signer.name");
  const bool other = record.device == office && !signer.empty() && !record.actor.name.empty() && signer != record.actor.name;
  return other ? MaybeFinding(Finding{"signer.not_actor", "signer.name"}) : std::nullopt;
}

Json strokes_of(const Record& record) {
  const Json* strokes = record.body.member("signature").find("strokes");
  return strokes && strokes->is_array() && !strokes->array().empty() ? *strokes : Json(false);
}

// No hand draws the same strokes twice, sample by sample.
MaybeFinding reused_signature(const CaseView& view, const Record& record) {
  const Json strokes = strokes_of(record);
  if (strokes.is_bool()) return std::nullopt;
  for (const auto& earlier : view.history) {
    if (earlier.id != record.id && strokes_of(earlier) == strokes) return Finding{"signature.reused", "signature.strokes"};
  }
  return std::nullopt;
}

MaybeFinding wrong_mark_date(const Record& record) {
  if (record.at.trust == Trust::untrusted) return std::nullopt;  // a doubtful clock contradicts nothing
  const auto date = parse_iso_date(record.body.text("date"));
  const auto day = std::chrono::floor<std::chrono::days>(record.at.utc + std::chrono::minutes{record.at.offset_min});
  const auto apart = date ? std::abs((std::chrono::sys_days{*date} - day).count()) : mark_days_apart_max + 1;
  return apart <= mark_days_apart_max ? std::nullopt : std::optional(Finding{"date.absurd", "date"});
}

bool powers_cover(const StaffEntry& person, const RecordTime& at) {
  if (at.trust == Trust::untrusted) return true;
  return at.utc >= person.from && (person.to == Instant{} || at.utc < person.to);
}

bool is_mark(const Record& record) { return record.kind == kind::notice_mark_receipt; }

// What the person signed: a mark on a notice has a form of its own, older than the others.
std::optional<std::string> act_signed(const Record& record) {
  if (!is_mark(record)) return act_of_bureau(record);
  const auto mark = mark_from_body(record.body);
  return mark ? std::optional(act_payload(record.case_id, *mark)) : std::nullopt;
}

// The person's own signature over what was said: the device alone cannot act for anybody.
MaybeFinding wrong_act(const StaffEntry& person, const Record& record) {
  const Finding unverified{is_mark(record) ? "mark.act_unverified" : "act.unverified", "act"};
  const auto payload = act_signed(record);
  const auto act = parse_jws(record.body.text("act"));
  if (!payload || !act || !verify_jws(*act, typ::act, person.key)) return unverified;
  return as_text(act->payload) == *payload ? std::nullopt : std::optional(unverified);
}

// Only the office knows who leads a bureau; the letter of paragraph 13 says the rest.
MaybeFinding wrong_capacity(const StaffEntry& person, const Record& record) {
  const auto capacity = record.body.text("capacity");
  const bool leads = capacity == "first_head" || capacity == "deputy";
  return leads && person.capacity != capacity ? MaybeFinding(Finding{"person.capacity_unknown", "capacity"}) : std::nullopt;
}

MaybeFinding wrong_person(const CaseView& view, const Record& record) {
  const auto id = record.body.text("staff");
  const auto person = std::find_if(view.staff.begin(), view.staff.end(), [&](const StaffEntry& one) { return one.id == id; });
  const std::string_view stranger = is_mark(record) ? "mark.not_staff" : "person.not_staff";
  if (person == view.staff.end()) return Finding{std::string(stranger), "staff"};
  if (!record.actor.id.empty() && record.actor.id != id) return Finding{std::string(stranger), "actor.id"};
  if (!powers_cover(*person, record.at)) return Finding{is_mark(record) ? "mark.powers_ended" : "person.powers_ended", "staff"};
  return first_of({wrong_capacity(*person, record), wrong_act(*person, record)});
}

MaybeFinding wrong_bureau_act(const CaseView& view, const Record& record) {
  if (view.history.empty()) return Finding{"case.unknown", ""};  // the same words as for a case of others
  if (const auto finding = is_mark(record) ? examine_mark(record.body) : examine_bureau_act(record)) return finding;
  return first_of({wrong_mark_date(record), wrong_person(view, record)});
}

MaybeFinding wrong_applicant_act(const CaseView& view, const Record& record) {
  if (record.kind == kind::application_submit) {
    if (record.case_id != record.id) return Finding{"case.unknown", ""};
    return examine_submission(record.body, record.docs);
  }
  if (view.history.empty()) return Finding{"case.unknown", ""};
  return record.kind == kind::licence_deliver ? examine_recipient(record) : examine_applicant_act(record);
}

// A signature that names pictures of what was shown comes with them.
MaybeFinding pictures_missing(const Record& record) {
  const bool named = record.body.member("signature").find("pictures") != nullptr;
  return named && pictures_in(record.body, record.docs) == 0 ? MaybeFinding(Finding{"signature.pictures_missing", "signature"}) : std::nullopt;
}

// What is wrong with the record whatever the state of its case.
MaybeFinding examine(const CaseView& view, const Record& record) {
  if (!is_of_application(record.kind) && !is_of_inspection(record.kind) && !is_of_licence(record.kind)) return Finding{"kind.unknown", "kind"};
  if (const auto finding = first_of({absurd_time(record.at), absurd_names(record), wrong_device(record), wrong_signer(record)})) return finding;
  if (raised_by(record.kind) == RaisedBy::applicant) {
    if (const auto finding = wrong_applicant_act(view, record)) return finding;
  }
  if (raised_by(record.kind) == RaisedBy::bureau) {
    if (const auto finding = wrong_bureau_act(view, record)) return finding;
  }
  return first_of({pictures_missing(record), reused_signature(view, record)});
}

Judgement judged(const Status& step) { return step ? Judgement() : quarantined({step.error().detail, ""}); }
template <typename Case>
Judgement judged(const Result<Case>& next) { return judged(next ? Status(Done{}) : Status(next.error())); }

// Two receipts of the same paper: each names it under the name of what it is.
bool same_target(const Record& a, const Record& b) {
  constexpr std::string_view names[] = {"request", "report", "meeting", "prescription", "sanction"};
  const auto same = [&](std::string_view name) { return a.body.text(name) == b.body.text(name); };
  return a.kind == b.kind && std::all_of(std::begin(names), std::end(names), same);
}

Judgement judge_inspection(const CaseView& view, const Record& record) {
  const auto before = fold_inspection(view.history, view.book);
  const bool again = is_mark(record) && before.notice.mark && record.body.text("notice") == before.notice.sent_record;
  if (again) return {Outcome::superseded, "mark.already", "", before.notice.mark_record};
  if (is_receipt(record.kind)) {
    const auto first = std::find_if(view.history.begin(), view.history.end(), [&](const Record& one) { return same_target(one, record); });
    if (first != view.history.end()) return {Outcome::superseded, "receipt.already", "", first->id};
  }
  return judged(before.apply(record, view.book));
}

// Each form of a licence is given on an application of its own, which is another case.
Judgement judge_licence(const CaseView& view, const Record& record) {
  const bool form = record.kind == kind::licence_issue || record.kind == kind::licence_reissue || record.kind == kind::licence_duplicate;
  const auto next = fold_licence(view.history, view.book).apply(record, view.book);
  if (next && (record.kind == kind::licence_enter || record.kind == kind::licence_confirm_entry)) return judged(may_enter(view.in_register));
  if (!next || !form) return judged(next);
  return judged(may_issue(fold_application(view.application_history, view.book), *next, record, view.in_register));
}

}  // namespace

Judgement judge(const CaseView& view, const Record& record) {
  if (!view.device_may_see_case) return quarantined({"case.unknown", ""});
  if (auto finding = examine(view, record)) return quarantined(*std::move(finding));
  if (is_of_application(record.kind)) return judged(fold_application(view.history, view.book).apply(record, view.book));
  if (is_of_licence(record.kind)) return judge_licence(view, record);
  return judge_inspection(view, record);
}

}  // namespace qabyl::core
