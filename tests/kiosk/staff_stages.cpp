// See staff_stages.h. Names and numbers are invented.
#include "tests/kiosk/staff_stages.h"

#include "tests/support/catch.h"

namespace qabyl::kiosk::test {
namespace {

void to_badge(Visit& visit, Answers) {
  visit.feed(person::StaffPressed{});
}
void to_pin(Visit& visit, Answers answers) {
  to_badge(visit, answers);
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{sample_staff(false), false});
  visit.type("31415");
}
void to_signed_in(Visit& visit, bool is_operator) {
  to_pin(visit, Answers::usual);
  visit.type("9");
  visit.next();
  visit.reply(reply::SignedIn{sample_staff(is_operator)});
}
void to_empty_inbox(Visit& visit, Answers) {
  to_signed_in(visit, false);
  visit.reply(reply::PapersListed{{}, {"2026-11-28", "2026-11-29"}});
}
void to_inbox(Visit& visit, Answers) {
  to_signed_in(visit, false);
  std::vector<PaperView> papers;
  for (int n = 0; n < 9; ++n) papers.push_back(sample_paper(n, n - 3));
  papers[7].marked = true;
  visit.reply(reply::PapersListed{papers, {"2026-11-28", "2026-11-29"}});
}
void to_reading(Visit& visit, Answers answers) {
  to_inbox(visit, answers);
  visit.feed(staff::Event{staff::PaperTapped{"paper-3"}});
  core::Digest digest{};
  digest.fill(4);
  visit.reply(reply::PaperOpened{"paper-3", digest, 4});
}
void to_mark(Visit& visit, Answers answers) {
  to_reading(visit, answers);
  for (int page = 1; page <= 4; ++page) {
    visit.feed(person::PageChosen{page});
    visit.feed(staff::Event{staff::PageDrawn{page, 110, {}}});
    visit.wait(core::Millis{2000});
  }
  visit.next();
  visit.sign();
}
void to_panel(Visit& visit, Answers) {
  to_signed_in(visit, true);
  visit.reply(reply::OperatorLoaded{sample_panel(), false});
}

// The longest of the causes, and one that this version has no words for.
void to_panel_without_line(Visit& visit, Answers answers) {
  to_panel(visit, answers);
  visit.reply(reply::LinkChanged{LinkView{true, false, nine, nine + core::Millis{90'000}, "answer"}});
}
void to_panel_of_unknown_cause(Visit& visit, Answers answers) {
  to_panel(visit, answers);
  visit.reply(reply::LinkChanged{LinkView{true, false, {}, {}, "unheard_of"}});
}

void to_panel_with_alarm(Visit& visit, Answers answers) {
  to_panel(visit, answers);
  visit.reply(reply::LinkChanged{LinkView{true, false, nine, nine + core::Millis{90'000}, "answer", "record.unknown 019ab0000000700080000000000000e1"}});
}
void to_unknown_badge(Visit& visit, Answers answers) {
  to_badge(visit, answers);
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{{}, false});
}
void to_typed_badge(Visit& visit, Answers answers) {
  to_unknown_badge(visit, answers);
  visit.feed(staff::Event{staff::TypeBadgePressed{}});
  visit.type("QBB1:S-00");
}
void to_wrong_pin(Visit& visit, Answers answers) {
  to_pin(visit, answers);
  visit.type("9");
  visit.next();
  visit.reply(reply::SignInRefused{core::ErrorCode::forbidden, 2});
}
void to_locked(Visit& visit, Answers answers) {
  to_pin(visit, answers);
  visit.type("9");
  visit.next();
  visit.reply(reply::SignInRefused{core::ErrorCode::locked, 0});
}
void to_counted(Visit& visit, Answers answers) {
  to_inbox(visit, answers);
  visit.feed(staff::Event{staff::DeadlineTapped{sample_paper(3, 0).id}});
}
void to_failed_paper(Visit& visit, Answers answers) {
  to_inbox(visit, answers);
  visit.feed(staff::Event{staff::PaperTapped{sample_paper(3, 0).id}});
  visit.reply(reply::PaperFailed{sample_paper(3, 0).id, core::ErrorCode::storage});
}
void to_mark_receipt(Visit& visit, Answers answers) {
  to_mark(visit, answers);
  visit.next();
  auto receipt = sample_receipt();
  receipt.kind = "notice.mark_receipt";
  receipt.title = "Тексеру туралы хабарлама";
  visit.reply(reply::Filed{receipt});
}
Stage panel_at(const std::string& name, int tab) {
  return {"staff.operator." + name, [tab](Visit& visit, Answers answers) {
            to_panel(visit, answers);
            visit.feed(staff::Event{staff::TabPressed{tab}});
          }};
}

}  // namespace

StaffView sample_staff(bool is_operator) {
  return {"S-0001", "Қалиева Гүлнар Бауыржанқызы", "Басқарма төрағасының орынбасары", "«Алатау кредиттік бюросы» ЖШС", "040740001238", is_operator};
}

PaperView sample_paper(int n, int days) {
  PaperView made;
  made.id = "paper-" + std::to_string(n);
  made.kind = "notice.send";
  made.title = {"Тексеру туралы хабарлама", "Уведомление о проверке", "Notice of inspection"};
  made.number = std::to_string(100 + n);
  made.date = "2026-11-20";
  made.from = {"Уәкілетті орган", "Уполномоченный орган", "The authorised body"};
  made.pages = 4;
  made.deadline = "2026-11-30";
  made.deadline_kind = "working";
  made.deadline_days = days;
  made.counted = {{"2026 жылғы 27 қараша, жұма: 1-күн", "27 ноября 2026 года, пятница: день 1", "27 November 2026, Friday: day 1"}};
  made.digest.fill(static_cast<std::uint8_t>(n + 1));
  return made;
}

OperatorView sample_panel() {
  const auto staff = sample_staff(false);
  OperatorView view;
  view.device = "AL-03";
  view.version = QABYL_VERSION;
  view.queued = 3;
  for (int i = 0; i < 12; ++i) {
    view.lines.push_back({"AL03-26-00000" + std::to_string(i % 10) + "-3", "licence_application.submit", nine, SendView::queued, "", ""});
    view.held.push_back({"AL03-26-00001" + std::to_string(i % 10) + "-3", "licence_application.submit", nine, SendView::quarantined, "bin.wrong", "bin"});
  }
  for (int i = 0; i < 5; ++i) view.locked.push_back({"S-000" + std::to_string(i), staff.name, staff.bureau, nine});
  return view;
}

const std::vector<Stage>& staff_stages() {
  static const std::vector<Stage> stages{
      {"staff.badge", to_badge}, {"staff.badge.unknown", to_unknown_badge}, {"staff.badge.typed", to_typed_badge}, {"staff.pin", to_pin},
      {"staff.pin.wrong", to_wrong_pin}, {"staff.locked", to_locked}, {"staff.inbox.empty", to_empty_inbox}, {"staff.inbox", to_inbox},
      {"staff.counted", to_counted}, {"staff.reading", to_reading}, {"staff.reading.failed", to_failed_paper}, {"staff.acknowledge", to_mark},
      {"staff.receipt", to_mark_receipt}, {"staff.operator", to_panel}, panel_at("queue", 1), panel_at("held", 2), panel_at("locked", 3),
      {"staff.operator.alarm", to_panel_with_alarm}, {"staff.operator.no-line", to_panel_without_line}, {"staff.operator.odd-cause", to_panel_of_unknown_cause}};
  return stages;
}

}  // namespace qabyl::kiosk::test
