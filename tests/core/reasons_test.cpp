// Every reason that core can give has a wording in three languages: the codes are read out of the sources.
#include <filesystem>
#include <regex>
#include <set>

#include "core/cases/repair.h"
#include "tests/core/assets.h"
#include "tests/support/places.h"

using namespace qabyl::core;

namespace {

std::set<std::string> codes_in_sources() {
  const std::regex code(R"re("((?:name|date|procedure|bin|items|fee|number|application|signature|kind|case|device|assignment|committee|notice|mark|particular|person|act|receipt|signer)\.[a-z_0-9]+(?:\.[a-z_]+)?)")re");
  std::set<std::string> codes;
  for (const char* file : {"answers", "signature", "cases/licence_application", "cases/filing", "cases/licence", "cases/acts", "cases/notice", "cases/particulars", "cases/judgement"}) {
    const auto text = qabyl::test::file_text(qabyl::test::in_source("/core/") + file + ".cpp");
    for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at) codes.insert((*at)[1]);
  }
  for (const char* path : {"fee.choice", "items.0.docs", "signature.paper", "signature.strokes", "signer.name"}) codes.erase(path);  // fields, not reasons
  for (int n = 1; n <= 11; ++n) codes.insert("particular." + std::to_string(n));
  return codes;
}

std::set<std::string> matches_in(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

// What the judge can give as a reason of a verdict: all that a machine of core/cases refuses, or finds.
std::set<std::string> codes_of_verdicts() {
  const std::regex code(R"re((?:refused\(|invalid\(|Finding\{)"([a-z_]+\.[a-z_0-9.]+)")re");
  std::set<std::string> codes;
  for (const auto& file : std::filesystem::directory_iterator(qabyl::test::in_source("/core/cases"))) {
    if (file.path().extension() == ".cpp") codes.merge(matches_in(qabyl::test::file_text(file.path().string()), code));
  }
  return codes;
}

constexpr Repair ways[] = {Repair::nothing, Repair::again, Repair::sign, Repair::read, Repair::person, Repair::assignment, Repair::clock, Repair::program, Repair::journal, Repair::office};

}  // namespace

TEST_CASE("whatever the judge says of a record, there is a sentence for it and one for what can be done", "[core][texts]") {
  const auto texts = qabyl::test::texts();
  const auto codes = codes_of_verdicts();
  CHECK(codes.size() > 200);
  for (const auto language : languages) {
    for (const auto& code : codes) {
      INFO(to_text(language) << " " << code);
      CHECK(texts.has(language, "reason." + code));
      CHECK(texts.has(language, "repair." + std::string(to_text(repair_of(code)))));
    }
    for (const auto way : ways) CHECK(texts.has(language, "repair." + std::string(to_text(way))));
  }
  CHECK(repair_of("of.another.version") == Repair::office);
  CHECK(repair_of("name.hidden_characters") == Repair::again);
  CHECK(repair_of("mark.powers_ended") == Repair::person);
  CHECK(repair_of("request.not_open") == Repair::office);
}

TEST_CASE("every code that stands by name among the ways of repair is a reason that has a sentence", "[core][texts]") {
  const auto texts = qabyl::test::texts();
  const auto named = matches_in(qabyl::test::file_text(qabyl::test::in_source("/core/cases/repair.cpp")), std::regex(R"re("([a-z_]+\.[a-z_0-9]+)")re"));
  CHECK(named.size() > 70);
  for (const auto& code : named) {
    INFO(code);
    CHECK(texts.has(Language::kk, "reason." + code));
    CHECK(repair_of(code) != Repair::office);
  }
}

TEST_CASE("why the registry takes no record is said in words, for every code that its intake has", "[core][texts]") {
  const auto texts = qabyl::test::texts();
  auto codes = matches_in(qabyl::test::file_text(qabyl::test::in_source("/sync/registry/intake.cpp")), std::regex(R"re(refused\([a-z_.>-]+, [0-9]+, "([a-z-]+)")re"));
  codes.insert("upgrade");
  for (const char* other : {"not-found", "log-behind"}) codes.erase(other);  // of a question; of a registry that takes nothing from anybody
  CHECK(codes.size() == 12);
  for (const auto language : languages) {
    for (const auto& code : codes) {
      INFO(to_text(language) << " " << code);
      CHECK(texts.has(language, refusal_text(code)));
    }
  }
  CHECK(repair_of_refusal("gap") == Repair::journal);
  CHECK(repair_of_refusal("too-large") == Repair::program);
}

TEST_CASE("every reason code has a plain sentence in Kazakh, Russian and English", "[core][texts]") {
  const auto texts = qabyl::test::texts();
  const auto codes = codes_in_sources();
  CHECK(codes.size() > 50);
  for (const auto language : languages) {
    for (const auto& code : codes) {
      INFO(to_text(language) << " " << code);
      CHECK(texts.has(language, "reason." + code));
    }
  }
}
