// How: the bureau's officer and the operator as events, replies and made-up instants (applicant_rig.h): sign-in and
// lock-out, the inbox's order, what counts as read, the mark of receipt. DESIGN.md, section 9; RULES, paragraph 10.
#include "tests/kiosk/staff_stages.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

namespace {

constexpr core::Millis page_least{core::page_seen_ms_min};

const StaffJourney& journey(const Visit& visit) { return visit.at<StaffJourney>(); }
const SignInScreen& sign_in(const Visit& visit) { return journey(visit).sign_in; }
const ReadScreen& reading(const Visit& visit) { return *journey(visit).reading; }

void show_badge(Visit& visit, bool locked = false) {
  visit.feed(person::StaffPressed{});
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{sample_staff(false), locked});
}

void to_inbox(Visit& visit, std::vector<PaperView> papers) {
  show_badge(visit);
  visit.type("314159");
  visit.next();
  visit.reply(reply::SignedIn{sample_staff(false)});
  visit.reply(reply::PapersListed{std::move(papers), {}});
}

void open(Visit& visit, const PaperView& paper, int pages) {
  visit.feed(staff::Event{staff::PaperTapped{paper.id}});
  REQUIRE(visit.count<effect::OpenPaper>() == 1);
  visit.reply(reply::PaperOpened{paper.id, paper.digest, pages});
}

// The page stands on the screen, its lower edge with it.
void drawn(Visit& visit, int page) {
  core::Digest pixels{};
  pixels.fill(static_cast<std::uint8_t>(100 + page));
  visit.feed(staff::Event{staff::PageDrawn{page, 110, pixels, 1100, 1556, "draws"}});
}

void read_all(Visit& visit) {
  for (int page = 1; page <= reading(visit).pages; ++page) {
    visit.feed(person::PageChosen{page});
    drawn(visit, page);
    visit.wait(page_least);
  }
}

std::vector<std::string> ids(const std::vector<const PaperView*>& papers) {
  std::vector<std::string> made;
  for (const auto* paper : papers) made.push_back(paper->id);
  return made;
}

PaperView due(const std::string& id, const std::string& deadline, std::chrono::hours received) {
  auto paper = sample_paper(1, 3);
  paper.id = id;
  paper.deadline = deadline;
  paper.received_at = nine + received;
  return paper;
}

}  // namespace

TEST_CASE("a badge comes from the reader whole, in pieces, in small letters or after noise", "[kiosk][staff]") {
  const auto read = [](const std::vector<std::string>& pieces) {
    Visit visit;
    visit.feed(person::StaffPressed{});
    for (const auto& piece : pieces) visit.type(piece);
    return visit.count<effect::ReadBadge>() == 1 ? visit.last<effect::ReadBadge>().badge : std::string{};
  };
  CHECK(read({sample_badge}) == sample_badge);
  CHECK(read({sample_badge.substr(0, 7), sample_badge.substr(7, 20), sample_badge.substr(27)}) == sample_badge);
  auto small = sample_badge;
  for (auto& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  CHECK(read({small}) == sample_badge);
  CHECK(read({"4600104001232\n", sample_badge}) == sample_badge);  // a bar code was shown first
  CHECK(read({sample_badge.substr(0, sample_badge.size() - 1)}).empty());
}

TEST_CASE("a PIN is tried once when it is whole, and leaves the model with the answer", "[kiosk][staff]") {
  Visit visit;
  show_badge(visit);
  visit.type("31415");
  CHECK_FALSE(sign_in(visit).ready());
  CHECK(visit.next().empty());
  visit.type("9");
  visit.type("2");  // a seventh digit is none
  REQUIRE(sign_in(visit).ready());
  visit.next();
  CHECK(visit.last<effect::SignIn>().badge == sample_badge);
  CHECK(visit.last<effect::SignIn>().pin == "314159");
  CHECK(visit.next().empty());  // it is being tried
  visit.reply(reply::SignedIn{sample_staff(false)});
  CHECK(visit.count<effect::ListPapers>() == 1);
  CHECK(journey(visit).at == StaffPlace::inbox);
  CHECK(sign_in(visit).pin.empty());
  CHECK(sign_in(visit).badge.empty());
}

TEST_CASE("a wrong PIN is forgotten and says how many tries are left; the fifth locks until an operator opens", "[kiosk][staff]") {
  Visit visit;
  show_badge(visit);
  for (int left = 4; left >= 1; --left) {
    visit.type("000000");
    visit.next();
    visit.reply(reply::SignInRefused{core::ErrorCode::forbidden, left});
    CHECK(sign_in(visit).pin.empty());
    CHECK(sign_in(visit).refused->tries_left == left);
    CHECK_FALSE(sign_in(visit).locked);
  }
  visit.type("000000");
  visit.next();
  visit.reply(reply::SignInRefused{core::ErrorCode::locked, 0});
  CHECK(sign_in(visit).locked);
  visit.type("314159");
  CHECK_FALSE(sign_in(visit).ready());
  CHECK(visit.next().empty());
  CHECK(visit.feed(person::KeyPressed{Key::enter}).empty());
}

TEST_CASE("who is locked out is told when the badge is shown, and another badge begins anew", "[kiosk][staff]") {
  Visit visit;
  show_badge(visit, true);
  visit.type("314159");
  CHECK_FALSE(sign_in(visit).ready());
  visit.feed(staff::Event{staff::OtherBadgePressed{}});
  CHECK(sign_in(visit).badge.empty());
  CHECK_FALSE(sign_in(visit).holder);
  CHECK_FALSE(sign_in(visit).locked);
}

TEST_CASE("a second badge over the first takes its place, PIN and name with it", "[kiosk][staff]") {
  Visit visit;
  show_badge(visit);
  visit.type("3141");
  const auto other = "QBB1:S-0002:" + std::string(26, 'B');
  visit.type(other);
  CHECK(visit.last<effect::ReadBadge>().badge == other);
  CHECK(sign_in(visit).pin.empty());
  CHECK_FALSE(sign_in(visit).holder);
}

TEST_CASE("a badge of somebody else's is unknown and keeps nothing", "[kiosk][staff]") {
  Visit visit;
  visit.feed(person::StaffPressed{});
  visit.type(sample_badge);
  visit.reply(reply::BadgeRead{{}, false});
  CHECK(sign_in(visit).unknown);
  CHECK(sign_in(visit).badge.empty());
  visit.type("314159");
  CHECK(visit.next().empty());
}

TEST_CASE("the inbox stands by last day, then by arrival, those without a last day at the end", "[kiosk][staff]") {
  Visit visit;
  to_inbox(visit, {due("none", "", 0h), due("late", "2026-12-04", 1h), due("near", "2026-11-24", 2h), due("passed", "2026-11-19", 5h), due("near-first", "2026-11-24", 1h)});
  CHECK(ids(journey(visit).inbox.in_tab(InboxScreen::Tab::all)) == std::vector<std::string>{"passed", "near-first", "near", "late", "none"});
  visit.next();  // "open the nearest"
  CHECK(visit.last<effect::OpenPaper>().id == "passed");
}

TEST_CASE("what is marked, by us or by a colleague elsewhere, leaves the papers that need action", "[kiosk][staff]") {
  auto ours = due("ours", "2026-11-24", 1h), theirs = due("theirs", "2026-11-25", 1h);
  ours = received_paper(1);
  ours.id = "ours";
  ours.deadline = "2026-11-24";
  theirs.closed_by_other = true;
  theirs.acts.clear();
  Visit visit;
  to_inbox(visit, {theirs, ours, due("open", "2026-12-04", 1h)});
  const auto& inbox = journey(visit).inbox;
  CHECK(ids(inbox.in_tab(InboxScreen::Tab::needed)) == std::vector<std::string>{"open"});
  CHECK(ids(inbox.in_tab(InboxScreen::Tab::marked)) == std::vector<std::string>{"ours", "theirs"});
  visit.feed(staff::Event{staff::MarkTapped{"theirs"}});
  CHECK(visit.effects.empty());  // its receipt is a colleague's
  visit.feed(staff::Event{staff::MarkTapped{"ours"}});
  CHECK(visit.count<effect::ShowMade>() == 1);
}

TEST_CASE("a paper that is still coming cannot be opened; news of the feed lists the papers again", "[kiosk][staff]") {
  auto coming = due("coming", "2026-11-24", 1h);
  coming.here = false;
  Visit visit;
  to_inbox(visit, {coming});
  visit.feed(staff::Event{staff::PaperTapped{"coming"}});
  CHECK(visit.effects.empty());
  CHECK(journey(visit).at == StaffPlace::inbox);
  visit.reply(reply::PapersChanged{});
  CHECK(visit.count<effect::ListPapers>() == 1);
}

TEST_CASE("a page is seen after a second and a half on the screen, not a millisecond before", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 2);
  visit.wait(10s);  // it is being rendered: nothing is on the screen
  CHECK(reading(visit).count_seen() == 0);
  drawn(visit, 1);
  CHECK(visit.app.next_due() == visit.steady + page_least);
  visit.wait(page_least - 1ms);
  CHECK_FALSE(reading(visit).page_seen(1));
  visit.wait(1ms);
  CHECK(reading(visit).page_seen(1));
  CHECK(reading(visit).count_seen() == 1);
}

TEST_CASE("only time on the screen counts, all looks at a page together", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 2);
  drawn(visit, 1);
  visit.wait(1s);
  visit.feed(staff::Event{staff::PartTurned{-1}});  // its lower edge is off the screen
  visit.wait(10s);
  CHECK_FALSE(reading(visit).page_seen(1));
  drawn(visit, 2);  // a page that is not the one chosen
  visit.wait(10s);
  CHECK_FALSE(reading(visit).page_seen(2));
  visit.feed(person::PageTurned{1});
  drawn(visit, 2);
  visit.wait(page_least);
  CHECK(reading(visit).page_seen(2));
  visit.feed(person::PageTurned{-1});
  visit.wait(10s);  // chosen, not drawn yet
  CHECK_FALSE(reading(visit).page_seen(1));
  drawn(visit, 1);
  visit.wait(page_least - 1s);
  CHECK(reading(visit).page_seen(1));
}

TEST_CASE("receipt cannot be acknowledged before every page was seen, and the screen says why", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 3);
  for (const int page : {1, 3}) {
    visit.feed(person::PageChosen{page});
    drawn(visit, page);
    visit.wait(page_least);
  }
  visit.next();
  CHECK(journey(visit).at == StaffPlace::reading);
  CHECK(reading(visit).asked_why);
  visit.feed(person::PageChosen{2});
  drawn(visit, 2);
  visit.wait(page_least);
  visit.next();
  CHECK(journey(visit).at == StaffPlace::acknowledge);
}

TEST_CASE("a reading begins at nothing each time, and for a paper that is already marked leads nowhere", "[kiosk][staff]") {
  const auto marked = received_paper(2);
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper, marked});
  open(visit, paper, 1);
  read_all(visit);
  REQUIRE(reading(visit).all_seen());
  visit.back();
  visit.reply(reply::PapersListed{{paper, marked}, {}});
  open(visit, paper, 1);
  CHECK(reading(visit).count_seen() == 0);
  visit.back();
  open(visit, marked, 1);
  read_all(visit);
  CHECK(reading(visit).all_seen());
  visit.next();
  CHECK(journey(visit).at == StaffPlace::reading);
}

TEST_CASE("the mark holds the paper, every page with its time and what was drawn, and is made once", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 2);
  read_all(visit);
  visit.next();
  CHECK(visit.next().empty());  // no ink
  CHECK(journey(visit).acknowledge.short_said);
  visit.sign();
  visit.next();
  const auto mark = visit.last<effect::FileAct>();
  CHECK(mark.act.paper == paper.id);
  CHECK(mark.act.act == core::BureauAct::receive);
  CHECK(mark.signature.paper == paper.digest);
  CHECK(mark.signature.dpi == 110);
  CHECK(mark.signature.renderer == "draws");
  CHECK(mark.signature.strokes.size() == 1);
  REQUIRE(mark.signature.pages.size() == 2);
  for (int page = 1; page <= 2; ++page) {
    const auto& seen = mark.signature.pages[static_cast<std::size_t>(page) - 1];
    CHECK(seen.page == page);
    CHECK(seen.ms >= core::page_seen_ms_min);
    CHECK(seen.pixels.front() == 100 + page);
    CHECK(seen.width == 1100);
    CHECK(seen.height == 1556);
  }
  CHECK(visit.next().empty());  // a second press finds nothing to do
  visit.wait(20min);            // nobody is timed out while the outcome is open
  CHECK_FALSE(visit.app.asking_away());
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(journey(visit).at == StaffPlace::receipt);
}

TEST_CASE("a mark that could not be kept leaves the ink, so that nobody signs twice", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 1);
  read_all(visit);
  visit.next();
  visit.sign();
  visit.next();
  visit.reply(reply::FilingFailed{core::ErrorCode::full});
  CHECK(journey(visit).acknowledge.problem == core::ErrorCode::full);
  CHECK(journey(visit).acknowledge.strokes.size() == 1);
  visit.next();
  CHECK(visit.count<effect::FileAct>() == 1);
}

TEST_CASE("back from signing to the pages keeps what was read", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  open(visit, paper, 2);
  read_all(visit);
  visit.next();
  visit.back();
  CHECK(journey(visit).at == StaffPlace::reading);
  CHECK(reading(visit).all_seen());
}

TEST_CASE("signing out ends the person's keys before the screen is cleared, and no late answer comes through", "[kiosk][staff]") {
  Visit visit;
  const auto paper = sample_paper(1, 3);
  to_inbox(visit, {paper});
  visit.feed(staff::Event{staff::PaperTapped{paper.id}});
  visit.feed(person::FinishPressed{});
  REQUIRE(visit.effects.size() == 2);
  CHECK(std::holds_alternative<effect::SignOut>(visit.effects[0]));
  CHECK(std::holds_alternative<effect::WipeScreen>(visit.effects[1]));
  CHECK(visit.is_at<WipedScreen>());
  visit.feed(person::BeginPressed{});
  show_badge(visit);
  visit.reply(reply::PaperOpened{paper.id, paper.digest, 2});
  CHECK(journey(visit).at == StaffPlace::sign_in);
  CHECK_FALSE(journey(visit).reading);
}
