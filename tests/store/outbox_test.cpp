// The outbox, verdicts, the operator's view and the clock's memory.
#include "core/encoding.h"
#include "tests/store/store_rig.h"
#include "tests/support/catch.h"

using namespace qabyl;
using core::ErrorCode;
using core::Outcome;
using core::SendState;
using tests::code_of;

namespace {

core::SignedRecord file_with_documents(tests::StoreRig& rig, std::size_t count) {
  const auto id = rig.new_id();
  std::vector<core::DocumentRef> documents;
  for (std::size_t n = 0; n < count; ++n) {
    documents.push_back(*rig.store().keep_document(tests::some_bytes(1000, static_cast<std::uint8_t>(n)), id, "a.pdf", "application/pdf"));
  }
  const auto record = rig.next_record(id, documents);
  QABYL_CHECK(rig.store().append(record, rig.next_receipt(), {}).has_value());
  return record;
}

SendState state_of(tests::StoreRig& rig, const core::SignedRecord& record) { return (*rig.store().find_record(record.record.id))->state; }

}  // namespace

TEST_CASE("records wait in order of q, and a batch keeps to its limits but never stays empty", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  std::vector<core::SignedRecord> filed;
  for (const auto* text : {"a", "b", "c", "d"}) filed.push_back(rig.file(text));
  REQUIRE(rig.open());
  const auto all = rig.store().pending(100, 1'000'000);
  REQUIRE(all->size() == 4);
  for (std::size_t n = 0; n < 4; ++n) {
    CHECK((*all)[n].q == static_cast<std::int64_t>(n) + 1);
    CHECK((*all)[n].jws == filed[n].jws);
    CHECK((*all)[n].digest == filed[n].digest);
  }
  CHECK(rig.store().pending(2, 1'000'000)->size() == 2);
  CHECK(rig.store().pending(100, 2 * filed[0].jws.size() + 10)->size() == 2);
  CHECK(rig.store().pending(100, 1)->size() == 1);
}

TEST_CASE("records wait in order of q, whatever the device's clock said", "[store][outbox][I11]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first = rig.file("a");
  rig.clock.now.wall -= std::chrono::hours(24 * 365);
  const auto second = rig.file("b");
  rig.clock.now.wall += std::chrono::hours(24 * 365 * 20);
  const auto third = rig.file("c");
  const auto all = rig.store().pending(100, 1'000'000);
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].id == first.record.id);
  CHECK((*all)[1].id == second.record.id);
  CHECK((*all)[2].id == third.record.id);
}

TEST_CASE("a record that the registry has not heard of goes before any number that only wait for pages", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first = rig.file("a"), second = rig.file("b"), third = rig.file("c");
  REQUIRE(rig.store().keep_verdict(rig.verdict(first, Outcome::received), "jws 1"));
  REQUIRE(rig.store().keep_verdict(rig.verdict(second, Outcome::received), "jws 2"));
  const auto next = rig.store().pending(2, 1'000'000);
  REQUIRE(next->size() == 2);
  CHECK((*next)[0].id == third.record.id);
  CHECK((*next)[1].id == first.record.id);
  CHECK((*next)[0].jws == third.jws);
  CHECK((*next)[1].jws.empty());  // it is not sent again: not unsealed either
}

TEST_CASE("uploads are remembered over restarts until the registry has every document", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = file_with_documents(rig, 3);
  REQUIRE(rig.store().keep_upload(record.record.id, 1, "/v1/uploads/abc"));
  REQUIRE(rig.store().keep_document_sent(record.record.id, 0));
  CHECK(code_of(rig.store().keep_upload(record.record.id, 3, "/x")) == ErrorCode::not_found);
  CHECK(code_of(rig.store().keep_document_sent(rig.new_id(), 0)) == ErrorCode::not_found);
  REQUIRE(rig.open());
  auto docs = rig.store().pending(1, 1)->front().docs;
  REQUIRE(docs.size() == 3);
  CHECK(docs[0].sent);
  CHECK(docs[1].upload == "/v1/uploads/abc");
  CHECK_FALSE(docs[1].sent);
  CHECK(docs[2].sha256 == record.record.docs[2].sha256);
  // The registry says that it waits for 2 only; then that it lost 0 after all, and it goes again.
  REQUIRE(rig.store().keep_verdict(rig.verdict(record, Outcome::received, {2}), "jws"));
  REQUIRE(rig.store().keep_upload(record.record.id, 0, ""));
  docs = rig.store().pending(1, 1)->front().docs;
  CHECK_FALSE(docs[0].sent);
  CHECK(docs[1].sent);
  CHECK_FALSE(docs[2].sent);
}

TEST_CASE("received means sent, a final verdict ends the waiting, and the first final word stands", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = rig.file("a");
  const auto other = rig.file("b");
  REQUIRE(rig.store().keep_verdict(rig.verdict(record, Outcome::received), "jws 1"));
  CHECK(state_of(rig, record) == SendState::sent);
  CHECK(rig.store().pending(10, 1'000'000)->size() == 2);
  auto accepted = rig.verdict(record, Outcome::accepted);
  accepted.number = "17-5/0001";
  REQUIRE(rig.store().keep_verdict(accepted, "jws 2"));
  CHECK(state_of(rig, record) == SendState::accepted);
  CHECK(rig.store().keep_verdict(accepted, "jws 2"));
  CHECK(rig.store().keep_verdict(rig.verdict(record, Outcome::quarantined), "jws 3"));
  CHECK(rig.store().keep_verdict(rig.verdict(record, Outcome::received), "jws 4"));
  REQUIRE(rig.open());
  const auto stored = *rig.store().find_record(record.record.id);
  CHECK(stored->state == SendState::accepted);
  REQUIRE(stored->verdict);
  CHECK(stored->verdict->number == "17-5/0001");
  CHECK(stored->verdict->outcome == Outcome::accepted);
  REQUIRE(rig.store().pending(10, 1'000'000)->size() == 1);
  CHECK(rig.store().pending(10, 1'000'000)->front().id == other.record.id);
}

TEST_CASE("what the registry took once is found again behind any q, with its final word, up to the first that still waits", "[store][outbox][mirror]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  std::vector<core::SignedRecord> filed;
  for (const auto* text : {"a", "b", "c", "d"}) filed.push_back(rig.file(text));
  REQUIRE(rig.store().keep_verdict(rig.verdict(filed[0], Outcome::accepted), "word on a"));
  REQUIRE(rig.store().keep_verdict(rig.verdict(filed[1], Outcome::received), "received b"));
  REQUIRE(rig.store().keep_verdict(rig.verdict(filed[2], Outcome::quarantined), "word on c"));
  REQUIRE(rig.open());
  const auto all = *rig.store().taken_after(0, 100, 1'000'000);
  REQUIRE(all.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(all[i].item.jws == filed[i].jws);
  CHECK(all[0].verdict == "word on a");
  CHECK(all[1].verdict.empty());
  CHECK(all[2].verdict == "word on c");
  CHECK(rig.store().taken_after(1, 1, 1'000'000)->front().item.id == filed[1].record.id);
  CHECK(rig.store().taken_after(0, 100, 1)->size() == 1);
  CHECK(rig.store().taken_after(3, 100, 1'000'000)->empty());
}

TEST_CASE("a verdict on other bytes or on no record of ours changes nothing", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = rig.file("a");
  auto wrong = rig.verdict(record, Outcome::accepted);
  wrong.digest[0] ^= 1;
  CHECK(code_of(rig.store().keep_verdict(wrong, "jws")) == ErrorCode::conflict);
  wrong.id = rig.new_id();
  CHECK(code_of(rig.store().keep_verdict(wrong, "jws")) == ErrorCode::not_found);
  CHECK(state_of(rig, record) == SendState::queued);
}

TEST_CASE("the case number that the office gives later shows on the receipt", "[store][outbox]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto record = rig.file("a");
  REQUIRE(rig.store().keep_verdict(rig.verdict(record, Outcome::accepted), "jws"));
  const core::Json body = core::Json::Object{{"record", record.record.id}, {"case", record.record.id}, {"number", "17-5/0042"}, {"state", "registered"}};
  REQUIRE(rig.store().keep_feed({core::Json::Object{{"kind", "case_state"}, {"body", body}, {"epoch", 1}, {"index", 1}, {"at_ms", 5}}}, "1.1"));
  CHECK((*rig.store().find_record(record.record.id))->verdict->number == "17-5/0042");
}

TEST_CASE("the operator sees counts, ages, sizes and reasons", "[store][operator]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first_at = rig.clock.now.wall;
  const auto first = file_with_documents(rig, 2);
  rig.clock.pass(core::Millis{60'000});
  const auto second = rig.file("b"), third = rig.file("c"), fourth = rig.file("d");
  REQUIRE(rig.store().keep_verdict(rig.verdict(second, Outcome::accepted), "jws"));
  auto held = rig.verdict(third, Outcome::quarantined);
  held.reason = "name.hidden_characters";
  held.field = "organisation";
  REQUIRE(rig.store().keep_verdict(held, "jws"));
  REQUIRE(rig.store().keep_verdict(rig.verdict(first, Outcome::received, {0, 1}), "jws"));
  REQUIRE(rig.store().keep_document_sent(first.record.id, 0));

  const auto counts = rig.store().counts();
  REQUIRE(counts);
  CHECK(counts->queued == 1);
  CHECK(counts->sent == 1);
  CHECK(counts->quarantined == 1);
  CHECK(counts->oldest_waiting == first_at);
  CHECK(counts->waiting_bytes == first.jws.size() + fourth.jws.size() + 1000);
  CHECK(counts->total_bytes >= counts->free_bytes);
  const auto lines = rig.store().queue(3);
  REQUIRE(lines->size() == 3);
  CHECK(lines->front().q == 4);
  CHECK(lines->front().number.starts_with("AL03-26-000004"));
  const auto quarantined = rig.store().quarantined(10);
  REQUIRE(quarantined->size() == 1);
  CHECK(quarantined->front().reason == "name.hidden_characters");
  CHECK(quarantined->front().field == "organisation");
  CHECK(quarantined->front().decided_at == held.at);
  CHECK(quarantined->front().office_word.empty());
  const core::Json word = core::Json::Object{{"record", third.record.id}, {"word", "told"}, {"word_ms", 1'234'567}};
  REQUIRE(rig.store().keep_feed({core::Json::Object{{"kind", "case_state"}, {"body", word}, {"epoch", 1}, {"index", 1}, {"at_ms", 5}}}, "1.1"));
  CHECK(rig.store().quarantined(10)->front().office_word == "told");
  CHECK(rig.store().quarantined(10)->front().office_at == core::Instant{core::Millis{1'234'567}});
  CHECK(rig.store().queue(10)->back().bytes == first.jws.size() + 2000);
  CHECK_FALSE(rig.store().queue(10)->back().decided_at);  // received is no last word
  CHECK((*rig.store().next_queued())->id == fourth.record.id);
}

TEST_CASE("the operator sees which record counts instead of a superseded one, where it is of this kiosk", "[store][operator]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  const auto first = rig.file("a"), second = rig.file("b"), third = rig.file("c");
  REQUIRE(rig.store().keep_verdict(rig.verdict(first, Outcome::accepted), "jws"));
  auto word = rig.verdict(second, Outcome::superseded);
  word.reason = "mark.already";
  word.by = first.record.id;
  REQUIRE(rig.store().keep_verdict(word, "jws"));
  auto other = rig.verdict(third, Outcome::superseded);
  other.by = std::string(31, '0') + "7";
  REQUIRE(rig.store().keep_verdict(other, "jws"));
  const auto lines = rig.store().superseded(10);
  REQUIRE(lines->size() == 2);
  CHECK(lines->front().first.empty());  // made elsewhere
  CHECK(lines->back().first == rig.store().queue(10)->back().number);
  CHECK(lines->back().reason == "mark.already");
  CHECK(lines->back().decided_at == word.at);
  CHECK(rig.store().quarantined(10)->empty());
  CHECK_FALSE(*rig.store().next_queued());
}

TEST_CASE("below the reserve is said before a visitor starts", "[store][operator]") {
  tests::StoreRig rig;
  auto options = rig.options();
  options.reserve_bytes = 1;
  CHECK_FALSE((*core::KioskStore::open(options))->below_reserve());
  options.reserve_bytes = ~std::uint64_t{0};
  CHECK((*core::KioskStore::open(options))->below_reserve());
}

TEST_CASE("the clock's memory keeps the newest reading, and the registry's word starts it anew", "[store][clock]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  CHECK_FALSE(rig.store().clock_memory().last);
  rig.file("a");
  const auto high = rig.clock.now;
  rig.clock.now.wall -= core::Millis{24LL * 3600 * 1000};
  rig.file("b");  // a clock that was set back turns nobody away
  CHECK(rig.store().clock_memory().last->wall == high.wall);
  REQUIRE(rig.open());
  CHECK(rig.store().clock_memory().last->wall == high.wall);
  CHECK(rig.store().clock_memory().last->boot == high.boot);
  const core::TimeSync sync{rig.clock.now.wall + core::Millis{30}, 12, rig.clock.now};
  REQUIRE(rig.store().keep_time(sync));
  REQUIRE(rig.open());
  const auto memory = rig.store().clock_memory();
  REQUIRE(memory.sync);
  CHECK(memory.sync->registry == sync.registry);
  CHECK(memory.sync->half_round_trip_ms == 12);
  CHECK(memory.sync->at.steady == sync.at.steady);
  CHECK(memory.last->wall == rig.clock.now.wall);
}

TEST_CASE("settings are kept, and the store's own cannot be overwritten from outside", "[store][operator]") {
  tests::StoreRig rig;
  REQUIRE(rig.open());
  REQUIRE(rig.store().keep_setting("volume", "3"));
  REQUIRE(rig.store().keep_setting("volume", "4"));
  REQUIRE(rig.open());
  CHECK(**rig.store().setting("volume") == "4");
  CHECK_FALSE(*rig.store().setting("nothing"));
  CHECK(code_of(rig.store().keep_setting("store.feed_cursor", "9.9")) == ErrorCode::invalid_input);
  CHECK(*rig.store().feed_cursor() == "0.0");
}
