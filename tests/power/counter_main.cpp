// A kiosk without screen and threads for the kill loop: qabyl-power-kiosk DATA FILINGS MS. On the data folder of an enrolled kiosk
// it files through the production desk and store and syncs through the production uplink over TLS; it prints a line a receipt
// ("filed <id> <digest>", after the desk said so) and a line a verdict that it kept ("accepted <id> <digest of the verdict>"),
// and ends when nothing waits or after MS milliseconds. For tests only.
#include <cstdio>
#include <cstdlib>
#include <set>

#include "core/encoding.h"
#include "tests/bench/parts/counter.h"

using namespace qabyl;

namespace {

constexpr core::Millis slice{120};
constexpr std::size_t form_bytes = 20'000, document_bytes = 60'000;

void say(const std::string& word, const core::Id& id, const core::Digest& digest) {
  std::printf("%s %s %s\n", word.c_str(), id.c_str(), core::to_hex(digest).c_str());
  std::fflush(stdout);
}

void file(bench::Counter& counter, std::set<core::Id>& open) {
  auto draft = counter.draft();
  draft.id = core::new_id(counter.clock().read().wall, counter.random());
  const auto form = counter.keep(bench::some_bytes(form_bytes, counter.random()), draft.id, "application.pdf");
  draft.items.push_back({"LD2", {counter.keep(bench::some_bytes(document_bytes, counter.random()), draft.id, "a.pdf")}});
  (void)counter.answer<kiosk::reply::Filed>(kiosk::effect::FileApplication{draft, form, counter.signature(form.ref.sha256), core::Language::kk});
  say("filed", draft.id, (*counter.store().find_record(draft.id))->record.digest);
  open.insert(draft.id);
}

// One slice of syncing, whether or not the registry answered the last one.
void look_for_verdicts(bench::Counter& counter, std::set<core::Id>& open) {
  counter.uplink().try_now();
  counter.sync([&] { return counter.waiting() == 0; }, slice);
  std::erase_if(open, [&](const core::Id& id) {
    const auto stored = *counter.store().find_record(id);
    if (stored->state != core::SendState::accepted) return false;
    say("accepted", id, core::sha256(core::as_bytes(stored->verdict_jws)));
    return true;
  });
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return std::fprintf(stderr, "qabyl-power-kiosk DATA FILINGS MS\n"), 2;
  const auto counter = bench::Counter::enrolled(words[1]);
  const auto until = counter->clock().read().steady + core::Millis{std::atol(words[3])};
  std::set<core::Id> open;
  for (int n = 0; n < std::atoi(words[2]); ++n) {
    file(*counter, open);
    if (counter->clock().read().steady < until) look_for_verdicts(*counter, open);
  }
  while (counter->waiting() > 0 && counter->clock().read().steady < until) look_for_verdicts(*counter, open);
  return 0;
}
