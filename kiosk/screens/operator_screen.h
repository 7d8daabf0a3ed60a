// The operator's panel (picture 15): state of the kiosk, the queue, records that the registry holds with
// their reasons, staff who are locked out. Numbers, kinds and times: no document, and nobody who filed
// anything. Knows no ImGui and no I/O.
#pragma once

#include "kiosk/screens/session.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

struct OperatorScreen {
  enum class Tab { state, queue, held, locked };

  std::optional<OperatorView> view;
  Tab tab = Tab::state;
  int list_page = 0;
  bool checking = false;       // the journal is being read through, as asked

  StaffOutcome update(const Input& input);
  void take(const reply::OperatorLoaded& loaded);
  // News of the link or of a record: what is shown may be old.
  Effects news(const Reply& reply);
  void wipe() { *this = {}; }
};

}  // namespace qabyl::kiosk
