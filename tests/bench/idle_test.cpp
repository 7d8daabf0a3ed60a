// Hard gate: a kiosk that nobody touches draws no frame and wakes at most twice a second, all threads and
// the preview worker together (PERFORMANCE.md, goal 14). How: the real program, offscreen and in an X
// window under Xvfb; frames by its own --frames, wake-ups by /proc. With the registry there, and gone.
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "tests/bench/parts/process_watch.h"
#include "tests/bench/parts/virtual_screen.h"
#include "tests/support/catch.h"
#include "tests/support/journeys.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace std::chrono_literals;

namespace {

constexpr auto watched = 10s;  // one or two questions for news
constexpr double wakes_per_second_max = 2.0;
constexpr int minutes_ms = 60'000;

std::int64_t wall_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// One idle kiosk on a copy of an enrolled folder. Its script ends on the screen that is watched and then
// waits for nothing: a quiet script asks for no wake-up (kiosk/README.md, "rest").
struct Idle {
  std::string name, folder;
  rig::Program kiosk;

  std::string frames_file() const { return folder + "/frames.jsonl"; }
  std::string log() const { return folder + "/kiosk.log"; }
  std::int64_t frames() const {
    const auto text = rig::read_text(frames_file());
    return std::count(text.begin(), text.end(), '\n');
  }
  bool settled() { return rig::wait_for_line(log(), "script: at rest", kiosk, 90s); }
};

class Idles {
 public:
  explicit Idles(rig::Office& office) : office_(office) {}

  // `display` empty: offscreen.
  void start(const std::string& name, rig::ScriptText script, const std::string& display) {
    Idle idle{name, office_.folder() + "/idle-" + std::to_string(all.size()), {}};
    std::filesystem::create_directories(idle.folder);
    std::filesystem::copy(office_.kiosk_data(), idle.folder + "/data", std::filesystem::copy_options::recursive);
    rig::write_text(idle.folder + "/script.jsonl", script.line("{\"do\":\"rest\"}\n").text());
    std::vector<std::string> command{rig::program("qabyl-kiosk"), "--data", idle.folder + "/data", "--usb", office_.usb(), "--size", "1280x720",
                                     "--script", idle.folder + "/script.jsonl", "--frames", idle.frames_file()};
    std::map<std::string, std::string> environment;
    if (display.empty()) command.push_back("--offscreen");
    else environment["DISPLAY"] = display;
    idle.kiosk = rig::Program(command, idle.log(), environment);
    all.push_back(std::move(idle));
  }

  std::vector<Idle> all;

 private:
  rig::Office& office_;
};

rig::ScriptText start_screen() { return rig::ScriptText().wait("start.apply"); }

rig::ScriptText inbox(const rig::Office& office) {
  const auto& staff = office.secrets().items("staff").front();
  rig::ScriptText script;
  script.wait("start.staff").tap("start.staff").wait("staff.pin.1").scan(staff.text("badge"));
  script.pause(300).pad("staff.pin", staff.text("pin"));
  return script.wait_enabled("staff.go").tap("staff.go").wait("inbox.open.0", 60);
}

// A field has the keyboard and its caret; the draft has been saved.
rig::ScriptText details() {
  const rig::Applicant applicant;
  rig::ScriptText script;
  script.wait("start.apply").tap("start.apply").wait("kind.issue").tap("kind.issue").tap("kind.go").wait("id.pad.1");
  script.pad("id.pad", applicant.bin).wait_enabled("id.go").tap("id.go").wait("id.pad.1").pause(300);
  script.pad("id.pad", applicant.pin).pad("id.pad", applicant.pin).wait("details.address");
  return script.tap("details.address").type("Алматы").pause(2000);
}

// What the last step set off has ended: no kiosk has drawn for three seconds. On a busy machine that takes its time.
void come_to_rest(Idles& idles) {
  std::vector<std::int64_t> before;
  for (auto quiet_since = wall_ms(), begun = quiet_since; wall_ms() - quiet_since < 3'000 && wall_ms() - begun < 60'000; std::this_thread::sleep_for(100ms)) {
    std::vector<std::int64_t> frames;
    for (const auto& idle : idles.all) frames.push_back(idle.frames());
    if (frames != before) quiet_since = wall_ms();
    before = std::move(frames);
  }
}

// Nobody comes near for `watched`. The clock of the rail changes with the minute and may be drawn then.
void watch(Idles& idles, const std::string& registry) {
  std::vector<std::int64_t> frames;
  std::vector<std::vector<bench::ThreadWakes>> before;
  const auto from = wall_ms();
  for (auto& idle : idles.all) {
    frames.push_back(idle.frames());
    before.push_back(bench::wakes_by_thread(idle.kiosk.pid()));
  }
  std::this_thread::sleep_for(watched);  // this is what is measured: nothing happens
  for (std::size_t i = 0; i < idles.all.size(); ++i) {
    auto& idle = idles.all[i];
    REQUIRE(idle.kiosk.running());
    const auto after = bench::wakes_by_thread(idle.kiosk.pid());
    const auto minutes = wall_ms() / minutes_ms - from / minutes_ms;
    std::uint64_t sum = 0;
    std::string who;
    for (const auto& thread : after) {
      const auto same = std::ranges::find(before[i], thread.name, &bench::ThreadWakes::name);
      const auto woken = thread.wakes - (same == before[i].end() ? 0 : same->wakes);
      // Mesa's threads wake for a frame and for nothing else, and the minute's is allowed.
      if (minutes == 0 || thread.name.find("llvmpipe") == std::string::npos) sum += woken;
      if (woken > 0) who += ", " + thread.name.substr(thread.name.find(' ') + 1) + " " + std::to_string(woken);
    }
    const double each_second = static_cast<double>(sum) / std::chrono::duration<double>(watched).count();
    const auto drawn = idle.frames() - frames[i];
    std::printf("idle, %s, registry %s: %lld frames (must: 0), %.2f wake-ups a second (must: <= 2)%s\n", idle.name.c_str(),
                registry.c_str(), static_cast<long long>(drawn), each_second, who.c_str());
    INFO(idle.name << ", registry " << registry << ", minutes that turned: " << minutes << who);
    CHECK(drawn <= minutes);
    CHECK(each_second <= wakes_per_second_max);
  }
}

}  // namespace

TEST_CASE("a kiosk that nobody touches draws nothing and sleeps, with the registry and without", "[bench][idle]") {
  rig::TemporaryFolder folder("idle");
  rig::Office office(folder.path() + "/office");
  rig::ScriptText fetch;  // the notice must have arrived before the folder is copied
  REQUIRE(rig::run(office.kiosk_command({"--offscreen", "--script", [&] {
    rig::write_text(folder.path() + "/fetch.jsonl", fetch.wait("start.apply").pause(4000).text());
    return folder.path() + "/fetch.jsonl";
  }()}), folder.path() + "/fetch.log") == 0);
  bench::VirtualScreen screen(folder.path());
  Idles idles(office);
  idles.start("offscreen, start", start_screen(), "");
  idles.start("offscreen, inbox", inbox(office), "");
  idles.start("offscreen, details", details(), "");
  if (screen.display().empty()) WARN("SKIP: no Xvfb here, the window was not watched");
  else {
    idles.start("window, start", start_screen(), screen.display());
    idles.start("window, details", details(), screen.display());
  }
  for (auto& idle : idles.all) {
    INFO(idle.name << "\n" << rig::read_text(idle.log()));
    REQUIRE(idle.settled());
    REQUIRE(idle.frames() > 0);
  }
  come_to_rest(idles);
  watch(idles, "there");
  office.stop_registry();
  // A kiosk asks for news every ten seconds: by then each has met the silence and begun to back off.
  std::this_thread::sleep_for(11s);
  come_to_rest(idles);
  watch(idles, "gone");
  for (auto& idle : idles.all) {  // it sleeps for a minute at a time, but not through a signal
    INFO(idle.name << "\n" << rig::read_text(idle.log()));
    idle.kiosk.signal(SIGTERM);
    CHECK(idle.kiosk.wait(10s) == 0);
  }
}
