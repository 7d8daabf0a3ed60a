// The kiosk itself, in an X window under Xvfb with software OpenGL: from exec to the first frame on the
// screen, memory, what a key press costs, CPU while nobody is there. Times are the program's own --frames
// on the clock since boot, memory and CPU come from /proc.
#include <cstdio>
#include <filesystem>
#include <sstream>
#include <thread>

#include "tests/bench/driver/benches.h"
#include "tests/bench/parts/process_watch.h"
#include "tests/bench/parts/virtual_screen.h"
#include "core/sys/clock.h"
#include "tests/support/journeys.h"
#include "tests/support/rig.h"

namespace qabyl::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto idle_watched = 5s;

std::vector<core::Json> lines_of(const std::string& path) {
  std::vector<core::Json> found;
  std::istringstream lines(rig::read_text(path));
  for (std::string line; std::getline(lines, line);) {
    if (auto json = core::parse_json(line, 4096)) found.push_back(*std::move(json));
  }
  return found;
}

struct Bench {
  rig::TemporaryFolder folder{"bench"};
  rig::Office office{folder.path() + "/office"};
  VirtualScreen screen{folder.path()};
  std::vector<double> paint_ms, pss_mib, idle_cpu, build_us, draw_us;
  int turns = 0;

  rig::Program start(const std::string& script, const std::string& frames) {
    rig::write_text(folder.path() + "/script.jsonl", script);
    auto command = office.kiosk_command({"--script", folder.path() + "/script.jsonl", "--frames", frames});
    if (screen.display().empty()) command.push_back("--offscreen");
    return rig::Program(command, folder.path() + "/kiosk.log", {{"DISPLAY", screen.display()}});
  }
  void turn() {
    const auto frames = folder.path() + "/frames-" + std::to_string(++turns) + ".jsonl";
    rig::write_text(folder.path() + "/kiosk.log", "");
    const auto began = core::sys::steady_us();
    auto kiosk = start(rig::ScriptText().wait("start.apply").line("{\"do\":\"rest\"}\n").text(), frames);
    const bool resting = rig::wait_for_line(folder.path() + "/kiosk.log", "at rest", kiosk, 60s);
    QABYL_CHECK(resting);
    paint_ms.push_back(static_cast<double>(lines_of(frames).front().number("steady_us") - began) / 1000);
    std::this_thread::sleep_for(1s);
    if (const auto used = memory(kiosk.pid())) pss_mib.push_back(static_cast<double>(used->pss_kib) / 1024);
    const auto cpu = cpu_ms(kiosk.pid());
    std::this_thread::sleep_for(idle_watched);
    idle_cpu.push_back(static_cast<double>(cpu_ms(kiosk.pid()) - cpu) / std::chrono::duration<double, std::milli>(idle_watched).count() * 100);
  }
  // Forty letters on the keyboard of the screen: each is a press and a lift, and so two or three frames.
  void type() {
    const rig::Applicant applicant;
    rig::ScriptText script;
    script.wait("start.apply").tap("start.apply").wait("kind.issue").tap("kind.issue").tap("kind.go").wait("id.pad.1");
    script.pad("id.pad", applicant.bin).wait_enabled("id.go").tap("id.go").wait("id.pad.1").pause(300);
    script.pad("id.pad", applicant.pin).pad("id.pad", applicant.pin).wait("details.address").tap("details.address");
    script.type("Алматы қаласы Абай даңғылы елу екінші үй").tap("finish");
    const auto frames = folder.path() + "/frames-typing.jsonl";
    auto kiosk = start(script.text(), frames);
    const auto ended = kiosk.wait(120s);
    QABYL_CHECK(ended == 0);
    for (const auto& frame : lines_of(frames)) {
      build_us.push_back(static_cast<double>(frame.number("build_us")));
      draw_us.push_back(static_cast<double>(frame.number("draw_us")));
    }
  }
};

}  // namespace

core::Json bench_frontend(const Settings& settings) {
  Bench bench;
  if (bench.screen.display().empty()) std::printf("no Xvfb here: offscreen instead of a window\n");
  for (int round = 0; round < settings.rounds; ++round) bench.turn();
  bench.type();
  core::Json json;
  json["window"] = !bench.screen.display().empty();
  json["first_paint"] = tell("start to first usable paint", "ms", "<= 0.5 of Chromium (440-792 ms, peer)", bench.paint_ms);
  if (bench.pss_mib.empty()) std::printf("kiosk PSS: not shown to this user (root only)\n");
  else json["pss"] = tell("kiosk PSS", "MiB", "<= 1/3 of Chromium (393-434 MiB, peer)", bench.pss_mib);
  json["idle_cpu"] = tell("idle CPU of a core", "%", "<= 0.2", bench.idle_cpu);
  json["build"] = tell("building a frame while typing", "us", "<= 1000", bench.build_us);
  json["draw"] = tell("drawing and showing a frame while typing", "us", "", bench.draw_us);
  tell_peer("Chromium kiosk, Qt Quick software");
  return json;
}

}  // namespace qabyl::bench
