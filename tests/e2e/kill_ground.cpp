// See kill_ground.h.
#include "tests/e2e/kill_ground.h"

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
#include "tests/support/journeys.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int killed = 128 + SIGKILL;
const std::vector<std::string> papers{"1-founding.pdf", "2-registration.jpg", "3-payment.png"};

Applicant applicant() {
  Applicant one;
  one.documents = {{"LD2", papers[0]}, {"LD3", papers[1]}};
  one.fee_later = false;
  one.fee_file = papers[2];
  return one;
}

// From the screen after a power cut to the receipt.
std::string sign_and_file() {
  ScriptText script;
  script.wait("power.pin", 60).tap("power.pin").wait("id.pad.1").pad("id.pad", applicant().pin);
  // It comes back at its last saved step: check your answers, or the signature that must be made again.
  script.to_signature().sign_shortly("sign.pad").wait_enabled("sign.go").tap("sign.go");
  script.wait("rcpt.go", 120);
  return script.text();
}

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "kill ground: %s\n", what.c_str());
  std::abort();
}

std::vector<core::Json> json_lines(const std::string& path) {
  std::vector<core::Json> found;
  std::istringstream lines(read_text(path));
  for (std::string line; std::getline(lines, line);) {
    if (auto json = core::parse_json(line, 1024 * 1024)) found.push_back(*std::move(json));
  }
  return found;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> all;
  std::istringstream lines(read_text(path));
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  return all;
}

}  // namespace

KillGround::KillGround(const std::string& name) : folder_(name), office_(folder_.path() + "/office") {
  make_pdf(office_.usb() + "/" + papers[0], "Құрылтай құжаттары", 3);
  make_jpeg(office_.usb() + "/" + papers[1], 800, 1100);
  make_png(office_.usb() + "/" + papers[2], 600, 800);
  prepare();
}

void KillGround::prepare() {
  auto script = application_to_check(applicant());
  script.shot("ready").pause(600'000);
  auto kiosk = start_kiosk(script.text(), 0);
  if (!wait_for_line(widgets(), "\"check.go\"", kiosk, 3min)) give_up("no application to sign: " + read_text(kiosk_log()));
  wait_until_still(kiosk);
  kiosk.signal(SIGKILL);
  kiosk.wait(10s);
  office_.stop_registry();
  keep("nearly_filed");
  if (const auto wrong = file({}); !wrong.empty()) give_up(wrong);
  keep("filed_offline");
}

void KillGround::keep(const std::string& name) {
  for (const auto& [from, to] : {std::pair(office_.kiosk_data(), "/kiosk"), std::pair(office_.registry_data(), "/registry")}) {
    fs::create_directories(folder_.path() + "/" + name);
    fs::copy(from, folder_.path() + "/" + name + to, fs::copy_options::recursive);
  }
  if (fs::exists(events())) fs::copy_file(events(), folder_.path() + "/" + name + "/events", fs::copy_options::overwrite_existing);
}

void KillGround::restore(From from) {
  const auto kept = folder_.path() + (from == From::nearly_filed ? "/nearly_filed" : "/filed_offline");
  for (const auto& [to, name] : {std::pair(office_.kiosk_data(), "/kiosk"), std::pair(office_.registry_data(), "/registry")}) {
    fs::remove_all(to);
    fs::copy(kept + name, to, fs::copy_options::recursive);
  }
  fs::remove(events());
  if (fs::exists(kept + "/events")) fs::copy_file(kept + "/events", events());
  kiosk_died_ = registry_died_ = false;
  died_at_.clear();
}

Program KillGround::start_kiosk(const std::string& script, std::size_t death) {
  fs::remove(kiosk_log());
  fs::remove(widgets());
  fs::remove(calls_file("kiosk"));
  std::vector<std::string> more{"--offscreen", "--size", "1280x720", "--events", events(), "--widgets", widgets()};
  if (!script.empty()) {
    write_text(folder_.path() + "/script.jsonl", script);
    more.insert(more.end(), {"--script", folder_.path() + "/script.jsonl", "--shots", folder_.path() + "/shots"});
  }
  std::map<std::string, std::string> environment{{"LD_PRELOAD", program("libqabyl-kill-at.so")},
                                                 {"QABYL_KILL_UNDER", office_.kiosk_data()}, {"QABYL_KILL_LOG", calls_file("kiosk")}};
  if (death > 0) environment["QABYL_KILL_AT"] = std::to_string(death);
  return Program(office_.kiosk_command(more), kiosk_log(), environment);
}

void KillGround::start_registry(std::size_t death) {
  fs::remove(calls_file("registry"));
  std::map<std::string, std::string> environment{{"LD_PRELOAD", program("libqabyl-kill-at.so")},
                                                 {"QABYL_KILL_UNDER", office_.registry_data()}, {"QABYL_KILL_LOG", calls_file("registry")}};
  if (death > 0) environment["QABYL_KILL_AT"] = std::to_string(death);
  office_.start_registry(environment);
}

std::string KillGround::file(Death death) {
  auto kiosk = start_kiosk(sign_and_file(), death.kiosk);
  const auto status = kiosk.wait(4min);
  kiosk_died_ = status == killed;
  if (status == 0 || kiosk_died_) return {};
  return "filing ended with " + (status ? std::to_string(*status) : "nothing") + ": " + read_text(kiosk_log());
}

bool KillGround::confirmed_whole() {
  const auto records = office_.registry_records();
  return std::any_of(records.begin(), records.end(), [](const core::Json& record) {
    return record.text("kind") == "licence_application.submit" && record.text("outcome") == "accepted" && record.number("missing") == 0;
  });
}

std::string KillGround::wait_confirmed(Program& kiosk, std::chrono::milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (kiosk.running() && office_.registry_running()) {
    if (confirmed_whole()) return {};
    if (std::chrono::steady_clock::now() > until) return "not confirmed in time: " + read_text(kiosk_log());
    std::this_thread::sleep_for(250ms);  // the poll of a database, not a hope
  }
  return {};
}

void KillGround::wait_until_still(Program& kiosk) {
  std::size_t before = 0;
  for (int still = 0; still < 10 && kiosk.running() && office_.registry_running(); std::this_thread::sleep_for(50ms)) {
    const auto now = kiosk_calls().size() + registry_calls().size();
    still = now == before ? still + 1 : 0;
    before = now;
  }
}

std::string KillGround::sync(Death death) {
  start_registry(death.registry);
  auto kiosk = start_kiosk("", death.kiosk);
  auto wrong = wait_confirmed(kiosk, 2min);
  wait_until_still(kiosk);  // the verdict still travels to the kiosk
  kiosk_died_ = !kiosk.running() && kiosk.wait(0ms) == killed;
  registry_died_ = !office_.registry_running();
  if (!kiosk_died_) kiosk.signal(SIGTERM), kiosk.wait(20s);
  if (!registry_died_) office_.stop_registry();
  // The n-th call is the last that was written down; it may be one of the orderly end.
  for (const auto& [n, calls] : {std::pair(death.kiosk, kiosk_calls()), std::pair(death.registry, registry_calls())}) {
    if (n != 0 && calls.size() >= n) died_at_ = calls[n - 1];
  }
  return wrong;
}

std::string KillGround::file_and_sync(int kiosk_ms, int registry_ms) {
  start_registry(0);
  auto kiosk = start_kiosk(sign_and_file() + ScriptText().pause(60'000).text(), 0);
  const auto begun = std::chrono::steady_clock::now();
  const auto sleep_until = [&](int ms) { std::this_thread::sleep_until(begun + std::chrono::milliseconds(ms)); };
  if (registry_ms >= 0 && (kiosk_ms < 0 || registry_ms <= kiosk_ms)) sleep_until(registry_ms), office_.kill_registry(), registry_died_ = true;
  if (kiosk_ms >= 0) sleep_until(kiosk_ms), kiosk.signal(SIGKILL), kiosk_died_ = true;
  if (registry_ms >= 0 && !registry_died_) sleep_until(registry_ms), office_.kill_registry(), registry_died_ = true;
  if (!kiosk_died_) kiosk.signal(SIGKILL);  // a round ends with both gone, however it went
  kiosk.wait(10s);
  if (!registry_died_) office_.kill_registry();
  return {};
}

// "power.pin" or "start.apply"; empty when neither came.
std::string KillGround::first_screen() {
  auto kiosk = start_kiosk("", 0);
  const auto until = std::chrono::steady_clock::now() + 60s;
  std::string seen;
  while (seen.empty() && kiosk.running() && std::chrono::steady_clock::now() < until) {
    const auto shown = read_text(widgets());
    for (const char* key : {"power.pin", "start.apply"}) {
      if (shown.find("\"" + std::string(key) + "\"") != std::string::npos) seen = key;
    }
    std::this_thread::sleep_for(100ms);
  }
  kiosk.signal(SIGTERM);
  kiosk.wait(20s);
  return seen;
}

std::string KillGround::recover_and_compare() {
  start_registry(0);
  const auto screen = first_screen();
  if (screen.empty()) return "the kiosk did not come up: " + read_text(kiosk_log());
  auto kiosk = start_kiosk(screen == "power.pin" ? sign_and_file() + ScriptText().pause(240'000).text() : "", 0);
  auto wrong = wait_confirmed(kiosk, 3min);
  if (wrong.empty() && !confirmed_whole()) wrong = "the kiosk ended early: " + read_text(kiosk_log());
  kiosk.signal(SIGTERM);
  kiosk.wait(20s);
  office_.stop_registry();
  return wrong.empty() ? compare() : wrong;
}

std::string KillGround::compare() {
  std::vector<core::Json> filed;
  for (auto& record : office_.registry_records()) {
    if (record.text("kind") == "licence_application.submit") filed.push_back(std::move(record));
  }
  if (filed.size() != 1) return std::to_string(filed.size()) + " filings at the registry instead of one";
  const auto& record = filed.front();
  if (record.text("outcome") != "accepted" || record.number("missing") != 0) return "not accepted whole";
  std::multiset<std::string> there;
  for (const auto& document : record.items("documents")) {
    if (!document.flag("here")) return "a document's bytes are not there";
    there.insert(document.text("sha256"));
  }
  // Beside the papers the form, and its pages as they were shown.
  if (there.size() != papers.size() + 2) return "documents at the registry: " + std::to_string(there.size());
  for (const auto& paper : papers) {
    const auto digest = core::to_hex(core::sha256(core::as_bytes(read_text(office_.usb() + "/" + paper))));
    if (there.count(digest) != 1) return paper + " is not at the registry once";
  }
  for (const auto& event : json_lines(events())) {
    if (event.text("id") != record.text("id") || event.text("digest") != record.text("digest")) return "shown as accepted, but another record is there";
  }
  return {};
}

std::vector<std::string> KillGround::kiosk_calls() const { return lines_of(calls_file("kiosk")); }
std::vector<std::string> KillGround::registry_calls() const { return lines_of(calls_file("registry")); }

}  // namespace qabyl::rig
