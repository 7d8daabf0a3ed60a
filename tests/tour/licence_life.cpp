// See licence_life.h.
#include "tests/tour/licence_life.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "tests/support/journeys.h"
#include "tests/tour/one_case.h"

namespace qabyl::rig {
namespace {

namespace fs = std::filesystem;

constexpr const char* holder_bin = "190740023457";  // not that of the tour's first applicant, whose draft after the power cut waits for its PIN
constexpr const char* confirmed = "Орталық тізілім алғанын растады";
constexpr int confirmed_s = 120, news_s = 120;

// What the applicant takes home: the case is what the office calls it, the rest stands on his receipt.
struct Filed { std::string case_id, number, check_code; };

class LicenceLife {
 public:
  LicenceLife(OfficeHand& hand, Office& office, std::string folder, LaterDays& days, const Play& play, const Check& check)
      : hand_(hand), office_(office), folder_(std::move(folder)), days_(days), play_(play), check_(check) {}
  void issued();
  void duplicated();
  void reissued();
  void ended();
  void refused();
  void withdrawn();
  void suspended();
  void from_before();
  void served_by_kiosk();

 private:
  OneCase at(const std::string& case_id) const { return {hand_, case_id, days_, check_}; }
  Filed file(const std::string& name, const Applicant& applicant);
  std::set<std::string> receipts() const;
  ScriptText looked_up(const Filed& filed) const;
  void visit(const std::string& name, const ScriptText& script, const Filed& filed, const std::string& kind, const std::string& what);
  std::string accepted(const std::string& kind, const std::string& case_id) const;  // the case of the last such record; "": none
  std::ptrdiff_t deliveries() const;
  void signed_for(const Filed& filed, const std::string& name, int variant, const std::string& what);
  Filed asked_again(const std::string& procedure, const std::string& document);
  void examined(const Filed& filed, const std::string& fee);

  OfficeHand& hand_;
  Office& office_;
  std::string folder_;
  LaterDays& days_;
  const Play& play_;
  const Check& check_;
  std::string licence_;  // case of the licence
};

std::set<std::string> LicenceLife::receipts() const {
  std::set<std::string> found;
  for (const auto& entry : fs::directory_iterator(office_.usb())) {
    const auto name = entry.path().filename().string();
    if (entry.path().extension() == ".pdf" && name.find("receipt") != std::string::npos) found.insert(entry.path().string());
  }
  return found;
}

std::string LicenceLife::accepted(const std::string& kind, const std::string& case_id) const {
  std::string found;
  for (const auto& one : office_.registry_records()) {
    if (one.text("kind") == kind && one.text("outcome") == "accepted" && (case_id.empty() || one.text("case") == case_id)) found = one.text("case");
  }
  return found;
}

// Filed at the kiosk, confirmed by the registry, the receipt on the stick.
Filed LicenceLife::file(const std::string& name, const Applicant& applicant) {
  const auto before = receipts();
  auto script = application(applicant);
  script.wait_text(confirmed, confirmed_s).tap("rcpt.usb").pause(800).tap("finish").wait("wiped.start");
  check_(play_("licence-" + name, script.text()), "an application is filed: " + name);
  const auto after = receipts();
  const auto fresh = std::find_if(after.begin(), after.end(), [&](const auto& one) { return before.count(one) == 0; });
  const auto on_receipt = fresh == after.end() ? OnReceipt() : read_receipt(*fresh, folder_);
  const Filed filed{accepted("licence_application.submit", {}), on_receipt.number, on_receipt.check_code};
  check_(!filed.number.empty() && !filed.check_code.empty() && !filed.case_id.empty(), "number and check code stand on its receipt: " + filed.number);
  return filed;
}

ScriptText LicenceLife::looked_up(const Filed& filed) const {
  ScriptText script;
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.lookup").tap("lang.kk").tap("start.lookup").wait("look.number");
  return script.tap("look.number").type(filed.number).tap("look.code").type(filed.check_code).tap("kb.next").wait("look.other", 30);
}

void LicenceLife::visit(const std::string& name, const ScriptText& script, const Filed& filed, const std::string& kind, const std::string& what) {
  ScriptText whole = script;
  whole.tap("finish").wait("wiped.start");
  check_(play_("licence-" + name, whole.text()), what);
  if (!kind.empty()) check_(!accepted(kind, filed.case_id).empty(), "the registry has accepted it: " + kind);
}

// Who acts, every page of the paper, the signature, and the registry's word.
void read_and_sign(ScriptText& script, const std::string& picture, int variant) {
  script.wait("follow.name", 30).shots_in_languages(picture + "-who").tap("kb.next").pause(300).tap("kb.next").wait("follow.next", 60).pause(1900).shots_in_languages(picture + "-paper");
  script.tap_until({"follow.next", "follow.prev"}, "follow.go").tap("follow.go").wait("sign.pad").sign("sign.pad", variant).shots_in_languages(picture + "-sign");
  script.wait_enabled("follow.go").tap("follow.go").wait("rcpt.go", 60).wait_text(confirmed, confirmed_s).shots_in_languages(picture + "-receipt");
}

void LicenceLife::examined(const Filed& filed, const std::string& fee) {
  auto one = at(filed.case_id);
  one.by("clerk").act("complete", "the clerk finds the documents complete (1)", {one.today()});
  if (!fee.empty()) one.act("fee", "the fee is confirmed (5)", {{"amount_tenge", fee}, {"document", "№ 118 төлем тапсырмасы"}});
  one.by("unit").act("examiner", "the unit's head names the examiner (1)", {}, {{"examiner_officer", "Тұрсынов"}});
}

std::ptrdiff_t LicenceLife::deliveries() const {
  const auto records = office_.registry_records();
  return std::count_if(records.begin(), records.end(), [](const auto& one) { return one.text("kind") == "licence.deliver" && one.text("outcome") == "accepted"; });
}

// The newest form of the licence, at the kiosk of its application.
void LicenceLife::signed_for(const Filed& filed, const std::string& name, int variant, const std::string& what) {
  const auto before = deliveries();
  auto script = looked_up(filed);
  script.wait("look.deliver", news_s).pause(500).shots_in_languages("09-look-form-" + name).tap("look.deliver");
  read_and_sign(script, "09-" + name, variant);
  visit(name, script, filed, "", what);
  check_(deliveries() == before + 1, "the registry has accepted one delivery more: " + name);
}

void LicenceLife::issued() {
  Applicant applicant;
  applicant.bin = holder_bin;
  applicant.documents = {{"LD2", "1-founding-documents.pdf"}, {"LD3", "2-registration.jpg"}};
  applicant.fee_later = false;
  applicant.fee_file = "3-payment.png";
  const auto filed = file("issue", applicant);
  visit("submitted", looked_up(filed).shots_in_languages("09-look-submitted"), filed, "", "the applicant looks his application up before the office has seen it");
  auto one = at(filed.case_id);
  one.by("clerk").act("register", "the clerk registers the application: talon (1)");
  one.act("incomplete", "the clerk says what is missing, and until when (1)", {{"missing", "LD5"}, {"due", days_.day(10)}});
  days_.set(days_.ahead() + 3);
  ScriptText script = looked_up(filed);
  script.wait("look.supplement", news_s).pause(500).shots_in_languages("09-look-incomplete").tap("look.supplement").wait("follow.add.LD5").shots_in_languages("09-supplement-empty");
  script.tap("follow.add.LD5").wait("docs.src.close").tap_text("1-founding-documents.pdf").wait("follow.remove.LD5.0", 60).shots_in_languages("09-supplement").tap("follow.go");
  read_and_sign(script, "09-supplement", 20);
  visit("supplement", script, filed, "licence_application.supplement", "the applicant sees what is missing and hands it in, signed (1)");
  examined(filed, "86500");
  one.by("inspector").act("ground", "the examiner finds a ground to refuse (3)", {{"text", "Ереже толық емес"}}, {{"ground", ""}});
  one.act("ground_gone", "which is then gone", {{"text", "Толықтырылды"}}, {{"ground", ""}});
  one.by("head").act("grant", "the head grants the licence (2)").act("licence_issue", "the form of the licence is issued as PDF (2)");
  licence_ = accepted("licence.issue", {});
  signed_for(filed, "deliver", 21, "the applicant reads the form of the licence and signs for it (2)");
  visit("delivered", looked_up(filed).wait_text("Тапсырылды", news_s).shots_in_languages("09-look-delivered"), filed, "", "the look-up says to whom it was delivered");
  at(licence_).shows("Қолданыста").shows(applicant.representative);
}

// The holder asks for another form: registered, examined, granted.
Filed LicenceLife::asked_again(const std::string& procedure, const std::string& document) {
  Applicant applicant;
  applicant.bin = holder_bin;
  applicant.procedure = procedure;
  applicant.documents = {{document, "1-founding-documents.pdf"}};
  check_(hand_.sign_in("clerk"), "a clerk looks up the licence's number");
  const auto shown = hand_.page("/licences", "licences");
  const auto from = shown.find("<code>") + 6;
  applicant.licence_number = shown.substr(from, shown.find("</code>", from) - from);
  const auto filed = file(procedure, applicant);
  at(filed.case_id).by("clerk").act("register", "the application is registered: " + procedure + " (6)");
  examined(filed, "1000000");
  at(filed.case_id).by("head").act("grant", "the head grants it: " + procedure);
  return filed;
}

void LicenceLife::duplicated() {
  const auto filed = asked_again("duplicate", "LD8");
  at(filed.case_id).act("licence_duplicate", "a duplicate's form is issued for the lost one (6)", {{"why", "Бланк жоғалды"}});
  signed_for(filed, "duplicate-form", 23, "the holder reads the duplicate and signs for it (6)");
  at(licence_).shows("Күшін жойған").shows("Бланк жоғалды");
}

void LicenceLife::reissued() {
  const auto filed = asked_again("reissue", "LD7");
  at(filed.case_id).act("licence_reissue", "the licence is re-issued under a new name (6)", {{"why", "Атауы өзгерді"}, {"name", "Жаңа Дала кредиттік бюросы"}, {"address", ""}});
  signed_for(filed, "reissued-form", 24, "the holder reads the re-issued form and signs for it (6)");
  at(licence_).shows("Жаңа Дала кредиттік бюросы").shows("Атауы өзгерді");
}

// By one proposed, by another decided; nothing is done on an ended licence.
void LicenceLife::ended() {
  auto one = at(licence_);
  one.by("unit").act("licence_end_propose", "the unit's head proposes that the licence is taken by a court's decision", {{"why", "court"}, {"text", "Сот шешімі күтіледі"}});
  one.by("head").may("licence_deprive", "the head could write down the court's decision (29)");
  one.by("unit").act("licence_end_propose", "the unit's head proposes to end the licence by its holder's wish", {{"why", "own_wish"}, {"text", "Иесінің өтініші"}});
  one.by("head").act("licence_end", "the head ends it", {one.today()}, {{"why", ""}}).shows("Тоқтатылған");
  const auto shown = hand_.page("/licences", "licences");
  check_(shown.find("Тоқтатылған") != std::string::npos, "the register says that it ended");
}

void LicenceLife::refused() {
  Applicant applicant;
  applicant.bin = "050240002170";
  applicant.organisation.clear();  // the kiosk knows the bureau by its BIN
  applicant.documents = {{"LD2", "1-founding-documents.pdf"}, {"LD3", "2-registration.jpg"}, {"LD5", "1-founding-documents.pdf"}};
  const auto filed = file("refused", applicant);
  auto one = at(filed.case_id);
  one.by("clerk").act("register", "another application is registered");
  examined(filed, "");
  one.by("inspector").act("ground", "a ground is found", {{"text", "Талаптарға сай емес"}}, {{"ground", ""}});
  const auto ground = hand_.choice(filed.case_id, "ground", "ground");
  one.by("deputy").act("refuse", "it is refused on a listed ground with its reason (3)", {{"grounds", ground}, {"reason", "Құрылтай құжаттары талапқа сай емес"}}).shows("бас тартылды");
  visit("refused-seen", looked_up(filed).wait_text("Бас тартылды", news_s).shots_in_languages("09-look-refused"), filed, "", "the applicant sees the ground and the reason");
}

void LicenceLife::withdrawn() {
  Applicant applicant;
  applicant.bin = "050240002170";
  applicant.organisation.clear();  // the kiosk knows the bureau by its BIN
  const auto filed = file("withdrawn", applicant);
  at(filed.case_id).by("clerk").act("register", "one more application is registered");
  ScriptText script = looked_up(filed);
  script.wait("look.withdraw").tap("look.withdraw");
  read_and_sign(script, "09-withdraw", 22);
  visit("withdraw", script, filed, "licence_application.withdraw", "the applicant withdraws by a statement");
  at(filed.case_id).shows("өтініш қайтарып алынды");
  const auto other = file("returned", applicant);
  auto one = at(other.case_id);
  one.by("clerk").act("register", "the last application is registered");
  one.act("incomplete", "much is missing", {{"missing", "LD2"}, {"missing", "LD3"}, {"due", days_.day(3)}});
  days_.set(days_.ahead() + 8);
  one.by("clerk").act("return", "nothing came in time: it is returned (1)", {{"reason", "Құжаттар толықтырылмады"}}).shows("өтініш қайтарылды");
  visit("returned-seen", looked_up(other).wait_text("қайтарылды", news_s).shots_in_languages("09-look-returned"), other, "", "the applicant sees that it was returned");
}

void LicenceLife::suspended() {
  auto one = at(licence_);
  one.by("unit").act("suspension_propose", "the unit's head proposes to suspend the licence (29)", {{"months", "2"}, {"text", "Талаптар бұзылған"}}, {{"ground", ""}});
  one.by("deputy").act("suspension", "the deputy decides it (29)");
  one.by("clerk").act("suspension_refused", "its receipt is refused before witnesses (A10)", {one.today(), {"witnesses", two_witnesses}}).shows("Тоқтатыла тұрған");
  one.by("head").act("suspension_lift", "it is lifted when the cause is removed", {{"reason", "Себебі жойылды"}}, {{"why", ""}}).shows("Қолданыста");
}

// From before Qabyl: entered by one, confirmed by another; then it stands in the register.
void LicenceLife::from_before() {
  check_(hand_.sign_in("clerk"), "a clerk signs in");
  const auto scan = hand_.folder() + "/old-licence.pdf";
  write_text(scan, "%PDF-1.4\n% a form of 2005, scanned\n" + std::string(100'000, 'x'));
  const auto case_path = hand_.send("/licence_enter", "/licence_enter",
                                    {{"@scan", scan}, {"number", "КБ-ескі-7"}, {"form_number", "0000417"}, {"issued_on", "2005-03-14"}, {"decision", "№ 77 қаулы, 2005-03-14"}, {"bin", "050240002170"},
                                     {"name", "«Есіл кредиттік бюросы» АҚ"}, {"address", "Астана қаласы"}, {"head", "Ибраева Сәуле Ержанқызы"}});
  check_(case_path.has_value(), "the clerk enters a licence that was issued before, with a scan of its form (2)");
  if (!case_path) return;
  const auto old = case_path->substr(std::string_view("/case/").size());
  check_(hand_.sign_in("head") && !hand_.act(old, "licence_entry_confirm").empty(), "the head cannot confirm it unseen");
  check_(hand_.fetches_document(old) == read_text(scan), "the head fetches the scan, from an origin of its own, byte by byte");
  at(old).by("head").may("licence_entry_reject", "the head could refuse the entry").act("licence_entry_confirm", "the head confirms it").shows("№ 77 қаулы");
  check_(hand_.page("/licences", "licences-old").find("КБ-ескі-7") != std::string::npos, "the register has it");
}

// The bureau that has just been licensed, at the kiosk.
void LicenceLife::served_by_kiosk() {
  const std::string page = "/kiosk?device=AL-03", served = "<td>" + std::string(holder_bin) + "</td>";
  const auto change = [&](const char* address, const char* what) {
    const auto led = hand_.send(page, address, {{"device", "AL-03"}, {"bureau", holder_bin}});
    check_(led.has_value(), what);
  };
  check_(hand_.sign_in("admin"), "the administrator signs in");
  change("/bureau_assign", "the newly licensed bureau is assigned to the kiosk");
  check_(hand_.page(page, "kiosk").find(served) != std::string::npos, "the kiosk serves it");
  change("/bureau_release", "and taken from it");
  check_(hand_.page(page).find(served) == std::string::npos, "the kiosk serves it no longer");
}

}  // namespace

OnReceipt read_receipt(const std::string& pdf, const std::string& folder) {
  const auto is_code_group = [](const std::string& word) { return word.size() == 5 && word.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos; };
  const auto text = folder + "/receipt.txt";
  rig::run({"/usr/bin/pdftotext", "-layout", pdf, text}, folder + "/pdftotext.log");
  OnReceipt found;
  std::istringstream words(read_text(text));
  for (std::string word, before, first; words >> word; first = before, before = word) {
    if (word.starts_with("AL03-")) found.number = word;
    if (is_code_group(first) && is_code_group(before) && is_code_group(word)) found.check_code = first + before + word;
  }
  return found;
}

void licence_life(OfficeHand& hand, Office& office, const std::string& folder, LaterDays& days, const Play& play, const Check& check) {
  LicenceLife life(hand, office, folder, days, play, check);
  life.issued();
  life.served_by_kiosk();
  life.duplicated();
  life.reissued();
  life.suspended();
  life.ended();
  life.refused();
  life.withdrawn();
  life.from_before();
}

}  // namespace qabyl::rig
