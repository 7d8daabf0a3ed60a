// See at_the_office.h.
#include "tests/tour/at_the_office.h"

#include "core/civil_time.h"

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

std::string LaterDays::today() const {
  const auto almaty = std::chrono::system_clock::now() + 5h + std::chrono::hours(24 * days_);
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

void inspection_at_the_office(OfficeHand& hand, const std::string& case_id, LaterDays& days, const Check& check) {
  const auto act = [&](const std::string& form, OfficeHand::Fields fields, const std::string& what) {
    const auto wrong = hand.act(case_id, form, std::move(fields));
    check(wrong.empty(), what + (wrong.empty() ? "" : " (" + wrong + ")"));
  };
  check(hand.sign_in("clerk"), "a clerk signs in to the console");
  act("file", {{"unit", "Инспекция бөлімі"}, {"place", "12-іс"}}, "the returned copy of the notice is filed (10)");
  days.set(start_days_ahead);
  const auto today = days.today();
  check(hand.sign_in("inspector"), "the head of the group signs in");
  act("start", {{"date", today}}, "the inspection starts on its day (9)");
  act("undertaking", {}, "a member of the group undertakes to keep secrets (15)");
  act("room", {{"date", today}}, "a separate room is accepted (12)");
  act("documents", {{"date", today}, {"items", "ақпараттық жүйеге қол жеткізу журналдары"}}, "documents are taken, item by item (11)");
  act("request", {{"items", "шарттардың тізілімі\nқол жеткізу журналдары"}, {"due", today}}, "a written request goes out (14)");
  act("access_refused", {{"date", today}, {"what", "premises"}, {"text", "Серверлік бөлме жабық"}}, "a refused access is written down (12)");
}

}  // namespace qabyl::rig
