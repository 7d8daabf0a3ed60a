// See at_the_office.h.
#include "tests/tour/at_the_office.h"

#include "core/civil_time.h"
#include "tests/tour/one_case.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

constexpr int start_days_ahead = 9;  // five working days after the sample's assignment, whatever the week

}  // namespace

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

void application_at_the_office(OfficeHand& hand, const std::string& case_id, const LaterDays& days, const Check& check) {
  const auto act = [&](const std::string& form, OfficeHand::Fields fields, const std::string& what) {
    const auto wrong = hand.act(case_id, form, std::move(fields));
    check(wrong.empty(), what + (wrong.empty() ? "" : " (" + wrong + ")"));
  };
  check(hand.sign_in("clerk"), "a clerk signs in to the console");
  act("register", {}, "the clerk registers the application: talon");
  act("incomplete", {{"missing", "LD5"}, {"due", days.today()}}, "the clerk says what is missing, and until when");
}

namespace {

// Paragraphs 9-15 and 28: the first day, one obstacle, a stop and its end.
void fieldwork(OneCase& one) {
  one.by("inspector").act("start", "the inspection starts on its day (9)", {one.today()});
  one.act("undertaking", "a member of the group undertakes to keep secrets (15)").act("room", "a separate room is accepted (12)", {one.today()});
  one.act("documents", "documents are taken, item by item (11)", {one.today(), {"items", "ақпараттық жүйеге қол жеткізу журналдары"}});
  one.act("access_refused", "a refused access is written down (12)", {one.today(), {"what", "premises"}, {"text", "Серверлік бөлме жабық"}});
  one.act("memo", "the head of the group writes to the head of the body before stopping (28)", {{"text", "Кіруге рұқсат жоқ"}}, {{"of", ""}});
  one.by("deputy").act("memo_receive", "the deputy receives the memo (28)", {}, {{"memo", ""}});
  one.by("inspector").act("halt", "the inspection is stopped (28)", {}, {{"memo", ""}});
  one.act("access_restored", "access is given", {one.today()}, {{"access", ""}}).act("resume", "the inspection goes on (A03)", {one.today()});
}

// Paragraphs 16-20.
void reports(OneCase& one, LaterDays& days) {
  const OfficeHand::Fields findings{{"findings_kk", "Журнал жүргізілмеген"}, {"findings_ru", "Журнал не ведётся"}, {"conclusions_kk", "Тәртіп бұзылған"}, {"conclusions_ru", "Порядок нарушен"}};
  one.by("unit").act("interim", "an interim report is signed by its executor (16)", findings);
  one.by("inspector").act("interim_head", "and by the head of the group, and goes out", {}, {{"report", ""}});
  one.by("clerk").act("interim_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"report", ""}});
  days.set(start_days_ahead + 8);  // by then nobody is signed in any more
  one.by("clerk").act("interim_over", "four working days passed without objections (17)", {}, {{"report", ""}});
  one.by("inspector").act("interim_carry", "it is carried over into the summary report", {{"text", "2-бөлім"}}, {{"report", ""}});
  one.act("end", "fieldwork ends (18)", {one.today()});
  auto summary = findings;
  summary.insert(summary.end(), {{"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}});
  one.act("summary", "the summary report is signed by the head of the inspection (18)", summary, {{"superior", "Ермекова"}});
  one.by("unit").act("summary_superior", "and by his superior");
  one.by("clerk").act("summary_send", "two copies go to the bureau's first head (18)", {{"addressee", "Ахметов Нұрлан Серікұлы"}});
  one.act("summary_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}});
  days.set(start_days_ahead + 22);
  one.by("clerk").act("summary_over", "ten days passed: copy 2 is missing, nobody objected (19, 20)");
}

// Paragraphs 27 and 29, and the closing.
void remedies(OneCase& one, LaterDays& days) {
  one.by("unit").act("settle", "the results are settled: a breach stands (25)", {{"breaches", "0"}});
  one.by("head").act("prescription", "a written prescription is signed (29)",
                     {{"breaches_kk", "Қол жеткізу журналы жоқ"}, {"breaches_ru", "Нет журнала доступа"}, {"article", "11"}, {"measures_kk", "Журнал жүргізу"}, {"measures_ru", "Вести журнал"}, {"due", days.today()}});
  one.by("clerk").act("prescription_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"prescription", ""}});
  days.set(start_days_ahead + 26);
  one.by("unit").act("prescription_overdue", "it was not carried out in time (29)", {}, {{"prescription", ""}});
  one.by("head").act("sanction", "a fine follows (29)", {{"article", "462"}, {"amount_tenge", "432500"}, {"reason", "Ұйғарым орындалмады"}}, {{"measure", ""}, {"prescription", ""}});
  one.by("clerk").act("sanction_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}, {{"sanction", ""}});
  one.by("deputy").act("sanction_execute", "the fine is paid", {one.today()}, {{"sanction", ""}});
  one.act("close", "the inspection is closed (27, 29)");
}

}  // namespace

void inspection_at_the_office(OfficeHand& hand, const std::string& case_id, LaterDays& days, const Check& check) {
  OneCase one(hand, case_id, days, check);
  one.by("clerk").act("file", "the returned copy of the notice is filed (10)", {{"unit", "Инспекция бөлімі"}, {"place", "12-іс"}});
  days.set(start_days_ahead);
  fieldwork(one);
  reports(one, days);
  remedies(one, days);
}

}  // namespace qabyl::rig
