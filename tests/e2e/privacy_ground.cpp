// See privacy_ground.h.
#include "tests/e2e/privacy_ground.h"

#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "core/bin_number.h"
#include "core/text.h"
#include "tests/support/documents.h"

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr const char* kazakh = "әғқңөұүһі" "бдзлмршя";  // the nine that only Kazakh has, and some that it shares
constexpr const char* latin = "bcdfghjkmnpqrstvwxz";
constexpr std::uint8_t red = 0xA7, green = 0x3B, blue = 0x5D;  // nowhere in the kiosk's own colours
constexpr int signature_step = 70;                             // XFinger::draw_signature: 0.007 of the pad
constexpr int key_presses_max = 5;                             // of shift, layer and language for one letter

}  // namespace

PrivacyGround::PrivacyGround(unsigned seed) : random_(seed) {
  for (const char* name : {"home", "tmp"}) fs::create_directories(path(name));
}

void PrivacyGround::start_kiosk() {
  fs::remove(path("widgets.json"));
  write_text(path("steady"), std::to_string(passed_seconds_));
  kiosk_ = Program(office_.kiosk_command({"--widgets", path("widgets.json"), "--events", path("events.jsonl")}, device_), path("kiosk.log"),
                   {{"DISPLAY", display_.name()}, {"HOME", path("home")}, {"XDG_CACHE_HOME", path("home/cache")}, {"TMPDIR", path("tmp")},
                    {"LD_PRELOAD", program("libqabyl-other-time.so")}, {"QABYL_STEADY_SHIFT", path("steady")}});
  if (!finger_) finger_.emplace(display_.name(), path("widgets.json"));  // one for all: a display without clients starts anew
}

void PrivacyGround::kill_kiosk() {
  kiosk_.signal(SIGKILL);
  kiosk_.wait(10s);
}

std::optional<PrivacyGround::Held> PrivacyGround::confirmed_receipt() {
  const auto events = read_text(path("events.jsonl"));
  const auto last = core::parse_json(events.substr(0, events.rfind('\n')).substr(events.rfind('\n', events.size() - 2) + 1), 1 << 20);
  if (!last) return std::nullopt;
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (std::chrono::steady_clock::now() < until) {
    for (const auto& record : office_.registry_records()) {
      if (record.text("id") == last->text("id") && record.text("outcome") == "accepted") return Held{last->text("number"), last->text("check_code")};
    }
    std::this_thread::sleep_for(500ms);  // the poll of another program
  }
  return std::nullopt;
}

void PrivacyGround::go_to_another_kiosk(const std::string& device) {
  kill_kiosk();
  fs::remove(path("events.jsonl"));
  office_.stop_registry();
  office_.add_kiosk(device);
  office_.start_registry();
  office_.enrol_kiosk(device);
  device_ = device;
  start_kiosk();
}

bool PrivacyGround::look_up(const Held& receipt) {
  if (!tap("start.lookup")) return false;
  for (const auto& [key, text] : {std::pair{"look.number", receipt.number}, std::pair{"look.code", receipt.check_code}}) {
    if (!tap(key)) return false;
    finger_->type(text);
    remains_.add_word(text);
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (finger_->find(key, 1s) && finger_->find(key, 1s)->text("value") != text) {
      trouble_ = std::string(key) + " does not hold " + text + " but " + finger_->find(key, 1s)->text("value");
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(20ms);  // the poll of a file, not a hope
    }
  }
  return tap("kb.next") && wait("look.other", 60);
}

void PrivacyGround::let_pass(int seconds) {
  passed_seconds_ += seconds;
  write_text(path("steady.tmp"), std::to_string(passed_seconds_));
  fs::rename(path("steady.tmp"), path("steady"));  // whole at any moment
  finger_->hover();
}

std::string PrivacyGround::word(const char* alphabet, std::size_t letters) {
  const auto points = core::code_points(alphabet);
  std::vector<char32_t> made;
  for (std::size_t i = 0; i < letters; ++i) made.push_back(points[random_() % points.size()]);
  return core::to_utf8(made);
}

std::string PrivacyGround::digits(std::size_t count) {
  std::string made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<char>('0' + random_() % 10));
  return made;
}

void PrivacyGround::next_visitor() {
  words_.clear();
  do bin_ = "18064" + digits(7);
  while (core::check_bin(bin_) != core::BinProblem::none);
  pin_ = digits(6);
  words_ = {bin_, pin_, "70" + digits(8)};
  for (int i = 0; i < 7; ++i) words_.push_back(word(kazakh, 8));
  words_.push_back(word(latin, 9));
  words_.push_back(digits(9));
  remains_ = {};
  for (const auto& one : words_) remains_.add_word(one);
  stick_file_ = word(kazakh, 8) + std::to_string(++visitor_) + ".png";
  remains_.add_word(stick_file_);
  remains_.add_colour(red, green, blue);
  remains_.add_stroke(signature_step);
  fs::remove_all(office_.usb());
  fs::create_directories(office_.usb());
  make_flat_png(office_.usb() + "/" + stick_file_, 700, 900, red, green, blue);
}

bool PrivacyGround::tap(const std::string& key) {
  if (finger_->tap(key, 20s)) return true;
  trouble_ = "nothing to tap: " + key;
  return false;
}

bool PrivacyGround::wait(const std::string& key, int seconds) {
  if (finger_->find(key, std::chrono::seconds{seconds})) return true;
  trouble_ = "there never was " + key;
  return false;
}

bool PrivacyGround::pad(const std::string& name, const std::string& digits) {
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto key = name + "." + digits[i];
    if (i == 0 ? !tap(key) : !finger_->touch(key)) {
      trouble_ = "no digit " + key;
      return false;
    }
  }
  return true;
}

// Until the keyboard shows other letters: what is looked up before that lies somewhere else by now.
bool PrivacyGround::press_and_see(const std::string& key) {
  const auto before = finger_->find(key, 2s);
  if (!before || !finger_->touch(key)) return false;
  const auto until = std::chrono::steady_clock::now() + 5s;
  while (std::chrono::steady_clock::now() < until) {
    const auto now = finger_->find(key, 1s);
    if (now && now->text("text") != before->text("text")) return true;
    std::this_thread::sleep_for(20ms);  // the poll of a file, not a hope
  }
  return false;
}

// Shift comes by itself at the beginning of a name; layers and languages are looked for.
bool PrivacyGround::type_letter(const std::string& letter) {
  const auto key = "kb." + (letter == " " ? std::string("space") : letter);
  for (int i = 0; i < key_presses_max; ++i) {
    if (finger_->find(key, i == 0 ? 60ms : 300ms)) return finger_->touch(key);
    const bool digit = letter[0] >= '0' && letter[0] <= '9', letters = finger_->find("kb.б", 30ms) || finger_->find("kb.b", 30ms);
    if (!press_and_see(digit || !letters ? "kb.layer" : "kb.lang")) break;
  }
  trouble_ = "no key for " + letter;
  return false;
}

bool PrivacyGround::type(const std::string& text) {
  for (const char32_t point : core::code_points(text)) {
    if (!type_letter(core::to_utf8({point}))) return false;
  }
  return true;
}

// A letter before each word takes the capital, so that the words stay as they are.
bool PrivacyGround::field(const std::string& key, std::initializer_list<std::string> words) {
  if (!tap(key)) return false;
  const auto letters_by = std::chrono::steady_clock::now() + 5s;  // a field begins with letters
  while (!finger_->find("kb.б", 30ms) && !finger_->find("kb.b", 30ms) && std::chrono::steady_clock::now() < letters_by) {
  }
  std::string all;
  for (const auto& one : words) all += (all.empty() ? "" : " ") + one;
  if (!type("а" + all)) return false;
  const auto until = std::chrono::steady_clock::now() + 5s;
  while (std::chrono::steady_clock::now() < until) {
    const auto widget = finger_->find(key, 1s);
    if (widget && widget->text("value").find(all) != std::string::npos) return true;
    std::this_thread::sleep_for(20ms);  // the poll of a file, not a hope
  }
  trouble_ = key + " does not hold " + all + ", but " + (finger_->find(key, 1s) ? finger_->find(key, 1s)->text("value") : "nothing");
  return false;
}

bool PrivacyGround::identify() {
  if (finger_->find("power.notme", 300ms) && !tap("power.notme")) return false;
  if (finger_->find("wiped.start", 300ms) && !tap("wiped.start")) return false;
  return tap("start.apply") && tap("kind.issue") && tap("kind.go") && pad("id.pad", bin_) && tap("id.go") && pad("id.pad", pin_) && pad("id.pad", pin_) &&
         wait("details.organisation", 20);
}

bool PrivacyGround::details() {
  if (!field("details.organisation", {words_[3], words_[11]}) || !field("details.address", {words_[10], words_[4]}) || !tap("kb.next")) return false;
  if (!field("details.representative", {words_[5], words_[6]}) || !field("details.position", {words_[7]}) || !tap("kb.next")) return false;
  if (!tap("details.phone") || !pad("details.pad", words_[2]) || !tap("details.by_office") || !tap("details.go")) return false;
  return field("details.first_head", {words_[8], words_[9]});
}

bool PrivacyGround::documents() {
  if (!tap("kb.next") || !tap("docs.add.LD2") || !wait("docs.src.close", 20)) return false;
  return tap("docs.usb.0") && wait("docs.remove", 30);
}

bool PrivacyGround::fee() { return tap("docs.go") && wait("fee.later", 20); }

// Every page of what will be signed; one that was turned too early is turned back to.
bool PrivacyGround::read_form() {
  constexpr int turns_max = 20;
  for (int turn = 0; turn < turns_max && !finger_->find("read.go", 1500ms); ++turn) {
    if (!finger_->tap("read.next", 100ms)) finger_->tap("read.prev", 100ms);
  }
  return tap("read.go");
}

bool PrivacyGround::come_to(Step step) {
  if (!identify()) return false;
  if (step == Step::identified) return true;
  if (!details()) return false;
  if (step == Step::details) return true;
  if (!documents()) return false;
  if (step == Step::documents) return true;
  if (!fee()) return false;
  if (step == Step::fee) return true;
  if (!tap("fee.later") || !tap("fee.go") || !wait("check.go", 30)) return false;
  if (step == Step::check) return true;
  if (!tap("check.go") || !read_form() || !wait("sign.pad", 20)) return false;
  if (step == Step::sign) return true;
  if (!finger_->draw_signature("sign.pad") || !wait("sign.go", 10)) return false;
  if (step == Step::signed_) return true;
  return tap("sign.go") && wait("rcpt.go", 60);
}

std::vector<std::string> PrivacyGround::search_folders() {
  const bool kiosk_alive = kiosk_.running();
  std::vector<std::string> found;
  for (const auto& folder : {device_.empty() ? office_.kiosk_data() : office_.kiosk_data(device_), path("home"), path("tmp")}) {
    const auto here = remains_.in_folder(folder);
    found.insert(found.end(), here.begin(), here.end());
  }
  for (const std::string file : {"kiosk.log", "events.jsonl", "widgets.json", "office/registry.log"}) {
    if (file == "widgets.json" && !kiosk_alive) continue;  // the test's own eye, still at what it saw last
    const auto text = read_text(path(file));
    const auto here = remains_.in_bytes({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, file);
    found.insert(found.end(), here.begin(), here.end());
  }
  return found;
}

std::vector<std::string> PrivacyGround::search_all() {
  auto found = search_folders();
  if (!kiosk_.running()) return found;
  const auto here = remains_.in_process(kiosk_.pid());
  found.insert(found.end(), here.begin(), here.end());
  return found;
}

}  // namespace qabyl::rig
