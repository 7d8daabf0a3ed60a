// See scan_matcher.h.
#include "sync/registry/scan_matcher.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/preview/picture_file.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::chrono::milliseconds look_every{250};
constexpr int pictures_max = 120;  // of one scan; further sheets are matched, not shown

Response answered(bool done) {
  Response response;
  response.status = done ? 200 : 503;
  return response;
}

// A picture that cannot be kept is only not shown.
void keep_picture(const std::string& path, const preview::PageImage& image) {
  const auto png = preview::png_of(image.width, image.height, image.rgba);
  if (!png) return;
  (void)core::sys::remove_file(path);  // of a look that was broken off
  const auto file = core::sys::create_private(path);
  if (file) (void)core::sys::write_all(*file, *png);
}

}  // namespace

std::optional<ScanLook> look_at_scan(const std::string& folder, const ScanToLook& task, preview::PreviewWorker& worker, core::Clock& clock, const std::function<bool()>& stopped) {
  const auto source = scan_source(scan_path(folder, task.scan.id));
  if (!source) return ScanLook{std::string(preview::to_text(preview::PreviewProblem::source)), {}};
  const auto shown = [&](int sheet, const preview::PageImage& image) {
    if (sheet <= pictures_max) keep_picture(sheet_path(folder, task.scan.id, sheet), image);
  };
  const auto read = read_sheets({*source}, worker, {clock, shown, stopped});
  if (stopped && stopped()) return std::nullopt;
  if (!read.problem.empty()) return ScanLook{read.problem, {}};
  return ScanLook{{}, core::paper::match_sheets(task.awaited, read.codes)};
}

struct ScanMatcher::State {
  Registry& registry;
  GroupCommit& commits;
  core::Clock& clock;
  preview::PreviewWorker worker;
  std::mutex mutex;
  std::condition_variable wake;
  std::atomic<bool> stopping{false};
  std::thread thread;

  void loop();
  bool look_at_next();
};

// False: none waits, or the storage thread takes nothing now; then we ask again after a while.
bool ScanMatcher::State::look_at_next() {
  std::optional<ScanToLook> task;
  const auto asked = commits.run([&](core::Instant) {
    auto next = next_scan(registry);
    if (next) task = *std::move(next);
    return answered(next.has_value());
  });
  if (asked.status != 200) registry.scans_wait = true;
  if (!task) return false;
  const auto look = look_at_scan(registry.folder, *task, worker, clock, [this] { return stopping.load(); });
  if (!look) return false;
  const auto entered = commits.run([&](core::Instant) { return answered(enter_look(registry, task->scan.id, *look).has_value()); });
  if (entered.status != 200) registry.scans_wait = true;
  return entered.status == 200;
}

void ScanMatcher::State::loop() {
  std::unique_lock<std::mutex> guard(mutex);
  while (!stopping) {
    guard.unlock();
    if (registry.scans_wait.exchange(false)) {
      while (!stopping && look_at_next()) {}
    }
    guard.lock();
    wake.wait_for(guard, look_every, [this] { return stopping.load(); });
  }
}

ScanMatcher::ScanMatcher(Registry& registry, GroupCommit& commits, std::string preview, core::Clock& clock)
    : state_(new State{registry, commits, clock, preview::PreviewWorker(std::move(preview), clock), {}, {}, {false}, {}}) {
  state_->thread = std::thread([state = state_.get()] { state->loop(); });
}

ScanMatcher::~ScanMatcher() { stop(); }

void ScanMatcher::stop() {
  state_->stopping = true;
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace qabyl::sync::registry
