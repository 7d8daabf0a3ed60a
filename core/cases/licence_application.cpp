// Licence application: what each record may do to it (RULES f1; paragraphs 1-6). See licence_application.h.
#include "core/cases/licence_application.h"

#include <algorithm>

#include "core/cases/each_term.h"
#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = ApplicationState;
using Taken = Result<LicenceApplication>;

constexpr std::size_t case_number_chars_max = 60;
constexpr int fee_step = 4;  // the proof of payment belongs to the fee, not to the documents that D02 waits for

LicenceApplication moved(const LicenceApplication& before, S state) {
  LicenceApplication next = before;
  next.state = state;
  return next;
}

// Codes of the items of a body that have documents.
std::set<std::string> codes_with_documents(const Json& body) {
  std::set<std::string> codes;
  for (const auto& one : body.items("items")) {
    if (!one.items("docs").empty()) codes.insert(one.text("code"));
  }
  return codes;
}

// --- filing and registration; no rule book needed ---

Taken submit(const LicenceApplication& before, const Record& record) {
  if (before.state != S::none) return refused("application.already_submitted");
  if (const auto finding = examine_submission(record.body, record.docs)) return invalid(finding->reason);
  LicenceApplication next;
  next.state = S::submitted;
  next.body = record.body;
  next.handed_in = codes_with_documents(record.body);
  next.last_document_on = day_of(record.at);
  return next;
}

Taken register_(const LicenceApplication& before, const Record& record) {
  if (before.state == S::none) return refused("application.not_submitted");
  if (before.state != S::submitted) return refused("application.already_registered");
  const auto finding = first_of({check_line(record.body, "number", case_number_chars_max), check_date(record.body, "date"),
                                 check_line(record.body, "officer", name_chars_max)});
  if (finding) return invalid(finding->reason);
  LicenceApplication next = moved(before, S::registered);
  next.number = record.body.text("number");
  next.registered_on = record.body.text("date");
  next.registered_by = record.body.text("officer");
  next.calendar = record.body.text("calendar");
  next.last_document_on = *parse_iso_date(next.registered_on);  // the legal day of receipt (A14)
  return next;
}

// --- completeness ---

Procedure procedure_of(const LicenceApplication& application) {
  const auto procedure = parse_procedure(application.body.text("procedure"));
  QABYL_CHECK(procedure);  // examine_submission() saw to it
  return *procedure;
}

Taken check_incomplete(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (before.state != S::registered) return refused("application.not_registered");
  QABYL_TRY(date, act_date(record));
  LicenceApplication next = moved(before, S::incomplete);
  next.missing.clear();
  const auto list = rules.profile->list(procedure_of(before));
  for (const auto& code : record.body.items("missing")) {
    const bool listed = code.is_string() && std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.code == code.string(); });
    if (!listed) return invalid("application.missing_absurd");
    next.missing.insert(code.string());
  }
  if (next.missing.empty()) return invalid("application.missing_absurd");
  if (check_date(record.body, "due")) return invalid("application.mend_due");
  const auto term = rules.run("D01", date, *parse_iso_date(record.body.text("due")));
  if (!term) return term.error().code == ErrorCode::invalid_input ? invalid("application.mend_due") : term.error();
  next.mend_term = *term;
  return next;
}

bool names_its_documents(const Record& record) {
  std::set<std::int64_t> used;
  for (const auto& item : record.body.items("items")) {
    for (const auto& index : item.items("docs")) {
      const bool known = index.is_integer() && index.integer() >= 0 && index.integer() < static_cast<std::int64_t>(record.docs.size());
      if (!known || !used.insert(index.integer()).second) return false;
    }
  }
  return !used.empty();
}

// Only what was missing or defective; with it the time to decide begins anew (A21).
Taken supplement(const LicenceApplication& before, const Record& record, const Rules&) {
  if (before.state != S::incomplete) return refused("application.nothing_missing");
  if (const auto finding = examine_applicant_act(record)) return invalid(finding->reason);
  const auto codes = codes_with_documents(record.body);
  if (!names_its_documents(record)) return invalid("application.documents_absurd");
  const bool asked = !codes.empty() && std::all_of(codes.begin(), codes.end(), [&](const auto& code) { return before.missing.count(code) != 0; });
  if (!asked) return invalid("application.not_asked_for");
  LicenceApplication next = moved(before, S::registered);
  for (const auto& code : codes) next.missing.erase(code);
  next.handed_in.insert(codes.begin(), codes.end());
  next.last_document_on = day_of(record.at);
  return next;
}

Taken give_back(const LicenceApplication& before, const Record& record, const Rules&) {
  if (before.state != S::incomplete) return refused("application.nothing_missing");
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "reason"));
  if (!before.mend_term.passed_on(day_of(record.at))) return refused("application.still_mending");
  return moved(before, S::returned);
}

Taken check_complete(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (before.state != S::registered) return refused("application.not_registered");
  QABYL_TRY_DO(act_date(record));
  const auto procedure = procedure_of(before);
  for (const auto& document : rules.profile->list(procedure)) {
    const bool absent = document.mandatory && document.step != fee_step && before.handed_in.count(document.code) == 0;
    if (absent || before.missing.count(document.code) != 0) return refused("application.document_missing");
  }
  LicenceApplication next = moved(before, S::complete);
  QABYL_TRY(term, rules.run(procedure == Procedure::duplicate ? "D06" : "D02", before.last_document_on));
  next.decision_term = term;
  return next;
}

// The fee may be paid at any time before the decision (paragraph 5); an amount below the profile's is none.
Taken note_fee(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (!before.is_open() || before.state == S::submitted) return refused("application.not_open");
  QABYL_TRY_DO(act_date(record));
  const auto amount = record.body.number("amount_tenge");
  if (amount <= 0 || amount < rules.profile->fee_tenge(procedure_of(before)).value_or(1)) return invalid("application.fee_short");
  if (check_line(record.body, "document", line_chars_max)) return invalid("application.fee_document");
  LicenceApplication next = before;
  next.fee_paid_tenge = amount;
  return next;
}

// --- examination and decision ---

Taken assign_examiner(const LicenceApplication& before, const Record& record, const Rules&) {
  if (before.state != S::complete && before.state != S::under_examination) return refused("application.not_complete");
  QABYL_TRY_DO(act_date(record));
  if (check_line(record.body, "examiner", name_chars_max)) return invalid("application.examiner");
  LicenceApplication next = moved(before, S::under_examination);
  next.examiner = {record.body.text("examiner"), "executor", record.body.text("examiner_officer")};
  return next;
}

Taken find_ground(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (before.state != S::under_examination) return refused("application.not_examined");
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  if (!rules.lists("refusal.grounds", record.body.text("ground"))) return invalid("application.ground_unknown");
  LicenceApplication next = before;
  next.open_grounds.insert(record.body.text("ground"));
  return next;
}

Taken clear_ground(const LicenceApplication& before, const Record& record, const Rules&) {
  if (before.state != S::under_examination) return refused("application.not_examined");
  QABYL_TRY_DO(act_date(record));
  QABYL_TRY_DO(text_given(record, "text"));
  LicenceApplication next = before;
  if (next.open_grounds.erase(record.body.text("ground")) == 0) return refused("application.ground_unknown");
  return next;
}

Taken offer_hearing(const LicenceApplication& before, const Record& record, const Rules&) {
  if (before.state != S::under_examination) return refused("application.not_examined");
  QABYL_TRY(date, act_date(record));
  LicenceApplication next = before;
  next.hearing_offered_on = date;
  return next;
}

// Not by who examined it (O4).
Result<Signer> decided_by(const LicenceApplication& before, const Record& record, const Rules& rules, std::string_view list) {
  QABYL_TRY(signer, signer_of(record, {"first_head", "deputy"}));
  if (same_person(signer, before.examiner)) return refused("application.own_examination");
  const bool may = rules.text(list) == signer.position || rules.lists(list, signer.position);
  return may ? Result<Signer>(signer) : Result<Signer>(invalid("signer.position"));
}

Taken grant(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (before.state != S::under_examination) return refused("application.not_examined");
  QABYL_TRY_DO(decided_by(before, record, rules, "licence.signer"));
  QABYL_TRY_DO(act_date(record));
  if (before.fee_paid_tenge == 0) return refused("application.fee_unpaid");
  if (!before.open_grounds.empty()) return refused("application.ground_open");
  return moved(before, S::granted);
}

// Where the profile asks for it, the applicant is offered a hearing so many working days before a refusal.
bool heard(const LicenceApplication& application, Date on, const Rules& rules) {
  const auto days = static_cast<int>(rules.number("refusal.hearing_days"));
  if (days == 0) return true;
  if (!application.hearing_offered_on) return false;
  return std::chrono::sys_days{on} >= std::chrono::sys_days{rules.calendar->add_working_days(*application.hearing_offered_on, days)};
}

Taken refuse(const LicenceApplication& before, const Record& record, const Rules& rules) {
  if (before.state != S::under_examination) return refused("application.not_examined");
  QABYL_TRY_DO(decided_by(before, record, rules, "licence.refusal_signers"));
  QABYL_TRY(date, act_date(record));
  LicenceApplication next = moved(before, S::refused);
  for (const auto& ground : record.body.items("grounds")) {
    if (!ground.is_string() || !rules.lists("refusal.grounds", ground.string())) return invalid("application.ground_unknown");
    next.refusal_grounds.insert(ground.string());
  }
  if (next.refusal_grounds.empty()) return invalid("application.ground_unknown");
  QABYL_TRY_DO(text_given(record, "reason"));
  if (!heard(before, date, rules)) return refused("application.hearing_first");
  next.refusal_reason = record.body.text("reason");
  return next;
}

Taken withdraw(const LicenceApplication& before, const Record& record, const Rules&) {
  if (!before.is_open()) return refused("application.not_open");
  if (const auto finding = examine_applicant_act(record)) return invalid(finding->reason);
  return moved(before, S::withdrawn);
}

constexpr Step<LicenceApplication, const Rules&> steps[] = {
    {kind::application_check_incomplete, check_incomplete}, {kind::application_supplement, supplement},
    {kind::application_return, give_back},                  {kind::application_check_complete, check_complete},
    {kind::application_fee_paid, note_fee},                 {kind::application_assign_examiner, assign_examiner},
    {kind::application_find_ground, find_ground},           {kind::application_clear_ground, clear_ground},
    {kind::application_offer_hearing, offer_hearing},       {kind::application_grant, grant},
    {kind::application_refuse, refuse},                     {kind::application_withdraw, withdraw}};

}  // namespace

std::string_view to_text(ApplicationState state) {
  switch (state) {
    case S::none: return "none";
    case S::submitted: return "submitted";
    case S::registered: return "registered";
    case S::incomplete: return "incomplete";
    case S::complete: return "complete";
    case S::under_examination: return "under_examination";
    case S::granted: return "granted";
    case S::refused: return "refused";
    case S::withdrawn: return "withdrawn";
    case S::returned: return "returned";
  }
  QABYL_CHECK(false);
  return {};
}

bool LicenceApplication::is_open() const {
  return state != S::none && state != S::granted && state != S::refused && state != S::withdrawn && state != S::returned;
}

std::optional<Finding> examine_applicant_act(const Record& record) {
  const auto lines = first_of({check_line(record.body, "representative.name", name_chars_max), check_line(record.body, "representative.position", line_chars_max)});
  if (lines) return lines;
  const auto signature = signature_from_json(record.body.member("signature"));
  if (!signature) return Finding{signature.error().detail, "signature"};
  const auto problem = check_ink(signature->strokes, signature->pad_width_tenth_mm);
  if (problem != InkProblem::none) return Finding{std::string(reason_of(problem)), "signature"};
  if (record.docs.empty()) return Finding{"application.paper_missing", "docs"};
  if (signature->paper != record.docs.front().sha256) return Finding{"signature.other_paper", "signature.paper"};
  return std::nullopt;
}

bool is_of_application(std::string_view kind) {
  return kind == kind::application_submit || kind == kind::application_register || kind == kind::application_recount ||
         std::any_of(std::begin(steps), std::end(steps), [&](const auto& one) { return one.kind == kind; });
}

Taken LicenceApplication::apply(const Record& record, const RuleBook& book) const {
  if (record.kind == kind::application_submit) return submit(*this, record);
  if (record.kind == kind::application_register) return register_(*this, record);
  if (!is_of_application(record.kind)) return refused("kind.unknown");
  if (record.kind == kind::application_recount) return recounted(*this, record, book);
  QABYL_TRY(rules, book.rules(calendar));
  return take_step<LicenceApplication, const Rules&>(steps, *this, record, rules);
}

LicenceApplication fold_application(const std::vector<Record>& history, const RuleBook& book) {
  LicenceApplication application;
  for (const auto& record : history) {
    if (auto next = application.apply(record, book)) application = *std::move(next);
  }
  return application;
}

}  // namespace qabyl::core
