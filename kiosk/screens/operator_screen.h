// The operator's panel (picture 15): state of the kiosk, the queue, records that the registry holds with
// their reasons, staff who are locked out. Numbers, kinds and times: no document, and nobody who filed
// anything. Knows no ImGui and no I/O.
#pragma once

#include "core/cases/repair.h"
#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

// A record that somebody has to look at: why, and what can be done.
struct HeldRecord {
  OperatorView::Line line;
  std::string code;              // of the verdict's reason, or of the problem where the registry took no record; empty: superseded
  bool refused = false;          // it was not taken at all, and is still the next
  core::Repair way = core::Repair::office;
};
// First the one that the registry does not take, then what it took and does not count, then what an earlier record supersedes.
std::vector<HeldRecord> held_records(const OperatorView& view, const LinkView& link);

struct OperatorScreen {
  enum class Tab { state, queue, held, locked, courier };
  enum class Stick { idle, writing, reading, saving };   // what the device thread does with the stick meanwhile

  std::optional<OperatorView> view;
  Tab tab = Tab::state;
  int list_page = 0;
  bool checking = false;       // the journal is being read through, as asked
  Stick stick = Stick::idle;
  std::optional<reply::CourierWritten> written;          // what became of the last of each
  std::optional<reply::CourierRead> read;
  std::optional<reply::ForksSaved> forks_saved;

  StaffOutcome update(const Input& input);
  void take(const reply::OperatorLoaded& loaded);
  Effects take_stick(const Reply& reply);                // of the courier, of a fork's proof; others change nothing
  // News of the link or of a record: what is shown may be old.
  Effects news(const Reply& reply);
  void wipe() { *this = {}; }

 private:
  Effects begin_stick(const Input& input);
};

}  // namespace qabyl::kiosk
