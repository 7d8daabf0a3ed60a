// See other_inspections.h.
#include "tests/tour/other_inspections.h"

#include "tests/tour/one_case.h"

namespace qabyl::rig {
namespace {

constexpr const char *bureau_bin = "050240002170", *first_head = "Ибраева Сәуле Ержанқызы";
constexpr const char *committee_office = "Астана қаласының Құқықтық статистика басқармасы";

struct Ground {
  OfficeHand& hand;
  const Office& office;
  LaterDays& days;
  const Check& check;

  std::string officer(const std::string& login) const {
    for (const auto& one : office.secrets().items("officers")) {
      if (one.text("login") == login) return one.text("id");
    }
    return {};
  }
  void pass(int more_days) { days.set(days.ahead() + more_days); }
};

OfficeHand::Fields particulars(const Ground& ground) {
  return {{"head", ground.officer("inspector")}, {"member", ground.officer("unit")}, {"kind", "unplanned"}, {"subject", "Ақпаратты қорғау"},
          {"start", ground.days.day(1)}, {"end", ground.days.day(60)}, {"ground", "Өтініш № 14"}, {"period_waived", "1"}, {"past_confirmed", "1"}, {"powers_none", "1"}};
}

// Paragraphs 7 and 8: begun on the assignments' page by `author`, who may not hand it in before it is complete, and
// signed by `signer`. The new case's id; empty: it did not come to that.
std::string assignment(Ground& ground, const std::string& author, const std::string& signer) {
  auto& hand = ground.hand;
  const auto step = [&](std::optional<std::string> to, const std::string& what) {
    ground.check(to.has_value(), what + (to ? "" : " (" + hand.said() + ")"));
    return to.value_or("");
  };
  hand.sign_in(author);
  const auto draft = step(hand.send("/assignments", "/assignments", {{"bin", bureau_bin}}), author + " begins an assignment (7)");
  if (draft.empty()) return {};
  ground.check(!hand.send(draft, draft + "/send", {{"subject", "Ақпаратты қорғау"}}), "with particulars missing it is not handed in (8)");
  step(hand.send(draft, draft + "/send", particulars(ground)), "with all eleven it is handed in (8)");
  hand.sign_in(signer);
  const auto to = step(hand.send(draft, draft + "/sign", {}), "the " + signer + " signs the assignment (7)");
  return to.substr(to.rfind('/') + 1);
}

// To the first day: registered, notified, the receipt of the notice refused before witnesses.
void begin(Ground& ground, OneCase& one, const std::string& number) {
  one.by("clerk").act("committee", "the assignment is registered with the Committee (7)", {{"number", number}, one.today(), {"office", committee_office}});
  one.act("notice", "the notice goes out in two copies (10)", {{"documents_kk", "шарттардың тізілімі\nкіру журналдары"}, {"documents_ru", "реестр договоров\nжурналы доступа"}});
  one.act("notice_refused", "its receipt is refused before witnesses (10, A10)", {one.today(), {"witnesses", two_witnesses}});
  ground.pass(1);
  one.by("inspector").act("start", "the inspection starts on its day (9)", {one.today()});
}

// Paragraphs 9, 14, 28: a request that nobody answers, an extension, the stop, and no way on.
void unfinished(Ground& ground) {
  const auto id = assignment(ground, "inspector", "head");
  if (id.empty()) return;
  OneCase one(ground.hand, id, ground.days, ground.check);
  begin(ground, one, "2026/2001");
  one.act("request", "the head of the group asks in writing (14)", {{"items", "шарттардың тізілімі\nкіру журналдары"}, {"due", ground.days.day(2)}});
  one.by("clerk").act("request_refused", "its receipt is refused before witnesses (14, A10)", {one.today(), {"witnesses", two_witnesses}}, {{"request", ""}});
  one.by("deputy").act("extend", "an additional assignment lengthens the inspection by two weeks (9)", {{"new_end", ground.days.day(73)}, {"reason", "Көлемі үлкен"}});
  one.by("clerk").act("extension_committee", "it is registered with the Committee too (9)", {{"number", "2026/2002"}, one.today(), {"office", committee_office}});
  one.act("extension_notice", "the bureau is told of it in writing (9)");
  one.act("extension_refused", "and refuses the receipt before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}});
  ground.pass(6);
  one.by("inspector").act("request_overdue", "the request was not answered in time (14)", {}, {{"request", ""}});
  one.act("memo", "the head of the group writes of it to the head of the body (28)", {{"text", "Сұрау салуға жауап жоқ"}}, {{"of", ""}});
  one.by("head").act("memo_receive", "the head receives the memo (28)", {}, {{"memo", ""}});
  one.by("inspector").act("halt", "the inspection is stopped (28)", {}, {{"memo", ""}});
  one.act("close_unfinished", "and closed unfinished by the head of the inspection (28)", {one.today(), {"reason", "Кедергі жойылмады"}}).shows("аяқталмай жабылды");
  one.by("unit").act("plan", "a plan is demanded all the same (27)", {{"breaches_kk", "Сұрау салуға жауап берілмеген"}, {"breaches_ru", "Запрос оставлен без ответа"}, {"due", ground.days.day(3)}});
  ground.pass(7);
  one.by("unit").act("plan_missed", "no plan came in its time (27)", {}, {{"plan", ""}});
}

void summary_without_the_bureau(OneCase& one) {
  one.by("inspector").act("end", "fieldwork ends (18)", {one.today()});
  one.act("summary", "the summary report is signed by the head of the inspection (18)",
          {{"findings_kk", "Журнал жүргізілмеген"}, {"findings_ru", "Журнал не ведётся"}, {"conclusions_kk", "Тәртіп бұзылған"}, {"conclusions_ru", "Порядок нарушен"},
           {"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}}, {{"superior", "Ермекова"}});
  one.by("unit").act("summary_superior", "and by his superior");
  one.by("clerk").act("summary_send", "two copies go to the bureau's first head (18)", {{"addressee", first_head}});
  one.act("summary_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}});
}

// Paragraphs 21-24: one meeting is cancelled, the other is held; its protocol is refused too.
void with_meetings(Ground& ground) {
  const auto id = assignment(ground, "unit", "deputy");
  if (id.empty()) return;
  OneCase one(ground.hand, id, ground.days, ground.check);
  begin(ground, one, "2026/2003");
  summary_without_the_bureau(one);
  const OfficeHand::Fields called{{"level", "head"}, {"on", ground.days.day(1)}, {"place", "Алматы, кеңсе"}, {"invited", first_head}};
  one.by("unit").act("meeting", "a meeting under the deputy is called (22)", called, {{"chair", "Жүнісов"}});
  one.act("meeting_cancel", "and called off", {{"reason", "Төраға іссапарда"}}, {{"meeting", ""}});
  one.act("meeting", "a meeting of the unit is called, the bureau's head is invited (21)", {{"level", "unit"}, {"on", ground.days.day(1)}, {"place", "Алматы, кеңсе"}, {"invited", first_head}}, {{"chair", "Ермекова"}});
  ground.pass(1);
  one.by("unit").act("meeting_hold", "it is held on its day (21)", {one.today()}, {{"meeting", ""}});
  one.act("protocol", "its chair signs the protocol (23)", {{"heard_kk", "Басқарма төрағасы"}, {"heard_ru", "Председатель правления"}, {"decided_kk", "Жоспар керек"}, {"decided_ru", "Нужен план"}}, {{"meeting", ""}});
  one.by("clerk").act("protocol_send", "the protocol goes to the bureau's head (23)", {{"addressee", first_head}}, {{"meeting", ""}});
  one.act("protocol_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"meeting", ""}});
  ground.pass(12);
  one.by("clerk").act("protocol_over", "three working days passed without objections (23)", {}, {{"meeting", ""}});
  one.act("summary_over", "copy 2 never came back (19)");
  one.by("inspector").act("settle", "the results are settled: no breach stands (25)").shows("тексеру жабылды");
}

void cancelled(Ground& ground) {
  const auto id = assignment(ground, "unit", "head");
  if (id.empty()) return;
  OneCase one(ground.hand, id, ground.days, ground.check);
  one.by("head").act("cancel", "an inspection is cancelled by order before it starts (30)", {{"order", "№ 7"}, {"reason", "Бюро таратылуда"}}).shows("тексеру болдырылмады");
}

}  // namespace

void other_inspections(OfficeHand& hand, const Office& office, LaterDays& days, const Check& check) {
  Ground ground{hand, office, days, check};
  unfinished(ground);
  with_meetings(ground);
  cancelled(ground);
}

}  // namespace qabyl::rig
