// Bad input and trouble at the counter: each is said in a plain sentence in the visitor's language, nothing
// typed is lost, and the visitor or the next one can go on (DESIGN.md, section 10).
#include <set>

#include "tests/kiosk/app_snapshot.h"
#include "tests/kiosk/applicant_sights.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace qabyl::kiosk;
using namespace qabyl::kiosk::test;
using namespace std::chrono_literals;

namespace {

struct Trouble {
  std::string name;
  std::function<void(Visit&)> arrive;
  std::string id;           // of the sentence
  core::TextArgs args = {};
};

// From a stage, then what goes wrong there.
auto after(const std::string& name, std::function<void(Visit&)> more) {
  return [name, more](Visit& visit) {
    stage(name).arrive(visit, Answers::usual);
    more(visit);
  };
}
auto at(const std::string& name) {
  return after(name, [](Visit&) {});
}

void add_with_problem(Visit& visit, const std::string& name, const std::string& problem) {
  auto file = pdf_file(name, 0, 9);
  file.problem = problem;
  visit.add("LD2", file);
}

std::vector<Trouble> troubles() {
  std::string long_name;
  for (int i = 0; i < 300; ++i) long_name += "Ұ";
  const auto typed = [](std::string text) {
    return after("details.2", [text](Visit& visit) {
      visit.type(text);
      visit.next();
    });
  };
  return {
      {"a wrong digit in the BIN", at("id.wrong"), "id.bad"},
      {"a name of 300 characters", typed(long_name), "details.too_long", {{"n", "200"}}},
      {"a name with a bidi override", after("details.2", [](Visit& v) { v.type("\xE2\x80\xAE"); }), "details.characters"},
      {"a name that is not UTF-8", after("details.2", [](Visit& v) { v.type("\xC3\x28"); }), "details.characters"},
      {"an empty signature", after("sign", [](Visit& v) { v.next(); }), "short.sign"},
      {"a signature of three points", at("sign.short"), "short.sign"},
      {"a PDF of no bytes", at("docs.refused.empty"), "docs.why.empty"},
      {"a truncated PDF", after("docs", [](Visit& v) { add_with_problem(v, "truncated.pdf", "unreadable"); }), "docs.problem.unreadable"},
      {"an encrypted PDF", after("docs", [](Visit& v) { add_with_problem(v, "encrypted.pdf", "encrypted"); }), "docs.problem.encrypted"},
      {"a ZIP called .pdf", after("docs", [](Visit& v) { add_with_problem(v, "zip.pdf", "type_differs"); }), "docs.problem.type_differs"},
      {"a PDF of too many pages", at("docs.refused.too_many_pages"), "docs.why.too_many_pages"},
      {"a file that is too large", at("docs.refused.too_large"), "usb.big", {{"name", "1. жарғы.pdf"}, {"max", "50"}}},
      {"a stick that is pulled while it is read", at("docs.refused.gone"), "usb.gone"},
      {"a file that vanishes or grows while it is read", at("docs.refused.changed"), "docs.why.changed"},
      {"no room while a file is copied", at("docs.refused.full"), "docs.why.full"},
      {"no room while the draft is begun", at("pin.full"), "pin.notsaved"},
      {"no room while the draft is saved", at("docs.unsaved"), "save.failed"},
      {"no room while the application is filed", at("sign.full"), "sign.failed"},
      {"no room while the form is made", at("check.failed"), "sign.failed.form"},
      {"a PIN that is wrong", at("pin.bad"), "pin.bad", {{"n", "3"}}},
      {"a PIN wrong five times", at("pin.locked"), "pin.wait", {{"t", "10:00"}}},
      {"a stick without room", at("receipt.copy.full"), "rcpt.copy.full"},
      {"a terminal that may take nothing more", at("stop"), "stop"}};
}

}  // namespace

TEST_CASE("every trouble is said in a plain sentence of the visitor's language", "[kiosk][trouble]") {
  UiRig rig;
  for (const auto& trouble : troubles()) {
    std::set<std::string> sentences;
    for (const auto language : core::languages) {
      for (const bool portrait : {false, true}) {
        const Stage one{trouble.name, [&](Visit& visit, Answers) { trouble.arrive(visit); }};
        SightSeeing sight(rig, one, Answers::usual, {.language = language, .portrait = portrait});
        sight.draw();
        const auto sentence = rig.texts.say(language, trouble.id, trouble.args);
        INFO(trouble.name << " in " << core::to_text(language) << (portrait ? ", portrait" : "") << ": " << sentence);
        CHECK(rig.registry.shows(sentence));
        sentences.insert(sentence);
      }
    }
    CHECK(sentences.size() == 3);
  }
}

TEST_CASE("after every trouble finish and clear leaves the terminal for the next visitor", "[kiosk][trouble]") {
  for (const auto& trouble : troubles()) {
    Visit visit;
    trouble.arrive(visit);
    INFO(trouble.name);
    if (visit.is_at<StopScreen>()) continue;  // nothing was begun
    visit.answer_saves = true;                // the store answers what is under way, late or not
    visit.feed(person::FinishPressed{});
    REQUIRE(visit.is_at<WipedScreen>());
    visit.feed(person::BeginPressed{});
    REQUIRE(visit.is_at<StartScreen>());
    visit.to_receipt();
  }
}

TEST_CASE("a draft that cannot be saved keeps every answer and is saved when there is room again", "[kiosk][trouble]") {
  Visit visit;
  stage("docs").arrive(visit, Answers::usual);
  const auto before = visit.app.journey().draft->representative;
  visit.answer_saves = false;
  visit.add("LD2", pdf_file("жарғы.pdf", 14, 2));
  for (int i = 0; i < 5; ++i) {
    visit.reply(reply::DraftRefused{core::ErrorCode::full, 0, {}});
    visit.wait(6s);
  }
  CHECK(visit.app.journey().saving.failed);
  CHECK(visit.app.journey().draft->representative == before);
  CHECK(visit.app.journey().draft->files() == 1);
  visit.reply(reply::DraftSaved{draft_id, nine + 1min});
  CHECK_FALSE(visit.app.journey().saving.failed);
  visit.next();
  CHECK(visit.is_at<FeeScreen>());
}

TEST_CASE("a filing that finds no room keeps the ink and files when it is pressed again", "[kiosk][trouble]") {
  Visit visit;
  stage("sign.full").arrive(visit, Answers::usual);
  CHECK(visit.at<SignScreen>().strokes.size() == 1);
  visit.next();
  REQUIRE(visit.count<effect::FileApplication>() == 1);
  visit.reply(reply::Filed{sample_receipt()});
  CHECK(visit.is_at<ReceiptScreen>());
}

TEST_CASE("a file refused for each of its reasons leaves the others where they were", "[kiosk][trouble]") {
  for (const char* why : {"gone", "changed", "empty", "too_large", "too_many_pages", "unreadable", "full", "storage"}) {
    Visit visit;
    visit.to_documents();
    visit.add("LD3", pdf_file("куәлік.pdf", 1, 3));
    visit.feed(person::AddPressed{"LD2"});
    visit.reply(reply::SourceListed{true, {{"a.pdf", 1000, "pdf"}}, false});
    visit.feed(person::SourceFileTapped{"a.pdf"});
    visit.reply(reply::FileRefused{"LD2", "a.pdf", why});
    INFO(why);
    CHECK(visit.app.journey().draft->files() == 1);
    visit.add("LD2", pdf_file("b.pdf", 1, 4));
    CHECK(visit.app.journey().draft->files() == 2);
  }
}
