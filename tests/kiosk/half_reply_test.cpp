// A reply that is being written is kept every few seconds and when its author leaves; who comes back is asked whether to
// go on. How: events and the effects that they cause. And the language of a letter that nobody has signed yet.
#include "tests/kiosk/staff_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;
using core::BureauAct;
using core::Json;

namespace {

const core::Id filing_id = "019aaf00000070008000000000000077", older_id = "019aaf00000070008000000000000076";

const StaffJourney& journey(const Visit& visit) { return visit.at<StaffJourney>(); }
const ReplyScreen& answering(const Visit& visit) { return journey(visit).answering; }

void to_paper(Visit& visit, const PaperView& paper) {
  visit.feed(person::StaffPressed{});
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{sample_staff(false), false});
  visit.type("314159");
  visit.next();
  visit.reply(reply::SignedIn{sample_staff(false)});
  visit.reply(reply::PapersListed{{paper}, {}});
  visit.feed(staff::Event{staff::PaperTapped{paper.id}});
}

// What was kept, where there is something; the id of the filing goes on.
void begin(Visit& visit, const PaperView& paper, BureauAct act, std::optional<core::HalfReply> kept = {}) {
  to_paper(visit, paper);
  visit.feed(staff::Event{staff::ActTapped{act}});
  visit.next();
  REQUIRE(journey(visit).at == StaffPlace::reply);
  REQUIRE(visit.count<effect::BeginReply>() == 1);
  CHECK(visit.last<effect::BeginReply>().paper == paper.id);
  CHECK(visit.last<effect::BeginReply>().act == act);
  const auto filing = kept ? kept->filing : filing_id;
  visit.reply(reply::FilingBegun{filing, std::move(kept)});
}

// As the store gives back what `visit` has just asked it to keep.
core::HalfReply as_kept(const Visit& visit) {
  auto kept = visit.last<effect::KeepReply>().reply;
  kept.saved_at = nine;
  return kept;
}

// An answer whose third question is being written, one document in; everything of it is kept.
core::HalfReply written(Visit& visit) {
  begin(visit, sample_request(), BureauAct::answer);
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.feed(staff::Event{staff::OptionTapped{2}});
  visit.next();
  visit.feed(person::AddPressed{});
  visit.reply(reply::SourceListed{true, {{"register.pdf", 182'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"register.pdf"});
  visit.reply(reply::FileAdded{"reply", pdf_file("register.pdf", 12, 40)});
  visit.next();
  visit.type("Тізілім");
  visit.wait(3s);
  return as_kept(visit);
}

}  // namespace

TEST_CASE("what is typed is kept three seconds after the first letter, not with each one, and once more when the person leaves", "[kiosk][staff][reply]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::refuse);
  for (int letter = 0; letter < 20; ++letter) CHECK(visit.type("а").empty());
  CHECK(visit.app.next_due() <= visit.steady + 3s);
  visit.wait(2s);
  CHECK(visit.count<effect::KeepReply>() == 0);
  visit.wait(1s);
  REQUIRE(visit.count<effect::KeepReply>() == 1);
  const auto kept = visit.last<effect::KeepReply>().reply;
  CHECK(kept.paper == sample_request().id);
  CHECK(kept.act == BureauAct::refuse);
  CHECK(kept.filing == filing_id);
  CHECK(canonical(kept.answers).find("аааааааааааааааааааа") != std::string::npos);
  visit.wait(30s);
  CHECK(visit.count<effect::KeepReply>() == 0);  // nothing new: no write, and the kiosk rests
  CHECK(visit.app.next_due() > visit.steady + 3s);
  visit.type("б");
  visit.back();
  REQUIRE(visit.count<effect::KeepReply>() == 1);
  CHECK(journey(visit).at == StaffPlace::paper);
}

TEST_CASE("a document is kept as soon as it is in, and what is left unsaid by finishing or by the time-out is kept too", "[kiosk][staff][reply]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer);
  visit.feed(staff::Event{staff::OptionTapped{0}});
  visit.next();
  visit.feed(person::AddPressed{});
  visit.reply(reply::SourceListed{true, {{"register.pdf", 182'000, "pdf"}}, false});
  visit.feed(person::SourceFileTapped{"register.pdf"});
  visit.reply(reply::FileAdded{"reply", pdf_file("register.pdf", 12, 40)});
  visit.feed(Tick{});
  REQUIRE(visit.count<effect::KeepReply>() == 1);
  CHECK(visit.last<effect::KeepReply>().reply.files.size() == 1);
  visit.feed(person::FileRemoved{0});
  visit.feed(person::FinishPressed{});
  REQUIRE(visit.count<effect::KeepReply>() == 1);
  CHECK(visit.last<effect::KeepReply>().reply.files.empty());
  const auto at = [&](auto wanted) { return std::find_if(visit.effects.begin(), visit.effects.end(), wanted) - visit.effects.begin(); };
  CHECK(at([](const Effect& one) { return std::holds_alternative<effect::KeepReply>(one); }) < at([](const Effect& one) { return std::holds_alternative<effect::SignOut>(one); }));

  Visit away;
  begin(away, sample_request(), BureauAct::refuse);
  away.type("а");
  int kept = 0;
  for (int second = 0; second < 500 && away.is_at<StaffJourney>(); ++second) {
    away.wait(1s);
    kept += away.count<effect::KeepReply>();
  }
  CHECK(away.is_at<WipedScreen>());
  CHECK(kept == 1);
}

TEST_CASE("a form that was opened and left without a word keeps nothing; one that was emptied says so", "[kiosk][staff][reply]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::refuse);
  visit.wait(30s);
  visit.back();
  CHECK(visit.count<effect::KeepReply>() == 0);
  visit.feed(staff::Event{staff::ActTapped{BureauAct::refuse}});
  visit.next();
  visit.reply(reply::FilingBegun{filing_id});
  visit.type("а");
  visit.feed(person::KeyPressed{Key::backspace});
  visit.back();
  REQUIRE(visit.count<effect::KeepReply>() == 1);
  CHECK(visit.last<effect::KeepReply>().reply.nothing_given());
}

TEST_CASE("who comes back goes on where the power went: choices, text, documents and the same filing", "[kiosk][staff][reply]") {
  Visit before;
  const auto kept = written(before);
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer, kept);
  CHECK(answering(visit).stage == ReplyScreen::Stage::kept);
  CHECK_FALSE(visit.app.asking_away());
  CHECK(visit.next().empty());
  CHECK(answering(visit).at == 2);
  CHECK(answering(visit).given[0].chosen == std::set<int>{0, 2});
  CHECK(answering(visit).given[2].texts[0].text == "Тізілім");
  REQUIRE(answering(visit).files.size() == 1);
  visit.type(" берілді");
  visit.next();
  REQUIRE(visit.count<effect::MakeLetter>() == 1);
  const auto& act = visit.last<effect::MakeLetter>().act;
  CHECK(act.filing == filing_id);
  CHECK(act.said.text("text") == "Тізілім берілді");
  CHECK(act.said.items("items") == Json::Array{0, 2});
  CHECK(act.files.size() == 1);
  CHECK(visit.count<effect::KeepReply>() == 1);  // before the letter is made of it
}

TEST_CASE("what was kept can be thrown away: the form is empty and another filing is begun", "[kiosk][staff][reply]") {
  Visit before;
  auto kept = written(before);
  kept.filing = older_id;
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer, kept);
  visit.feed(staff::Event{staff::DiscardTapped{}});
  REQUIRE(visit.count<effect::DropReply>() == 1);
  CHECK(visit.last<effect::DropReply>().act == BureauAct::answer);
  CHECK(visit.count<effect::BeginReply>() == 1);
  visit.reply(reply::FilingBegun{filing_id});
  CHECK(answering(visit).stage == ReplyScreen::Stage::asking);
  CHECK(answering(visit).filing == filing_id);
  CHECK(answering(visit).files.empty());
  CHECK(answering(visit).given[0].chosen.empty());
  CHECK_FALSE(answering(visit).kept);
}

TEST_CASE("back from the question about what was kept leaves it as it is", "[kiosk][staff][reply]") {
  Visit before;
  Visit visit;
  begin(visit, sample_request(), BureauAct::answer, written(before));
  visit.back();
  CHECK(journey(visit).at == StaffPlace::paper);
  CHECK(visit.count<effect::KeepReply>() == 0);
  CHECK(visit.count<effect::DropReply>() == 0);
}

TEST_CASE("an item that was answered meanwhile is asked for again, and the text stays", "[kiosk][staff][reply]") {
  Visit before;
  const auto kept = written(before);
  auto paper = sample_request();
  paper.acts[0].open = {1, 2};  // the first was answered at another kiosk
  Visit visit;
  begin(visit, paper, BureauAct::answer, kept);
  visit.next();
  CHECK(answering(visit).at == 0);
  CHECK(answering(visit).given[0].chosen == std::set<int>{1});  // the third item is the second of the list now
  CHECK(answering(visit).given[2].texts[0].text == "Тізілім");
}

TEST_CASE("the letter of paragraph 13 waits for its people before what was kept comes back", "[kiosk][staff][reply][par13]") {
  auto paper = received_paper(3);
  paper.acts = {offered(BureauAct::letter, true)};
  Visit before;
  begin(before, paper, BureauAct::letter);
  before.reply(reply::ColleaguesListed{sample_colleagues()});
  before.feed(staff::Event{staff::OptionTapped{1}});
  before.next();
  before.feed(staff::Event{staff::OptionTapped{3}});
  before.back();
  before.back();
  REQUIRE(before.count<effect::KeepReply>() == 1);
  const auto kept = as_kept(before);
  Visit visit;
  begin(visit, paper, BureauAct::letter, kept);
  CHECK(visit.next().empty());
  CHECK(answering(visit).kept);
  visit.reply(reply::ColleaguesListed{sample_colleagues()});
  visit.next();
  CHECK_FALSE(answering(visit).kept);
  CHECK(answering(visit).given[0].chosen == std::set<int>{1});
  CHECK(answering(visit).given[1].chosen == std::set<int>{3});
}

TEST_CASE("a letter follows the screen's language until there is ink on it; then it stays", "[kiosk][staff][reply]") {
  Visit visit;
  begin(visit, sample_request(), BureauAct::refuse);
  visit.type("Құжаттар сотта");
  visit.next();
  CHECK(visit.last<effect::MakeLetter>().language == core::Language::kk);
  visit.reply(reply::FormReady{pdf_file("letter.pdf", 1, 44)});
  REQUIRE(journey(visit).at == StaffPlace::reading);
  CHECK(visit.feed(person::LanguageChosen{core::Language::kk}).empty());  // it is in Kazakh already
  visit.feed(person::LanguageChosen{core::Language::ru});
  REQUIRE(visit.count<effect::MakeLetter>() == 1);
  CHECK(visit.last<effect::MakeLetter>().language == core::Language::ru);
  CHECK(visit.last<effect::MakeLetter>().act.said.text("reason") == "Құжаттар сотта");
  visit.reply(reply::FormReady{pdf_file("letter.pdf", 1, 45)});
  REQUIRE(journey(visit).at == StaffPlace::reading);
  CHECK(journey(visit).reading->seen.empty());  // it has to be read in that language
  visit.feed(staff::Event{staff::PageDrawn{1, 110, {}}});
  visit.wait(core::Millis{core::page_seen_ms_min});
  visit.next();
  REQUIRE(journey(visit).at == StaffPlace::acknowledge);
  visit.feed(person::LanguageChosen{core::Language::en});
  CHECK(visit.count<effect::MakeLetter>() == 1);  // no ink yet
  visit.reply(reply::FormReady{pdf_file("letter.pdf", 1, 46)});
  visit.feed(staff::Event{staff::PageDrawn{1, 110, {}}});
  visit.wait(core::Millis{core::page_seen_ms_min});
  visit.next();
  visit.sign();
  CHECK(visit.feed(person::LanguageChosen{core::Language::kk}).empty());
  CHECK(journey(visit).at == StaffPlace::acknowledge);
  visit.next();
  REQUIRE(visit.count<effect::FileAct>() == 1);
  CHECK(visit.last<effect::FileAct>().letter.ref.sha256 == pdf_file("letter.pdf", 1, 46).ref.sha256);
}
