// See ui_screens.h. Only what people and the shell could have sent is sent.
#include "tests/bench/parts/ui_screens.h"

namespace qabyl::bench {
namespace {

using namespace qabyl::kiosk;
using kiosk::test::Visit;

constexpr const char* badge = "QBB1:B-0001:ABCDEFGHJKMNPQRSTVWXYZ0123";

std::vector<PaperView> papers(int count) {
  std::vector<PaperView> made;
  for (int i = 0; i < count; ++i) {
    PaperView paper;
    paper.id = "paper-" + std::to_string(i);
    paper.kind = "notice.send";
    paper.title = {"Тексеру туралы хабарлама", "Уведомление о проверке", "Notice of inspection"};
    paper.number = "26-" + std::to_string(100 + i);
    paper.date = "2026-11-20";
    paper.authority = "Қаржы нарығын реттеу және дамыту агенттігі";
    paper.from = {"Қадағалау департаменті", "Департамент надзора", "Department of supervision"};
    paper.pages = 3;
    paper.deadline = "2026-12-0" + std::to_string(1 + i % 9);
    paper.deadline_kind = "working";
    paper.deadline_days = 3 + i % 9;
    paper.received_at = kiosk::test::nine;
    made.push_back(std::move(paper));
  }
  return made;
}

void to_sign_in(Visit& visit) {
  visit.feed(person::StaffPressed{});
  visit.type(badge);
  visit.reply(reply::BadgeRead{StaffView{"B-0001", "Нұрланова Айгүл Серікқызы", "", "", "", false}});
  visit.type("314159");
}

void to_staff(Visit& visit, bool is_operator) {
  to_sign_in(visit);
  visit.next();
  visit.reply(reply::SignedIn{{"B-0001", "Нұрланова Айгүл Серікқызы", "Комплаенс басшысы", "«Дала» кредиттік бюросы", "040740001238", is_operator}});
}

void to_inbox(Visit& visit) {
  to_staff(visit, false);
  visit.reply(reply::PapersListed{papers(40), {}});
}

void to_reading(Visit& visit) {
  to_inbox(visit);
  visit.feed(staff::Event{staff::PaperTapped{"paper-0"}});
  core::Digest digest{};
  digest.fill(9);
  visit.reply(reply::PaperOpened{"paper-0", digest, 3});
}

void to_acknowledge(Visit& visit) {
  to_reading(visit);
  for (int page = 1; page <= 3; ++page) {
    visit.feed(person::PageChosen{page});
    visit.feed(staff::Event{staff::PageDrawn{page, 110, {}}});
    visit.wait(core::Millis{2000});
  }
  visit.next();
  visit.sign();
}

void to_panel(Visit& visit) {
  to_staff(visit, true);
  OperatorView view;
  view.device = "AL-03";
  view.version = QABYL_VERSION;
  for (int i = 0; i < 60; ++i) {
    view.lines.push_back({core::receipt_number("AL-03", 2026, 400 + i), "licence_application.submit", kiosk::test::nine, SendView::queued, "", ""});
    view.held.push_back({core::receipt_number("AL-03", 2026, 300 + i), "licence_application.submit", kiosk::test::nine, SendView::quarantined, "bin.wrong", "bin"});
  }
  for (int i = 0; i < 5; ++i) view.locked.push_back({"B-000" + std::to_string(i), "Нұрланова Айгүл", "«Дала» кредиттік бюросы", kiosk::test::nine});
  visit.reply(reply::OperatorLoaded{view});
}

void with_documents(Visit& visit) {
  visit.to_documents();
  std::uint8_t mark = 1;
  for (const char* code : {"LD2", "LD3", "LD6", "LD5"}) {
    visit.feed(person::ItemTapped{code});
    for (int n = 0; n < 3; ++n, ++mark) visit.add(code, kiosk::test::pdf_file(std::string(code) + "-" + std::to_string(n) + ".pdf", 9, mark));
  }
}

void question(Visit& visit, int number) {
  visit.to_details();
  for (int before = 1; before < number; ++before) visit.fill_question(before);
}

void to_away_question(Visit& visit) {
  visit.to_details();
  constexpr int seconds_max = 3600;
  for (int i = 0; i < seconds_max && !visit.app.asking_away(); ++i) visit.wait(core::Millis{1000});
  QABYL_CHECK(visit.app.asking_away());
}

}  // namespace

const std::vector<FullScreen>& full_screens() {
  static const std::vector<FullScreen> screens{
      {"start", [](Visit&) {}},
      {"kind", [](Visit& visit) { visit.feed(person::ApplyPressed{}); visit.feed(person::KindChosen{core::Procedure::issue}); }},
      {"identify", [](Visit& visit) { visit.to_bin(); visit.type(kiosk::test::good_bin); }},
      {"details 1", [](Visit& visit) { question(visit, 1); visit.type("Дала кредиттік бюросы жауапкершілігі шектеулі серіктестігі"); }},
      {"details 2", [](Visit& visit) { question(visit, 2); }},
      {"details 3", [](Visit& visit) { question(visit, 3); }},
      {"details 4", [](Visit& visit) { question(visit, 4); }},
      {"documents", with_documents},
      {"fee", [](Visit& visit) { visit.to_fee(); }},
      {"check", [](Visit& visit) { visit.to_check(); }},
      {"sign", [](Visit& visit) { visit.to_sign(); visit.sign(); }},
      {"receipt", [](Visit& visit) { visit.to_receipt(); }},
      {"look up", [](Visit& visit) { visit.feed(person::LookUpPressed{}); }},
      {"sign in", to_sign_in},
      {"inbox", to_inbox},
      {"reading", to_reading},
      {"acknowledge", to_acknowledge},
      {"operator", to_panel},
      {"away", to_away_question},
      {"wiped", [](Visit& visit) { visit.to_details(); visit.feed(person::FinishPressed{}); }},
      {"stop", [](Visit& visit) { visit.reply(reply::StopIntake{true, {}}); }},
  };
  return screens;
}

}  // namespace qabyl::bench
