// See at_the_office.h.
#include "tests/tour/at_the_office.h"

#include <thread>

#include "core/civil_time.h"
#include "tests/tour/bureau_at_the_kiosk.h"
#include "tests/tour/one_case.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

constexpr int start_days_ahead = 9;  // five working days after the sample's assignment, whatever the week
constexpr const char* first_head = "Ахметов Нұрлан Серікұлы";
const OfficeHand::Fields findings{{"findings_kk", "Журнал жүргізілмеген"}, {"findings_ru", "Журнал не ведётся"}, {"conclusions_kk", "Тәртіп бұзылған"}, {"conclusions_ru", "Порядок нарушен"}};

constexpr int looks_max = 240;

}  // namespace

OneCase& OneCase::scan_comes_back(const std::string& what) {
  const auto shown = hand_.page("/case/" + id_);
  const auto at = shown.find("/scans/");
  const auto address = at == std::string::npos ? std::string("/scans") : shown.substr(at, shown.find('"', at) - at);
  const auto paper = address.substr(address.rfind('/') + 1);
  check_(!hand_.page("/copy?notice=" + paper + "&copy=2", "copy-2").empty(), "copy 2 is there as it was sent");
  const auto led = hand_.send(address, address + "/bring", {{"@scan", hand_.folder() + "/copy-2.html"}});
  check_(led.has_value(), "the scan of a returned copy is brought");
  if (!led) return *this;
  const auto scan = led->substr(0, led->find('?'));
  for (int looks = 0; looks < looks_max && hand_.page(scan).find(scan + "/keep\"") == std::string::npos; ++looks) std::this_thread::sleep_for(250ms);
  hand_.page(scan, "scan");
  check_(hand_.send(scan, scan + "/keep", {{"paper", paper}}) == "/case/" + id_, what);
  return *this;
}

std::map<std::string, std::string> LaterDays::environment() const {
  return {{"LD_PRELOAD", program("libqabyl-other-time.so")}, {"QABYL_CLOCK_SHIFT", file_}};
}

void LaterDays::set(int days) {
  days_ = days;
  write_text(file_, std::to_string(days * 24 * 3600));
}

std::string LaterDays::day(int later) const {
  const auto almaty = std::chrono::system_clock::now() + 5h + std::chrono::hours(24 * (days_ + later));
  return core::iso_date(core::Date{std::chrono::floor<std::chrono::days>(almaty)});
}

namespace {

// Paragraphs 9-15 and 28: the first day, one obstacle, a stop and its end; the bureau's letter and its answer.
void fieldwork(OneCase& one, BureauAtTheKiosk& bureau, const LaterDays& days) {
  one.by("clerk").scan_comes_back("and is kept, every sheet of it in its place (10)");
  one.by("inspector").act("start", "the inspection starts on its day (9)", {one.today()});
  one.act("undertaking", "a member of the group undertakes to keep secrets (15)").act("room", "a separate room is accepted (12)", {one.today()});
  one.act("documents", "documents are taken, item by item (11)", {one.today(), {"items", "ақпараттық жүйеге қол жеткізу журналдары"}});
  one.act("request", "the head of the group asks in writing (14)", {{"items", "шарттардың тізілімі\nкіру журналдары"}, {"due", days.day(5)}});
  bureau.letter_and_answer();
  one.act("access_refused", "a refused access is written down (12)", {one.today(), {"what", "premises"}, {"text", "Серверлік бөлме жабық"}});
  one.act("memo", "the head of the group writes to the head of the body before stopping (28)", {{"text", "Кіруге рұқсат жоқ"}}, {{"of", ""}});
  one.by("deputy").act("memo_receive", "the deputy receives the memo (28)", {}, {{"memo", ""}});
  one.by("inspector").act("halt", "the inspection is stopped (28)", {}, {{"memo", ""}});
  one.act("access_restored", "access is given", {one.today()}, {{"access", ""}}).act("resume", "the inspection goes on (A03)", {one.today()});
}

// Paragraphs 16-18: one report is objected to, of the other the receipt is refused before witnesses.
void interim_reports(OneCase& one, BureauAtTheKiosk& bureau, LaterDays& days) {
  one.by("unit").act("interim", "an interim report is signed by its executor (16)", findings);
  one.by("inspector").act("interim_head", "and by the head of the group, and goes out", {}, {{"report", ""}});
  bureau.interim_objected();
  one.by("inspector").treat("interim_consider", "each objection is treated (17)", "partly", {}, {{"report", ""}});
  one.act("interim_carry", "it is carried over into the summary report (17)", {{"text", "2-бөлім"}}, {{"report", ""}});
  one.by("unit").act("interim", "a second interim report is signed by its executor (16)", findings);
  one.by("inspector").act("interim_head", "and by the head of the group, and goes out", {}, {{"report", ""}});
  one.by("clerk").act("interim_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"report", ""}});
  days.set(start_days_ahead + 8);  // by then nobody is signed in any more
  one.by("clerk").act("interim_over", "four working days passed without objections (17)", {}, {{"report", ""}});
  one.by("inspector").act("interim_carry", "it is carried over too (17)", {{"text", "3-бөлім"}}, {{"report", ""}});
  one.act("end", "fieldwork ends (18)", {one.today()}).opens_document("a document of the case is opened, which is written down (25)");
}

// Paragraphs 18-20 and 26.
void summary_report(OneCase& one, BureauAtTheKiosk& bureau) {
  auto summary = findings;
  summary.insert(summary.end(), {{"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}});
  one.by("inspector").act("summary", "the summary report is signed by the head of the inspection (18)", summary, {{"superior", "Ермекова"}});
  one.by("unit").act("summary_superior", "and by his superior");
  one.by("clerk").act("summary_send", "two copies go to the bureau's first head (18)", {{"addressee", first_head}});
  bureau.summary_returned();
  bureau.summary_objected();
  one.by("deputy").may("summary_decide", "the deputy could decide on the objections without a meeting (24, A16)");
  one.by("unit").act("disclosure", "consent for the third party is given (26)", {{"reason", "Аудит заңда көзделген"}}, {{"disclosure", ""}, {"consent", ""}});
}

// Paragraphs 21-24.
void meeting(OneCase& one, BureauAtTheKiosk& bureau, LaterDays& days) {
  one.by("unit").act("meeting", "a meeting of the unit is called, the bureau's head is invited (21)",
                     {{"level", "unit"}, {"on", days.day(1)}, {"place", "Алматы, кеңсе"}, {"invited", first_head}}, {{"chair", "Ермекова"}});
  days.set(days.ahead() + 1);
  one.by("unit").act("meeting_hold", "it is held on its day (21)", {one.today()}, {{"meeting", ""}});
  one.act("protocol", "its chair signs the protocol (23)",
          {{"heard_kk", "Басқарма төрағасы"}, {"heard_ru", "Председатель правления"}, {"decided_kk", "Жоспар керек"}, {"decided_ru", "Нужен план"}}, {{"meeting", ""}});
  one.by("clerk").act("protocol_send", "the protocol goes to the bureau's head (23)", {{"addressee", first_head}}, {{"meeting", ""}});
  bureau.protocol_objected();
  one.by("unit").treat("protocol_disagree", "the unit disagrees with the objections (24)", "rejected", {}, {{"meeting", ""}});
  one.by("deputy").act("protocol_decide", "the deputy takes the final decision (24)", {{"text", "Қарсылықтар негізсіз"}}, {{"meeting", ""}});
}

// Paragraphs 25, 27 and 29, and the closing.
void remedies(OneCase& one, BureauAtTheKiosk& bureau, LaterDays& days) {
  one.by("unit").act("settle", "the results are settled: a breach stands (25)", {{"breaches", "0"}});
  one.act("plan", "a plan is demanded (27)", {{"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}, {"due", days.day(3)}});
  bureau.plan_submitted(days.day(10));
  one.by("unit").act("plan_agree", "the plan is agreed (27)", {}, {{"plan", ""}});
  one.may("plan_item_overdue", "an item of the plan could be found overdue (27)");
  bureau.plan_reported();
  one.by("unit").act("plan_finish", "the plan is carried out (27)", {}, {{"plan", ""}, {"fulfilled", ""}});
  one.by("head").act("prescription", "a written prescription is signed (29)",
                     {{"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}, {"article", "11"}, {"measures_kk", "Журнал жүргізу"}, {"measures_ru", "Вести журнал"}, {"due", days.day(3)}});
  bureau.prescription_carried_out();
  one.by("unit").act("prescription_verify", "its execution is verified (29)", {}, {{"prescription", ""}, {"fulfilled", ""}});
  one.by("head").act("sanction", "a fine follows (29)", {{"article", "462"}, {"amount_tenge", "432500"}, {"reason", "Журнал кеш ашылды"}}, {{"measure", ""}});
  one.by("clerk").act("sanction_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"sanction", ""}});
  one.by("deputy").act("sanction_execute", "the fine is paid", {one.today()}, {{"sanction", ""}});
  one.act("close", "the inspection is closed (27, 29)").shows("тексеру жабылды");
}

}  // namespace

void inspection_at_the_office(OfficeHand& hand, const std::string& case_id, LaterDays& days, BureauAtTheKiosk& bureau, const Check& check) {
  OneCase one(hand, case_id, days, check);
  one.by("clerk").act("file", "the returned copy of the notice is filed (10)", {{"unit", "Инспекция бөлімі"}, {"place", "12-іс"}});
  days.set(start_days_ahead);
  fieldwork(one, bureau, days);
  interim_reports(one, bureau, days);
  summary_report(one, bureau);
  meeting(one, bureau, days);
  remedies(one, bureau, days);
}

}  // namespace qabyl::rig
