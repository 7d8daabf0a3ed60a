// A place where the real kiosk and registry are killed again and again from the same start: folders prepared once,
// copied back before each round, and compared at both ends after each recovery. One ground a thread; knows no test
// library: what is wrong comes back as text.
#pragma once

#include "tests/support/rig.h"

namespace qabyl::rig {

// Where in a run a process is to die: right before the n-th durable call below its folder. 0: nowhere.
struct Death {
  std::size_t kiosk = 0, registry = 0;
};

class KillGround {
 public:
  explicit KillGround(const std::string& name);  // makes an office and an application that only wants its signature

  // What the folders are when a round begins.
  enum class From { nearly_filed, filed_offline };
  void restore(From from);

  // Signs and files with the registry stopped; the kiosk may die. Empty, or what went wrong.
  std::string file(Death death);
  // Lets kiosk and registry talk until the record is confirmed or somebody dies.
  std::string sync(Death death);
  // Files and syncs at once; after `kiosk_ms` and `registry_ms` (negative: never) that process is killed.
  std::string file_and_sync(int kiosk_ms, int registry_ms);
  // Starts both without harm, files if the application is still a draft, waits until the registry holds it whole,
  // and compares: everything shown as accepted is there once, digests and documents equal. Empty: all well.
  std::string recover_and_compare();

  // "fdatasync .../kiosk.db-wal": the durable calls of the last run of that program, in order.
  std::vector<std::string> kiosk_calls() const;
  std::vector<std::string> registry_calls() const;
  bool kiosk_died() const { return kiosk_died_; }
  bool registry_died() const { return registry_died_; }
  const std::string& died_at() const { return died_at_; }  // in sync(): the call before which it died; empty: nobody did

 private:
  std::string kiosk_log() const { return folder_.path() + "/kiosk.log"; }
  std::string events() const { return folder_.path() + "/events.jsonl"; }
  std::string widgets() const { return folder_.path() + "/widgets.json"; }
  std::string calls_file(const char* who) const { return folder_.path() + "/calls-" + who; }
  void prepare();
  void keep(const std::string& name);
  Program start_kiosk(const std::string& script, std::size_t death);
  void start_registry(std::size_t death);
  std::string first_screen();
  bool confirmed_whole();
  void wait_until_still(Program& kiosk);  // no durable call for half a second, or somebody has ended
  std::string wait_confirmed(Program& kiosk, std::chrono::milliseconds at_most);
  std::string compare();

  TemporaryFolder folder_;
  Office office_;
  bool kiosk_died_ = false, registry_died_ = false;
  std::string died_at_;
};

}  // namespace qabyl::rig
