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
  papers[7] = received_paper(7);
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
void to_panel_with_fork(Visit& visit, Answers) {
  to_signed_in(visit, true);
  auto view = sample_panel();
  view.forks = {{"proof", 4'812, 4'907, nine}, {"root", 4'812, 4'812, nine}};
  visit.reply(reply::OperatorLoaded{view, false});
}
// The longest words of each kind.
void to_panel_with_poison(Visit& visit, Answers) {
  to_signed_in(visit, true);
  auto view = sample_panel();
  const auto when = nine + core::Millis{90'000};
  view.quarantined = 2;
  view.next = view.lines.back();
  view.held = {{"", "notice.mark_receipt", nine, SendView::quarantined, "mark.powers_ended", "staff", when, "settled", when},
               {"AL03-26-000011-3", "summary.answer", nine, SendView::quarantined, "record.malformed", "docs.0.name", when},
               {"AL03-26-000010-3", "licence_application.submit", nine, SendView::quarantined, "of.another.version", "", when},
               {"AL03-26-000009-3", "request.receive", nine, SendView::superseded, "receipt.already", "", when, {}, {}, "AL03-26-000004-3"},
               {"AL03-26-000008-3", "notice.mark_receipt", nine, SendView::superseded, "mark.already", "", when}};
  visit.reply(reply::OperatorLoaded{view, false});
  visit.reply(reply::LinkChanged{LinkView{true, true, nine, {}, {}, "journal.refused id-reused"}});
  visit.feed(staff::Event{staff::TabPressed{2}});
}
void to_panel_with_proof(Visit& visit, Answers answers) {
  to_panel_with_fork(visit, answers);
  visit.feed(staff::Event{staff::ForkSavePressed{}});
  visit.reply(reply::ForksSaved{{}, "qabyl-log-fork-AL-03-2026-11-23-09-00.json", "qabyl-log-fork-AL-03-2026-11-23-09-00-held.txt", 2});
}
void to_courier(Visit& visit) {
  to_signed_in(visit, true);
  auto view = sample_panel();
  view.waiting_bytes = 14'300'000;
  visit.reply(reply::OperatorLoaded{view, false});
  visit.feed(staff::Event{staff::TabPressed{4}});
}
void to_courier_idle(Visit& visit, Answers) { to_courier(visit); }
void to_courier_busy(Visit& visit, Answers) {
  to_courier(visit);
  visit.feed(staff::Event{staff::CourierReadPressed{}});
}
// All that there can be to say of each, with the longest names.
void to_courier_done(Visit& visit, Answers) {
  to_courier(visit);
  visit.feed(staff::Event{staff::CourierWritePressed{}});
  visit.reply(reply::CourierWritten{{}, "qabyl-courier-AL-03-2026-11-23-09-00.qcb", 14'300'000, 12, 31, 4});
  visit.feed(staff::Event{staff::CourierReadPressed{}});
  reply::CourierRead read;
  read.bundles = 2;
  read.accepted = 9;
  read.held = read.superseded = 1;
  read.news = 17;
  read.papers = 2;
  read.again = 4;
  read.waiting = 1;
  for (const char* why : {"other_kiosk", "not_registry", "damaged", "changed"}) read.refused.push_back({"qabyl-answers-AL-05 (2).qcb", why});
  visit.reply(read);
}
void to_courier_failed(Visit& visit, Answers) {
  to_courier(visit);
  visit.feed(staff::Event{staff::CourierWritePressed{}});
  visit.reply(reply::CourierWritten{"key", {}});
  visit.feed(staff::Event{staff::CourierReadPressed{}});
  reply::CourierRead read;
  read.why = "gone";
  visit.reply(read);
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
  receipt.title = {"Тексеру туралы хабарлама", "Уведомление о проверке", "Notice of inspection"};
  visit.reply(reply::Filed{receipt});
}
void to_mark_proved(Visit& visit, Answers answers) {
  to_mark_receipt(visit, answers);
  visit.reply(reply::CustodyChanged{sample_receipt().record, SendView::accepted, nine, {}, {}});
  visit.reply(reply::LookedUp{proved(sample_receipt())});
}
void to_mark_proof(Visit& visit, Answers answers) {
  to_mark_proved(visit, answers);
  visit.feed(person::ProofPressed{});
}
void to_papers(Visit& visit, std::vector<PaperView> papers) {
  to_signed_in(visit, false);
  visit.reply(reply::PapersListed{std::move(papers), {"2026-11-28", "2026-11-29"}});
}
void to_acts(Visit& visit, const PaperView& paper) {
  to_papers(visit, {paper});
  visit.feed(staff::Event{staff::PaperTapped{paper.id}});
}
void to_summary_acts(Visit& visit, Answers) { to_acts(visit, sample_summary(1)); }
void to_acts_not_mine(Visit& visit, Answers) {
  auto paper = sample_summary(1);
  paper.acts.front().why = "summary.other_person";
  to_acts(visit, paper);
}
void to_visa(Visit& visit, int visas) {
  auto paper = sample_summary(visas);
  to_acts(visit, paper);
  visit.next();
  visit.reply(reply::PaperOpened{paper.id, paper.digest, paper.pages});
  visit.feed(staff::Event{staff::PageDrawn{visas < 3 ? visas + 1 : 3, 72, {}}});
  visit.wait(core::Millis{2000});
  visit.sign();
}
void to_visa_sheet(Visit& visit, Answers) { to_visa(visit, 1); }
void to_visa_mark(Visit& visit, Answers) { to_visa(visit, 3); }
void to_visa_return(Visit& visit, Answers) { to_visa(visit, 4); }

void to_reply(Visit& visit, const PaperView& paper, core::BureauAct act) {
  to_acts(visit, paper);
  visit.feed(staff::Event{staff::ActTapped{act}});
  visit.next();
  visit.reply(reply::FilingBegun{"019aaf00000070008000000000000077"});
}
void to_items(Visit& visit, Answers) { to_reply(visit, sample_request(), core::BureauAct::answer); }
void to_items_refused(Visit& visit, Answers answers) {
  to_items(visit, answers);
  visit.next();
}
void to_reply_documents(Visit& visit, Answers answers) {
  to_items(visit, answers);
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.feed(staff::Event{staff::OptionTapped{2}});
  visit.next();
}
void to_reply_stick(Visit& visit, Answers answers) {
  to_reply_documents(visit, answers);
  visit.feed(person::AddPressed{});
  visit.reply(reply::SourceListed{true, {{"register.pdf", 182'000, "pdf"}, {"photo.jpg", 2'000'000, "jpeg"}, {"note.txt", 12, "other"}}, false});
}
void to_reply_files(Visit& visit, Answers answers) {
  to_reply_stick(visit, answers);
  visit.feed(person::SourceFileTapped{"register.pdf"});
  visit.reply(reply::FileAdded{"reply", pdf_file("register.pdf", 12, 40)});
}
void to_reply_words(Visit& visit, Answers answers) {
  to_reply_files(visit, answers);
  visit.next();
  visit.type("Тізілім 2026 жылғы 1 қаңтардан бастап толық берілді, шарттардың көшірмелері қоса тіркелді.");
}
void to_reply_words_empty(Visit& visit, Answers answers) {
  to_reply_documents(visit, answers);
  visit.next();
  visit.next();
}
// What the answer before had kept, after a power cut.
void to_reply_kept(Visit& visit, Answers answers) {
  Visit before;
  to_reply_words(before, answers);
  before.back();
  before.back();
  before.feed(person::FinishPressed{});
  auto kept = before.last<effect::KeepReply>().reply;
  kept.saved_at = nine;
  const auto paper = sample_request();
  to_acts(visit, paper);
  visit.feed(staff::Event{staff::ActTapped{core::BureauAct::answer}});
  visit.next();
  visit.reply(reply::FilingBegun{kept.filing, kept});
}
// Paragraph 19: that copies of the report went to the bureau's own organs.
void to_pass_on(Visit& visit, Answers) {
  auto paper = sample_summary(3);
  paper.acts = {offered(core::BureauAct::object, false), offered(core::BureauAct::pass_on, false)};
  to_reply(visit, paper, core::BureauAct::pass_on);
  visit.type("Директорлар кеңесі, 2026 жылғы 24 қараша; жауапты хатшы: Ыбырайымова Үміт Серікқызы");
}
void to_letter(Visit& visit, Answers answers) {
  to_reply_words(visit, answers);
  visit.next();
  visit.reply(reply::FormReady{pdf_file("letter.pdf", 2, 44)});
}
void to_letter_signing(Visit& visit, Answers answers) {
  to_letter(visit, answers);
  for (int page = 1; page <= 2; ++page) {
    visit.feed(person::PageChosen{page});
    visit.feed(staff::Event{staff::PageDrawn{page, 110, {}}});
    visit.wait(core::Millis{2000});
  }
  visit.next();
  visit.sign();
}
void to_reply_receipt(Visit& visit, Answers answers) {
  to_letter_signing(visit, answers);
  visit.next();
  auto receipt = sample_receipt();
  receipt.kind = "request.answer";
  receipt.title = {"Жазбаша сұрату", "Письменный запрос", "Written request"};
  receipt.paper_number = "26-7";
  receipt.files = 2;
  receipt.timeliness = "late";
  receipt.last_day = "2026-11-20";
  visit.reply(reply::Filed{receipt});
}
void to_people(Visit& visit, Answers) {
  auto paper = received_paper(3);
  paper.acts = {offered(core::BureauAct::letter, true)};
  to_reply(visit, paper, core::BureauAct::letter);
  visit.reply(reply::ColleaguesListed{sample_colleagues()});
}
void to_measure(Visit& visit, Answers) { to_reply(visit, sample_demand(), core::BureauAct::submit_plan); }
void to_measure_date(Visit& visit, Answers answers) {
  to_measure(visit, answers);
  visit.type("Шарттарды қайта жасасу");
  visit.next();
  visit.type("Динара Мысалова");
  visit.next();
  visit.type("31122025");
  visit.next();  // the day is over: said
}
void to_witness(Visit& visit, Answers answers) {
  to_reading(visit, answers);
  visit.feed(staff::Event{staff::RefuseTapped{}});
  visit.reply(reply::FilingBegun{"019aaf00000070008000000000000078"});
}
void to_reading_not_mine(Visit& visit, Answers answers) {
  to_inbox(visit, answers);
  auto paper = sample_paper(3, 0);
  paper.kind = "summary.send";
  paper.acts.front().why = "person.may_not";
  visit.reply(reply::PapersChanged{});
  visit.reply(reply::PapersListed{{paper}, {}});
  visit.feed(staff::Event{staff::PaperTapped{paper.id}});
  visit.reply(reply::PaperOpened{paper.id, paper.digest, 4});
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
  made.acts = {offered(core::BureauAct::receive, true), offered(core::BureauAct::refuse_receipt, false)};
  return made;
}

core::ActOffer offered(core::BureauAct act, bool awaited, std::vector<int> open, std::string why) {
  return {act, awaited, std::move(why), std::move(open), std::nullopt};
}

PaperView received_paper(int n) {
  auto made = sample_paper(n, 3);
  made.marked = true;
  made.marked_at = nine;
  made.deadline.clear();
  made.acts.clear();
  made.made = {{"019aaf00000070008000000000000051", core::BureauAct::receive, nine, SendView::accepted, ""}};
  return made;
}

PaperView sample_summary(int visas) {
  const core::RunningTerm back{"D19", {}, {}, std::chrono::year{2026} / 11 / 24}, objections{"D20", {}, {}, std::chrono::year{2026} / 12 / 3};
  auto made = received_paper(6);
  made.kind = "summary.send";
  made.title = {"Жиынтық есеп", "Сводный отчёт", "Summary report"};
  made.pages = 3;
  made.visas = std::min(visas, 3);
  made.deadline = "2026-11-24";
  std::vector<int> open;
  for (int page = visas + 1; page <= 3; ++page) open.push_back(page);
  const auto next = !open.empty() ? core::BureauAct::visa_page : visas == 3 ? core::BureauAct::mark_last_page : core::BureauAct::return_copy2;
  made.acts = {offered(next, true, open), offered(core::BureauAct::object, false), offered(core::BureauAct::ask_consent, false)};
  made.acts[0].term = back;
  made.acts[1].term = objections;
  return made;
}

PaperView sample_request() {
  auto made = received_paper(5);
  made.kind = "request.sign";
  made.number = "26-7";
  made.title = {"Жазбаша сұрату", "Письменный запрос", "Written request"};
  made.details = core::Json::Object{{"items", core::Json::Array{"Ақпарат берушілермен жасалған шарттардың тізілімі", "Қол жеткізу журналдары", "Резервтік көшірмелеу актілері"}}};
  made.acts = {offered(core::BureauAct::answer, true, {0, 1, 2}), offered(core::BureauAct::refuse, false)};
  made.acts[0].term = core::RunningTerm{"D14", {}, {}, std::chrono::year{2026} / 11 / 20};  // late
  return made;
}

PaperView sample_demand() {
  auto made = sample_paper(8, 5);
  made.kind = "plan.demand";
  made.title = {"Іс-шаралар жоспарын талап ету", "Требование плана мероприятий", "Demand for a plan of measures"};
  made.details = core::Json::Object{{"breaches", core::Json::Array{"Ақпарат берушілердің төртеуімен жазбаша шарт жасалмаған", "Қол жеткізу журналдары толық емес"}}};
  made.acts = {offered(core::BureauAct::submit_plan, true)};
  return made;
}

std::vector<StaffView> sample_colleagues() {
  std::vector<StaffView> people;
  const char* names[] = {"Жақсыбекова Әсел Нұрланқызы", "Қалиева Гүлнар Бауыржанқызы", "Пак Виктор Анатольевич", "Сүлейменов Бауыржан Талғатұлы", "Ыбырайымова Үміт Серікқызы"};
  const char* positions[] = {"Ақпараттық қауіпсіздік бөлімінің басшысы", "Басқарма төрағасының орынбасары", "Заң қызметінің маманы", "Басқарма төрағасының орынбасары", "Деректер базасының әкімшісі"};
  for (int i = 0; i < 5; ++i) people.push_back({"S-000" + std::to_string(i), names[i], positions[i], "", "040740001238", false});
  return people;
}

OperatorView sample_panel() {
  const auto staff = sample_staff(false);
  OperatorView view;
  view.device = "AL-03";
  view.version = QABYL_VERSION;
  view.queued = 3;
  for (int i = 0; i < 12; ++i) {
    view.lines.push_back({"AL03-26-00000" + std::to_string(i % 10) + "-3", "licence_application.submit", nine, SendView::queued, "", ""});
    view.held.push_back({"AL03-26-00001" + std::to_string(i % 10) + "-3", "licence_application.submit", nine, SendView::quarantined, "bin.wrong", "bin", nine + core::Millis{90'000}});
  }
  for (int i = 0; i < 5; ++i) view.locked.push_back({"S-000" + std::to_string(i), staff.name, staff.bureau, nine});
  return view;
}

const std::vector<Stage>& staff_stages() {
  static const std::vector<Stage> stages{
      {"staff.badge", to_badge}, {"staff.badge.unknown", to_unknown_badge}, {"staff.badge.typed", to_typed_badge}, {"staff.pin", to_pin},
      {"staff.pin.wrong", to_wrong_pin}, {"staff.locked", to_locked}, {"staff.inbox.empty", to_empty_inbox}, {"staff.inbox", to_inbox},
      {"staff.counted", to_counted}, {"staff.reading", to_reading}, {"staff.reading.failed", to_failed_paper}, {"staff.acknowledge", to_mark},
      {"staff.receipt", to_mark_receipt}, {"staff.receipt.proved", to_mark_proved}, {"staff.receipt.proof", to_mark_proof}, {"staff.reading.not-mine", to_reading_not_mine},
      {"staff.acts", to_summary_acts}, {"staff.acts.not-mine", to_acts_not_mine}, {"staff.visa", to_visa_sheet}, {"staff.visa.mark", to_visa_mark}, {"staff.visa.return", to_visa_return},
      {"staff.reply.items", to_items}, {"staff.reply.items.none", to_items_refused}, {"staff.reply.documents", to_reply_documents}, {"staff.reply.stick", to_reply_stick},
      {"staff.reply.files", to_reply_files}, {"staff.reply.words", to_reply_words}, {"staff.reply.words.none", to_reply_words_empty}, {"staff.reply.letter", to_letter},
      {"staff.reply.sign", to_letter_signing}, {"staff.reply.receipt", to_reply_receipt}, {"staff.reply.people", to_people}, {"staff.reply.measure", to_measure},
      {"staff.reply.date", to_measure_date}, {"staff.reply.kept", to_reply_kept}, {"staff.reply.pass-on", to_pass_on}, {"staff.reply.witness", to_witness}, {"staff.operator", to_panel}, panel_at("queue", 1), panel_at("held", 2), panel_at("locked", 3),
      {"staff.operator.alarm", to_panel_with_alarm}, {"staff.operator.fork", to_panel_with_fork}, {"staff.operator.poison", to_panel_with_poison}, {"staff.operator.fork.saved", to_panel_with_proof}, {"staff.operator.courier", to_courier_idle}, {"staff.operator.courier.busy", to_courier_busy},
      {"staff.operator.courier.done", to_courier_done}, {"staff.operator.courier.failed", to_courier_failed}, {"staff.operator.no-line", to_panel_without_line}, {"staff.operator.odd-cause", to_panel_of_unknown_cause}};
  return stages;
}

}  // namespace qabyl::kiosk::test
