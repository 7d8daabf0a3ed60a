// See tour.h. Each station starts real programs, plays a person and compares what is left at both ends.
#include "tests/support/places.h"
#include "tests/tour/tour.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <optional>
#include <sstream>

#include "tests/support/documents.h"
#include "tests/support/journeys.h"
#include "tests/support/rig.h"
#include "tests/support/rules_table.h"
#include "tests/support/officer_by_touch.h"
#include "tests/tour/at_the_office.h"
#include "tests/tour/bureau_at_the_kiosk.h"
#include "tests/tour/licence_life.h"
#include "tests/tour/other_inspections.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr const char* spare_kiosk = "AL-04";

class Tour {
 public:
  explicit Tour(std::string out) : out_(std::move(out)) {}
  int run();
  int run_station(const std::string& name);

 private:
  void say(const std::string& line) {
    std::fprintf(stderr, "tour: %s\n", line.c_str());
    summary_ << line << "\n";
  }
  void check(bool good, const std::string& what) {
    say((good ? "ok      " : "FAILED  ") + what);
    failed_ += good ? 0 : 1;
  }
  void make_office();
  void make_papers();
  using Environment = std::map<std::string, std::string>;
  Program start_kiosk(const std::string& name, const std::string& script, std::vector<std::string> more = {}, const Environment& environment = {});
  bool play(const std::string& name, const std::string& script, std::vector<std::string> more = {}, const Environment& environment = {});
  void applicant_offline();
  Program walk_away();
  void officer_looks();
  void officer_by_touch();
  void visits_in_other_languages();
  void procedures_and_errors();
  void power_cut();
  void look_up();
  void verify_receipt();
  void operator_visit();
  void compare_ends();
  void check_opened(std::set<std::string> opened);
  std::set<std::string> screens_shown() const;
  void at_the_office();
  void whole_inspection(OfficeHand& hand, LaterDays& days);
  void whole_licence(OfficeHand& hand, LaterDays& days);
  void finish();

  std::string out_;
  std::unique_ptr<Office> office_;
  std::ostringstream summary_;
  int failed_ = 0;
};

void Tour::make_papers() {
  const auto usb = office_->usb();
  make_pdf(usb + "/1-founding-documents.pdf", "Құрылтай құжаттары", 6);
  make_jpeg(usb + "/2-registration.jpg", 1240, 1754);
  make_png(usb + "/3-payment.png", 900, 1200);
}

Program Tour::start_kiosk(const std::string& name, const std::string& script, std::vector<std::string> more, const Environment& environment) {
  const auto file = out_ + "/scripts/" + name + ".jsonl";
  write_text(file, script);
  std::vector<std::string> arguments{"--offscreen", "--script", file, "--shots", out_ + "/pictures", "--events", out_ + "/events.jsonl", "--frames", out_ + "/frames/" + name};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return Program(office_->kiosk_command(arguments), out_ + "/logs/" + name + ".log", environment);
}

bool Tour::play(const std::string& name, const std::string& script, std::vector<std::string> more, const Environment& environment) {
  auto kiosk = start_kiosk(name, script, std::move(more), environment);
  const auto status = kiosk.wait(5min);
  if (status != 0) say(read_text(out_ + "/logs/" + name + ".log"));
  return status == 0;
}

// The line is cut; the person files; then the line comes back and the receipt turns to "confirmed".
void Tour::applicant_offline() {
  office_->stop_registry();
  office_->add_kiosk(spare_kiosk);
  Applicant applicant;
  applicant.documents = {{"LD2", "1-founding-documents.pdf"}, {"LD3", "2-registration.jpg"}};
  applicant.fee_later = false;
  applicant.fee_file = "3-payment.png";
  applicant.shots = "kk";
  auto script = application(applicant);
  script.tap("rcpt.usb").pause(800).wait_text("Орталық тізілім алғанын растады", 180).shot("kk-08-receipt-confirmed");
  script.tap("rcpt.go").wait("wiped.start").shot("kk-17-wiped");
  auto kiosk = start_kiosk("applicant-kk", script.text());
  const bool filed = wait_for_line(out_ + "/events.jsonl", "licence_application.submit", kiosk, 4min);
  check(filed, "an application is filed with the line cut");
  office_->start_registry();
  const auto status = kiosk.wait(5min);
  if (status != 0) say(read_text(out_ + "/logs/applicant-kk.log"));
  check(status == 0, "the line comes back: the receipt says confirmed, on the registry's signed word");
}

// Somebody begins at the spare kiosk and walks away: three minutes later the screen hides itself and asks. Runs
// beside the other stations, so that nobody waits for it.
Program Tour::walk_away() {
  office_->enrol_kiosk(spare_kiosk);
  ScriptText script = application_to_documents(applicant_in("kk"));
  script.line("{\"do\":\"wait\",\"key\":\"away.yes\",\"seconds\":240}\n").shot("kk-16-still-there").tap("away.leave").wait("wiped.start");
  const auto file = out_ + "/scripts/walk-away.jsonl";
  write_text(file, script.text());
  return Program({program("qabyl-kiosk"), "--data", office_->kiosk_data(spare_kiosk), "--offscreen", "--script", file, "--shots", out_ + "/pictures"},
                 out_ + "/logs/walk-away.log");
}

void Tour::officer_looks() {
  const auto& staff = office_->secrets().items("staff").front();
  Officer officer;
  officer.badge = staff.text("badge");
  officer.pin = staff.text("pin");
  officer.shots = "kk";
  check(play("officer-looks", look_at_notice(officer).text()), "the officer sees the inbox, the notice and the mark in three languages");
}

// The bureau's officer, with a finger through the X server and GLFW.
void Tour::officer_by_touch() {
  const auto result = mark_by_touch(*office_, out_ + "/logs", out_ + "/events.jsonl");
  check(result.marked, "a notice is read and its receipt marked by touches through the X server");
  if (!result.marked) say("what the screen showed: " + result.shown.substr(0, 1500));
  check(result.ended == 0, "the kiosk ends by SIGTERM");
}

void Tour::visits_in_other_languages() {
  struct Visit { const char *name, *language; std::vector<std::string> more; bool large, contrast; };
  const Visit visits[] = {{"ru", "ru", {}, false, false}, {"en", "en", {}, false, false},
                          {"kk-portrait", "kk", {"--size", "1080x1920"}, false, false},
                          {"ru-150", "ru", {}, true, false}, {"kk-contrast", "kk", {}, false, true}};
  for (const auto& visit : visits) {
    Applicant applicant = applicant_in(visit.language);
    applicant.documents = {{"LD2", "1-founding-documents.pdf"}};
    applicant.shots = visit.name;
    applicant.one_field = visit.large;
    applicant.stacked = visit.large || !visit.more.empty();
    ScriptText opening;
    opening.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.apply");
    if (visit.large) opening.tap("acc.text").tap("acc.text");
    if (visit.contrast) opening.tap("acc.contrast");
    check(play(std::string("applicant-") + visit.name, opening.text() + application(applicant).text(), visit.more),
          std::string("an incomplete application is taken: ") + visit.name);
  }
}

void Tour::procedures_and_errors() {
  ScriptText script;
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.apply").tap("start.apply").wait("kind.reissue");
  script.tap("kind.reissue").shots_in_languages("02-kind-reissue").tap("kind.duplicate").shots_in_languages("02-kind-duplicate");
  script.tap("kind.issue").tap("kind.go").wait("id.pad.1").pad("id.pad", "180640012348").shots_in_languages("16-wrong-bin");
  script.tap("finish").wait("wiped.start").shots_in_languages("17-cleared");
  check(play("procedures", script.text()), "the three procedures and a wrong BIN");
}

// The plug is pulled in the middle of an application; the next start says so and the PIN brings it back.
void Tour::power_cut() {
  const auto applicant = applicant_in("kk");
  ScriptText before = application_to_documents(applicant);
  before.pause(120'000);
  auto kiosk = start_kiosk("power-cut", before.shot("never").text(), {"--widgets", out_ + "/logs/power.json"});
  const bool there = wait_for_line(out_ + "/logs/power.json", "docs.go", kiosk, 2min);
  kiosk.signal(9);
  kiosk.wait(10s);
  ScriptText after;
  after.wait("power.pin").shot("kk-16-power").tap("power.pin").wait("id.pad.1").shot("kk-16-power-pin").pad("id.pad", applicant.pin);
  after.wait("docs.go", 60).shot("kk-16-power-back").tap("finish").wait("wiped.start");
  check(there && play("after-power-cut", after.text()), "the plug is pulled; the PIN brings the application back");
}

// Number and check code as they stand on the receipt that was saved to the stick.
void Tour::look_up() {
  std::string number, code;
  for (const auto& entry : fs::directory_iterator(office_->usb())) {
    if (entry.path().extension() != ".pdf" || entry.path().filename().string().find("receipt") == std::string::npos) continue;
    const auto found = read_receipt(entry.path().string(), out_ + "/logs");
    if (!found.number.empty()) number = found.number, code = found.check_code;
  }
  if (number.empty() || code.empty()) return check(false, "number and check code can be read on the receipt");
  const auto answer = [&](ScriptText& script, const std::string& what) {
    script.wait("look.number").tap("look.number").type(number).tap("look.code").type(what).tap("kb.next");
  };
  ScriptText script;
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.lookup").tap("start.lookup");
  answer(script, code);
  script.pause(800).shots_in_languages("09-look-up").tap("look.proof").wait("proof.close").pause(300).shots_in_languages("09-proof");
  script.tap("rcpt.usb").pause(1500).tap("finish").wait("wiped.start").tap("wiped.start");
  check(play("look-up", script.text()), "the application is found again by its receipt, its proof one touch away");
  verify_receipt();
}

// The receipt that was saved last, before the program that anybody has.
void Tour::verify_receipt() {
  fs::directory_entry newest;
  for (const auto& entry : fs::directory_iterator(office_->usb())) {
    const bool receipt = entry.path().extension() == ".pdf" && entry.path().filename().string().find("receipt") != std::string::npos;
    if (receipt && (!newest.exists() || entry.last_write_time() > newest.last_write_time())) newest = entry;
  }
  const auto keys = office_->registry_data() + "/keys/", said = out_ + "/logs/verify-receipt.log";
  const auto status = newest.exists() ? rig::run({program("qabyl-verify"), "receipt", newest.path().string(), "--root", keys + "root.pub", "--keys", keys + "keys.json", "--json"}, said) : -1;
  const auto text = read_text(said);
  const auto json = core::parse_json(std::string_view(text).substr(0, text.find('\n')), 1024 * 1024);
  check(status == 0 && json && json->number("stage") == 2, "qabyl-verify proves the receipt of stage 2 that was saved from the look-up");
}

void Tour::operator_visit() {
  const auto& person = office_->secrets().member("operator");
  ScriptText script;
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.staff").tap("start.staff").wait("staff.pin.1").scan(person.text("badge"));
  script.pause(300).pad("staff.pin", person.text("pin")).wait_enabled("staff.go").tap("staff.go").wait("op.try", 30);
  script.pause(500).shots_in_languages("15-operator");
  check(play("operator", script.text()), "the operator sees the queue");
}

// Every acceptance that a screen showed is at the registry, with the same digests, once.
void Tour::compare_ends() {
  const auto records = office_->registry_records();
  std::istringstream events(read_text(out_ + "/events.jsonl"));
  int shown = 0, found = 0;
  for (std::string line; std::getline(events, line);) {
    const auto event = core::parse_json(line, 1024 * 1024);
    if (!event) continue;
    ++shown;
    const auto same = std::count_if(records.begin(), records.end(), [&](const core::Json& record) {
      return record.text("id") == event->text("id") && record.text("digest") == event->text("digest") && record.text("outcome") == "accepted";
    });
    if (same == 1) ++found;
  }
  check(shown >= 7 && shown == found, std::to_string(shown) + " acceptances shown, " + std::to_string(found) + " at the registry once, digests equal");
}

// What the table of the Rules names, kiosk:<screen> and console:<form>, must have stood on a screen.
void Tour::check_opened(std::set<std::string> opened) {
  opened.merge(screens_shown());
  std::set<std::string> named, left;
  for (const auto& row : rules_table(read_text(qabyl::test::in_source("/core/README.md")))) named.insert(row.screens.begin(), row.screens.end());
  std::set_difference(named.begin(), named.end(), opened.begin(), opened.end(), std::inserter(left, left.end()));
  std::string list;
  for (const auto& one : left) list += " " + one;
  check(left.empty(), "every screen and form of core/README.md was opened, " + std::to_string(named.size()) + " in all" + (list.empty() ? "" : "; not:" + list));
}

// Names of the frames that any kiosk of the tour has shown.
std::set<std::string> Tour::screens_shown() const {
  std::set<std::string> shown;
  for (const auto& entry : fs::directory_iterator(out_ + "/frames")) {
    std::istringstream lines(read_text(entry.path().string()));
    for (std::string line; std::getline(lines, line);) {
      if (const auto frame = core::parse_json(line, 4096); frame && !frame->text("screen").empty()) shown.insert("kiosk:" + frame->text("screen"));
    }
  }
  return shown;
}

// By the office in the console and by the bureau at the kiosk, both under the clock of `days`.
void Tour::whole_inspection(OfficeHand& hand, LaterDays& days) {
  const auto said = [this](bool good, const std::string& what) { check(good, what); };
  const auto at_kiosk = [this, &days](const std::string& name, const std::string& script) { return play(name, script, {}, days.environment()); };
  const auto case_id = office_->secrets().text("case");
  BureauAtTheKiosk bureau(*office_, case_id, "1-founding-documents.pdf", at_kiosk, said);
  inspection_at_the_office(hand, case_id, days, bureau, said);
}

// By the office in the console and by the applicant at the kiosk, both under the clock of `days`.
void Tour::whole_licence(OfficeHand& hand, LaterDays& days) {
  const auto at_kiosk = [this, &days](const std::string& name, const std::string& script) { return play(name, script, {}, days.environment()); };
  licence_life(hand, *office_, out_ + "/logs", days, at_kiosk, [this](bool good, const std::string& what) { check(good, what); });
}

// The office takes up what was filed and marked; its days pass on the programs' clocks.
void Tour::at_the_office() {
  office_->stop_registry();
  LaterDays days(out_ + "/clock-shift");
  days.set(0);
  office_->start_registry(days.environment());
  OfficeHand hand(*office_, out_ + "/console");
  const auto said = [this](bool good, const std::string& what) { check(good, what); };
  whole_inspection(hand, days);
  other_inspections(hand, *office_, days, said);
  whole_licence(hand, days);
  check(hand.sign_in("head"), "the head signs in");
  for (const char* name : {"", "cases", "assignments", "terms", "kiosks", "licences", "search?q=%D0%B1%D1%8E%D1%80%D0%BE"}) {
    check(!hand.page("/" + std::string(name), name[0] == 0 ? "start" : std::string(name).substr(0, 6)).empty(), "the console shows /" + std::string(name));
  }
  check_opened(hand.opened());
}

void Tour::finish() {
  fs::create_directories(out_ + "/receipts");
  for (const auto& entry : fs::directory_iterator(office_->usb())) {
    if (entry.path().filename().string().find("receipt") != std::string::npos) {
      fs::copy_file(entry.path(), out_ + "/receipts/" + entry.path().filename().string(), fs::copy_options::overwrite_existing);
    }
  }
  const auto pictures = std::distance(fs::directory_iterator(out_ + "/pictures"), fs::directory_iterator{});
  check(!fs::is_empty(out_ + "/receipts"), "the receipt lies on the stick as PDF");
  say(std::to_string(pictures) + " pictures in " + out_ + "/pictures");
  write_text(out_ + "/summary.txt", summary_.str());
  std::printf("%s\nSummary, pictures, receipts, console pages: %s\n", failed_ == 0 ? "The tour went well." : "The tour FAILED.", out_.c_str());
}

void Tour::make_office() {
  fs::remove_all(out_);
  for (const char* folder : {"/pictures", "/scripts", "/logs", "/frames"}) fs::create_directories(out_ + folder);
  say("making a sample office and enrolling a kiosk");
  office_ = std::make_unique<Office>(out_ + "/office");
  make_papers();
}

int Tour::run() {
  make_office();
  applicant_offline();
  Program away = walk_away();
  officer_looks();
  officer_by_touch();
  visits_in_other_languages();
  procedures_and_errors();
  power_cut();
  look_up();
  operator_visit();
  check(away.wait(5min) == 0, "who walks away finds the screen hidden, then cleared");
  compare_ends();
  at_the_office();
  finish();
  return failed_ == 0 ? 0 : 1;
}

// One that needs no other before it, on an office of its own.
int Tour::run_station(const std::string& name) {
  make_office();
  const Officer deputy{"kk", office_->secrets().items("staff").front().text("badge"), office_->secrets().items("staff").front().text("pin"), ""};
  if (name == "inspection") check(play("mark", mark_of_receipt(deputy).wait_text("Орталық тізілім алғанын растады", 90).text()), "the notice is marked");
  office_->stop_registry();
  LaterDays days(out_ + "/clock-shift");
  days.set(0);
  office_->start_registry(days.environment());
  OfficeHand hand(*office_, out_ + "/console");
  if (name == "inspection") whole_inspection(hand, days);
  else if (name == "licence") whole_licence(hand, days);
  else other_inspections(hand, *office_, days, [this](bool good, const std::string& what) { check(good, what); });
  return failed_ == 0 ? 0 : 1;
}

}  // namespace

int run_tour(const std::string& out, const std::string& only) {
  Tour tour(fs::absolute(out).string());
  if (only.empty()) return tour.run();
  if (only == "inspection" || only == "other-inspections" || only == "licence") return tour.run_station(only);
  std::fprintf(stderr, "tour: no such station: %s\n", only.c_str());
  return 2;
}

}  // namespace qabyl::rig
