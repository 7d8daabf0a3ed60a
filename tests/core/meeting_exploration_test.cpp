// Every life of a meeting and its protocol (RULES f7; paragraphs 21-24; A15, A17), and of a disclosure (26).
#include "core/cases/disclosure.h"
#include "core/cases/meeting.h"
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

Json chair() { return signer("Ж. Бөлім", "unit_head"); }
Json named() { return Json::Object{{"meeting", id(111)}}; }
Record act(std::string_view day, std::string_view kind, int n, Json by, Json body = named()) {
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}

Record called() {
  auto body = Json(Json::Object{{"level", "unit"}, {"on", "2027-03-10"}});
  body["chair"] = chair();
  body["invited"] = Json::Array{"Айгүл Үлгібаева"};
  return on("2027-03-05", kind::meeting_call, 111, body);
}
Record held(const char* day = "2027-03-10") { return on(day, kind::meeting_hold, 112, named()); }
Record cancelled() { return act("2027-03-09", kind::meeting_cancel, 113, chair(), with(named(), "reason", "Қарсылық қайтарылды")); }
Record protocol() {
  auto body = paper_body("protocol", 2, chair());
  body["meeting"] = id(111);
  body["text"] = "Қарсылықтардың бірі ескерілсін";
  return on("2027-03-11", kind::protocol_sign, 114, body);
}
Record sent(const char* day = "2027-03-16") {
  return on(day, kind::protocol_send, 115, with(named(), "addressee", Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}}));
}
Record received() { return by_bureau("2027-03-17", kind::protocol_receive, 116, named(), "responsible_manager", paper_d("protocol"), 2); }
Record refusal() { return on("2027-03-17", kind::protocol_receipt_refused, 117, with(named(), "witnesses", witnesses())); }
Record objection(const char* day = "2027-03-19", int n = 118) { return filing(day, kind::protocol_object, n, named(), "responsible_manager"); }
Record no_remarks() { return by_bureau("2027-03-18", kind::protocol_no_remarks, 120, named(), "responsible_manager", paper_d("protocol"), 2); }
Record window_over(const char* day) { return on(day, kind::protocol_window_over, 121, named()); }
Json treatments(std::vector<int> ids) {
  auto list = Json::Array{};
  for (const int one : ids) list.push_back(Json::Object{{"objection", id(one)}, {"treatment", "rejected"}, {"reason", "Хаттама дұрыс"}});
  return list;
}
Record amended(std::vector<int> ids, int n) {
  auto body = paper_body("protocol", 2, chair());
  body["meeting"] = id(111);
  body["treatments"] = treatments(ids);
  return on("2027-03-29", kind::protocol_amend, n, body);
}
Record disagreed(std::vector<int> ids, int n) { return act("2027-03-29", kind::protocol_disagree, n, chair(), with(named(), "treatments", treatments(ids))); }
Record decided() { return act("2027-03-30", kind::protocol_final_decision, 130, deputy(), with(named(), "text", "Хаттама өзгеріссіз қалады")); }

std::vector<Move> moves() {
  return with_spoilt(
      {{called()},
       {with(called(), "chair", deputy()), true, "meeting.chair"},
       {with(called(), "level", "head"), true, "meeting.chair"},
       {with(called(), "level", "street"), true, "meeting.chair"},
       {with(called(), "invited", Json::Array{}), true, "meeting.invited"},
       {with(called(), "invited", Json::Array{7}), true, "meeting.invited"},
       {with(called(), "on", "2027-02-30"), true, "date.absurd"},
       {with(called(), "on", "2027-03-04"), true, "date.order"},
       {held()},
       {held("2027-03-09"), true, "date.order"},
       {cancelled()},
       {protocol()},
       {with(protocol(), "signer", signer("Ж. Бөлім", "unit_deputy")), true, "protocol.not_chair"},
       {with(protocol(), "signer", signer("Б. Бөтен", "unit_head")), true, "protocol.not_chair"},
       {with(protocol(), "date", "2027-03-09"), true, "date.order"},
       {sent()},
       {with(sent(), "addressee", Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "deputy"}}), true, "protocol.addressee"},
       {with(sent(), "date", "2027-03-10"), true, "date.order"},
       {received(), false},
       {refusal()},
       {objection(), false},
       {objection("2027-04-12", 119), false},
       {no_remarks(), false},
       {window_over("2027-03-19"), true, "protocol.still_running"},
       {window_over("2027-03-30")},
       {amended({118, 119}, 122)},
       {amended({118}, 123)},
       {amended({119}, 124)},
       {disagreed({118, 119}, 125)},
       {disagreed({118}, 126)},
       {disagreed({119}, 127)},
       {disagreed({}, 128), true, "objection.untreated"},
       {disagreed({99}, 129), true, "objection.unknown"},
       {with(disagreed({118}, 126), "signer", signer("Б. Бөтен", "unit_head")), true, "protocol.not_chair"},
       {with(amended({118}, 123), "signer", signer("Б. Бөтен", "unit_head")), true, "protocol.not_chair"},
       {with(disagreed({118}, 126), "treatments", Json::Array{Json::Object{{"objection", id(118)}, {"treatment", "x"}}}), true, "objection.treatment_absurd"},
       {decided()}},
      {std::string(kind::meeting_cancel), std::string(kind::protocol_window_over)});
}

std::string key_of(const Meeting& one) {
  std::string key(to_text(one.state));
  if (one.receipt) key += one.receipt->refused ? " refused" : " marked";
  for (const auto& [objection_id, value] : one.objections) key += " " + objection_id.substr(29) + std::string(to_text(value.timeliness)) + value.treatment;
  return key;
}

const Exploration<Meeting>& every() {
  static const auto found = explore(Meeting{}, moves(), [](const Meeting& one, const Record& next) { return one.apply(next, facts()); }, key_of,
                                    [](const Meeting& one) { return to_text(one.state); });
  return found;
}

Meeting folded(const std::vector<Record>& history) {
  Meeting meeting;
  for (const auto& one : history) {
    auto next = meeting.apply(one, facts());
    INFO(one.kind << ": " << (next ? "" : next.error().detail));
    REQUIRE(next);
    meeting = *next;
  }
  return meeting;
}

// --- disclosure ---

Record asked() {
  return filing("2027-03-05", kind::disclosure_request, 131, Json::Object{{"third_party", "«Банк» АҚ"}, {"purpose", "Қарыз алу"}}, "responsible_manager");
}
Record replied(bool consent) {
  auto body = Json(Json::Object{{"disclosure", id(131)}, {"consent", consent}});
  body["signer"] = deputy();
  body["reason"] = "26-тармақ";
  return on("2027-03-08", kind::disclosure_answer, consent ? 132 : 133, body);
}
const Exploration<Disclosure>& every_disclosure() {
  static const auto found = explore(Disclosure{},
                                    with_spoilt({{asked(), false},
                                                 {with(asked(), "third_party", ""), false, "disclosure.third_party"},
                                                 {with(asked(), "purpose", ""), false, "disclosure.purpose"},
                                                 {replied(false)},
                                                 {replied(true)}}),
                                    [](const Disclosure& one, const Record& next) { return one.apply(next, facts()); },
                                    [](const Disclosure& one) { return std::string(to_text(one.state)); }, [](const Disclosure& one) { return to_text(one.state); });
  return found;
}

}  // namespace

namespace qabyl::test {
Refusals meeting_refusals() { return every().refusals; }
Refusals disclosure_refusals() { return every_disclosure().refusals; }
}  // namespace qabyl::test

TEST_CASE("a meeting and its protocol: every state, every way between them", "[core][exploration][par21][par23][par24]") {
  report("meeting and protocol (f7)", every());
  CHECK(ways(every()) == R"(
amended -protocol.object-> amended
amended -protocol.receive-> amended
called -meeting.cancel-> cancelled
called -meeting.hold-> held
decided -protocol.object-> decided
decided -protocol.receive-> decided
disagreed -protocol.final_decision-> decided
disagreed -protocol.object-> disagreed
disagreed -protocol.receive-> disagreed
held -meeting.cancel-> cancelled
held -protocol.sign-> protocol_signed
no_objections -protocol.object-> objected
no_objections -protocol.receive-> no_objections
none -meeting.call-> called
objected -protocol.amend-> amended
objected -protocol.disagree-> disagreed
objected -protocol.object-> objected
objected -protocol.receive-> objected
protocol_received -protocol.no_remarks-> no_objections
protocol_received -protocol.object-> objected
protocol_received -protocol.receive-> protocol_received
protocol_received -protocol.window_over-> no_objections
protocol_sent -protocol.receipt_refused-> protocol_received
protocol_sent -protocol.receive-> protocol_received
protocol_signed -protocol.send-> protocol_sent
)");
  CHECK(guards(every()) == R"(
meeting.call: date.absurd date.future date.order meeting.already_called meeting.chair meeting.invited
meeting.cancel: meeting.protocol_signed signer.missing signer.position text.missing
meeting.hold: date.absurd date.future date.order meeting.not_called
protocol.amend: date.absurd date.future objection.unknown objection.untreated paper.absurd paper.number_missing protocol.not_chair protocol.nothing_to_consider signer.missing signer.position
protocol.disagree: date.absurd date.future objection.treatment_absurd objection.unknown objection.untreated protocol.not_chair protocol.nothing_to_consider signer.missing signer.position
protocol.final_decision: date.absurd date.future protocol.not_disagreed signer.missing signer.position text.missing
protocol.no_remarks: act.unverified date.absurd person.capacity_absurd person.may_not protocol.not_open receipt.other_paper receipt.pages_unseen
protocol.object: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not protocol.not_delivered
protocol.receipt_refused: date.absurd date.future protocol.not_out receipt.unwitnessed
protocol.receive: act.unverified date.absurd person.capacity_absurd person.may_not protocol.not_out receipt.other_paper receipt.pages_unseen
protocol.send: date.absurd date.future date.order protocol.addressee protocol.not_signed
protocol.sign: date.absurd date.future date.order paper.absurd paper.number_missing protocol.not_chair protocol.not_held signer.missing signer.position text.missing
protocol.window_over: protocol.not_open protocol.still_running
)");
  CHECK(stuck(every(), [](const Meeting& one) { return one.concluded() || one.state == MeetingState::cancelled; }).empty());
}

TEST_CASE("the head's final decision follows objections only", "[core][par24]") {
  for (const auto& [key, one] : every().states) {
    INFO(key);
    if (one.state == MeetingState::decided || one.state == MeetingState::disagreed) CHECK_FALSE(one.objections.empty());
  }
}

TEST_CASE("a protocol goes out within five days of its signing, objections come within three working days", "[core][par23]") {
  const auto out = folded({called(), held(), protocol(), sent(), received()});
  CHECK(iso_date(out.send_term.due) == "2027-03-16");
  CHECK_FALSE(out.sent_late);
  CHECK(folded({called(), held(), protocol(), sent("2027-03-17")}).sent_late);
  CHECK(out.objection_term.due == count_term(rules_2004(), "D23O", date("2027-03-17"), days())->due);
  CHECK(out.apply(objection(), facts())->objections.at(id(118)).timeliness == Timeliness::in_time);
  CHECK(out.apply(objection("2027-04-12"), facts())->objections.at(id(118)).timeliness == Timeliness::late);
}

TEST_CASE("consent to give the report away, or a refusal with its reason", "[core][exploration][par26]") {
  report("disclosure (26)", every_disclosure());
  CHECK(ways(every_disclosure()) == R"(
asked -disclosure.answer-> consented refused
none -disclosure.request-> asked
)");
  CHECK(guards(every_disclosure()) == R"(
disclosure.answer: date.absurd date.future disclosure.nothing_asked signer.missing signer.position text.missing
disclosure.request: act.unverified date.absurd disclosure.already_asked disclosure.purpose disclosure.third_party filing.other_paper filing.paper_missing person.capacity_absurd person.may_not
)");
}
