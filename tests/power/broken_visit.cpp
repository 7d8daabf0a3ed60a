// See broken_visit.h.
#include "tests/power/broken_visit.h"

namespace qabyl::power {
namespace {

constexpr std::size_t outbox_records = 8, outbox_bytes = 1'000'000;
constexpr int words_waited_for_max = 3;

std::string judge(Counter& counter, const Told& told) {
  if (told.checking) return "with everything in order again nobody says whether it was filed";
  if (told.record.empty()) return "";
  const auto found = counter.rig.store().find_record(told.record);
  if (!found) return "with everything in order again the record cannot be read: " + found.error().detail;
  if (found->has_value() == told.receipt.has_value()) return "";
  return told.receipt ? "a receipt was shown and there is no record" : "it was said that nothing was filed, and there is a record";
}

}  // namespace

Shop::Shop() {
  Counter counter(path(), 1);
  QABYL_CHECK(counter.open().has_value());
  first = counter.visit(0);
  QABYL_CHECK(first.receipt.has_value());
  said = word_of(first, counter.rig.store()) + "\n";
}

int play(const Shop& shop, const std::string& folder, const Breakage& breakage, const Line& line) {
  Counter counter(folder, 2);
  const auto wrong = [&](const std::string& why) { return line.say("wrong " + why), 1; };
  breakage.begins();
  const auto opened = counter.open();
  Told told;
  if (opened) {
    told = counter.visit(1);
    if (!told.checking) (void)counter.rig.store().pending(outbox_records, outbox_bytes);  // the uplink's look: a checkpoint
    if (told.checking) counter.wait_for_word(told);
  }
  breakage.ends();
  const auto said = !opened ? "closed" : told.checking ? "checking" : told.receipt ? "filed" : "refused";
  if (!opened && !counter.open()) return wrong("the store does not open with everything in order again");
  for (int n = 0; told.checking && n < words_waited_for_max; ++n) counter.wait_for_word(told);
  if (const auto why = judge(counter, told); !why.empty()) return wrong(why);
  counter.wait_for_word(told);
  if (counter.intake_stopped()) return wrong("with everything in order again nobody may come in");
  const auto next = counter.visit(2);
  if (!next.receipt) return wrong("the next visitor could not file");
  if (const auto why = counter.compare({shop.first, told, next}); !why.empty()) return wrong(why);
  line.say(said);
  return 0;
}

}  // namespace qabyl::power
