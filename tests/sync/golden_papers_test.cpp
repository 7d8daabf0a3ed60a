// The whole set of papers of an inspection and of licences, as their readers get them: numbers, dates, pages and every word
// in Kazakh and Russian, held against tests/sync/golden/*.txt. Identifiers and digests are left out: they say nothing to a
// reader. To accept new papers on purpose: QABYL_GOLDEN_WRITE=1 qabyl-test-sync "[golden]", then read the difference.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/sync/licence_desk.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr std::size_t line_chars_max = 110;  // of the golden file: a word that changes shows as a few lines

std::string encoded(const char* text) { return reg::percent_encoded(text); }
core::Json about(const char* name, const core::Id& id) { return core::Json::Object{{name, id}}; }

std::string without_ids(const std::string& text) {
  static const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), digest("[0-9a-f]{16,64}");
  return std::regex_replace(std::regex_replace(text, uuid, "<id>"), digest, "<digest>");
}

std::string wrapped(const std::string& text) {
  std::istringstream words(text);
  std::string out, line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + word.size() >= line_chars_max) out += line + "\n", line.clear();
    line += (line.empty() ? "" : " ") + word;
  }
  return out + line + "\n";
}

// Every paper that the office made in the case, oldest first.
std::string papers_of(reg::Registry& registry, const core::Id& id) {
  const auto history = reg::case_history(registry, id);
  REQUIRE(history);
  std::string all;
  for (const auto& record : *history) {
    if (record.device != "registry" || record.docs.empty() || record.body.find("paper") == nullptr) continue;
    const auto bytes = registry.read_document(record.docs.front().sha256);
    REQUIRE(bytes);
    const PdfProbe probe(*bytes);
    CHECK(probe.pages() == record.body.number("pages"));
    all += "=== " + record.kind + " № " + record.body.text("number", record.body.text("journal_number")) + ", " + record.body.text("date") + ", pages " + std::to_string(probe.pages()) + "\n" +
           wrapped(without_ids(probe.text())) + "\n";
  }
  return all;
}

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The first line in which the two differ.
std::string difference(const std::string& expected, const std::string& made) {
  std::istringstream a(expected), b(made);
  std::string left, right;
  for (int line = 1;; ++line) {
    const bool more_left = static_cast<bool>(std::getline(a, left)), more_right = static_cast<bool>(std::getline(b, right));
    if (!more_left && !more_right) return {};
    if (more_left != more_right || left != right) return "line " + std::to_string(line) + ":\n- " + (more_left ? left : "(end)") + "\n+ " + (more_right ? right : "(end)");
  }
}

void hold_against(const std::string& name, const std::string& made) {
  const std::string golden = std::string(QABYL_SOURCE_DIR "/tests/sync/golden/") + name + ".txt";
  if (std::getenv("QABYL_GOLDEN_WRITE") != nullptr) {
    std::filesystem::create_directories(QABYL_SOURCE_DIR "/tests/sync/golden");
    std::ofstream(golden, std::ios::binary) << made;
    WARN("written anew: " << golden);
  }
  CHECK(difference(file_text(golden), made) == "");
}

// The bureau's part in the report: received, a visa on every sheet, marked, brought back.
void return_copy_two(Story& story, const core::Id& report) {
  const auto paper = story.meta(core::kind::summary_send);
  const auto does = [&](std::string_view kind, std::string_view member = {}, const core::Json& value = {}) {
    auto body = about("report", report);
    if (!member.empty()) body[member] = value;
    REQUIRE(story.marks(kind, body, paper, 0, "deputy") == "accepted");
  };
  does(core::kind::summary_receive, "copy1_kept", true);
  for (int page = 1; page <= paper.number("pages"); ++page) does(core::kind::summary_visa_page, "page", page);
  does(core::kind::summary_mark_last_page);
  does(core::kind::summary_return_copy2, "paper", paper.text("d"));
}

void fieldwork(Story& story) {
  story.begin();
  story.letter();
  REQUIRE(story.act("inspector", "request", "items=" + encoded("шарттар тізілімі\nқол жеткізу журналы") + "&due=2026-12-04") == "");
  REQUIRE(story.act("head", "extend", "new_end=2027-02-10&reason=" + encoded("құжаттар көлемі")) == "");
  REQUIRE(story.act("clerk", "extension_committee", "number=26-200&date=2026-11-30&office=" + encoded("Алматы")) == "");
  REQUIRE(story.act("clerk", "extension_notice") == "");
  REQUIRE(story.act("unit", "interim", "findings_kk=" + encoded("Журнал жүргізілмеген") + "&findings_ru=" + encoded("Журнал не ведётся") + "&conclusions_kk=" + encoded("Тәртіп бұзылған") +
                                         "&conclusions_ru=" + encoded("Порядок нарушен")) == "");
  const auto interim = story.now().interims.begin()->first;
  REQUIRE(story.act("inspector", "interim_head", "report=" + interim) == "");
  REQUIRE(story.marks(core::kind::interim_receive, about("report", interim), story.meta(core::kind::interim_sign_head), 1, "specialist") == "accepted");
  REQUIRE(story.files(core::kind::interim_object, about("report", interim), 1, "specialist") == "accepted");
  const auto objection = story.now().interims.at(interim).objections.begin()->first;
  REQUIRE(story.act("inspector", "interim_consider", "report=" + interim + "&treat." + objection + "=partly&why." + objection + "=" + encoded("журнал кейін табылды")) == "");
  REQUIRE(story.act("inspector", "end", "date=2026-11-30") == "");
}

const std::string breaches = "&breaches_kk=" + encoded("Қол жеткізу журналы жоқ\nКелісім алынбаған") + "&breaches_ru=" + encoded("Нет журнала доступа\nСогласие не получено");

core::Id report_of(Story& story) {
  REQUIRE(story.act("inspector", "summary", "findings_kk=" + encoded("Журнал жүргізілмеген") + "&findings_ru=" + encoded("Журнал не ведётся") + "&conclusions_kk=" + encoded("Жою қажет") +
                                                "&conclusions_ru=" + encoded("Устранить") + breaches + "&superior=" + story.officer("unit")) == "");
  REQUIRE(story.act("unit", "summary_superior") == "");
  REQUIRE(story.act("clerk", "summary_send", "addressee=" + encoded("Ахметов Нұрлан Серікұлы")) == "");
  return story.now().summaries.begin()->first;
}

void meeting(Story& story) {
  REQUIRE(story.act("clerk", "meeting", "level=unit&chair=" + story.officer("unit") + "&on=2026-12-01&place=" + encoded("4-бөлме") + "&invited=" + encoded("Ахметов Нұрлан")) == "");
  story.on("2026-12-01");
  const auto id = story.now().meetings.begin()->first;
  REQUIRE(story.act("clerk", "meeting_hold", "meeting=" + id + "&date=2026-12-01") == "");
  REQUIRE(story.act("unit", "protocol", "meeting=" + id + "&heard_kk=" + encoded("Нәтижелер") + "&heard_ru=" + encoded("Результаты") + "&decided_kk=" + encoded("Жойылсын") + "&decided_ru=" +
                                            encoded("Устранить")) == "");
  REQUIRE(story.act("clerk", "protocol_send", "meeting=" + id + "&addressee=" + encoded("Ахметов Нұрлан Серікұлы")) == "");
  REQUIRE(story.marks(core::kind::protocol_receive, about("meeting", id), story.meta(core::kind::protocol_send), 1, "specialist") == "accepted");
  REQUIRE(story.files(core::kind::protocol_object, about("meeting", id), 1, "specialist") == "accepted");
  const auto objection = story.now().meetings.at(id).objections.begin()->first;
  const auto fields = "meeting=" + id + "&treat." + objection + "=rejected&why." + objection + "=" + encoded("негізсіз") + "&text=" + encoded("Өзгеріссіз қалады");
  REQUIRE(story.act("unit", "protocol_disagree", fields) == "");
  REQUIRE(story.act("head", "protocol_decide", fields) == "");
}

void remedy(Story& story, const core::Id& report) {
  auto asks = core::Json(core::Json::Object{{"third_party", "«Қаржы» банкі"}, {"purpose", "аудит"}});
  REQUIRE(story.files(core::kind::disclosure_request, asks, 0, "deputy") == "accepted");
  REQUIRE(story.act("unit", "disclosure", "disclosure=" + story.now().disclosures.begin()->first + "&consent=no&reason=" + encoded("заңда көзделмеген")) == "");
  auto organs = about("report", report);
  organs["organs"] = "Басқарма, 2026-12-01";
  REQUIRE(story.files(core::kind::summary_pass_on, organs, 0, "deputy") == "accepted");
  CHECK(story.page("unit").find("Басқарма, 2026-12-01") != std::string::npos);
  REQUIRE(story.act("inspector", "settle", "breaches=0&breaches=1") == "");
  REQUIRE(story.act("unit", "plan", breaches.substr(1) + "&due=2026-12-18") == "");
  const auto plan = story.now().plans.begin()->first;
  auto body = about("plan", plan);
  const auto item = [](int breach, const char* measure) { return core::Json(core::Json::Object{{"breach", breach}, {"measure", measure}, {"due", "2026-12-25"}, {"executor", "Әбілов Д."}}); };
  body["items"] = core::Json::Array{item(0, "журнал ашу"), item(1, "келісім алу")};
  REQUIRE(story.files(core::kind::plan_submit, body, 1, "specialist") == "accepted");
  REQUIRE(story.act("deputy", "plan_agree", "plan=" + plan) == "");
  REQUIRE(story.act("head", "prescription", "breaches_kk=" + encoded("Журнал жоқ") + "&breaches_ru=" + encoded("Нет журнала") + "&article=" + encoded("11-бап") + "&measures_kk=" +
                                                encoded("Журнал ашылсын") + "&measures_ru=" + encoded("Завести журнал") + "&due=2026-12-18") == "");
  REQUIRE(story.act("head", "sanction", "measure=fine&amount_tenge=432500&article=" + encoded("462-бап") + "&months=&reason=" + encoded("бұзушылық") + "&prescription=") == "");
}

}  // namespace

TEST_CASE("the papers of a whole inspection are those of the golden file, word by word in Kazakh and Russian", "[sync][console][story][golden]") {
  Story story;
  fieldwork(story);
  const auto report = report_of(story);
  return_copy_two(story, report);
  meeting(story);
  remedy(story, report);
  const auto papers = papers_of(*story.desk.office.registry, story.id);
  for (const auto kind : {core::kind::notice_send, core::kind::request_sign, core::kind::extension_sign, core::kind::interim_sign_executor, core::kind::summary_sign_head, core::kind::meeting_call,
                          core::kind::protocol_sign, core::kind::protocol_final_decision, core::kind::disclosure_answer, core::kind::plan_demand, core::kind::plan_agree, core::kind::prescription_sign,
                          core::kind::sanction_decide}) {
    INFO(kind);
    CHECK(papers.find("=== " + std::string(kind) + " №") != std::string::npos);
  }
  hold_against("inspection", papers + "=== summary copy 2, marked\n" + wrapped(without_ids(story.copy_text(report, 2, true))));
}

TEST_CASE("the papers of licences, from a letter of what is missing to a suspension, are those of the golden file", "[sync][console][story][licence][golden]") {
  LicenceDesk office;
  std::string papers;
  const auto incomplete = office.file("issue", {"LD3"});
  REQUIRE(office.act("clerk", incomplete, "register") == "");
  REQUIRE(office.act("clerk", incomplete, "incomplete", "missing=LD2&missing=LD5&due=2026-12-10") == "");
  const auto refused = office.file_issue();
  office.examine(refused, "2026-11-24");
  REQUIRE(office.act("deputy", refused, "refuse", "grounds=court_ban&grounds=article_8_not_met&reason=" + encoded("сот шешімі")) == "");
  const auto id = office.issue("2026-11-25");
  office.on("2027-02-01");
  const auto changed = office.file("reissue", {"LD7", "LD4"}, "КБ-0001");
  office.grant(changed, "2027-02-02");
  REQUIRE(office.act("head", changed, "licence_reissue", "why=" + encoded("жаңа атау") + "&name=" + encoded("«Жаңа» бюросы")) == "");
  const auto lost = office.file("duplicate", {"LD8", "LD4"}, "КБ-0001");
  office.grant(lost, "2027-02-03");
  REQUIRE(office.act("head", lost, "licence_duplicate", "why=" + encoded("өрт")) == "");
  REQUIRE(office.act("unit", id, "suspension_propose", "ground=article_8_not_met&months=3&text=x") == "");
  REQUIRE(office.act("deputy", id, "suspension") == "");
  office.on("2026-12-14");
  REQUIRE(office.act("clerk", incomplete, "return", "reason=" + encoded("толықтырылмаған")) == "");
  for (const auto& one : {incomplete, refused, id}) papers += papers_of(office.registry(), one);
  hold_against("licences", papers);
}
