// Every life of an inspection up to the end of its fieldwork (RULES f4; paragraphs 7-15, 28), and what must hold
// in each state of it.
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

constexpr const char* start_day = "2026-11-30";
constexpr const char* last_day = "2027-02-28";  // the term's end by the assignment
constexpr const char* late_day = "2027-03-02";

Record act(std::string_view kind, int n, Json body, Json by, const char* day = "2026-12-16") {
  body["signer"] = std::move(by);
  return on(day, kind, n, std::move(body));
}

// --- order ---

Record refused_notice() { return on("2026-11-24", kind::notice_receipt_refused, 22, with(Json::Object{{"notice", id(13)}}, "witnesses", witnesses())); }
Record cancelled() { return act(kind::inspection_cancel, 24, Json::Object{{"order", "12"}, {"reason", "Негіз жойылды"}}, deputy(), "2026-11-27"); }
Record undertaking(const char* name = "С. Маман") { return on("2026-11-27", kind::inspection_undertaking, 25, Json::Object{{"name", name}}); }

// --- fieldwork ---

Record started(const char* day = start_day) { return on(day, kind::inspection_start, 26, {}); }
Record letter_record() { return filing("2026-12-01", kind::letter_of_responsibles, 27, letter_body()); }
Record documents() {
  auto body = Json(Json::Object{});
  body["items"] = Json::Array{Json::Object{{"text", "Жарғы"}, {"given", true}}};
  return on(start_day, kind::inspection_documents, 28, body);
}
Record room() { return on(start_day, kind::inspection_room, 29, {}); }
Record ended(const char* day = "2027-02-10") { return act(kind::end_fieldwork, 30, {}, group_head(), day); }

Json extension_body() {
  auto body = assignment();
  body["journal_number"] = "131";
  body["date"] = "2027-02-15";
  body["first"] = Json::Object{{"number", "118"}, {"date", "2026-11-20"}};
  body["new_end"] = "2027-03-28";
  body["reason"] = "Көлемі үлкен";
  return body;
}
Record extension(const char* day = "2027-02-15") { return on(day, kind::extension_sign, 31, extension_body()); }
Record extension_registered() {
  return on("2027-02-16", kind::extension_register, 32, Json::Object{{"number", "27-9"}, {"date", "2027-02-16"}, {"office", "Алматы"}});
}
Record extension_notice(const char* day = "2027-02-17") {
  return on(day, kind::notice_send, 33,
            Json::Object{{"number", "9"}, {"paper", to_hex(paper_d("extension"))}, {"pages", 1}, {"copies", 2}, {"about", "extension"}});
}
Record extension_refused() { return on("2027-02-18", kind::notice_receipt_refused, 34, with(Json::Object{{"notice", id(33)}}, "witnesses", witnesses())); }

Record in_letter(std::string_view member, Json value) { return with(letter_record(), member, std::move(value)); }
Json specialists(Json::Array duties) {
  auto one = letter_person("S-specialist");
  one["duties"] = std::move(duties);
  return Json::Array{one};
}

std::vector<Move> order_moves() {
  auto moves = with_spoilt({{assigned()},
                            {without(assigned(), "subject"), true, "particular.6"},
                            {registered()},
                            {with(registered(), "number", ""), true, "committee.missing"},
                            {with(registered(), "date", "2026-11-19"), true, "committee.before_assignment"},
                            {notice()},
                            {refused_notice()},
                            {cancelled()},
                            {with(cancelled(), "order", ""), true, "paper.number_missing"},
                            {undertaking()},
                            {undertaking("Б. Бөтен"), true, "undertaking.not_official"},
                            {started()},
                            {started("2026-11-29"), true, "start.too_early"},
                            {started(late_day), true, "start.after_term"},
                            {documents()},
                            {with(documents(), "items", Json::Array{}), true, "documents.absurd"},
                            {ended()}},
                           {std::string(kind::assignment_sign), std::string(kind::assignment_register), std::string(kind::notice_send)});
  std::erase_if(moves, [](const Move& one) {  // the notice and the assignment have codes of their own
    return (one.record.kind == kind::notice_send || one.record.kind == kind::assignment_sign) && !one.never.empty() && one.never != "particular.6";
  });
  return moves;
}

std::vector<Move> fieldwork_moves() {
  auto short_of = extension();
  short_of.body.object().erase("ground");
  auto early_registration = extension_registered();
  early_registration.body["date"] = "2027-02-14";
  return with_spoilt(
      {{started()},
       {letter_record(), false},
       {in_letter("manager", Json()), false, "letter.manager_missing"},
       {in_letter("stand_in", letter_person("S-responsible_manager")), false, "letter.stand_in_missing"},
       {in_letter("specialists", specialists({"prepare", "hand_over"})), false, "letter.duty_unfilled"},
       {in_letter("specialists", specialists({"prepare", "hand_over", "everything"})), false, "letter.specialist_absurd"},
       {in_letter("capacity", "deputy"), false},
       {in_letter("capacity", "specialist"), false, "letter.signer"},
       {room()},
       {on(late_day, kind::inspection_room, 29, {})},  // only where the inspection was extended
       {extension()},
       {extension(late_day), true, "extension.too_late"},
       {short_of, true, "particular.8"},
       {with(extension(), "new_end", "2027-03-29"), true, "extension.too_long"},
       {with(extension(), "new_end", last_day), true, "extension.not_longer"},
       {with(extension(), "new_end", "2027-02-30"), true, "date.absurd"},
       {with(extension(), "reason", ""), true, "text.missing"},
       {with(extension(), "first", Json::Object{{"number", "119"}, {"date", "2026-11-20"}}), true, "extension.other_assignment"},
       {with(extension(), "term", Json::Object{{"start", start_day}, {"end", "2027-02-27"}}), true, "extension.other_assignment"},
       {extension_registered()},
       {with(extension_registered(), "office", ""), true, "committee.missing"},
       {early_registration, true, "committee.before_assignment"},
       {extension_notice()},
       {extension_notice(late_day), true, "extension.too_late"},
       {extension_refused()},
       {ended()},
       {ended(late_day)},
       {with(ended(), "date", "2026-11-29"), true, "date.order"}},
      {std::string(kind::extension_sign), std::string(kind::notice_send)});
}

// --- obstruction ---

Record access_denied() { return act(kind::access_refused, 41, Json::Object{{"what", "premises"}, {"text", "Серверлік бөлмеге жібермеді"}}, group_head(), "2026-12-07"); }
Record access_given() { return on("2026-12-09", kind::access_restored, 42, Json::Object{{"access", id(41)}}); }
Record memo(const char* ground, const Id& of, int n) {
  return act(kind::memo_sign, n, Json::Object{{"ground", ground}, {"of", of}, {"text", "Кедергі туралы"}}, group_head(), "2026-12-08");
}
Record memo_delivered(int n, int of) { return act(kind::memo_receive, n, Json::Object{{"memo", id(of)}}, deputy(), "2026-12-08"); }
Record halted(int n, int of) { return act(kind::inspection_halt, n, Json::Object{{"memo", id(of)}}, group_head(), "2026-12-08"); }
Record resumed(const char* day = "2026-12-15") { return act(kind::inspection_resume, 49, {}, group_head(), day); }
Record unfinished() { return act(kind::close_unfinished, 50, Json::Object{{"reason", "Қол жеткізілмеді"}}, group_head()); }

Record request_signed() {
  auto body = paper_body("request", 2, group_head());
  body["items"] = Json::Array{"Журналдар"};
  body["due"] = "2026-12-04";
  return on("2026-12-01", kind::request_sign, 51, body);
}
Record request_served() { return on("2026-12-02", kind::request_receipt_refused, 52, with(Json::Object{{"request", id(51)}}, "witnesses", witnesses())); }
Record request_overdue() { return on("2026-12-07", kind::request_overdue, 53, Json::Object{{"request", id(51)}}); }
Record request_answered() {
  auto body = Json(Json::Object{{"request", id(51)}});
  body["items"] = Json::Array{0};
  return filing("2026-12-10", kind::request_answer, 54, body, "representative");
}

std::vector<Move> halt_moves() {
  auto by_receiver = memo_delivered(44, 43);
  by_receiver.body["signer"]["name"] = "А. Инспектор";
  return with_spoilt(
      {{started()},
       {request_signed()},
       {with(request_signed(), "items", Json::Array{}), true, "request.items"},
       {request_served()},
       {request_overdue()},
       {request_answered(), false},
       {with(request_overdue(), "request", id(99)), true, "request.unknown"},
       {access_denied()},
       {with(access_denied(), "signer", signer("Б. Бөтен", "executor")), true, "signer.not_official"},
       {with(access_denied(), "what", "everything"), true, "access.absurd"},
       {access_given()},
       {with(access_given(), "date", "2026-12-06"), true, "date.order"},
       {with(access_given(), "access", id(99)), true, "access.unknown"},
       {memo("access", id(41), 43)},
       {memo("request", id(51), 45)},
       {memo("access", id(51), 46), true, "memo.no_ground"},
       {memo("weather", id(51), 46), true, "memo.no_ground"},
       {memo_delivered(44, 43)},
       {memo_delivered(47, 45)},
       {by_receiver, true, "signer.same_person"},
       {with(memo_delivered(44, 43), "memo", id(99)), true, "memo.unknown"},
       {halted(48, 43)},
       {halted(48, 45)},
       {with(halted(48, 43), "date", "2026-12-07"), true, "date.order"},
       {resumed()},
       {resumed(late_day), true, "resume.term_over"},
       {with(resumed(), "date", "2026-12-07"), true, "date.order"},
       {unfinished()},
       {with(unfinished(), "date", "2026-12-07"), true, "date.order"},
       {ended()}},
      {std::string(kind::request_overdue), std::string(kind::request_sign)});
}

// --- what tells states apart ---

std::string key_of(const Inspection& one) {
  std::string key = std::string(to_text(one.state)) + " " + std::string(to_text(one.notice.state)) + " " + iso_date(one.term_end);
  if (one.letter.signed_on) key += " letter";
  if (one.room_accepted_on) key += " room";
  if (one.overrun) key += " overrun";
  key += " " + std::to_string(one.undertakings.size()) + std::to_string(one.documents.size());
  for (const auto& extension : one.extensions) key += " e" + std::to_string(static_cast<int>(extension.state)) + std::string(to_text(extension.notice.state));
  for (const auto& [request, value] : one.requests) key += " " + std::string(to_text(value.state));
  for (const auto& [access, value] : one.access) key += value.restored ? " restored" : " denied";
  for (const auto& [memo_id, value] : one.memos) key += " memo" + value.ground + (value.delivered_on ? "+" : "-");
  if (one.halt) key += " halt " + one.halt->memo;
  return key;
}

Exploration<Inspection> every(const std::vector<Record>& before, const std::vector<Move>& moves) {
  static const auto rules = book();
  return explore(fold_inspection(before, rules), moves, [](const Inspection& one, const Record& next) { return one.apply(next, rules); }, key_of,
                 [](const Inspection& one) { return to_text(one.state); });
}
const Exploration<Inspection>& every_order() {
  static const auto found = every({}, order_moves());
  return found;
}
const Exploration<Inspection>& every_fieldwork() {
  static const auto found = every({assigned(), registered(), notice(), refused_notice()}, fieldwork_moves());
  return found;
}
const Exploration<Inspection>& every_halt() {
  static const auto found = every({assigned(), registered(), notice(), refused_notice()}, halt_moves());
  return found;
}

bool over(const Inspection& one) {
  return one.state == InspectionState::cancelled || one.state == InspectionState::closed_unfinished || one.state == InspectionState::fieldwork_ended;
}

}  // namespace

namespace qabyl::test {
Refusals inspection_refusals() {
  auto all = every_order().refusals;
  for (const auto* more : {&every_fieldwork().refusals, &every_halt().refusals}) {
    for (const auto& [kind, codes] : *more) all[kind].insert(codes.begin(), codes.end());
  }
  return all;
}
void visit_fieldwork_states(const VisitInspection& visit) {
  for (const auto* found : {&every_order(), &every_fieldwork(), &every_halt()}) {
    for (const auto& [key, one] : found->states) visit(key, one);
  }
}
}  // namespace qabyl::test

TEST_CASE("the order of an inspection: every state, every way between them", "[core][exploration][par7][par10]") {
  report("inspection: order (f4)", every_order());
  CHECK(ways(every_order()) == R"(
assignment_registered -inspection.cancel-> cancelled
assignment_registered -inspection.undertaking-> assignment_registered
assignment_registered -notice.receipt_refused-> notified
assignment_registered -notice.send-> assignment_registered
assignment_signed -inspection.assignment_register-> assignment_registered
assignment_signed -inspection.cancel-> cancelled
assignment_signed -inspection.undertaking-> assignment_signed
fieldwork_ended -inspection.undertaking-> fieldwork_ended
in_progress -inspection.documents_receive-> in_progress
in_progress -inspection.end_fieldwork-> fieldwork_ended
in_progress -inspection.undertaking-> in_progress
none -inspection.assignment_sign-> assignment_signed
notified -inspection.cancel-> cancelled
notified -inspection.documents_receive-> notified
notified -inspection.start-> in_progress
notified -inspection.undertaking-> notified
)");
  CHECK(guards(every_order()) == R"(
inspection.assignment_register: assignment.already_registered assignment.not_signed committee.before_assignment committee.missing inspection.cancelled
inspection.assignment_sign: assignment.already_signed inspection.cancelled particular.6
inspection.cancel: assignment.not_signed cancel.too_late date.absurd date.future inspection.cancelled paper.number_missing signer.missing signer.position text.missing
inspection.documents_receive: date.absurd date.future documents.absurd documents.not_now inspection.cancelled
inspection.end_fieldwork: date.absurd date.future fieldwork.not_running inspection.cancelled signer.missing signer.not_group_head signer.position
inspection.start: date.absurd date.future inspection.cancelled start.after_term start.not_notified start.too_early
inspection.undertaking: assignment.not_signed date.absurd date.future inspection.cancelled undertaking.already undertaking.not_official
notice.receipt_refused: date.absurd date.future inspection.cancelled notice.not_out receipt.unwitnessed
notice.send: inspection.cancelled notice.already_sent notice.before_registration
)");
  CHECK(stuck(every_order(), over).empty());
}

TEST_CASE("fieldwork and its extension: every state, every way between them", "[core][exploration][par9][par13]") {
  report("inspection: fieldwork (f4)", every_fieldwork());
  CHECK(ways(every_fieldwork()) == R"(
fieldwork_ended -inspection.letter_of_responsibles-> fieldwork_ended
fieldwork_ended -notice.receipt_refused-> fieldwork_ended
in_progress -inspection.end_fieldwork-> fieldwork_ended
in_progress -inspection.extension_register-> in_progress
in_progress -inspection.extension_sign-> in_progress
in_progress -inspection.letter_of_responsibles-> in_progress
in_progress -inspection.room_accept-> in_progress
in_progress -notice.receipt_refused-> in_progress
in_progress -notice.send-> in_progress
notified -inspection.start-> in_progress
)");
  CHECK(guards(every_fieldwork()) == R"(
inspection.end_fieldwork: date.absurd date.future date.order fieldwork.not_running signer.missing signer.not_group_head signer.position
inspection.extension_register: committee.before_assignment committee.missing date.absurd date.future extension.already_registered extension.not_in_progress extension.not_signed
inspection.extension_sign: date.absurd extension.already extension.not_in_progress extension.not_longer extension.other_assignment extension.too_late extension.too_long particular.1 particular.8 text.missing
inspection.letter_of_responsibles: act.unverified date.absurd filing.other_paper filing.paper_missing letter.before_start letter.duty_unfilled letter.manager_missing letter.signer letter.specialist_absurd letter.stand_in_missing person.capacity_absurd
inspection.room_accept: date.absurd date.future fieldwork.not_running fieldwork.term_over
inspection.start: date.absurd date.future start.not_notified
notice.receipt_refused: date.absurd date.future notice.not_out receipt.unwitnessed
notice.send: extension.not_in_progress extension.not_registered extension.too_late notice.already_sent notice.number_missing notice.paper_absurd
)");
  CHECK(stuck(every_fieldwork(), over).empty());
}

TEST_CASE("obstruction: every state, every way between them", "[core][exploration][par28]") {
  report("inspection: obstruction (f4)", every_halt());
  CHECK(ways(every_halt()) == R"(
closed_unfinished -inspection.access_restored-> closed_unfinished
closed_unfinished -inspection.memo_receive-> closed_unfinished
closed_unfinished -request.answer-> closed_unfinished
closed_unfinished -request.overdue-> closed_unfinished
closed_unfinished -request.receipt_refused-> closed_unfinished
fieldwork_ended -inspection.access_restored-> fieldwork_ended
fieldwork_ended -inspection.memo_receive-> fieldwork_ended
fieldwork_ended -request.answer-> fieldwork_ended
fieldwork_ended -request.overdue-> fieldwork_ended
fieldwork_ended -request.receipt_refused-> fieldwork_ended
halted -inspection.access_restored-> halted
halted -inspection.close_unfinished-> closed_unfinished
halted -inspection.memo_receive-> halted
halted -inspection.resume-> in_progress
halted -request.answer-> halted
halted -request.overdue-> halted
halted -request.receipt_refused-> halted
in_progress -inspection.access_refused-> in_progress
in_progress -inspection.access_restored-> in_progress
in_progress -inspection.end_fieldwork-> fieldwork_ended
in_progress -inspection.halt-> halted
in_progress -inspection.memo_receive-> in_progress
in_progress -inspection.memo_sign-> in_progress
in_progress -request.answer-> in_progress
in_progress -request.overdue-> in_progress
in_progress -request.receipt_refused-> in_progress
in_progress -request.sign-> in_progress
notified -inspection.start-> in_progress
)");
  CHECK(guards(every_halt()) == R"(
inspection.access_refused: access.absurd date.absurd date.future fieldwork.not_running signer.missing signer.not_group_head signer.not_official signer.position text.missing
inspection.access_restored: access.unknown date.absurd date.future date.order
inspection.close_unfinished: date.absurd date.future date.order halt.not_halted signer.missing signer.not_group_head signer.position text.missing
inspection.end_fieldwork: date.absurd date.future fieldwork.not_running signer.missing signer.not_group_head signer.position
inspection.halt: date.absurd date.future date.order fieldwork.not_running halt.ground_gone halt.memo_first signer.missing signer.not_group_head signer.position
inspection.memo_receive: date.absurd date.future memo.unknown signer.missing signer.position signer.same_person
inspection.memo_sign: date.absurd date.future fieldwork.not_running memo.no_ground signer.missing signer.not_group_head signer.position text.missing
inspection.resume: date.absurd date.future date.order halt.not_halted resume.obstacle_stands resume.term_over signer.missing signer.not_group_head signer.position
inspection.start: date.absurd date.future start.not_notified
request.answer: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd request.not_open request.unknown
request.overdue: request.not_open request.unknown
request.receipt_refused: date.absurd date.future receipt.unwitnessed request.not_out request.unknown
request.sign: fieldwork.not_running paper.absurd paper.number_missing request.already_signed request.items signer.missing signer.not_group_head signer.position
)");
  CHECK(stuck(every_halt(), over).empty());
}

TEST_CASE("in every state reached the order of paragraphs 7 to 10 holds", "[core][exploration][par7][par9][par10]") {
  for (const auto* found : {&every_order(), &every_fieldwork(), &every_halt()}) {
    for (const auto& [key, one] : found->states) {
      INFO(key);
      if (one.notice.state != NoticeState::none) CHECK(one.committee_number == "26-118");  // no notice before registration
      if (one.arrived) CHECK(one.notice.served());                                          // no start before notice
      CHECK(one.extensions.size() <= 1);                                                    // never more than one
      const auto four_months = add_months(date(start_day), 4);
      CHECK(std::chrono::sys_days{one.term_end} <= std::chrono::sys_days{four_months});
      const bool fourth_month = std::chrono::sys_days{one.term_end} > std::chrono::sys_days{date(last_day)};
      if (fourth_month) CHECK(one.extensions.front().committee_number == "27-9");  // none without a registered additional assignment
      if (one.state == InspectionState::fieldwork_ended) CHECK(std::chrono::sys_days{one.legal_end} <= std::chrono::sys_days{one.term_end});
      if (one.state == InspectionState::halted) CHECK(one.memos.at(one.halt->memo).delivered_on);  // told first, stopped after
    }
  }
}

TEST_CASE("the notice of an extension and its receipt leave the notice of inspection alone", "[core][par9]") {
  const auto rules = book();
  const auto one = fold_inspection({assigned(), registered(), notice(), refused_notice(), started(), extension(), extension_registered(),
                                    extension_notice(), extension_refused()}, rules);
  CHECK(one.extensions.front().notice.state == NoticeState::receipt_refused);
  CHECK(one.notice.sent_record == id(13));
  CHECK(iso_date(one.term_end) == "2027-03-28");
}

TEST_CASE("the terms of an inspection are those of the calendar library", "[core][par9][par13][par18]") {
  const auto rules = book();
  const auto one = fold_inspection({assigned(), registered(), notice(), refused_notice(), started("2026-12-11"), ended(late_day)}, rules);
  CHECK(iso_date(one.cap.due) == "2027-02-28");          // from the assignment's start, A06; no roll, A05
  CHECK(iso_date(one.letter_term.due) == "2026-12-14");  // from the arrival on a Friday: Monday
  CHECK(one.overrun);
  CHECK(iso_date(one.legal_end) == "2027-02-28");        // A07
  CHECK(one.report_term.due == count_term(rules_2004(), "D18", date("2027-02-28"), days())->due);
}

TEST_CASE("an office that reads paragraph 28 so lets the clock pause while the inspection is stopped", "[core][par28]") {
  auto pausing = profile();
  pausing.settings["halt.clock"] = "paused";
  const std::vector<Record> stopped{assigned(), registered(), notice(), refused_notice(), started(), access_denied(), memo("access", id(41), 43),
                                    memo_delivered(44, 43), halted(48, 43), access_given(), resumed()};
  CHECK(iso_date(fold_inspection(stopped, book()).term_end) == "2027-02-28");
  CHECK(iso_date(fold_inspection(stopped, book(pausing)).term_end) == "2027-03-07");  // seven days stood still
}

TEST_CASE("a case without its rules goes as far as the notice", "[core][par10]") {
  const auto notified = fold_inspection({assigned(), registered(), notice(), refused_notice()}, book());
  CHECK(notified.state == InspectionState::notified);
  CHECK(notified.apply(started()).error().detail == "rules.missing");
  auto elsewhere = assigned();
  elsewhere.body["calendar"] = "1999-1";
  const auto unknown = fold_inspection({elsewhere, registered(), notice()}, book());
  CHECK(unknown.apply(started(), book()).error().detail == "rules.calendar_unknown");
  CHECK(unknown.apply(refused_notice(), book()).error().detail == "rules.missing");
}
