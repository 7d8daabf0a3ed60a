// The receipt of a record at any kiosk (issue 4; RELIABILITY 4.7, row 47): who holds the number and its check code is given what
// the receipt states, with the registry's acceptance. Thread rule: the storage thread.
#pragma once

#include <map>

#include "sync/registry/answer.h"
#include "sync/registry/registry_store.h"

namespace qabyl::sync::registry {

struct Registry;

inline constexpr int receipt_guesses_max = 10;                     // of one device in a window
inline constexpr core::Millis receipt_guess_window{10 * 60'000};

// How often each device asked for a receipt that is not there, lately. In memory: what a restart forgets, 75 random bits bear.
class ReceiptGuesses {
 public:
  bool too_many(const std::string& device, core::Instant now);
  void count(const std::string& device, core::Instant now);

 private:
  struct Window { core::Instant from{}; int wrong = 0; };
  std::map<std::string, Window> windows_;
};

core::Status keep_receipt_number(Registry& registry, std::string_view number, const core::Id& record);  // of a record that bears a receipt of stage 2
core::Status know_receipt_numbers(Registry& registry);  // at the start: those from before there was a list of them

// 404 for an unknown number, a wrong code and a receipt that has no stage 2 yet alike; then 429.
Response get_receipt(Registry& registry, const DeviceRow& device, std::string_view number, const Request& request, core::Instant now);

}  // namespace qabyl::sync::registry
