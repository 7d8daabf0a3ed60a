// How: what bureau staff do with a paper after its receipt, as events and replies: visas sheet by sheet, answers with
// documents, the letter of paragraph 13, a plan, receipt refused before witnesses. DESIGN.md, section 9; RULES 13, 14, 19, 27; A10.
#include "tests/kiosk/staff_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;
using core::BureauAct;

namespace {

const core::Id filing_id = "019aaf00000070008000000000000077";

const StaffJourney& journey(const Visit& visit) { return visit.at<StaffJourney>(); }

void sign_in(Visit& visit, std::vector<PaperView> papers) {
  visit.feed(person::StaffPressed{});
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{sample_staff(false), false});
  visit.type("314159");
  visit.next();
  visit.reply(reply::SignedIn{sample_staff(false)});
  visit.reply(reply::PapersListed{std::move(papers), {}});
}

void open(Visit& visit, const PaperView& paper) { visit.feed(staff::Event{staff::PaperTapped{paper.id}}); }

void see(Visit& visit, int page) {
  visit.feed(staff::Event{staff::PageDrawn{page, 72, {}}});
  visit.wait(core::Millis{core::page_seen_ms_min});
}

void begin(Visit& visit, const PaperView& paper, BureauAct act) {
  sign_in(visit, {paper});
  open(visit, paper);
  visit.feed(staff::Event{staff::ActTapped{act}});
  visit.next();
  if (journey(visit).at == StaffPlace::reply) visit.reply(reply::FilingBegun{filing_id});
}

// Every page of the letter, the ink, and what is filed.
effect::FileAct signed_letter(Visit& visit, int pages = 1) {
  visit.reply(reply::FormReady{pdf_file("letter.pdf", pages, 44)});
  for (int page = 1; page <= pages; ++page) {
    visit.feed(person::PageChosen{page});
    see(visit, page);
  }
  visit.next();
  visit.sign();
  visit.next();
  return visit.last<effect::FileAct>();
}

ReceiptView no_receipt() { return {}; }

}  // namespace

TEST_CASE("each sheet has its own visa: seen, drawn upon, filed; the next one comes with clean ink", "[kiosk][staff][par19]") {
  Visit visit;
  begin(visit, sample_summary(0), BureauAct::visa_page);
  REQUIRE(journey(visit).at == StaffPlace::visa);
  CHECK(visit.count<effect::OpenPaper>() == 1);
  visit.reply(reply::PaperOpened{"paper-6", sample_summary(0).digest, 3});
  for (int sheet = 1; sheet <= 3; ++sheet) {
    CHECK(journey(visit).reading->page == sheet);
    CHECK(journey(visit).visa.ink.strokes.empty());
    visit.sign();
    CHECK(visit.next().empty());  // it has not been on the screen long enough
    CHECK(journey(visit).visa.unseen_said);
    see(visit, sheet);
    visit.next();
    const auto made = visit.last<effect::FileAct>();
    CHECK(made.act.act == BureauAct::visa_page);
    CHECK(made.act.said.number("page") == sheet);
    CHECK(made.signature.paper == sample_summary(0).digest);
    CHECK(std::any_of(made.signature.pages.begin(), made.signature.pages.end(), [&](const auto& one) { return one.page == sheet && one.ms >= core::page_seen_ms_min; }));
    CHECK(visit.next().empty());  // a second press finds nothing to do
    visit.reply(reply::Filed{no_receipt()});
    CHECK(visit.count<effect::ListPapers>() == 1);
    visit.reply(reply::PapersListed{{sample_summary(sheet)}, {}});
  }
  CHECK(VisaScreen::part(journey(visit).reading->paper) == BureauAct::mark_last_page);
  visit.sign();
  visit.next();  // the last sheet was seen a moment ago
  CHECK(visit.last<effect::FileAct>().act.act == BureauAct::mark_last_page);
  visit.reply(reply::Filed{no_receipt()});
  visit.reply(reply::PapersListed{{sample_summary(4)}, {}});
  visit.sign();
  visit.next();
  CHECK(visit.last<effect::FileAct>().act.act == BureauAct::return_copy2);
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(journey(visit).at == StaffPlace::receipt);
}

TEST_CASE("after a power cut the visas go on at the first sheet without one", "[kiosk][staff][par19]") {
  Visit visit;
  begin(visit, sample_summary(2), BureauAct::visa_page);
  CHECK(journey(visit).reading->page == 3);
}

TEST_CASE("a visa that could not be kept leaves the ink and the sheet", "[kiosk][staff][par19]") {
  Visit visit;
  begin(visit, sample_summary(1), BureauAct::visa_page);
  visit.reply(reply::PaperOpened{"paper-6", sample_summary(1).digest, 3});
  see(visit, 2);
  visit.sign();
  visit.next();
  visit.wait(20min);
  CHECK_FALSE(visit.app.asking_away());  // nobody is timed out while the outcome is open
  visit.reply(reply::FilingFailed{core::ErrorCode::full});
  CHECK(journey(visit).visa.ink.strokes.size() == 1);
  CHECK(journey(visit).reading->page == 2);
}

TEST_CASE("a visa is that of the person who received the report: others read who may", "[kiosk][staff][a18]") {
  auto paper = sample_summary(1);
  paper.acts.front().why = "summary.other_person";
  Visit visit;
  begin(visit, paper, BureauAct::visa_page);
  CHECK(journey(visit).at == StaffPlace::paper);
  CHECK(journey(visit).paper.asked_why);
  CHECK(who_may(paper.acts.front(), paper) == "may.receiver");
}

TEST_CASE("who may not receive a paper can read it and not acknowledge it", "[kiosk][staff][a18]") {
  auto paper = sample_paper(1, 3);
  paper.kind = "summary.send";
  paper.acts.front().why = "person.may_not";
  Visit visit;
  sign_in(visit, {paper});
  open(visit, paper);
  visit.reply(reply::PaperOpened{paper.id, paper.digest, 1});
  see(visit, 1);
  visit.next();
  CHECK(journey(visit).at == StaffPlace::reading);
  CHECK(who_may(paper.acts.front(), paper) == "may.summary");
}

TEST_CASE("a request is answered item by item with documents of the stick, and the letter is read before it is signed", "[kiosk][staff][par14]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer);
  CHECK(visit.next().empty());
  CHECK(journey(visit).answering.faults.size() == 1);  // nothing chosen
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.feed(staff::Event{staff::OptionTapped{2}});
  visit.feed(staff::Event{staff::OptionTapped{1}});
  visit.feed(staff::Event{staff::OptionTapped{1}});  // taken back
  visit.next();
  visit.feed(person::AddPressed{});
  CHECK(visit.count<effect::ListSource>() == 1);
  visit.reply(reply::SourceListed{true, {{"register.pdf", 182'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"register.pdf"});
  CHECK(visit.last<effect::AddFile>().draft == filing_id);
  visit.next();
  CHECK(journey(visit).answering.at == 1);  // not while it is being read in
  visit.reply(reply::FileAdded{"reply", pdf_file("register.pdf", 12, 40)});
  visit.next();
  visit.next();  // words may be left out
  const auto letter = visit.last<effect::MakeLetter>();
  CHECK(letter.act.said.items("items") == core::Json::Array{0, 2});
  REQUIRE(letter.act.files.size() == 1);
  const auto filed = signed_letter(visit, 2);
  CHECK(filed.act.filing == filing_id);
  CHECK(filed.signature.paper == pdf_file("letter.pdf", 2, 44).ref.sha256);
  CHECK(filed.letter.ref.sha256 == filed.signature.paper);
  CHECK(core::every_page_seen(filed.signature.pages, 2));
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(journey(visit).at == StaffPlace::receipt);
  CHECK(journey(visit).answering.files.empty());
}

TEST_CASE("an answer without a document and without a word is none, and says so", "[kiosk][staff][par14]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer);
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.next();
  visit.next();
  CHECK(visit.next().empty());
  REQUIRE(journey(visit).answering.faults.size() == 1);
  CHECK(journey(visit).answering.faults.front().text == "reply.err.nothing");
  visit.type("Қоса берілді");
  visit.next();
  CHECK(visit.last<effect::MakeLetter>().act.said.text("text") == "Қоса берілді");
}

TEST_CASE("back leads from the letter to the words, question by question to the paper, and nothing typed is lost", "[kiosk][staff]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::refuse);
  visit.type("Құжаттар сотта");
  visit.next();
  visit.reply(reply::FormReady{pdf_file("letter.pdf", 1, 44)});
  REQUIRE(journey(visit).at == StaffPlace::reading);
  visit.back();
  REQUIRE(journey(visit).at == StaffPlace::reply);
  CHECK(journey(visit).answering.given[0].texts[0].text == "Құжаттар сотта");
  visit.back();
  CHECK(journey(visit).at == StaffPlace::paper);
}

TEST_CASE("the letter of paragraph 13 names a manager, another person to stand in, and somebody for each duty", "[kiosk][staff][par13]") {
  auto paper = received_paper(3);
  paper.acts = {offered(BureauAct::letter, true)};
  Visit visit;
  begin(visit, paper, BureauAct::letter);
  CHECK(visit.next().empty());  // the people are not there yet
  visit.reply(reply::ColleaguesListed{sample_colleagues()});
  visit.feed(staff::Event{staff::OptionTapped{1}});
  visit.next();
  visit.feed(staff::Event{staff::OptionTapped{1}});
  visit.next();
  CHECK(journey(visit).answering.faults.front().text == "reply.err.same_person");
  visit.feed(staff::Event{staff::OptionTapped{3}});
  for (int duty = 0; duty < 3; ++duty) {
    visit.next();
    visit.feed(staff::Event{staff::OptionTapped{2}});
  }
  visit.feed(staff::Event{staff::OptionTapped{4}});
  visit.next();
  const auto said = visit.last<effect::MakeLetter>().act.said;
  CHECK(said.member("manager").text("staff") == "S-0001");
  CHECK(said.member("stand_in").text("name") == sample_colleagues()[3].name);
  REQUIRE(said.items("specialists").size() == 2);
  CHECK(said.items("specialists")[0].items("duties") == core::Json::Array{"prepare", "hand_over", "receive_interim"});
  CHECK(said.items("specialists")[1].items("duties") == core::Json::Array{"receive_interim"});
}

TEST_CASE("a plan has a measure, an executor and a later day for every breach", "[kiosk][staff][par27]") {
  Visit visit;
  begin(visit, sample_demand(), BureauAct::submit_plan);
  for (const auto* day : {"01122026", "15012027"}) {
    visit.type("Шарттарды жасасу");
    visit.next();
    visit.type("Динара Мысалова");
    visit.next();
    visit.type("22112026");
    CHECK(visit.next().empty());  // that day is over
    CHECK(journey(visit).answering.faults.front().text == "reply.err.date");
    visit.feed(person::KeyPressed{Key::clear});
    visit.type(day);
    visit.next();
  }
  const auto items = visit.last<effect::MakeLetter>().act.said.items("items");
  REQUIRE(items.size() == 2);
  CHECK(items[1].number("breach") == 1);
  CHECK(items[1].text("due") == "2027-01-15");
  CHECK(items[0].text("executor") == "Динара Мысалова");
}

TEST_CASE("receipt is refused before two different witnesses, without anybody's signature", "[kiosk][staff][a10]") {
  const auto paper = sample_paper(1, 3);
  Visit visit;
  sign_in(visit, {paper});
  open(visit, paper);
  visit.reply(reply::PaperOpened{paper.id, paper.digest, 1});
  visit.feed(staff::Event{staff::RefuseTapped{}});
  visit.reply(reply::FilingBegun{filing_id});
  const auto witness = [&](const char* name) {
    visit.type(name);
    visit.next();
    visit.type("маман");
    visit.next();
  };
  witness("Қайрат Куә");
  witness("Қайрат Куә");
  CHECK(journey(visit).answering.faults.front().text == "reply.err.same_witness");
  visit.feed(staff::Event{staff::AnswerTapped{0}});
  visit.feed(person::KeyPressed{Key::clear});
  visit.type("Ләззат Куә");
  visit.next();
  const auto filed = visit.last<effect::FileAct>();
  CHECK(filed.act.act == BureauAct::refuse_receipt);
  CHECK(filed.signature.strokes.empty());
  REQUIRE(filed.act.said.items("witnesses").size() == 2);
  CHECK(filed.act.said.items("witnesses")[1].text("name") == "Ләззат Куә");
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(journey(visit).at == StaffPlace::receipt);
}

TEST_CASE("finishing while a document is being read in stops the reading, and forgets what was typed", "[kiosk][staff]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer);
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.next();
  visit.feed(person::AddPressed{});
  visit.reply(reply::SourceListed{true, {{"register.pdf", 182'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"register.pdf"});
  visit.feed(person::FinishPressed{});
  CHECK(visit.count<effect::CancelAdd>() == 1);
  CHECK(visit.count<effect::SignOut>() == 1);
  CHECK(visit.is_at<WipedScreen>());
}

TEST_CASE("after a receipt the journey goes on with the same paper where something more is awaited", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(6, 3);
  sign_in(visit, {paper});
  open(visit, paper);
  visit.reply(reply::PaperOpened{paper.id, paper.digest, 1});
  see(visit, 1);
  visit.next();
  visit.sign();
  visit.next();
  visit.reply(reply::Filed{sample_receipt()});
  visit.reply(reply::PapersListed{{sample_summary(0)}, {}});
  visit.next();
  CHECK(journey(visit).at == StaffPlace::paper);
  CHECK(journey(visit).paper.chosen == BureauAct::visa_page);
}
