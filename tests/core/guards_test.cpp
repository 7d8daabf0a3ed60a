// Every guard of every machine, read out of the sources, against the guards seen refusing in the explorations;
// and its wording: a plain sentence in three languages that names its paragraph.
#include <filesystem>
#include <regex>

#include "tests/core/exploration.h"
#include "tests/core/lives.h"
#include "tests/support/places.h"

using namespace qabyl::core;
using namespace qabyl::test;

namespace {

// Codes that refused("...") and invalid("...") name in core/cases.
std::set<std::string> guards_in_sources() {
  const std::regex guard(R"re((?:refused|invalid)\("([a-z0-9_]+\.[a-z0-9_.]+)"\))re");
  std::set<std::string> codes;
  for (const auto& file : std::filesystem::directory_iterator(qabyl::test::in_source("/core/cases"))) {
    if (file.path().extension() != ".cpp") continue;
    const auto text = file_text(file.path().string());
    for (std::sregex_iterator at(text.begin(), text.end(), guard), end; at != end; ++at) codes.insert((*at)[1]);
  }
  return codes;
}

std::set<std::string> guards_seen() {
  std::set<std::string> seen;
  for (const auto& refusals : {notice_refusals(), request_refusals(), inspection_refusals(), interim_refusals(), summary_refusals(), meeting_refusals(), disclosure_refusals(),
                               remedy_refusals(), outcome_refusals(), application_refusals(), licence_refusals(),
                               recount_refusals(), scan_refusals()}) {
    for (const auto& [kind, codes] : refusals) seen.insert(codes.begin(), codes.end());
  }
  return seen;
}

// Of a case that nobody could fill, and of a kind that the judge stops first: tested by name elsewhere, or by no test.
const std::set<std::string> elsewhere{"case.too_many", "kind.unknown", "rules.missing", "rules.term_unknown"};

}  // namespace

TEST_CASE("every guard of the sources was seen refusing", "[core][exploration]") {
  const auto seen = guards_seen();
  std::string never;
  for (const auto& code : guards_in_sources()) {
    if (seen.count(code) == 0 && elsewhere.count(code) == 0) never += code + "\n";
  }
  CHECK(never == "");
  std::cout << "guards in core/cases: " << guards_in_sources().size() << ", seen in explorations: " << seen.size() << "\n";
}

TEST_CASE("every refusal names its paragraph at its end, in three languages", "[core][texts]") {
  const auto texts = qabyl::test::texts();
  for (const auto& code : guards_in_sources()) {
    if (code == "kind.unknown" || code == "date.absurd") continue;  // of the record itself, before any paragraph
    INFO(code);
    for (const auto language : languages) {
      REQUIRE(texts.has(language, "reason." + code));
      const auto said = texts.say(language, "reason." + code);
      CHECK(said.ends_with(")"));
      CHECK(said.find_first_of("0123456789", said.rfind('(')) != std::string::npos);
    }
  }
}
