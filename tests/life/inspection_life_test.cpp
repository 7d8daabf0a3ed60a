// One inspection, whole, day by day on one clock: the office at its console, the bureau at the screens of a kiosk whose
// uplink speaks to Api::handle. Every paper, page and running term is held against tests/life/golden (paragraphs 7 ... 30).
#include "tests/life/bureau_at_screen.h"
#include "tests/life/golden.h"
#include "tests/support/documents.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::life;
using core::BureauAct;

namespace {

namespace kind = core::kind;
constexpr std::size_t deputy = 0, specialist = 1;  // of the sample office's people

std::string encoded(const char* text) { return test::reg::percent_encoded(text); }

const std::string findings = "findings_kk=" + encoded("Журнал жүргізілмеген") + "&findings_ru=" + encoded("Журнал не ведётся");
const std::string breaches = "&breaches_kk=" + encoded("Қол жеткізу журналы жоқ\nКелісім алынбаған") + "&breaches_ru=" + encoded("Нет журнала доступа\nСогласие не получено");

struct Life {
  test::Story story;
  WholeKiosk kiosk{story.desk.office, story.desk.kiosk};
  BureauAtScreen bureau{kiosk, story.desk.secrets};
  std::string terms;
  int days_checked = 0;

  Life() { rig::make_pdf(kiosk.stick() + "/journal.pdf", "Журнал", 3); }
  test::reg::Registry& registry() { return *story.desk.office.registry; }
  void day(const char* iso) {
    note();
    story.on(iso);
    kiosk.catch_up();
  }
  // What stands at the end of the day.
  void note() { terms += core::iso_date(registry().assets.zone.local(story.desk.office.now).date) + " " + terms_of(registry(), story.id); }
  void office(const char* login, const char* act, const std::string& fields = {}) {
    INFO(login << " " << act);
    REQUIRE(story.act(login, act, fields) == "");
  }
  void visit(std::size_t who, const std::function<void()>& does) {
    bureau.comes(who);
    check_days();
    does();
    bureau.leaves();
  }
  // Where something is awaited of the bureau, the kiosk shows the last day by which the office waits for it.
  void check_days() {
    const auto open = terms_of(registry(), story.id);
    for (const auto& paper : bureau.inbox()) {
      if (paper.deadline_term.empty() || !kiosk::awaits(paper)) continue;
      INFO(paper.kind << " " << paper.deadline_term << " " << paper.deadline << "\n" << open);
      ++days_checked;
      CHECK(open.find(paper.deadline_term + " from ") != std::string::npos);
      CHECK(open.find(" to " + paper.deadline) != std::string::npos);
      CHECK_FALSE(paper.counted.empty());
    }
  }
  void objects(std::string_view to, const char* words) {
    bureau.begins(to, BureauAct::object);
    bureau.brings("journal.pdf");
    bureau.writes({words});
    bureau.signs();
  }
};

// The paper, the badge at the kiosk and the console's record say one count, word for word (issue 3).
void check_count_of_notice(Life& life) {
  const auto& paper = life.bureau.paper(kind::notice_send);
  const auto history = sync::registry::case_now(life.registry(), life.story.id)->history;
  const auto sent = std::find_if(history.begin(), history.end(), [](const auto& one) { return one.kind == kind::notice_send; });
  REQUIRE(sent != history.end());
  const auto& said = sent->body.items("return_counted");
  CHECK(paper.deadline == sent->body.text("return_last_day"));
  REQUIRE(paper.counted.size() == said.size());
  CHECK(said.size() > 3);
  for (std::size_t i = 0; i < said.size(); ++i) {
    CHECK(paper.counted[i].kk == said[i].text("kk"));
    CHECK(paper.counted[i].ru == said[i].text("ru"));
  }
}

void notice_and_start(Life& life) {
  life.visit(deputy, [&] {
    check_count_of_notice(life);
    CHECK(life.bureau.receives(kind::notice_send).kind == kind::notice_mark_receipt);
    CHECK(life.bureau.paper(kind::notice_send).acts.empty());  // the letter of paragraph 13 is due once the inspection begins
  });
  life.office("clerk", "file", "unit=a&place=b");
  life.day("2026-11-30");
  life.office("inspector", "start", "date=2026-11-30");
  life.visit(deputy, [&] {
    life.bureau.begins(kind::notice_send, BureauAct::letter);
    for (const auto who : {deputy, specialist, specialist, specialist, specialist}) life.bureau.names(who);  // manager, stand-in, the three duties
    CHECK(life.bureau.signs().body.items("specialists").size() == 1);
  });
}

void fieldwork(Life& life) {
  life.office("inspector", "request", "items=" + encoded("шарттар тізілімі\nқол жеткізу журналы") + "&due=2026-12-04");
  life.office("head", "extend", "new_end=2027-02-10&reason=" + encoded("құжаттар көлемі"));
  life.office("clerk", "extension_committee", "number=26-200&date=2026-11-30&office=" + encoded("Алматы"));
  life.office("clerk", "extension_notice");
  // The power goes while the answer is being written.
  life.bureau.comes(specialist);
  life.bureau.receives(kind::request_sign);
  life.bureau.begins(kind::request_sign, BureauAct::answer);
  life.bureau.ticks({1});
  life.bureau.brings("journal.pdf");
  life.bureau.types("Журнал ");
  life.kiosk.pass(kiosk::waits::reply_keep);
  life.kiosk.power_cut();
  life.visit(deputy, [&] {
    life.bureau.begins(kind::request_sign, BureauAct::answer);
    CHECK_FALSE(life.bureau.answering().kept);  // it is a colleague's
  });
  life.visit(specialist, [&] {
    life.bureau.begins(kind::request_sign, BureauAct::answer);
    REQUIRE(life.bureau.answering().kept);
    life.bureau.goes_on();
    CHECK(life.bureau.answering().at == 2);
    CHECK(life.bureau.answering().files.size() == 1);
    life.bureau.writes({"қоса берілді"});
    CHECK(life.bureau.signs().body.items("items") == core::Json::Array{1});
    // A10: nobody of the bureau signs for the notice of extension; two witnesses say so.
    CHECK(life.bureau.refuses_receipt(kind::notice_send, {{"Қайрат Куә", "маман"}, {"Ләззат Куә", "заңгер"}}).kind == kind::notice_receipt_refused);
  });
  CHECK(life.story.page("clerk").find("Қайрат Куә") != std::string::npos);
  life.day("2026-12-01");
  life.kiosk.power_cut();
  life.office("unit", "interim", findings + "&conclusions_kk=" + encoded("Тәртіп бұзылған") + "&conclusions_ru=" + encoded("Порядок нарушен"));
  const auto interim = life.story.now().interims.begin()->first;
  life.office("inspector", "interim_head", "report=" + interim);
  life.visit(specialist, [&] {
    life.bureau.receives(kind::interim_sign_head);
    CHECK(life.bureau.paper(kind::interim_sign_head).deadline == "2026-12-07");  // four working days, the seventh is a Monday
    life.objects(kind::interim_sign_head, "Журнал бар");
    life.bureau.begins(kind::request_sign, BureauAct::answer);  // and the rest of the request
    life.bureau.goes_on();
    life.bureau.brings("journal.pdf");
    life.bureau.writes({"Тізілім қоса берілді"});
    CHECK(life.bureau.signs().body.items("items") == core::Json::Array{0});
  });
  const auto objection = life.story.now().interims.at(interim).objections.begin()->first;
  life.office("inspector", "interim_consider", "report=" + interim + "&treat." + objection + "=partly&why." + objection + "=" + encoded("журнал кейін табылды"));
  life.day("2026-12-04");
  life.office("inspector", "end", "date=2026-12-04");
}

core::Id report(Life& life) {
  life.office("inspector", "summary", findings + "&conclusions_kk=" + encoded("Жою қажет") + "&conclusions_ru=" + encoded("Устранить") + breaches + "&superior=" + life.story.officer("unit"));
  life.office("unit", "summary_superior");
  life.office("clerk", "summary_send", "addressee=" + encoded("Ахметов Нұрлан Серікұлы"));
  const auto made = life.story.now().summaries.begin()->first;
  life.visit(deputy, [&] {
    CHECK(life.bureau.receives(kind::summary_send).body.flag("copy1_kept"));
    life.bureau.visas(kind::summary_send);
    life.objects(kind::summary_send, "Келіспейміз");
  });
  const auto& now = life.story.now().summaries.at(made);
  CHECK(now.objections.size() == 1);
  return made;
}

void meeting(Life& life) {
  life.day("2026-12-07");
  life.office("clerk", "meeting", "level=unit&chair=" + life.story.officer("unit") + "&on=2026-12-08&place=" + encoded("4-бөлме") + "&invited=" + encoded("Ахметов Нұрлан"));
  const auto id = life.story.now().meetings.begin()->first;
  life.day("2026-12-08");
  life.office("clerk", "meeting_hold", "meeting=" + id + "&date=2026-12-08");
  life.office("unit", "protocol", "meeting=" + id + "&heard_kk=" + encoded("Нәтижелер") + "&heard_ru=" + encoded("Результаты") + "&decided_kk=" + encoded("Жойылсын") + "&decided_ru=" + encoded("Устранить"));
  life.office("clerk", "protocol_send", "meeting=" + id + "&addressee=" + encoded("Ахметов Нұрлан Серікұлы"));
  life.visit(specialist, [&] {
    life.bureau.receives(kind::protocol_send);
    life.objects(kind::protocol_send, "Хаттама дәл емес");
  });
  const auto objection = life.story.now().meetings.at(id).objections.begin()->first;
  const auto fields = "meeting=" + id + "&treat." + objection + "=rejected&why." + objection + "=" + encoded("негізсіз") + "&text=" + encoded("Өзгеріссіз қалады");
  life.office("unit", "protocol_disagree", fields);
  life.office("head", "protocol_decide", fields);
}

void third_parties(Life& life) {
  life.visit(deputy, [&] {
    life.bureau.begins(kind::summary_send, BureauAct::ask_consent);
    life.bureau.writes({"«Қаржы» банкі", "аудит"});
    life.bureau.signs();
    life.bureau.begins(kind::summary_send, BureauAct::pass_on);
    life.bureau.writes({"Басқарма, 2026-12-08"});
    life.bureau.signs();
  });
  life.office("unit", "disclosure", "disclosure=" + life.story.now().disclosures.begin()->first + "&consent=no&reason=" + encoded("заңда көзделмеген"));
}

void plan(Life& life) {
  life.office("inspector", "settle", "breaches=0&breaches=1");
  life.office("unit", "plan", breaches.substr(1) + "&due=2026-12-18");
  const auto id = life.story.now().plans.begin()->first;
  life.visit(specialist, [&] {
    life.bureau.begins(kind::plan_demand, BureauAct::submit_plan);
    for (const char* measure : {"журнал ашу", "келісім алу"}) {
      life.bureau.writes({measure, "Әбілов Д."});
      life.bureau.writes({"25122026"});
    }
    CHECK(life.bureau.signs().body.items("items").size() == 2);
  });
  life.office("deputy", "plan_agree", "plan=" + id);
  life.day("2026-12-21");
  life.visit(specialist, [&] {
    for (int item = 0; item < 2; ++item) {
      life.bureau.begins(kind::plan_agree, BureauAct::report_item);
      life.bureau.ticks({0});  // the first that is still open
      life.bureau.brings("journal.pdf");
      life.bureau.writes({"Орындалды"});
      CHECK(life.bureau.signs().body.number("item") == item);
    }
  });
  life.office("unit", "plan_finish", "plan=" + id + "&fulfilled=yes");
}

void prescription(Life& life) {
  life.office("head", "prescription", "breaches_kk=" + encoded("Журнал жоқ") + "&breaches_ru=" + encoded("Нет журнала") + "&article=" + encoded("11-бап") + "&measures_kk=" + encoded("Журнал ашылсын") +
                                          "&measures_ru=" + encoded("Завести журнал") + "&due=2027-01-15");
  const auto id = life.story.now().prescriptions.begin()->first;
  life.visit(specialist, [&] {
    life.bureau.receives(kind::prescription_sign);
    life.bureau.begins(kind::prescription_sign, BureauAct::notify);
    life.bureau.brings("journal.pdf");
    life.bureau.writes({"Журнал ашылды"});
    life.bureau.signs();
  });
  life.office("inspector", "prescription_verify", "prescription=" + id + "&fulfilled=yes");
  life.office("head", "sanction", "measure=fine&amount_tenge=432500&article=" + encoded("462-бап") + "&months=&reason=" + encoded("бұзушылық") + "&prescription=");
  life.visit(deputy, [&] { life.bureau.receives(kind::sanction_decide); });
  life.day("2026-12-22");
  life.office("head", "sanction_execute", "sanction=" + life.story.now().sanctions.begin()->first + "&date=2026-12-22");
  life.office("unit", "close");
}

// Every record of the kiosk's journal is at the registry once, accepted, and no other is there.
void check_both_ends(Life& life) {
  const auto journal = life.kiosk.store().head().q;
  CHECK(life.story.desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == journal);
  CHECK(life.story.desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03' AND outcome <> 'accepted'") == 0);
  const auto waiting = life.kiosk.store().pending(100, 1024 * 1024);
  REQUIRE(waiting);
  CHECK(waiting->empty());
}

}  // namespace

TEST_CASE("a whole inspection, from the mark under its notice to its close: every paper, page and term is the golden one", "[life][golden][par7][par30]") {
  Life life;
  notice_and_start(life);
  fieldwork(life);
  const auto made = report(life);
  meeting(life);
  third_parties(life);
  plan(life);
  prescription(life);
  life.note();
  CHECK(life.story.desk.state(life.story.id) == "closed");
  CHECK(life.days_checked > 3);
  check_both_ends(life);
  const auto papers = papers_of(life.registry(), life.story.id);
  for (const auto paper : {kind::notice_send, kind::request_sign, kind::extension_sign, kind::interim_sign_executor, kind::summary_sign_head, kind::meeting_call, kind::protocol_sign, kind::protocol_final_decision,
                           kind::disclosure_answer, kind::plan_demand, kind::plan_agree, kind::prescription_sign, kind::sanction_decide}) {
    INFO(paper);
    CHECK(papers.find("=== " + std::string(paper) + " №") != std::string::npos);
  }
  hold_words("inspection", papers + "=== summary copy 2, marked\n" + readable(life.story.copy_text(made, 2, true)));
  hold_words("inspection-terms", life.terms);
  hold_pages("inspection-pages", pages_of(life.registry(), life.story.id));
}
