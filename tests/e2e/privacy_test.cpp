// A session leaves nothing behind (RELIABILITY I13, I18, 4.11, G14): five seconds after each of its eight ends no word that was
// typed, no row of the picture and no stroke of the signature is in the kiosk's memory, in its workers', in a file or on the
// next visitor's screen. Each case first finds them while the session lives: a search that finds nothing proves nothing.
#include <signal.h>

#include <filesystem>
#include <iostream>
#include <thread>

#include "tests/e2e/privacy_ground.h"
#include "tests/support/catch.h"
#include "tests/support/tier.h"

using namespace qabyl;
using namespace std::chrono_literals;
using rig::Step;

namespace {

constexpr auto after_the_end = 5s;

struct Ending {
  const char* name;
  test::Tier from;                   // the least tier that plays it
  Step step;
  void (*end)(rig::PrivacyGround& ground);
  bool restarts = false;             // the program ended: another one is looked into
};

void finish(rig::PrivacyGround& ground) { CHECK(ground.finger().tap("finish", 10s)); }
void after_receipt(rig::PrivacyGround& ground) { CHECK(ground.finger().tap("rcpt.go", 10s)); }
void kill(rig::PrivacyGround& ground) { ground.kill_kiosk(); }

// Nobody touches anything; the clocks jump. An answer of the kiosk's own that comes after the jump counts as a touch.
void wait_for_the_warning(rig::PrivacyGround& ground) {
  bool warned = false;
  for (int i = 0; i < 3 && !warned; ++i) {
    ground.let_pass(310);
    warned = ground.finger().find("away.yes", 4s).has_value();
  }
  CHECK(warned);
}

void time_out(rig::PrivacyGround& ground) {
  wait_for_the_warning(ground);
  ground.let_pass(95);
}

void leave_in_another_language(rig::PrivacyGround& ground) {
  CHECK(ground.finger().tap("lang.ru", 10s));
  CHECK(ground.finger().tap("lang.en", 10s));
  wait_for_the_warning(ground);
  CHECK(ground.finger().tap("away.leave", 10s));
}

void pull_the_stick(rig::PrivacyGround& ground) {
  std::filesystem::remove_all(ground.office().usb());
  finish(ground);
}

// There is no printer yet. What is nearest: the receipt cannot be handed out on the stick, and the line is cut, so that the
// record waits in the kiosk.
void receipt_fails(rig::PrivacyGround& ground) {
  std::filesystem::remove_all(ground.office().usb());
  CHECK(ground.finger().tap("rcpt.usb", 10s));
  std::this_thread::sleep_for(1s);  // it tries, and says that it failed
  after_receipt(ground);
}

const Ending endings[] = {
    {"cancelled with a document on the screen", test::Tier::quick, Step::documents, finish},
    {"finished with a receipt", test::Tier::ci, Step::receipt, after_receipt},
    {"timed out at the questions", test::Tier::ci, Step::details, time_out},
    {"timed out at the signature", test::Tier::soak, Step::signed_, time_out},
    {"timed out after the PIN", test::Tier::soak, Step::identified, time_out},
    {"timed out at the documents", test::Tier::soak, Step::documents, time_out},
    {"timed out at the fee", test::Tier::soak, Step::fee, time_out},
    {"timed out at the answers", test::Tier::soak, Step::check, time_out},
    {"timed out at the receipt", test::Tier::soak, Step::receipt, time_out},
    {"killed at the signature", test::Tier::ci, Step::signed_, kill, true},
    {"power cut at the documents", test::Tier::ci, Step::documents, kill, true},
    {"the stick pulled", test::Tier::ci, Step::documents, pull_the_stick},
    {"the receipt not handed out, no line", test::Tier::ci, Step::receipt, receipt_fails},
    {"left in another language", test::Tier::ci, Step::sign, leave_in_another_language},
};

std::string lines(const std::vector<std::string>& found) {
  std::string text;
  for (const auto& one : found) text += "\n  " + one;
  return text;
}

bool says(const std::vector<std::string>& found, const std::string& what) {
  return std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.find(what) != std::string::npos; });
}

// The search is worth something: what must be there is found, each in its own way.
void check_found_alive(rig::PrivacyGround& ground, Step step) {
  const auto found = ground.theirs().in_process(ground.kiosk().pid());
  INFO("found while the session lives:" << lines(found));
  if (step >= Step::details) CHECK(says(found, ground.words()[3] + " (UTF-8) in process"));
  if (step >= Step::documents && step <= Step::signed_) CHECK(says(found, "the picture ("));
  if (step == Step::signed_) CHECK(says(found, "the signature in"));
}

void play(rig::PrivacyGround& ground, const Ending& ending) {
  INFO(ending.name);
  ground.next_visitor();
  const auto before = ground.search_all();
  INFO("before: " << lines(before));
  REQUIRE(before.empty());
  const auto came_from = std::chrono::steady_clock::now();
  const bool came = ground.come_to(ending.step);
  INFO(ground.trouble() << "\n" << rig::read_text(ground.path("kiosk.log")));
  REQUIRE(came);
  const auto came_at = std::chrono::steady_clock::now();
  check_found_alive(ground, ending.step);
  ending.end(ground);
  const auto ended = std::chrono::steady_clock::now();
  if (ending.restarts) {
    const auto left = ground.search_folders();
    CHECK(lines(left) == "");
    ground.start_kiosk();
    CHECK(ground.finger().find("power.notme", 30s));
  }
  std::this_thread::sleep_until(ended + after_the_end);  // the promise's own time
  const auto began = std::chrono::steady_clock::now();
  const auto left = ground.search_all();
  const auto picture = ground.finger().picture();
  const auto on_screen = ground.theirs().in_bytes(picture, "the next visitor's screen");
  std::cout << ending.name << ": came in " << std::chrono::duration_cast<std::chrono::milliseconds>(came_at - came_from).count() << " ms, searched for " << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began).count()
            << " ms, " << left.size() << " found\n";
  CHECK(lines(left) == "");
  CHECK(lines(on_screen) == "");
}

}  // namespace

// A record of another kiosk: what the registry told of it, and the number and code that were asked with.
TEST_CASE("nothing of another kiosk's receipt that was looked up is left five seconds after the end of the session", "[e2e][privacy][anywhere]") {
  if (test::tier() < test::Tier::ci) return;
  rig::PrivacyGround ground(20261129);
  ground.start_kiosk();
  REQUIRE(ground.finger().find("start.apply", 60s));
  if (!rig::Remains::memory_can_be_read(ground.kiosk().pid())) {
    std::cout << "SKIP: another process's memory cannot be read here (root's right)\n";
    return;
  }
  ground.next_visitor();
  const bool filed = ground.come_to(Step::receipt);
  INFO(ground.trouble() << "\n" << rig::read_text(ground.path("kiosk.log")));
  REQUIRE(filed);
  const auto receipt = ground.confirmed_receipt();
  REQUIRE(receipt);
  ground.go_to_another_kiosk("AL-04");
  REQUIRE(ground.finger().find("start.lookup", 60s));
  CHECK(lines(ground.search_all()) == "");
  const bool found = ground.look_up(*receipt);
  INFO(ground.trouble() << "\n" << ground.shown() << rig::read_text(ground.path("kiosk.log")));
  REQUIRE(found);
  const auto alive = ground.theirs().in_process(ground.kiosk().pid());
  INFO("found while the session lives:" << lines(alive));
  for (const auto& word : {ground.words()[3], receipt->number, receipt->check_code}) CHECK(says(alive, word + " (UTF-8) in process"));
  finish(ground);
  std::this_thread::sleep_for(after_the_end);  // the promise's own time
  CHECK(lines(ground.search_all()) == "");
  CHECK(lines(ground.theirs().in_bytes(ground.finger().picture(), "the next visitor's screen")) == "");
}

TEST_CASE("nothing of a session is left five seconds after its end: memory, files, screen, for each of eight ends", "[e2e][privacy]") {
  rig::PrivacyGround ground(20261128);
  ground.start_kiosk();
  REQUIRE(ground.finger().find("start.apply", 60s));
  if (!rig::Remains::memory_can_be_read(ground.kiosk().pid())) {
    std::cout << "SKIP: another process's memory cannot be read here (root's right)\n";
    return;
  }
  const auto limits = rig::read_text("/proc/" + std::to_string(ground.kiosk().pid()) + "/limits");
  const auto core_line = limits.substr(limits.find("Max core file size"));
  CHECK(core_line.substr(0, core_line.find('\n')).find_first_of("123456789") == std::string::npos);  // RELIABILITY 7.9: no dump of memory
  CHECK(core_line.find("unlimited") > core_line.find('\n'));
  for (const auto& ending : endings) {
    if (test::tier() < ending.from) continue;
    play(ground, ending);
  }
}
