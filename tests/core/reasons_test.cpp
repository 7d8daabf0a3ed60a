// Every reason that core can give has a wording in three languages: the codes are read out of the sources.
#include <regex>
#include <set>

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

}  // namespace

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
