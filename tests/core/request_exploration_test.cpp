// Every life of a written request and of a notice (RULES f3; paragraphs 9, 10, 14).
#include "tests/core/lives.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

constexpr const char* before_due = "2026-12-04";
constexpr const char* after_due = "2026-12-15";  // due on the 11th, a Friday

Record signed_request() {
  auto body = paper_body("request", 2, group_head());
  body["items"] = Json::Array{"Шарттар тізілімі", "Журналдар"};
  body["due"] = "2026-12-11";
  return on("2026-12-02", kind::request_sign, 31, body);
}
Record received(const char* capacity = "specialist") {
  return by_bureau(before_due, kind::request_receive, 32, Json::Object{{"request", id(31)}}, capacity, paper_d("request"), 2);
}
Record answered(const char* day, Json items, int n) {
  auto body = Json(Json::Object{{"request", id(31)}});
  body["items"] = std::move(items);
  return filing(day, kind::request_answer, n, body, "specialist");
}
Record refused_by_bureau() {
  return filing(before_due, kind::request_refuse, 35, Json::Object{{"request", id(31)}, {"reason", "Коммерциялық құпия"}}, "specialist");
}
Record receipt_refusal() { return on(before_due, kind::request_receipt_refused, 36, with(Json::Object{{"request", id(31)}}, "witnesses", witnesses())); }
Record overdue(const char* day) { return on(day, kind::request_overdue, 37, Json::Object{{"request", id(31)}}); }
Record withdrawn() {
  return on(before_due, kind::request_withdraw, 38, with(Json::Object{{"request", id(31)}, {"reason", "Басқа сұратуға қосылды"}}, "signer", group_head()));
}

std::vector<Move> request_moves() {
  return with_spoilt(
      {
          {signed_request()},
          {with(signed_request(), "items", Json::Array{}), true, "request.items"},
          {with(signed_request(), "items", Json::Array{7}), true, "request.items"},
          {with(signed_request(), "due", "2026-11-30"), true, "request.due"},
          {without(signed_request(), "due"), true, "request.due"},
          {received(), false},
          {received("representative"), false},
          {receipt_refusal()},
          {with(receipt_refusal(), "witnesses", Json::Array{witnesses().array()[0], witnesses().array()[0]}), true, "receipt.unwitnessed"},
          {with(without(receipt_refusal(), "witnesses"), "note", "Қызметкер есік алдында бас тартты")},
          {answered(before_due, Json::Array{0}, 33), false},
          {answered(after_due, Json::Array{1}, 34), false},
          {answered(before_due, Json::Array{0, 1}, 39), false},
          {answered(before_due, Json::Array{2}, 42), false, "request.item_unknown"},
          {answered(before_due, Json::Array{}, 43), false, "request.item_unknown"},
          {refused_by_bureau(), false},
          {overdue(before_due), true, "request.still_running"},
          {overdue(after_due)},
          {withdrawn()},
      },
      {std::string(kind::request_overdue), std::string(kind::request_withdraw)});
}

std::string request_key(const Request& request) {
  std::string key(to_text(request.state));
  for (const int item : request.answered) key += " " + std::to_string(item);
  if (request.receipt) key += request.receipt->refused ? " refused" : " marked";
  return key + " " + std::string(to_text(request.timeliness));
}

const Exploration<Request>& every_request() {
  static const auto found = explore(Request{}, request_moves(), [](const Request& before, const Record& one) { return before.apply(one, facts()); },
                                    request_key, [](const Request& one) { return to_text(one.state); });
  return found;
}

// --- notice ---

Record notice_refusal() { return on("2026-11-24", kind::notice_receipt_refused, 22, with(Json::Object{{"notice", id(13)}}, "witnesses", witnesses())); }
Record marked(bool returned) {
  const MarkOfReceipt mark{"S-0007", "Динара Мысалова", "бас заңгер", "2026-11-23", signature(notice_paper, 3), "act"};
  auto made = record(kind::notice_mark_receipt, 14, id(11), mark_body(id(13), mark), "AL-03");
  made.body["returned"] = returned;
  return made;
}
Record copy_back() { return on("2026-11-25", kind::notice_return_copy, 23, Json::Object{{"notice", id(13)}}); }
Record kept() { return on("2026-11-26", kind::notice_file, 15, Json::Object{{"unit", "Инспекция бөлімшесі"}, {"place", "3-сөре"}}); }

std::vector<Move> notice_moves() {
  auto hasty = marked(true);
  hasty.body["signature"] = to_json(signature(notice_paper, 2));
  return {{notice()},
          {with(notice(), "copies", 1), true, "notice.copies"},
          {with(notice(), "paper", "00"), true, "notice.paper_absurd"},
          {with(notice(), "number", ""), true, "notice.number_missing"},
          {with(notice(), "date", "2026-02-30"), true, "date.absurd"},
          {marked(true), false},
          {marked(false), false},
          {with(marked(true), "notice", id(99)), false, "mark.other_paper"},
          {with(marked(true), "act", ""), false, "mark.act_unverified"},
          {hasty, false, "mark.pages_unseen"},
          {notice_refusal()},
          {without(notice_refusal(), "witnesses"), true, "receipt.unwitnessed"},
          {copy_back()},
          {with(copy_back(), "date", "x"), true, "date.absurd"},
          {kept()},
          {with(kept(), "place", ""), true, "notice.place_missing"}};
}

const Exploration<Notice>& every_notice() {
  static const Rules rules{&rules_2004(), &days()};
  static const auto found = explore(
      Notice{}, notice_moves(), [](const Notice& before, const Record& one) { return before.apply(one, &rules); },
      [](const Notice& one) { return std::string(to_text(one.state)) + (one.mark ? " marked" : "") + (one.refusal ? " refused" : ""); },
      [](const Notice& one) { return to_text(one.state); });
  return found;
}

}  // namespace

namespace qabyl::test {
Refusals request_refusals() { return every_request().refusals; }
Refusals notice_refusals() { return every_notice().refusals; }
}  // namespace qabyl::test

TEST_CASE("a request: every state, every way between them", "[core][exploration][par14]") {
  report("request (f3)", every_request());
  CHECK(ways(every_request()) == R"(
answered -request.receive-> answered
delivered -request.answer-> answered partly_answered
delivered -request.overdue-> overdue
delivered -request.receive-> delivered
delivered -request.refuse-> refused
delivered -request.withdraw-> withdrawn
issued -request.receipt_refused-> delivered
issued -request.receive-> delivered
issued -request.withdraw-> withdrawn
none -request.sign-> issued
overdue -request.answer-> answered partly_answered
overdue -request.receive-> overdue
overdue -request.refuse-> refused
overdue -request.withdraw-> withdrawn
partly_answered -request.answer-> answered
partly_answered -request.overdue-> overdue
partly_answered -request.receive-> partly_answered
partly_answered -request.refuse-> refused
partly_answered -request.withdraw-> withdrawn
refused -request.answer-> answered partly_answered
refused -request.receive-> refused
refused -request.withdraw-> withdrawn
withdrawn -request.receive-> withdrawn
)");
  CHECK(guards(every_request()) == R"(
request.answer: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not request.item_unknown request.not_open
request.overdue: request.not_open request.still_running
request.receipt_refused: date.absurd date.future receipt.unwitnessed request.not_out
request.receive: act.unverified date.absurd person.capacity_absurd person.may_not receipt.other_paper receipt.pages_unseen request.not_out
request.refuse: act.unverified date.absurd filing.other_paper filing.paper_missing person.capacity_absurd person.may_not request.not_open text.missing
request.sign: date.absurd date.future paper.absurd paper.number_missing request.already_signed request.due request.items signer.missing signer.not_group_head signer.position
request.withdraw: request.not_open signer.missing signer.not_group_head signer.position text.missing
)");
  CHECK(stuck(every_request(), [](const Request& one) { return one.state == RequestState::answered || one.state == RequestState::withdrawn; }).empty());
}

TEST_CASE("a notice: every state, every way between them", "[core][exploration][par10]") {
  report("notice (f3)", every_notice());
  CHECK(ways(every_notice()) == R"(
copy_returned -notice.file-> filed
filed -notice.mark_receipt-> copy_returned received
none -notice.send-> sent
receipt_refused -notice.file-> filed
receipt_refused -notice.mark_receipt-> copy_returned received
received -notice.return_copy-> copy_returned
sent -notice.mark_receipt-> copy_returned received
sent -notice.receipt_refused-> receipt_refused
)");
  CHECK(guards(every_notice()) == R"(
notice.file: notice.already_filed notice.not_returned notice.place_missing
notice.mark_receipt: mark.act_unverified mark.already mark.before_notice mark.other_paper mark.pages_unseen
notice.receipt_refused: notice.not_out receipt.unwitnessed
notice.return_copy: date.absurd notice.not_received
notice.send: date.absurd notice.already_sent notice.copies notice.number_missing notice.paper_absurd
)");
  CHECK(stuck(every_notice(), [](const Notice& one) { return one.state == NoticeState::filed; }).empty());
}

TEST_CASE("a notice that nobody would mark counts as served", "[core][par10]") {
  const Rules rules{&rules_2004(), &days()};
  const auto sent = *Notice{}.apply(notice(), &rules);
  CHECK_FALSE(sent.served());
  CHECK(sent.apply(notice_refusal(), &rules)->served());
  CHECK(sent.apply(notice_refusal(), nullptr).error().detail == "rules.missing");
}

TEST_CASE("an answer counts as in time until midnight of the last day, late after it, and doubtful without a clock", "[core][par14]") {
  const auto asked = *Request{}.apply(signed_request(), facts())->apply(received(), facts());
  auto reply = answered("2026-12-11", Json::Array{0}, 50);
  reply.at.utc = Instant{std::chrono::sys_days{date("2026-12-11")} + std::chrono::hours{18} + std::chrono::minutes{59}};  // 23:59 in Almaty
  CHECK(asked.apply(reply, facts())->timeliness == Timeliness::in_time);
  reply.at.u_ms = 120'000;
  CHECK(asked.apply(reply, facts())->timeliness == Timeliness::doubtful);  // the clock may be two minutes slow
  reply.at.utc += std::chrono::minutes{5};
  CHECK(asked.apply(reply, facts())->timeliness == Timeliness::late);
  reply.at.trust = Trust::untrusted;
  CHECK(asked.apply(reply, facts())->timeliness == Timeliness::doubtful);
}
