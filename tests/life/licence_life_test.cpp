// One licence, whole, day by day on one clock: filed, supplemented, signed for, re-issued and lost by its holder at the screens
// of a kiosk, granted, suspended and ended by the office at its console; and applications that came to nothing. Every paper,
// page and running term is held against tests/life/golden (paragraphs 1 ... 6, 29).
#include "tests/life/applicant_at_screen.h"
#include "tests/life/bureau_at_screen.h"
#include "tests/life/golden.h"
#include "tests/support/documents.h"
#include "sync/registry/page_comparison.h"
#include "tests/sync/licence_desk.h"

using namespace qabyl;
using namespace qabyl::life;
using core::Procedure;

namespace {

std::string encoded(const char* text) { return test::reg::percent_encoded(text); }

struct Life {
  test::LicenceDesk office;
  WholeKiosk kiosk{office.desk.office, office.desk.kiosk};
  ApplicantAtScreen applicant{kiosk};
  BureauAtScreen bureau{kiosk, office.desk.secrets};
  std::string terms;
  std::map<std::string, std::string> all{{"LD2", "charter.pdf"}, {"LD3", "certificate.pdf"}, {"LD5", "act.jpg"}, {"LD4", "fee.png"}};

  Life() {
    for (const char* name : {"charter", "certificate", "reason"}) rig::make_pdf(kiosk.stick() + "/" + name + ".pdf", name, 2);
    rig::make_jpeg(kiosk.stick() + "/act.jpg", 800, 1100);
    rig::make_png(kiosk.stick() + "/fee.png", 600, 800);
  }
  void day(const char* iso) {
    office.on(iso);
    kiosk.catch_up();
  }
  void act(const char* login, const core::Id& id, const char* what, const std::string& fields = {}) {
    INFO(login << " " << what);
    REQUIRE(office.act(login, id, what, fields) == "");
  }
  // Every page that was signed on lies at the office as it was on the screen: pixel by pixel, with its size.
  void office_holds_what_was_shown(const core::Record& record) {
    const auto signature = core::signature_from_json(record.body.member("signature"));
    REQUIRE((signature && signature->pictures));
    CHECK(signature->renderer.find("poppler") != std::string::npos);
    const auto file = office.registry().read_document(*signature->pictures);
    REQUIRE(file);
    const auto pictures = core::read_pictures(*file);
    REQUIRE(pictures);
    REQUIRE(pictures->size() == signature->pages.size());
    core::sys::SystemClock clock;
    preview::PreviewWorker worker(test::in_build("/bin/qabyl-preview"), clock);
    for (const auto& seen : signature->pages) {
      const auto look = worker.open(preview::source_of(pictures->at(seen.page)), seen.width);
      CHECK(look.problem == preview::PreviewProblem::none);
      CHECK(look.first.height == seen.height);
      CHECK(look.first.pixels == seen.pixels);
    }
  }
  // compare-pages says so too, and names what differs when the signature, the kept pictures or the paper are not those.
  void pages_can_be_compared(const core::Record& record) {
    const auto signature = *core::signature_from_json(record.body.member("signature"));
    const auto program = test::in_build("/bin/qabyl-preview");
    core::sys::SystemClock clock;
    std::ostringstream said;
    CHECK(test::reg::compare_pages(office.desk.office.folder(), record.id, program, clock, said));
    CHECK(said.str().find("same: every page that was shown") != std::string::npos);
    CHECK(said.str().find("drawn then") == std::string::npos);
    const auto paper = *office.registry().read_document(signature.paper), pictures = *office.registry().read_document(*signature.pictures);
    preview::PreviewWorker worker(program, clock);
    const auto compared = [&](const core::ScreenSignature& one, core::ByteView of, core::ByteView kept) { return test::reg::compare_pages(one, of, kept, worker); };
    using Page = test::reg::PageCompared;
    auto altered = signature;
    altered.pages[0].pixels[0] ^= 1;
    altered.renderer = "qabyl-preview 0.0.1 (poppler 1.2.3, cairo 1.2.3)";
    const auto first = compared(altered, paper, pictures);
    CHECK(first.pages.front() == Page{1, Page::Drawn::differs, Page::Kept::differs});
    std::ostringstream words;
    test::reg::print(first, words);
    CHECK(words.str().find("page 1: DIFFERS") != std::string::npos);
    CHECK(words.str().find("drawn then by qabyl-preview 0.0.1") != std::string::npos);
    CHECK(words.str().find("not the same: pages 1\n") != std::string::npos);
    CHECK(compared(signature, paper, {}).pages.front() == Page{1, Page::Drawn::same, Page::Kept::none});
    CHECK(compared(signature, paper, core::Bytes{1, 2}).pages.front() == Page{1, Page::Drawn::same, Page::Kept::differs});
    CHECK(compared(signature, core::Bytes{1, 2}, pictures).pages.front() == Page{1, Page::Drawn::not_drawn, Page::Kept::same});
    auto older = signature;
    older.pages[0].width = older.pages[0].height = 0;
    CHECK(compared(older, paper, {}).pages.front() == Page{1, Page::Drawn::unknown, Page::Kept::none});
    auto longer = signature;
    longer.pages.push_back({900, 1000, {}, 1100, 1556});
    CHECK(compared(longer, paper, pictures).pages.back() == Page{900, Page::Drawn::not_drawn, Page::Kept::none});
    CHECK(test::reg::compare_pages(office.desk.office.folder(), test::id(999), program, clock, said).error().code == core::ErrorCode::not_found);
  }
  void note(const core::Id& id) {
    terms += core::iso_date(office.registry().assets.zone.local(office.desk.office.now).date) + " " + terms_of(office.registry(), id);
  }
};

// Complete but for two documents, which are asked for and handed in; granted, issued, signed for.
std::pair<Receipt, core::Id> issued(Life& life) {
  auto documents = life.all;
  documents.erase("LD3");
  documents.erase("LD5");
  const auto receipt = life.applicant.files(Procedure::issue, test::holder_bin, documents);
  CHECK(life.applicant.looks_up(receipt).state == "");
  life.act("clerk", receipt.application, "register");
  life.act("clerk", receipt.application, "incomplete", "missing=LD3&missing=LD5&due=2026-12-10");
  life.note(receipt.application);
  life.day("2026-11-25");
  auto word = life.applicant.looks_up(receipt);
  CHECK(word.state == "incomplete");
  CHECK(word.due == "2026-12-10");
  const auto supplement = life.applicant.supplements(receipt, {{"LD3", "certificate.pdf"}, {"LD5", "act.jpg"}});
  CHECK(supplement.docs.size() - core::pictures_in(supplement.body, supplement.docs) == 3);
  life.office_holds_what_was_shown(supplement);
  life.act("clerk", receipt.application, "complete", "date=2026-11-25");
  life.note(receipt.application);
  const auto examiner = *life.office.registry().database.text("SELECT id FROM officers WHERE login = 'inspector'");
  life.act("unit", receipt.application, "examiner", "examiner_officer=" + examiner);
  life.act("clerk", receipt.application, "fee", "amount_tenge=43250&document=7");
  life.act("head", receipt.application, "grant");
  life.act("head", receipt.application, "licence_issue");
  const auto licence = life.office.licence_of(receipt.application);
  life.note(licence);
  CHECK(life.applicant.looks_up(receipt).may_sign_for_form());
  const auto delivered = life.applicant.signs_for_licence(receipt);
  CHECK(delivered.kind == core::kind::licence_deliver);
  life.office_holds_what_was_shown(delivered);
  life.pages_can_be_compared(delivered);
  word = life.applicant.looks_up(receipt);
  REQUIRE(word.form);
  CHECK(word.form->signed_here);
  CHECK_FALSE(word.may_sign_for_form());
  return {receipt, licence};
}

// Another form on the same licence, as the new application asks; signed for.
void another_form(Life& life, Procedure procedure, const std::map<std::string, std::string>& documents, const char* today, const char* act, const std::string& fields) {
  const auto receipt = life.applicant.files(procedure, test::holder_bin, documents, "КБ-0001");
  life.office.grant(receipt.application, today);
  life.kiosk.catch_up();
  life.act("head", receipt.application, act, fields);
  life.applicant.signs_for_licence(receipt);
}

void suspended(Life& life, const core::Id& licence) {
  life.act("unit", licence, "suspension_propose", "ground=article_8_not_met&months=3&text=x");
  life.act("deputy", licence, "suspension");
  CHECK(life.office.state(licence) == "suspension_sent");
  life.bureau.comes(0);
  CHECK(life.bureau.receives(core::kind::licence_suspend).kind == core::kind::licence_suspension_receive);
  life.bureau.leaves();
  CHECK(life.office.state(licence) == "suspended");
  life.note(licence);
  life.act("head", licence, "suspension_lift", "why=cause_removed&reason=" + encoded("жойылды"));
}

void deprived(Life& life, const core::Id& licence) {
  life.act("unit", licence, "licence_end_propose", "why=court&text=x");
  life.act("head", licence, "licence_deprive", "date=2027-03-01&court=" + encoded("Алматы соты") + "&decision=2-77");
  CHECK(life.office.state(licence) == "deprived");
  life.note(licence);
}

}  // namespace

TEST_CASE("a whole licence, from the stick of its applicant to the court's decision: every paper, page and term is the golden one", "[life][golden][licence][par1][par29]") {
  Life life;
  const auto [receipt, licence] = issued(life);
  life.day("2027-02-01");
  another_form(life, Procedure::reissue, {{"LD7", "reason.pdf"}, {"LD4", "fee.png"}}, "2027-02-02", "licence_reissue", "why=" + encoded("жаңа атау") + "&name=" + encoded("«Жаңа» бюросы"));
  another_form(life, Procedure::duplicate, {{"LD8", "reason.pdf"}, {"LD4", "fee.png"}}, "2027-02-03", "licence_duplicate", "why=" + encoded("өрт"));
  const auto now = life.office.licence(licence);
  REQUIRE(now.forms.size() == 3);
  CHECK_FALSE(now.forms[0].valid);
  CHECK_FALSE(now.forms[1].valid);
  CHECK(now.forms[2].valid);
  CHECK_FALSE(life.applicant.looks_up(receipt).may_sign_for_form());  // of a form that is void
  suspended(life, licence);
  life.day("2027-03-01");
  deprived(life, licence);
  std::string papers, pages;
  for (const auto& one : {receipt.application, licence}) {
    papers += papers_of(life.office.registry(), one);
    pages += pages_of(life.office.registry(), one);
  }
  for (const auto kind : {core::kind::licence_issue, core::kind::licence_reissue, core::kind::licence_duplicate, core::kind::licence_suspend}) CHECK(papers.find("=== " + std::string(kind)) != std::string::npos);
  hold_words("licence", papers);
  hold_words("licence-terms", life.terms);
  hold_pages("licence-pages", pages);
  CHECK(life.office.desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03' AND outcome <> 'accepted'") == 0);
  CHECK(life.office.desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == life.kiosk.store().head().q);
}

TEST_CASE("applications that are refused on listed grounds, withdrawn by a signed statement, or returned unfinished", "[life][golden][licence][par1][par3]") {
  Life life;
  const auto refused = life.applicant.files(Procedure::issue, test::holder_bin, life.all);
  life.office.examine(refused.application, "2026-11-24");
  life.kiosk.catch_up();
  life.act("deputy", refused.application, "refuse", "grounds=court_ban&grounds=article_8_not_met&reason=" + encoded("сот шешімі"));
  CHECK(life.applicant.looks_up(refused).state == "refused");
  const auto withdrawn = life.applicant.files(Procedure::issue, test::holder_bin, life.all);
  life.act("clerk", withdrawn.application, "register");
  CHECK(life.applicant.withdraws(withdrawn).kind == core::kind::application_withdraw);
  CHECK(life.office.state(withdrawn.application) == "withdrawn");
  const auto incomplete = life.applicant.files(Procedure::issue, test::holder_bin, {{"LD3", "certificate.pdf"}});
  life.act("clerk", incomplete.application, "register");
  life.act("clerk", incomplete.application, "incomplete", "missing=LD2&missing=LD5&due=2026-12-10");
  life.day("2026-12-14");
  life.act("clerk", incomplete.application, "return", "reason=" + encoded("толықтырылмаған"));
  CHECK(life.applicant.looks_up(incomplete).state == "returned");
  std::string papers;
  for (const auto& one : {refused, withdrawn, incomplete}) papers += papers_of(life.office.registry(), one.application);
  hold_words("applications", papers);
}
