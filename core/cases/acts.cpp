// Signatures of officials, acts of the bureau's people, papers on their way. See acts.h.
#include "core/cases/acts.h"

#include <algorithm>
#include <set>

#include "core/cases/notice.h"
#include "core/cases/steps.h"
#include "core/encoding.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t act_bytes_max = 8 * 1024;
constexpr int paper_pages_max = 1000;
constexpr std::string_view capacities[] = {"first_head", "deputy", "responsible_manager", "stand_in", "specialist", "representative"};

std::optional<Finding> examine_person(const Json& body) {
  const auto lines = first_of({check_line(body, "staff", staff_chars_max), check_line(body, "name", name_chars_max),
                               check_line(body, "position", line_chars_max), check_date(body, "date")});
  if (lines) return lines;
  const auto capacity = body.text("capacity");
  const bool known = std::find(std::begin(capacities), std::end(capacities), capacity) != std::end(capacities);
  return known ? std::nullopt : std::optional(Finding{"person.capacity_absurd", "capacity"});
}

bool named(const std::vector<LetterPerson>& people, const BureauPerson& person) {
  return std::any_of(people.begin(), people.end(), [&](const LetterPerson& one) { return one.staff == person.staff; });
}

// Interim reports go to those who are named for just that; other papers to any specialist of the letter.
bool letter_bears_out(const BureauPerson& person, std::string_view setting, const Responsibles& letter) {
  if (person.capacity == "responsible_manager") return named({letter.manager}, person);
  if (person.capacity == "stand_in") return named({letter.stand_in}, person);
  if (person.capacity != "specialist") return true;  // first head, deputy, representative: judge() asks the staff list
  if (setting == "signers.interim") return named(letter.receive_interim, person);
  return named(letter.prepare, person) || named(letter.hand_over, person) || named(letter.receive_interim, person);
}

}  // namespace

Result<Signer> signer_of(const Record& record, std::initializer_list<std::string_view> positions) {
  if (check_line(record.body, "signer.name", name_chars_max)) return invalid("signer.missing");
  Signer signer{text_at(record.body, "signer.name"), text_at(record.body, "signer.position"), record.actor.id};
  if (std::find(positions.begin(), positions.end(), signer.position) == positions.end()) return invalid("signer.position");
  return signer;
}

bool same_person(const Signer& a, const Signer& b) {
  const bool both_signed_in = !a.officer.empty() && !b.officer.empty();
  return both_signed_in ? a.officer == b.officer : a.name == b.name;
}

Result<Date> act_date(const Record& record, std::string_view member) {
  if (check_date(record.body, member)) return invalid("date.absurd");
  const Date date = *parse_iso_date(text_at(record.body, member));
  if (std::chrono::sys_days{date} > std::chrono::sys_days{day_of(record.at)}) return invalid("date.future");
  return date;
}

Status not_before(Date date, Date earlier) {
  if (std::chrono::sys_days{date} < std::chrono::sys_days{earlier}) return invalid("date.order");
  return Done{};
}

Status text_given(const Record& record, std::string_view member) {
  if (check_line(record.body, member, text_chars_max)) return invalid("text.missing");
  return Done{};
}

std::string act_of_bureau(const Record& record) {
  Json said = record.body;
  said.object().erase("act");
  Json::Array docs;
  for (const auto& one : record.docs) docs.emplace_back(to_hex(one.sha256));
  Json act = Json::Object{{"act", record.kind},
                          {"case", record.case_id},
                          {"staff", record.body.text("staff")},
                          {"date", record.body.text("date")},
                          {"body", to_hex(sha256(as_bytes(canonical(said))))}};
  act["docs"] = std::move(docs);
  return canonical(act);
}

std::optional<Finding> examine_bureau_act(const Record& record) {
  if (const auto finding = examine_person(record.body)) return finding;
  const auto signature = signature_from_json(record.body.member("signature"));
  if (!signature) return Finding{signature.error().detail, "signature"};
  const auto problem = check_ink(signature->strokes, signature->pad_width_tenth_mm);
  if (problem != InkProblem::none) return Finding{std::string(reason_of(problem)), "signature"};
  const auto act = record.body.text("act");
  if (act.empty() || act.size() > act_bytes_max) return Finding{"act.unverified", "act"};
  return std::nullopt;
}

Result<BureauPerson> bureau_person(const Record& record) {
  if (const auto finding = examine_bureau_act(record)) return invalid(finding->reason);
  const auto& body = record.body;
  return BureauPerson{body.text("staff"), body.text("name"), body.text("position"), body.text("capacity"), *parse_iso_date(body.text("date"))};
}

Result<BureauPerson> bureau_filing(const Record& record) {
  QABYL_TRY(person, bureau_person(record));
  if (record.docs.empty()) return invalid("filing.paper_missing");
  if (signature_from_json(record.body.member("signature"))->paper != record.docs.front().sha256) return invalid("filing.other_paper");
  return person;
}

Result<Signer> group_head_of(const Record& record, const CaseFacts& facts) {
  QABYL_TRY(signer, signer_of(record, {"group_head"}));
  if (signer.name != facts.group_head) return refused("signer.not_group_head");
  return signer;
}

Result<Signer> official_of(const Record& record, const CaseFacts& facts) {
  if (text_at(record.body, "signer.position") == "group_head") return group_head_of(record, facts);
  QABYL_TRY(signer, signer_of(record, {"executor"}));
  const bool is_known = std::find(facts.officials.begin(), facts.officials.end(), signer.name) != facts.officials.end();
  return is_known ? Result<Signer>(signer) : Result<Signer>(refused("signer.not_official"));
}

Status may_act(const BureauPerson& person, std::string_view setting, const CaseFacts& facts) {
  const bool leads = person.capacity == "first_head" || person.capacity == "deputy";
  const bool admitted = leads || facts.rules.lists(setting, person.capacity);
  if (!admitted || !letter_bears_out(person, setting, facts.letter)) return refused("person.may_not");
  return Done{};
}

Result<PaperOut> paper_of(const Record& record) {
  const auto paper = digest_from_hex(record.body.text("paper"));
  const auto pages = record.body.number("pages");
  if (!paper || pages < 1 || pages > paper_pages_max) return invalid("paper.absurd");
  if (check_line(record.body, "number", number_chars_max)) return invalid("paper.number_missing");
  QABYL_TRY(date, act_date(record));
  return PaperOut{*paper, static_cast<int>(pages), record.body.text("number"), date};
}

Result<Receipt> mark_on(const PaperOut& paper, const Record& record) {
  QABYL_TRY(person, bureau_person(record));
  QABYL_TRY(signature, signature_from_json(record.body.member("signature")));
  if (signature.paper != paper.paper) return invalid("receipt.other_paper");
  if (!every_page_seen(signature.pages, paper.pages)) return invalid("receipt.pages_unseen");
  return Receipt{false, person.on, person, {}, record.id};
}

Result<Receipt> receipt_refused(const Record& record, const Rules& rules) {
  QABYL_TRY(date, act_date(record));
  Receipt receipt{true, date, {}, {}, record.id};
  std::set<std::string> distinct;
  for (const auto& one : record.body.items("witnesses")) {
    const bool whole = !check_line(one, "name", name_chars_max) && !check_line(one, "position", line_chars_max);
    if (whole && distinct.insert(one.text("name")).second) receipt.witnesses.push_back(one.text("name"));
  }
  const bool witnessed = static_cast<std::int64_t>(receipt.witnesses.size()) >= rules.number("refusal.witnesses");
  if (!witnessed && check_line(record.body, "note", text_chars_max)) return invalid("receipt.unwitnessed");
  return receipt;
}

}  // namespace qabyl::core
