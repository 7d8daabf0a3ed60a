// Hard gate: a filing costs at most n + 2 flushes, n being the files that it stores (PERFORMANCE.md,
// goal 2). How: the real storage desk and store; every fsync and fdatasync of this program is counted.
#include <cstdio>

#include "core/sys/files.h"
#include "tests/bench/parts/counter.h"
#include "tests/bench/parts/flush_count.h"
#include "tests/support/catch.h"
#include "tests/support/rig.h"

using namespace qabyl;
using namespace qabyl::kiosk;

namespace {

constexpr const char* pin = "314159";

// A visitor up to the moment of signing; `draft` holds what was added.
struct Visitor {
  explicit Visitor(bench::Counter& at) : counter(at), draft(at.draft()) {
    draft.id = counter.answer<reply::DraftSaved>(effect::CreateDraft{draft, pin}).id;
  }
  void save() { counter.answer<reply::DraftSaved>(effect::SaveDraft{draft}); }
  void add(int n) {
    auto file = counter.keep(bench::some_bytes(70'000, counter.random()), draft.id, std::to_string(n) + ".pdf");
    if (draft.items.empty()) draft.items.push_back({"LD2", {}});
    draft.items.front().files.push_back(std::move(file));
  }
  core::DraftFile make_form() {
    return counter.answer<reply::FormReady>(effect::MakeForm{draft, core::Language::kk}).form;
  }
  ReceiptView hand_in(const core::DraftFile& form) {
    return counter.answer<reply::Filed>(effect::FileApplication{draft, form, counter.signature(form.ref.sha256), core::Language::kk}).receipt;
  }
  bench::Counter& counter;
  core::ApplicationDraft draft;
};

}  // namespace

TEST_CASE("the counter of flushes sees SQLite's and our own", "[bench][flushes]") {
  rig::TemporaryFolder folder("flushes");
  const auto counter = bench::Counter::fresh(folder.path() + "/store");
  const auto before = bench::flushes();
  const auto files_before = core::sys::flush_count();
  REQUIRE(counter->store().keep_setting("probe", "1"));
  CHECK(bench::flushes() > before);                       // a COMMIT: SQLite's
  CHECK(core::sys::flush_count() == files_before);
  const auto middle = bench::flushes();
  REQUIRE(core::sys::write_file_durably(folder.path() + "/x", core::as_bytes("x")));
  CHECK(bench::flushes() - middle == core::sys::flush_count() - files_before);
}

TEST_CASE("filing with n stored files costs at most n + 2 flushes, from the first file to the number on the screen", "[bench][flushes]") {
  rig::TemporaryFolder folder("flushes");
  const auto counter = bench::Counter::fresh(folder.path() + "/store");
  const auto filed_with = [&](int files, bool form_before) {
    Visitor visitor(*counter);
    auto form = form_before ? std::optional(visitor.make_form()) : std::nullopt;
    visitor.save();
    const auto before = bench::flushes();
    for (int i = 0; i < files; ++i) visitor.add(i);
    if (!form) form = visitor.make_form();
    CHECK_FALSE(visitor.hand_in(*form).number.empty());
    return bench::flushes() - before;
  };
  // The form is a stored file like any other; without it nothing can be filed, so for n = 0 it came before.
  for (const int n : {0, 1, 3}) {
    const auto flushes = filed_with(n == 0 ? 0 : n - 1, n == 0);
    std::printf("flushes of a filing with %d stored files: %llu (must: <= %d)\n", n, static_cast<unsigned long long>(flushes), n + 2);
    CHECK(flushes <= static_cast<std::uint64_t>(n) + 2);
  }
}

TEST_CASE("many filings in a row keep to their flushes: no checkpoint runs while a person waits", "[bench][flushes]") {
  constexpr int filings = 60;
  rig::TemporaryFolder folder("flushes");
  const auto counter = bench::Counter::fresh(folder.path() + "/store");
  const auto owner = core::new_id(counter->clock().read().wall, counter->random());
  const auto form = counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
  counter->file(counter->application(counter->store().head(), form));
  const auto before = bench::flushes();
  for (int i = 0; i < filings; ++i) counter->file(counter->application(counter->store().head(), form));
  const double each = static_cast<double>(bench::flushes() - before) / filings;
  std::printf("flushes of a filing without documents, mean of %d: %.3f (must: <= 1.05)\n", filings, each);
  CHECK(each <= 1.05);
}

TEST_CASE("a hundred verdicts cost one flush", "[bench][flushes]") {
  constexpr int records = 100;
  rig::TemporaryFolder folder("flushes");
  const auto counter = bench::Counter::fresh(folder.path() + "/store");
  const auto owner = core::new_id(counter->clock().read().wall, counter->random());
  const auto form = counter->keep(core::as_bytes("%PDF-1.4 form"), owner, "application.pdf");
  std::vector<core::SignedVerdict> verdicts;
  for (int i = 0; i < records; ++i) {
    const auto record = counter->application(counter->store().head(), form);
    counter->file(record);
    core::Verdict verdict;
    verdict.id = record.record.id;
    verdict.digest = record.digest;
    verdict.outcome = core::Outcome::accepted;
    verdict.at = record.record.at.utc;
    verdicts.push_back({verdict, "verdict-of-" + verdict.id});
  }
  CHECK(counter->waiting() == records);
  const auto before = bench::flushes();
  REQUIRE(counter->store().keep_verdicts(verdicts));
  std::printf("flushes of 100 verdicts: %llu (must: <= 1)\n", static_cast<unsigned long long>(bench::flushes() - before));
  CHECK(bench::flushes() - before <= 1);
  CHECK(counter->waiting() == 0);
}

TEST_CASE("an autosave costs one flush, and one more after a file was added", "[bench][flushes]") {
  rig::TemporaryFolder folder("flushes");
  const auto counter = bench::Counter::fresh(folder.path() + "/store");
  Visitor visitor(*counter);
  visitor.save();
  const auto plain = [&] {
    const auto before = bench::flushes();
    visitor.draft.address += ".";
    visitor.save();
    return bench::flushes() - before;
  };
  const auto alone = plain();
  visitor.add(1);
  const auto after_file = plain();
  std::printf("flushes of an autosave: %llu; after a file was added: %llu\n", static_cast<unsigned long long>(alone),
              static_cast<unsigned long long>(after_file));
  CHECK(alone == 1);
  CHECK(after_file <= 2);  // the folder that the file was renamed into, and the commit
}
