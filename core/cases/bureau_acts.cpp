// See bureau_acts.h. A row for each kind of paper, a function for each way in which it goes on.
#include "core/cases/bureau_acts.h"

#include <algorithm>
#include <set>

#include "core/cases/inspection.h"
#include "core/cases/licence.h"

namespace qabyl::core {
namespace {

using A = BureauAct;
using Offers = std::vector<ActOffer>;

struct Asked {
  const PaperHeld& paper;
  const BureauActor& actor;
  const Rules& rules;
  Date today;
  std::string_view setting;    // who may act, for all acts of that paper

  bool did(std::string_view kind) const {
    return std::any_of(paper.done.begin(), paper.done.end(), [&](const ActDone& one) { return one.kind == kind; });
  }
  const Json& details() const { return paper.meta.member("details"); }
  std::optional<RunningTerm> term(std::string_view id, std::optional<Date> base, std::optional<Date> stated = std::nullopt) const {
    if (!base) return std::nullopt;
    auto term = rules.run(id, *base, stated);
    if (!term) return std::nullopt;
    if (const auto* told = told_of(paper.told, *term)) term->due = told->due;
    return *term;
  }
  std::optional<Date> paper_date() const { return date_at(paper.meta, "date"); }
  static std::optional<Date> date_at(const Json& json, std::string_view member) {
    const auto date = parse_iso_date(json.text(member));
    return date ? std::optional(*date) : std::nullopt;
  }
  // The term that a paper states, counted from the paper's own day.
  std::optional<RunningTerm> stated_term(std::string_view id) const {
    const auto due = date_at(details(), "due");
    return due ? term(id, paper_date(), due) : std::nullopt;
  }
};

// The first head and his deputy may do anything; of the others the profile's list says it (A18).
std::string why_not(const Asked& asked) {
  const auto& capacity = asked.actor.capacity;
  const bool leads = capacity == "first_head" || capacity == "deputy";
  if (leads || asked.setting.empty()) return {};
  if (asked.setting == "executive_organ") return "licence.executive_organ";
  return asked.rules.lists(asked.setting, capacity) ? std::string() : "person.may_not";
}

ActOffer offer(const Asked& asked, A act, bool awaited, std::optional<RunningTerm> term = std::nullopt) {
  return {act, awaited, why_not(asked), {}, std::move(term)};
}

// --- what follows receipt, paper by paper ---

// Only heads sign the letter; it is due from the day on which the inspection starts (13). A notice of its extension asks
// for none.
void after_notice(const Asked& asked, std::optional<Date>, Offers& offers) {
  if (asked.details().text("about") == "extension") return;
  const auto start = Asked::date_at(asked.paper.meta.member("inspection"), "start");
  if (!start || std::chrono::sys_days{asked.today} < std::chrono::sys_days{*start} || asked.did(kind::letter_of_responsibles)) return;
  auto letter = offer(asked, A::letter, true, asked.term("D13", start));
  if (asked.actor.capacity != "first_head" && asked.actor.capacity != "deputy") letter.why = "letter.signer";
  offers.push_back(std::move(letter));
}

void after_request(const Asked& asked, std::optional<Date>, Offers& offers) {
  std::set<int> answered;
  for (const auto& one : asked.paper.done) {
    if (one.kind == kind::request_answer) answered.insert(one.items.begin(), one.items.end());
  }
  auto answer = offer(asked, A::answer, !asked.did(kind::request_refuse), asked.stated_term("D14"));
  const int count = static_cast<int>(asked.details().items("items").size());
  for (int item = 0; item < count; ++item) {
    if (answered.count(item) == 0) answer.open.push_back(item);
  }
  if (answer.open.empty()) return;  // all answered; or a paper that does not say what it asks for
  offers.push_back(std::move(answer));
  if (!asked.did(kind::request_refuse)) offers.push_back(offer(asked, A::refuse, false));
}

// "No remarks" is said once, and only while nothing else was said and the term runs; objections at any time (A01, A13).
void objections(const Asked& asked, std::string_view object, std::string_view no_remarks, const std::optional<RunningTerm>& term, Offers& offers) {
  const bool over = term && term->passed_on(asked.today);
  offers.push_back(offer(asked, A::object, false, term));
  if (!over && !asked.did(object) && !asked.did(no_remarks)) offers.push_back(offer(asked, A::no_remarks, false, term));
}

void after_interim(const Asked& asked, std::optional<Date> received, Offers& offers) {
  objections(asked, kind::interim_object, kind::interim_no_remarks, asked.term("D17", received), offers);
}

void after_protocol(const Asked& asked, std::optional<Date> received, Offers& offers) {
  objections(asked, kind::protocol_object, kind::protocol_no_remarks, asked.term("D23O", received), offers);
}

// Visas, then the mark on the last sheet, both of the person who received the report; then anybody brings it back (19).
void copy_two(const Asked& asked, std::optional<Date> received, Offers& offers) {
  if (asked.did(kind::summary_return_copy2)) return;
  const auto term = asked.term("D19", received);
  std::set<int> visaed;
  std::string receiver;
  for (const auto& one : asked.paper.done) {
    if (one.kind == kind::summary_visa_page) visaed.insert(one.page);
    if (one.kind == kind::summary_receive) receiver = one.staff;
  }
  const bool other = !receiver.empty() && receiver != asked.actor.staff;
  auto visa = offer(asked, A::visa_page, true, term);
  for (int page = 1; page <= static_cast<int>(asked.paper.meta.number("pages")); ++page) {
    if (visaed.count(page) == 0) visa.open.push_back(page);
  }
  const bool marked = asked.did(kind::summary_mark_last_page);
  if (other && !marked) visa.why = "summary.other_person";
  if (!visa.open.empty()) return offers.push_back(std::move(visa));
  auto mark = offer(asked, marked ? A::return_copy2 : A::mark_last_page, true, term);
  mark.why = marked ? std::string() : visa.why;
  offers.push_back(std::move(mark));
}

void after_summary(const Asked& asked, std::optional<Date> received, Offers& offers) {
  copy_two(asked, received, offers);
  offers.push_back(offer(asked, A::object, false, asked.term("D20", received)));
  offers.push_back(offer(asked, A::ask_consent, false));
  if (!asked.did(kind::summary_pass_on)) offers.push_back(offer(asked, A::pass_on, false));
}

void after_prescription(const Asked& asked, std::optional<Date>, Offers& offers) {
  const auto term = asked.stated_term("D29");
  const bool notified = asked.did(kind::prescription_notify);
  if (!notified) offers.push_back(offer(asked, A::notify, true, term));
  if (!notified && !asked.did(kind::prescription_ask_extension)) offers.push_back(offer(asked, A::ask_extension, false, term));
  if (!asked.did(kind::prescription_appeal)) offers.push_back(offer(asked, A::appeal, false));
}

void on_demand(const Asked& asked, std::optional<Date>, Offers& offers) {
  if (!asked.did(kind::plan_submit)) offers.push_back(offer(asked, A::submit_plan, true, asked.stated_term("D27")));
}

// Each measure is reported; where it was not carried out, the failure is explained and may be reported later (27).
void on_plan(const Asked& asked, std::optional<Date>, Offers& offers) {
  std::set<int> reported, explained;
  for (const auto& one : asked.paper.done) {
    auto& said = one.kind == kind::plan_report ? reported : explained;
    if (one.kind == kind::plan_report || one.kind == kind::plan_explain) said.insert(one.items.begin(), one.items.end());
  }
  auto report = offer(asked, A::report_item, false), explain = offer(asked, A::explain_item, false);
  const auto& items = asked.details().items("items");
  for (int item = 0; item < static_cast<int>(items.size()); ++item) {
    if (reported.count(item) != 0) continue;
    report.open.push_back(item);
    if (explained.count(item) != 0) continue;
    explain.open.push_back(item);
    report.awaited = true;
    const auto term = asked.term("D27", asked.paper_date(), Asked::date_at(items[static_cast<std::size_t>(item)], "due"));
    const bool nearer = term && (!report.term || std::chrono::sys_days{term->due} < std::chrono::sys_days{report.term->due});
    if (nearer) report.term = explain.term = term;
  }
  if (!report.open.empty()) offers.push_back(std::move(report));
  if (!explain.open.empty()) offers.push_back(std::move(explain));
}

void nothing(const Asked&, std::optional<Date>, Offers&) {}

// --- the papers ---

struct PaperRow {
  std::string_view kind, receive, refuse_receipt, target, setting;
  void (*after)(const Asked& asked, std::optional<Date> received, Offers& offers);
};
constexpr PaperRow rows[] = {
    {kind::notice_send, kind::notice_mark_receipt, kind::notice_receipt_refused, "notice", "", after_notice},
    {kind::request_sign, kind::request_receive, kind::request_receipt_refused, "request", "signers.other", after_request},
    {kind::interim_sign_head, kind::interim_receive, kind::interim_receipt_refused, "report", "signers.interim", after_interim},
    {kind::summary_send, kind::summary_receive, kind::summary_receipt_refused, "report", "signers.summary", after_summary},
    {kind::protocol_send, kind::protocol_receive, kind::protocol_receipt_refused, "meeting", "signers.other", after_protocol},
    {kind::plan_demand, "", "", "plan", "signers.other", on_demand},
    {kind::plan_return, "", "", "plan", "signers.other", on_demand},
    {kind::plan_agree, "", "", "plan", "signers.other", on_plan},
    {kind::prescription_sign, kind::prescription_receive, kind::prescription_receipt_refused, "prescription", "signers.other", after_prescription},
    {kind::sanction_decide, kind::sanction_receive, kind::sanction_receipt_refused, "sanction", "signers.other", nothing},
    {kind::licence_suspend, kind::licence_suspension_receive, kind::licence_suspension_receipt_refused, "", "executive_organ", nothing}};

const PaperRow* row_of(std::string_view paper_kind) {
  const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const PaperRow& one) { return one.kind == paper_kind; });
  return row == std::end(rows) ? nullptr : row;
}

struct Served {
  bool received = false, refused = false;
  std::optional<Date> on;      // from which terms run; unknown where it was done elsewhere
};

Served served(const PaperHeld& paper, const PaperRow& row) {
  Served so_far{paper.received_elsewhere, false, {}};
  for (const auto& one : paper.done) {
    if (one.kind == row.receive) so_far.received = true;
    if (one.kind == row.refuse_receipt) so_far.refused = true;
    if ((one.kind == row.receive || one.kind == row.refuse_receipt) && !so_far.on) so_far.on = one.on;
  }
  return so_far;
}

}  // namespace

std::string_view to_text(BureauAct act) {
  switch (act) {
    case A::receive: return "receive";
    case A::refuse_receipt: return "refuse_receipt";
    case A::letter: return "letter";
    case A::answer: return "answer";
    case A::refuse: return "refuse";
    case A::object: return "object";
    case A::no_remarks: return "no_remarks";
    case A::visa_page: return "visa_page";
    case A::mark_last_page: return "mark_last_page";
    case A::return_copy2: return "return_copy2";
    case A::ask_consent: return "ask_consent";
    case A::submit_plan: return "submit_plan";
    case A::report_item: return "report_item";
    case A::explain_item: return "explain_item";
    case A::notify: return "notify";
    case A::ask_extension: return "ask_extension";
    case A::appeal: return "appeal";
    case A::pass_on: return "pass_on";
  }
  QABYL_CHECK(false);
  return {};
}

ActDone act_done(const Record& record) {
  const auto on = parse_iso_date(record.body.text("date"));
  ActDone done{record.kind, record.body.text("staff", record.actor.id), on ? std::optional(*on) : std::nullopt, 0, {}};
  if (record.kind == kind::summary_visa_page) done.page = static_cast<int>(record.body.number("page"));
  if (record.kind == kind::request_answer) {
    for (const auto& one : record.body.items("items")) done.items.push_back(one.is_integer() ? static_cast<int>(one.integer()) : -1);
  }
  if (record.kind == kind::plan_report || record.kind == kind::plan_explain) done.items = {static_cast<int>(record.body.number("item", -1))};
  return done;
}

std::string capacity_of(std::string_view known, std::string_view staff, const Json& meta) {
  return known.empty() ? meta.member("capacities").text(staff, "representative") : std::string(known);
}

Offers offers_on(const PaperHeld& paper, const BureauActor& actor, const Rules& rules, Date today) {
  const auto* row = row_of(paper.kind);
  if (row == nullptr) return {};
  const Asked asked{paper, actor, rules, today, row->setting};
  Offers offers;
  const auto so_far = served(paper, *row);
  if (!row->receive.empty() && !so_far.received) offers.push_back(offer(asked, A::receive, !so_far.refused));
  if (!row->receive.empty() && !so_far.received && !so_far.refused) {
    offers.push_back({A::refuse_receipt, false, {}, {}, std::nullopt});  // before witnesses, by whoever stands here (A10)
    return offers;
  }
  row->after(asked, so_far.on, offers);
  if (!so_far.received && so_far.refused) {  // copy 2 waits until somebody has received it
    std::erase_if(offers, [](const ActOffer& one) { return one.act == A::visa_page || one.act == A::no_remarks; });
  }
  return offers;
}

std::optional<RunningTerm> nearest_term(const Offers& offers, Date today) {
  std::optional<RunningTerm> nearest;
  for (const bool awaited : {true, false}) {
    for (const auto& one : offers) {
      if (!one.term || one.awaited != awaited || (!awaited && one.term->passed_on(today))) continue;
      if (!nearest || std::chrono::sys_days{one.term->due} < std::chrono::sys_days{nearest->due}) nearest = one.term;
    }
    if (nearest) return nearest;
  }
  return nearest;
}

bool has_receipt(std::string_view paper_kind) {
  const auto* row = row_of(paper_kind);
  return row != nullptr && !row->receive.empty();
}

std::string_view record_kind(BureauAct act, std::string_view paper_kind) {
  const auto* row = row_of(paper_kind);
  QABYL_CHECK(row != nullptr);
  const bool protocol = paper_kind == kind::protocol_send, summary = paper_kind == kind::summary_send;
  switch (act) {
    case A::receive: return row->receive;
    case A::refuse_receipt: return row->refuse_receipt;
    case A::letter: return kind::letter_of_responsibles;
    case A::answer: return kind::request_answer;
    case A::refuse: return kind::request_refuse;
    case A::object: return protocol ? kind::protocol_object : summary ? kind::summary_object : kind::interim_object;
    case A::no_remarks: return protocol ? kind::protocol_no_remarks : kind::interim_no_remarks;
    case A::visa_page: return kind::summary_visa_page;
    case A::mark_last_page: return kind::summary_mark_last_page;
    case A::return_copy2: return kind::summary_return_copy2;
    case A::ask_consent: return kind::disclosure_request;
    case A::submit_plan: return kind::plan_submit;
    case A::report_item: return kind::plan_report;
    case A::explain_item: return kind::plan_explain;
    case A::notify: return kind::prescription_notify;
    case A::ask_extension: return kind::prescription_ask_extension;
    case A::appeal: return kind::prescription_appeal;
    case A::pass_on: return kind::summary_pass_on;
  }
  QABYL_CHECK(false);
  return {};
}

std::optional<BureauAct> act_of_kind(std::string_view kind, std::string_view paper_kind) {
  if (row_of(paper_kind) == nullptr) return std::nullopt;
  for (int act = 0; act <= static_cast<int>(A::pass_on); ++act) {
    if (!kind.empty() && record_kind(static_cast<A>(act), paper_kind) == kind) return static_cast<A>(act);
  }
  return std::nullopt;
}

std::string_view target_member(BureauAct act, std::string_view paper_kind) {
  if (act == A::letter || act == A::ask_consent) return {};
  const auto* row = row_of(paper_kind);
  return row == nullptr ? std::string_view() : row->target;
}

bool signs_the_paper(BureauAct act) {
  return act == A::receive || act == A::no_remarks || act == A::visa_page || act == A::mark_last_page || act == A::return_copy2;
}

}  // namespace qabyl::core
