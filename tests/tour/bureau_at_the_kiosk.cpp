// See bureau_at_the_kiosk.h.
#include "tests/tour/bureau_at_the_kiosk.h"

#include <algorithm>

namespace qabyl::rig {
namespace {

constexpr const char *confirmed = "Орталық тізілім алғанын растады", *objection = "Қорытындымен келіспейміз";
constexpr int confirmed_s = 90, sheets_of_summary = 4;  // two in each language; the kiosk asks for all of them

// Every page long enough to count, then a signature under it, up to the receipt that the registry has confirmed.
void read_and_sign(ScriptText& script, const std::string& picture, int variant) {
  script.wait("read.go", 60).pause(1900).shot(picture + "-read").tap_until({"read.next", "read.prev"}, "read.go");
  script.tap("read.go").wait("ack.pad").sign("ack.pad", variant).shot(picture + "-sign").wait_enabled("ack.go").tap("ack.go");
  script.wait("rcpt.go", 60).wait_text(confirmed, confirmed_s).shot(picture + "-receipt");
}

// A document from the stick, as the answer to the question on the screen.
void bring(ScriptText& script, const std::string& document, const std::string& picture) {
  script.wait("reply.add").tap("reply.add").wait("docs.src.close").tap_text(document).wait("reply.remove.0", 60).shot(picture + "-documents").tap("reply.go");
}

void write(ScriptText& script, const std::string& words, const std::string& picture) {
  script.wait("reply.field.0").tap("reply.field.0").type(words).shot(picture + "-words").tap("reply.go");
}

// Two fields of one question: the keyboard leaves room for one, its key goes on to the next.
void write_two(ScriptText& script, const std::string& first, const std::string& second, const std::string& picture) {
  script.wait("reply.field.0").tap("reply.field.0").type(first).tap("kb.next").wait("reply.field.1").type(second).shot(picture).tap("reply.go");
}

void choose_act(ScriptText& script, const std::string& act, const std::string& picture) {
  script.wait("paper.act." + act, 30).tap("paper.act." + act).shot(picture + "-acts").tap("paper.go");
}

void choose(ScriptText& script, const std::vector<int>& options, const std::string& picture) {
  script.wait("reply.option.0", 30);
  for (const int option : options) script.tap("reply.option." + std::to_string(option));
  script.shot(picture).tap("reply.go").pause(400);
}

}  // namespace

BureauAtTheKiosk::BureauAtTheKiosk(Office& office, std::string case_id, std::string document, Play play, Check check)
    : office_(office), case_id_(std::move(case_id)), document_(std::move(document)), play_(std::move(play)), check_(std::move(check)) {
  const auto& deputy = office.secrets().items("staff").front();
  officer_.badge = deputy.text("badge");
  officer_.pin = deputy.text("pin");
}

long BureauAtTheKiosk::accepted(const std::string& kind) const {
  const auto records = office_.registry_records();
  return std::count_if(records.begin(), records.end(), [&](const core::Json& one) { return one.text("kind") == kind && one.text("case") == case_id_ && one.text("outcome") == "accepted"; });
}

void BureauAtTheKiosk::visit(const std::string& name, const ScriptText& script, const std::vector<std::string>& kinds, const std::string& what) {
  ScriptText whole = script;
  whole.tap("finish").wait("wiped.start");
  check_(play_("bureau-" + name, whole.text()), what);
  for (const auto& kind : kinds) check_(accepted(kind) == 1, "the registry has accepted it once: " + kind);
}

// In the inbox, then at what can be done with the paper of that title.
ScriptText BureauAtTheKiosk::at_paper(const std::string& title) const {
  ScriptText script = signed_in(officer_);
  script.tap("inbox.tab.1").tap_in_row(title, "inbox.open.");
  return script;
}

ScriptText BureauAtTheKiosk::received(const std::string& title) const {
  ScriptText script = signed_in(officer_);
  script.tap_in_row(title, "inbox.open.");
  return script;
}

void BureauAtTheKiosk::letter_and_answer() {
  ScriptText script = at_paper("Тексеру туралы хабарлама");
  choose_act(script, "letter", "kk-14-letter");
  choose(script, {0}, "kk-14-letter-manager");
  choose(script, {1}, "kk-14-letter-stand-in");
  for (const char* duty : {"prepare", "hand-over", "receive"}) choose(script, {0, 1}, std::string("kk-14-letter-") + duty);
  read_and_sign(script, "kk-14-letter", 0);
  script.tap("rcpt.go").tap_in_row("Жазбаша сұрату", "inbox.open.");
  read_and_sign(script, "kk-14-request", 1);
  script.tap("rcpt.go");
  choose_act(script, "answer", "kk-14-answer");
  choose(script, {0, 1}, "kk-14-answer-items");
  bring(script, document_, "kk-14-answer");
  write(script, "Тізілім қоса берілді", "kk-14-answer");
  read_and_sign(script, "kk-14-answer", 2);
  visit("letter", script, {"inspection.letter_of_responsibles", "request.receive", "request.answer"}, "the letter of responsibles is signed, the request received and answered with a document (13, 14)");
}

void BureauAtTheKiosk::interim_objected() {
  ScriptText script = received("Аралық есеп");
  read_and_sign(script, "kk-13-interim", 3);
  script.tap("rcpt.go").tap("inbox.tab.1").tap_in_row("Аралық есеп", "inbox.open.");
  choose_act(script, "object", "kk-14-interim");
  bring(script, document_, "kk-14-interim");
  write(script, objection, "kk-14-interim");
  read_and_sign(script, "kk-14-interim", 4);
  visit("interim", script, {"interim.receive", "interim.object"}, "an interim report is received and objected to (16, 17)");
}

void BureauAtTheKiosk::summary_returned() {
  const int sheets = sheets_of_summary;
  ScriptText script = received("жиынтық есеп");
  read_and_sign(script, "kk-13-summary", 5);
  script.tap("rcpt.go");
  choose_act(script, "visa_page", "kk-13-visa");
  for (int sheet = 1; sheet <= sheets; ++sheet) {
    script.wait("visa.sheet." + std::to_string(sheet), 60).pause(1900).sign("visa.pad", sheet).shot("kk-13-visa-" + std::to_string(sheet)).wait_enabled("visa.go").tap("visa.go");
  }
  script.wait("visa.mark.pad", 60).pause(1900).sign("visa.mark.pad", sheets + 1).shot("kk-13-visa-mark").wait_enabled("visa.go").tap("visa.go");
  script.wait("visa.return.pad", 60).sign("visa.return.pad", sheets + 2).shot("kk-13-visa-return").wait_enabled("visa.go").tap("visa.go");
  script.wait("rcpt.go", 60).wait_text(confirmed, confirmed_s).shot("kk-13-visa-receipt");
  visit("summary", script, {"summary.receive", "summary.mark_last_page", "summary.return_copy"}, "copy 2 goes back with a visa on every sheet and the mark (19)");
  check_(accepted("summary.visa_page") == sheets, "the registry has accepted a visa for each of the " + std::to_string(sheets) + " sheets");
}

void BureauAtTheKiosk::summary_objected() {
  ScriptText script = at_paper("жиынтық есеп");
  choose_act(script, "object", "kk-14-summary");
  bring(script, document_, "kk-14-summary");
  write(script, objection, "kk-14-summary");
  read_and_sign(script, "kk-14-summary", 6);
  script.tap("rcpt.go").tap("inbox.tab.1").tap_in_row("жиынтық есеп", "inbox.open.");
  choose_act(script, "ask_consent", "kk-14-consent");
  write_two(script, "Алтын аудит", "Аудит үшін", "kk-14-consent-words");
  read_and_sign(script, "kk-14-consent", 7);
  visit("objection", script, {"summary.object", "disclosure.request"}, "the summary report is objected to; consent for a third party is asked (20, 26)");
}

void BureauAtTheKiosk::protocol_objected() {
  ScriptText script = received("Мәжіліс хаттамасы");
  read_and_sign(script, "kk-13-protocol", 8);
  script.tap("rcpt.go").tap("inbox.tab.1").tap_in_row("Мәжіліс хаттамасы", "inbox.open.");
  choose_act(script, "object", "kk-14-protocol");
  bring(script, document_, "kk-14-protocol");
  write(script, objection, "kk-14-protocol");
  read_and_sign(script, "kk-14-protocol", 9);
  visit("protocol", script, {"protocol.receive", "protocol.object"}, "the protocol is received and objected to (23)");
}

void BureauAtTheKiosk::plan_submitted(const std::string& due) {
  ScriptText script = at_paper("жоспарын беру туралы талап");
  choose_act(script, "submit_plan", "kk-14-plan");
  write_two(script, "Журнал жүргізу", "Қалиева", "kk-14-plan-measure");
  script.wait("reply.pad.1").pad("reply.pad", due.substr(8, 2) + due.substr(5, 2) + due.substr(0, 4)).shot("kk-14-plan-due").tap("reply.go");
  read_and_sign(script, "kk-14-plan", 10);
  visit("plan", script, {"plan.submit"}, "a plan is submitted: a measure, its day and its executor for the breach (27)");
}

void BureauAtTheKiosk::plan_reported() {
  ScriptText script = at_paper("жоспарын келісу");
  choose_act(script, "report_item", "kk-14-item");
  choose(script, {0}, "kk-14-item-which");
  bring(script, document_, "kk-14-item");
  write(script, "Журнал ашылды", "kk-14-item");
  read_and_sign(script, "kk-14-item", 11);
  visit("item", script, {"plan.report"}, "the measure of the plan is reported with a document (27)");
}

void BureauAtTheKiosk::prescription_carried_out() {
  ScriptText script = received("ұйғарым");
  read_and_sign(script, "kk-13-prescription", 12);
  script.tap("rcpt.go");
  choose_act(script, "notify", "kk-14-notify");
  bring(script, document_, "kk-14-notify");
  write(script, "Ұйғарым орындалды", "kk-14-notify");
  read_and_sign(script, "kk-14-notify", 13);
  visit("prescription", script, {"prescription.receive", "prescription.notify"}, "the prescription is received, and its execution notified (29)");
}

}  // namespace qabyl::rig
