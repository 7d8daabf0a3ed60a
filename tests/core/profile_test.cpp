// Rule profiles: what the assets say, and that a slip of the pen in one is found with its line.
// How: the real assets, and copies of them with one text replaced.
#include "tests/core/assets.h"

using namespace qabyl::core;
using qabyl::test::asset;
using qabyl::test::profile;

namespace {

std::vector<std::string> codes(const Profile& one, Procedure procedure) {
  std::vector<std::string> all;
  for (const auto& document : one.list(procedure)) all.push_back(document.code);
  return all;
}

// The profile with one text replaced by another, and the number of the line where that happened.
struct Changed { std::string toml; std::string line; };
Changed changed(const std::string& from, const std::string& to) {
  auto toml = asset("rules/kz-2004-249.toml");
  const auto at = toml.find(from);
  REQUIRE(at != std::string::npos);
  const auto line = 1 + std::count(toml.begin(), toml.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  toml.replace(at, from.size(), to);
  return {toml, "line " + std::to_string(line) + ":"};
}

}  // namespace

TEST_CASE("the profile of 2004 asks for the documents of its list, the form first and the fee last", "[core][profile]") {
  const auto rules = profile();
  CHECK(rules.id == "kz-2004-249");
  CHECK(rules.id_scheme == "bin");
  CHECK(codes(rules, Procedure::issue) == std::vector<std::string>{"LD1", "LD2", "LD3", "LD5", "LD4"});  // LD6 is off by default
  CHECK(codes(rules, Procedure::reissue) == std::vector<std::string>{"LD1", "LD7", "LD4"});
  CHECK(codes(rules, Procedure::duplicate) == std::vector<std::string>{"LD1", "LD8", "LD4"});
  CHECK(rules.list(Procedure::issue)[0].made_here);
  CHECK(rules.list(Procedure::issue)[0].name.in(Language::kk) == "Лицензия беру туралы өтініш");
  CHECK(rules.list(Procedure::duplicate)[0].name.en == "Application for a duplicate licence");
  CHECK(rules.list(Procedure::issue).back().step == 4);
  CHECK(rules.law_article.ru == "Пункт 1 статьи 9 Закона о кредитных бюро");
}

TEST_CASE("a line of the list can be switched on in the asset alone", "[core][profile]") {
  const auto on = Profile::parse(changed("on = false\nstep", "on = true\nstep").toml);
  REQUIRE(on);
  CHECK(codes(*on, Procedure::issue) == std::vector<std::string>{"LD1", "LD2", "LD3", "LD6", "LD5", "LD4"});
}

TEST_CASE("the fee is an example that says so, and unknown where no rate was found", "[core][profile]") {
  const auto rules = profile();
  CHECK(rules.fee.example);
  CHECK(rules.fee_tenge(Procedure::issue) == 43250);
  CHECK(rules.fee_tenge(Procedure::reissue) == 4325);
  CHECK_FALSE(profile("kz-current").fee_tenge(Procedure::issue));
}

TEST_CASE("every question of section e and every unverified figure is a setting", "[core][profile]") {
  for (const char* id : {"kz-2004-249", "kz-current"}) {
    const auto rules = profile(id);
    for (const char* name : {"interim.objection.mode", "interim.objection.days", "summary.per_sheet", "summary.unit", "halt.clock",
                             "past_year.mode", "cap.roll", "ext.base", "start.base", "end.base", "notice.min_days",
                             "notice.return_days", "refusal.witnesses", "counter.cutoff", "counter.after_hours", "reply.cutoff",
                             "protocol.sign_warn", "final.without_meeting", "signers.summary", "signature.modes", "d02.restart",
                             "d02.length", "smallbiz.profile", "retention.rule", "doc.lang", "paper.copies", "ext.notice_before",
                             "ext.max", "recalc.favour", "licence.signer", "inspection.kinds", "duplicate.days", "mci.y2004",
                             "identifier.rnn_digits", "refusal.grounds", "terms.licence.kk"}) {
      INFO(id << " " << name);
      CHECK(rules.settings.find(name) != nullptr);
    }
  }
  CHECK(profile().settings.text("interim.objection.mode") == "within");
  CHECK(profile().settings.number("d02.length") == 1);
  CHECK(profile("kz-current").settings.number("d02.length") == 20);
  CHECK(profile("kz-current").settings.text("terms.licence.en") == "permit");
}

TEST_CASE("warnings about the notice, the counter and drafts have their defaults", "[core][profile]") {
  const auto rules = profile();
  CHECK(rules.notice_min_days == 3);
  CHECK(rules.notice_return_days == 1);
  CHECK(rules.draft_days == 30);
  CHECK(rules.closing_hour == 18);
}

TEST_CASE("an error in a profile names its line", "[core][profile]") {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"version = \"2026-1\"", "version = 2026"},
           {"id_scheme = \"bin\"", "id_scheme = \"passport\""},
           {"procedures = [\"issue\"]", "procedures = [\"isue\"]"},
           {"pages_max = 300", "pages_max = 0"},
           {"step = 4", "step = 9"},
           {"days = 30 ", "days = 0 "},
           {"clock = \"runs\"", "clock = 1.5"},
           {"mci_tenge = 4325", "mci_tenge = \"4325\""},
           {"[reply]", "[reply"}}) {
    const auto broken = changed(from, to);
    const auto parsed = Profile::parse(broken.toml);
    INFO(to);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().detail.find(broken.line) == 0);
  }
}

TEST_CASE("a profile that is no TOML is refused, also where toml++ asserts", "[core][profile]") {
  const auto good = asset("rules/kz-current.toml");
  for (const std::string& odd : std::vector<std::string>{"[[:deadlines]]", "[[[[[[[[[[", "[=]", "[[", "[", "= 1", "\"", "a = [[[[[[", "a = {:", "\xff\xfe", "a =\xd1\x80 1", "\"a\\\\\" =\xe2\x80\x8b 1", "a = \"\"\"\n\xd1\x80\"\"\"", "a = \"\"\"\n\"\"\"\xd1\x80\"", "a = '''\n'''\xd1\x80'", "a = 0\"\xd1\x80\"", "a = 0[\"\xd1\x80\"", "a = 2026-01-01 \"\xd1\x80\"", std::string("\0a", 2)}) {
    INFO(odd);
    for (const auto& text : std::vector<std::string>{odd, good + "\n" + odd, odd + "\n" + good}) {
      const auto read = Profile::parse(text);
      REQUIRE_FALSE(read);
      CHECK(read.error().code == ErrorCode::invalid_input);
    }
  }
}

TEST_CASE("a list without its form, or with a code twice, is refused", "[core][profile]") {
  CHECK_FALSE(Profile::parse(changed("made_here = true", "made_here = false").toml));
  CHECK_FALSE(Profile::parse(changed("code = \"LD3\"", "code = \"LD2\"").toml));
  CHECK_FALSE(Profile::parse(""));
  CHECK(Profile::parse(std::string(1024 * 1024, ' ')).error().code == ErrorCode::too_large);
}
