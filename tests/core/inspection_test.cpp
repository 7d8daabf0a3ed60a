// An inspection up to its notice (paragraphs 7-10): the order of steps, every guard refusing, the 11
// particulars one by one, and the mark of receipt.
#include "tests/core/cases.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

MarkOfReceipt mark(int seed = 0) {
  return {"S-0007", "Динара Мысалова", "бас заңгер", "2026-11-23", signature(notice_paper, 3, seed), "act"};
}
Record marked(const MarkOfReceipt& by = mark()) { return record(kind::notice_mark_receipt, 14, id(11), mark_body(id(13), by), "AL-03"); }
Record filed() {
  return record(kind::notice_file, 15, id(11), Json::Object{{"unit", "Инспекция бөлімшесі"}, {"place", "3-сөре"}});
}

std::string why(const std::vector<Record>& history, const Record& next) {
  const auto result = fold_inspection(history).apply(next);
  return result ? "" : result.error().detail;
}
Record changed(Record from, std::string_view member, Json value) {
  from.body[member] = std::move(value);
  return from;
}
Record changed_inside(Record from, std::string_view object, std::string_view member, Json value) {
  from.body[object][member] = std::move(value);
  return from;
}

std::vector<std::string> codes(const Json& body) {
  std::vector<std::string> all;
  for (const auto& finding : check_particulars(body, date("2026-11-23"))) all.push_back(finding.code);
  return all;
}
using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("a small business is inspected with regard to N 572 where the office has switched it on: once a year, not too long, told in time", "[core][inspection][par7]") {
  const auto table = calendar();
  const auto off = profile();
  auto on = profile();
  on.settings["smallbiz.on"] = true;
  const auto why_with = [&](const Profile& rules, const std::vector<Record>& history, const Record& next) {
    const auto result = fold_inspection(history, {&rules, {&table}}).apply(next, {&rules, {&table}});
    return result ? std::string() : result.error().detail;
  };
  auto small = changed(changed_inside(assigned(), "term", "end", "2026-12-30"), "small_business", true);  // thirty days after the start
  CHECK(why_with(on, {}, small) == "");
  CHECK(why_with(on, {}, changed(small, "planned_this_year", 1)) == "particular.5.smallbiz_again");
  CHECK(why_with(on, {}, changed(changed(small, "planned_this_year", 1), "inspection_kind", "unplanned")) == "");
  CHECK(why_with(on, {}, changed_inside(small, "term", "end", "2026-12-31")) == "particular.7.smallbiz_long");
  CHECK(why_with(on, {}, changed(assigned(), "planned_this_year", 1)) == "");  // no small business
  CHECK(why_with(off, {}, changed(changed_inside(small, "term", "end", "2027-02-28"), "planned_this_year", 1)) == "");
  CHECK(why_with(on, {small, registered()}, notice()) == "notice.smallbiz_short");  // a week before
  CHECK(why_with(off, {small, registered()}, notice()) == "");
  const auto later = changed(changed_inside(changed_inside(small, "term", "start", "2026-12-23"), "term", "end", "2027-01-22"), "subject", "Ақпарат");
  CHECK(why_with(on, {later, registered()}, notice()) == "");
}

TEST_CASE("assignment, registration, notice, mark, filing: each step opens the next", "[core][inspection][par7][par10]") {
  CHECK(fold_inspection({}).state == InspectionState::none);
  CHECK(fold_inspection({assigned()}).state == InspectionState::assignment_signed);
  const auto at_committee = fold_inspection({assigned(), registered()});
  CHECK(at_committee.state == InspectionState::assignment_registered);
  CHECK(at_committee.committee_number == "26-118");
  const auto sent = fold_inspection({assigned(), registered(), notice()});
  CHECK(sent.notice.state == NoticeState::sent);
  CHECK(sent.notice.sent_record == id(13));
  CHECK(sent.notice.pages == 3);
  CHECK(sent.state == InspectionState::assignment_registered);  // notified only when received (f4)
  const auto received = fold_inspection({assigned(), registered(), notice(), marked()});
  CHECK(received.state == InspectionState::notified);
  CHECK(received.notice.state == NoticeState::copy_returned);
  CHECK(received.notice.mark->full_name == "Динара Мысалова");
  CHECK(received.notice.mark_record == id(14));
  CHECK(fold_inspection({assigned(), registered(), notice(), marked(), filed()}).notice.state == NoticeState::filed);
}

TEST_CASE("no notice before registration, no registration before signature", "[core][inspection][par7]") {
  CHECK(why({}, registered()) == "assignment.not_signed");
  CHECK(why({}, notice()) == "notice.before_registration");
  CHECK(why({assigned()}, notice()) == "notice.before_registration");
  CHECK(why({}, marked()) == "mark.before_notice");
  CHECK(why({assigned(), registered()}, marked()) == "mark.before_notice");
  CHECK(why({assigned(), registered(), notice()}, filed()) == "notice.not_returned");
}

TEST_CASE("no step is taken twice", "[core][inspection][par7][par10]") {
  CHECK(why({assigned()}, assigned()) == "assignment.already_signed");
  CHECK(why({assigned(), registered()}, registered()) == "assignment.already_registered");
  CHECK(why({assigned(), registered(), notice()}, notice()) == "notice.already_sent");
  CHECK(why({assigned(), registered(), notice(), marked()}, marked(mark(5))) == "mark.already");
  CHECK(why({assigned(), registered(), notice(), marked(), filed()}, filed()) == "notice.already_filed");
  CHECK(why({}, record("inspection.transfer", 20, id(11), {})) == "kind.unknown");
}

TEST_CASE("registration needs the Committee's number, office and a date not before the assignment", "[core][inspection][par7]") {
  CHECK(why({assigned()}, changed(registered(), "number", "")) == "committee.missing");
  CHECK(why({assigned()}, changed(registered(), "office", "a\u202E")) == "committee.missing");
  CHECK(why({assigned()}, changed(registered(), "date", "2026-02-30")) == "date.absurd");
  CHECK(why({assigned()}, changed(registered(), "date", "2026-11-19")) == "committee.before_assignment");
}

TEST_CASE("a notice goes in two copies of one paper with a number and a date", "[core][inspection][par10]") {
  const std::vector<Record> before{assigned(), registered()};
  CHECK(why(before, changed(notice(), "copies", 1)) == "notice.copies");
  CHECK(why(before, changed(notice(), "paper", "00")) == "notice.paper_absurd");
  CHECK(why(before, changed(notice(), "pages", 0)) == "notice.paper_absurd");
  CHECK(why(before, changed(notice(), "number", "")) == "notice.number_missing");
  CHECK(why(before, changed(notice(), "date", "0000-01-01")) == "date.absurd");
}

TEST_CASE("a mark names who, in what position, on what day, over this very paper", "[core][inspection][par10]") {
  const std::vector<Record> before{assigned(), registered(), notice()};
  CHECK(why(before, marked()).empty());
  CHECK(why(before, changed(marked(), "name", "")) == "name.empty");
  CHECK(why(before, changed(marked(), "position", "a\u2066b")) == "name.hidden_characters");
  CHECK(why(before, changed(marked(), "date", "23.11.2026")) == "date.absurd");
  CHECK(why(before, changed(marked(), "act", "")) == "mark.act_unverified");
  CHECK(why(before, changed(marked(), "notice", id(99))) == "mark.other_paper");
  auto other = mark();
  other.signature.paper = digest("another notice");
  CHECK(why(before, marked(other)) == "mark.other_paper");
  auto dot = mark();
  dot.signature.strokes = ink(3, 1);
  CHECK(why(before, marked(dot)) == "signature.too_short");
}

TEST_CASE("every page counts as seen after one and a half seconds, each page once", "[core][inspection][par10]") {
  const auto seen = [](std::vector<std::pair<int, std::int64_t>> pages) {
    std::vector<PageSeen> all;
    for (const auto& [page, ms] : pages) all.push_back({page, ms, {}});
    return all;
  };
  CHECK(every_page_seen(seen({{1, 1500}, {2, 9000}, {3, 1500}}), 3));
  CHECK_FALSE(every_page_seen(seen({{1, 1500}, {2, 1499}, {3, 1500}}), 3));
  CHECK_FALSE(every_page_seen(seen({{1, 1500}, {1, 1500}, {1, 1500}}), 3));
  CHECK_FALSE(every_page_seen(seen({{1, 1500}, {2, 1500}, {4, 1500}}), 3));
  CHECK_FALSE(every_page_seen({}, 0));
  auto hasty = mark();
  hasty.signature.pages.pop_back();
  CHECK(why({assigned(), registered(), notice()}, marked(hasty)) == "mark.pages_unseen");
}

TEST_CASE("a complete assignment has no finding", "[core][inspection][par8]") { CHECK(codes(assignment()).empty()); }

TEST_CASE("each of the eleven particulars is missed by its number", "[core][inspection][par8]") {
  CHECK(codes(Json()) == Codes{"particular.1", "particular.2", "particular.3", "particular.4", "particular.5", "particular.6",
                               "particular.7", "particular.8", "particular.9", "particular.10", "particular.11"});
  const std::pair<const char*, const char*> members[] = {
      {"authority", "particular.1"},       {"signer", "particular.1"},        {"journal_number", "particular.2"}, {"date", "particular.2"},
      {"officials", "particular.3"},       {"bureau", "particular.4"},        {"inspection_kind", "particular.5"}, {"subject", "particular.6"},
      {"term", "particular.7"},            {"ground", "particular.8"},        {"period_waived", "particular.9"},  {"past_confirmed", "particular.10"},
      {"protocol_powers_none", "particular.11"}};
  for (const auto& [member, code] : members) {
    auto body = assignment();
    body.object().erase(member);
    INFO(member);
    CHECK(codes(body) == Codes{code});
    CHECK(why({}, record(kind::assignment_sign, 11, id(11), body)) == code);
  }
}

TEST_CASE("particulars that are filled in but absurd are missed too", "[core][inspection][par8]") {
  const auto with = [](std::string_view object, std::string_view member, Json value) {
    auto body = assignment();
    if (object.empty()) body[member] = std::move(value);
    else body[object][member] = std::move(value);
    return codes(body);
  };
  CHECK(with("signer", "position", "clerk") == Codes{"particular.1"});
  CHECK(with("", "date", "2026-11-24") == Codes{"particular.2"});  // after today
  CHECK(with("bureau", "bin", "040740001239") == Codes{"particular.4"});
  CHECK(with("", "inspection_kind", "a\u200Bb") == Codes{"particular.5"});
  CHECK(with("", "past_inspections", Json::Array{7}) == Codes{"particular.10"});
  CHECK(with("", "protocol_powers", Json::Array{"Мысалов, 462-бап"}) == Codes{"particular.11"});  // named and "none" at once
  auto two_heads = assignment();
  for (auto& one : two_heads["officials"].array()) one["head"] = true;
  CHECK(codes(two_heads) == Codes{"particular.3"});
}

TEST_CASE("a period under inspection is given in order or expressly waived", "[core][inspection][par8]") {
  auto body = assignment();
  body["period_waived"] = false;
  CHECK(codes(body) == Codes{"particular.9"});
  body["period"] = Json::Object{{"from", "2025-01-01"}, {"to", "2025-12-31"}};
  CHECK(codes(body).empty());
  body["period"]["to"] = "2024-12-31";
  CHECK(codes(body) == Codes{"particular.9"});
}

TEST_CASE("the term ends three months after its start at the latest, without rolling over a day off", "[core][inspection][par9]") {
  const auto term = [](const char* start, const char* end) {
    return codes(changed_inside(changed_inside(assigned(), "term", "start", start), "term", "end", end).body);
  };
  CHECK(term("2004-11-30", "2005-02-28").empty());
  CHECK(term("2004-11-30", "2005-03-01") == Codes{"particular.7.too_long"});
  CHECK(term("2005-02-14", "2005-05-14").empty());  // a Saturday: the cap does not roll to Monday
  CHECK(term("2005-02-14", "2005-05-16") == Codes{"particular.7.too_long"});
  CHECK(term("2026-11-30", "2026-11-29") == Codes{"particular.7"});
  CHECK(term("2026-02-30", "2026-03-30") == Codes{"particular.7"});
}

TEST_CASE("what a member of staff signs names the paper, the case, the day and the strokes", "[core][inspection][par10]") {
  const auto payload = *parse_json(act_payload(id(11), mark()), 4096);
  CHECK(payload.text("act") == "mark_receipt");
  CHECK(payload.text("paper") == to_hex(notice_paper));
  CHECK(payload.text("case") == id(11));
  CHECK(payload.number("pages") == 3);
  CHECK(act_payload(id(11), mark(0)) != act_payload(id(11), mark(1)));
  CHECK(act_payload(id(11), mark()) != act_payload(id(12), mark()));
}

TEST_CASE("a mark comes back from its body the same", "[core][inspection][par10]") {
  const auto back = mark_from_body(mark_body(id(13), mark()));
  REQUIRE(back);
  CHECK(canonical(mark_body(id(13), *back)) == canonical(mark_body(id(13), mark())));
}
