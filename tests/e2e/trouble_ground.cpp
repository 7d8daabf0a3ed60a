// See trouble_ground.h.
#include "tests/e2e/trouble_ground.h"

#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <sstream>
#include <thread>

#include "core/crypto.h"
#include "core/encoding.h"
#include "tests/support/documents.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::size_t json_bytes_max = 4 * 1024 * 1024;

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "trouble ground: %s\n", what.c_str());
  std::abort();
}

}  // namespace

TroubleGround& TroubleGround::fresh() {
  static TroubleGround ground;
  ground.restore();
  return ground;
}

// The draft is saved at its documents, the clock confirmed, the feed read; then the power goes.
TroubleGround::TroubleGround() {
  make_pdf(office_.usb() + "/1-founding.pdf", "Құрылтай құжаттары", 3);
  make_jpeg(office_.usb() + "/2-registration.jpg", 800, 1100);
  auto script = application_to_documents({});
  auto running = kiosk(script.pause(600'000));
  if (!comes("docs.add.LD2", running, 3min)) give_up("no application at its documents: " + read_text(log()));
  std::this_thread::sleep_for(500ms);  // a power cut may come at any time: this one once the step is surely saved
  running.signal(SIGKILL);
  running.wait(10s);
  office_.stop_registry();
  for (const auto& [from, to] : {std::pair(office_.kiosk_data(), "kiosk"), std::pair(office_.registry_data(), "registry"), std::pair(office_.usb(), "usb")}) {
    fs::copy(from, path(to), fs::copy_options::recursive);
  }
}

void TroubleGround::restore() {
  if (office_.registry_running()) office_.stop_registry();
  for (const auto& [to, from] : {std::pair(office_.kiosk_data(), "kiosk"), std::pair(office_.registry_data(), "registry"), std::pair(office_.usb(), "usb")}) {
    fs::remove_all(to);
    fs::copy(path(from), to, fs::copy_options::recursive);
  }
  fs::remove(path("events.jsonl"));
}

Program TroubleGround::kiosk(const ScriptText& script, const std::map<std::string, std::string>& environment, std::vector<std::string> before) {
  fs::remove(path("widgets.json"));
  fs::remove(log());
  write_text(path("script.jsonl"), script.text());
  const auto command = office_.kiosk_command({"--offscreen", "--size", "1280x720", "--script", path("script.jsonl"), "--events", path("events.jsonl"),
                                              "--widgets", path("widgets.json"), "--shots", path("shots")});
  before.insert(before.end(), command.begin(), command.end());
  return Program(before, log(), environment);
}

std::string TroubleGround::shown() const {
  const auto json = core::parse_json(read_text(path("widgets.json")), json_bytes_max);
  std::string lines;
  if (!json) return lines;
  for (const auto& text : json->items("texts")) lines += text.string() + "\n";
  for (const auto& widget : json->items("widgets")) lines += widget.text("key") + ": " + widget.text("text") + "\n";
  return lines;
}

bool TroubleGround::shows(const std::string& text) const { return shown().find(text) != std::string::npos; }

bool TroubleGround::comes(const std::string& text, Program& kiosk, std::chrono::milliseconds at_most) const {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (!shows(text)) {
    if (!kiosk.running() || std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(50ms);  // the poll of a file, not a hope
  }
  return true;
}

std::vector<core::Json> TroubleGround::accepted() const {
  std::vector<core::Json> found;
  std::istringstream lines(read_text(path("events.jsonl")));
  for (std::string line; std::getline(lines, line);) {
    if (auto json = core::parse_json(line, json_bytes_max)) found.push_back(*std::move(json));
  }
  return found;
}

std::vector<core::Json> TroubleGround::filings() {
  auto records = office_.registry_records();
  std::erase_if(records, [](const core::Json& record) { return record.text("kind") != "licence_application.submit"; });
  return records;
}

std::string TroubleGround::compare(const std::vector<std::string>& files) {
  const auto filed = filings(), shown = accepted();
  if (filed.size() != shown.size() || filed.empty()) return std::to_string(filed.size()) + " filings at the registry, " + std::to_string(shown.size()) + " accepted here";
  for (const auto& event : shown) {
    const auto same = std::count_if(filed.begin(), filed.end(), [&](const core::Json& record) {
      return record.text("id") == event.text("id") && record.text("digest") == event.text("digest") && record.text("outcome") == "accepted" && record.number("missing") == 0;
    });
    if (same != 1) return "an acceptance is at the registry " + std::to_string(same) + " times";
  }
  std::multiset<std::string> there;
  for (const auto& document : filed.front().items("documents")) {
    if (!document.flag("here")) return "a document's bytes are not at the registry";
    there.insert(document.text("sha256"));
  }
  // Beside the papers the form, and its pages as they were shown.
  if (there.size() != files.size() + 2) return "documents at the registry: " + std::to_string(there.size());
  for (const auto& file : files) {
    if (there.count(core::to_hex(core::sha256(core::as_bytes(read_text(path("usb/" + file)))))) != 1) return file + " is not at the registry once";
  }
  return {};
}

ScriptText TroubleGround::back_to_documents() {
  ScriptText script;
  script.wait("power.pin", 60).tap("power.pin").wait("id.pad.1").pad("id.pad", Applicant{}.pin).wait("docs.go", 60);
  return script;
}

ScriptText TroubleGround::add(const std::string& code, const std::string& file) {
  ScriptText script;
  script.tap("docs.add." + code).wait("docs.src.close").tap_text(file);
  return script;
}

ScriptText TroubleGround::fee_later_to_receipt() {
  ScriptText script;
  script.tap("docs.go").wait("fee.later").tap("fee.later").tap("fee.go").wait_enabled("check.go").to_signature();
  script.sign_shortly("sign.pad").wait_enabled("sign.go").tap("sign.go").wait("rcpt.go", 60);
  return script;
}

ScriptText TroubleGround::operator_panel() {
  const auto& person = office_.secrets().member("operator");
  ScriptText script;
  script.wait("start.staff").tap("start.staff").wait("staff.pin.1").scan(person.text("badge")).pause(300).pad("staff.pin", person.text("pin"));
  script.wait_enabled("staff.go").tap("staff.go").wait("op.try", 60);
  return script;
}

}  // namespace qabyl::rig
