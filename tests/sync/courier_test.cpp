// The courier (sync/courier.md): a bundle up is taken as if it had come over the line, its answers are believed as if they had, and what can
// happen to a stick on its way - lost, repeated, late, of another, altered, halved, overtaken by the line - harms nothing.
#include "core/receipt_number.h"
#include "core/store/kiosk_store.h"
#include "sync/client/uplink.h"
#include "sync/registry/assignments.h"
#include "sync/registry/courier.h"
#include "sync/registry/office_keys.h"
#include "tests/sync/linked_kiosk.h"
#include "tests/sync/store_dump.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Road {
  TestOffice office;
  core::Json secrets = office.fill();
  LinkedKiosk kiosk{office, office.enrolment};

  core::Bytes take(const core::Bytes& bundle) {
    auto taken = reg::take_courier(*office.registry, bundle, office.now);
    if (!taken) FAIL(taken.error().detail);
    last = *taken;
    return taken->file;
  }
  reg::CourierResult last;
};

const std::string paper = "%PDF-1.4 a paper of the tests ";

}  // namespace

TEST_CASE("courier: what waits goes up with its documents, and comes back accepted, with the feed and the papers", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  const auto first = kiosk.shelf.file(kiosk.hand, 1, {paper + "1", paper + std::string(300'000, 'x')});
  const auto second = kiosk.shelf.file(kiosk.hand, 2, {paper + "2"});
  const auto up = kiosk.write();
  CHECK(core::as_text(up).find("a paper of the tests") == std::string_view::npos);  // sealed
  CHECK(core::as_text(up).find(first) == std::string_view::npos);
  const auto down = road.take(up);
  CHECK(road.last.records == 2);
  CHECK(road.last.documents == 3);
  CHECK(road.last.refused.empty());
  CHECK(road.office.count("SELECT count(*) FROM records WHERE outcome = 'accepted' AND device = 'AL-03'") == 2);
  CHECK(kiosk.state(first) == "queued");  // until the answers are here
  const auto taken = kiosk.read(down);
  REQUIRE(taken);
  CHECK(taken->settled == 2);
  CHECK(taken->pages >= 1);
  CHECK(taken->papers == 1);
  for (const auto& id : {first, second}) {
    CHECK(kiosk.state(id) == "accepted");
    CHECK(kiosk.shelf.verdicts.at(id) == (*road.office.registry->store.record(id))->verdict);
  }
  CHECK_FALSE(kiosk.log.newest.empty());        // the checkpoint, held and judged by the proofs that came
  CHECK(kiosk.log.unchecked.empty());
  CHECK(kiosk.log.forks.empty());
  CHECK_FALSE(kiosk.uplink.link().online);      // a stick is no line
  CHECK(kiosk.uplink.link().alarm.empty());
  CHECK(road.office.count("SELECT count(*) FROM audit WHERE action = 'courier.take' AND actor = 'AL-03'") == 1);
}

TEST_CASE("courier: the leaves and verdicts are those that the line would have brought", "[sync][courier]") {
  struct Came {
    std::vector<std::string> records, verdict_words;
    std::uint64_t leaves;
    std::string cursor;
    std::vector<core::Json> feed;
    bool operator==(const Came&) const = default;
  };
  const auto comes = [](bool by_hand) {
    Road road;  // one at a time: they share a folder
    const auto id = road.kiosk.shelf.file(road.kiosk.hand, 1, {paper + "1"});
    if (by_hand) REQUIRE(road.kiosk.read(road.take(road.kiosk.write())));
    else road.kiosk.connect();
    return Came{column_of(road.office.registry->database, "SELECT hex(digest) || outcome || q FROM records WHERE device = 'AL-03'"),
                {road.kiosk.state(id)}, road.office.registry->log.size(), road.kiosk.shelf.cursor, road.kiosk.shelf.feed};
  };
  CHECK(comes(true) == comes(false));
}

TEST_CASE("courier: a bundle that is lost, and one that comes twice, change nothing", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  const auto id = kiosk.shelf.file(kiosk.hand, 1, {paper + "1"});
  const auto lost = kiosk.write();           // never arrives
  const auto up = kiosk.write();
  const auto lost_answers = road.take(up);   // and these never come back
  const auto before = store_dump(*road.office.registry);
  const auto down = road.take(up);           // so the same stick is handed in again
  CHECK(store_dump(*road.office.registry) == before);
  CHECK(road.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 1);
  REQUIRE(kiosk.read(down));
  CHECK(kiosk.state(id) == "accepted");
  const auto cursor = kiosk.shelf.cursor;
  const auto items = kiosk.shelf.feed.size();
  for (const auto& again : {down, lost_answers}) {  // read twice, and an older one after it
    const auto taken = kiosk.read(again);
    REQUIRE(taken);
    CHECK(taken->settled == 0);
    CHECK(taken->pages == 0);
    CHECK(taken->papers == 0);
  }
  CHECK(kiosk.shelf.cursor == cursor);
  CHECK(kiosk.shelf.feed.size() == items);
  (void)road.take(lost);                     // the lost one turns up a month later
  CHECK(store_dump(*road.office.registry) == before);
}

TEST_CASE("courier: another device's bundle, and one by nobody, are refused whole", "[sync][courier]") {
  Road road;
  LinkedKiosk other(road.office, road.office.add_kiosk("AS-01"), 9);
  road.kiosk.shelf.file(road.kiosk.hand, 1, {paper + "1"});
  const auto down = road.take(road.kiosk.write());
  const auto wrong = other.read(down);
  CHECK_FALSE(wrong);
  CHECK(other.shelf.feed.empty());
  const auto up = other.write();
  CHECK(road.kiosk.read(up).error().code != core::ErrorCode::storage);  // on its way up, and not sealed to a kiosk
  CHECK(reg::take_courier(*road.office.registry, down, road.office.now).error().code == core::ErrorCode::wrong_state);
  tests::FakeRandom random;
  const auto& office = *road.office.registry;
  const auto strangers = *sync::write_courier({sync::CourierWay::up, "ZZ-99", std::string(32, '0'), {}, noon, {}}, {}, core::new_signing_key(random), office.keys.acceptance.verify_key, random);
  CHECK(reg::take_courier(*road.office.registry, strangers, road.office.now).error().code == core::ErrorCode::forbidden);
  const auto forged = *sync::write_courier({sync::CourierWay::up, "AL-03", std::string(32, '0'), {}, noon, {}}, {}, core::new_signing_key(random), office.keys.acceptance.verify_key, random);
  CHECK(reg::take_courier(*road.office.registry, forged, road.office.now).error().code == core::ErrorCode::corrupt);
  const auto false_answers = *sync::write_courier({sync::CourierWay::down, "AL-03", std::string(32, '0'), {}, noon, {}}, {}, core::new_signing_key(random), road.kiosk.hand.key.verify_key, random);
  CHECK(road.kiosk.read(false_answers).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("courier: a bundle that was altered at any place, or is not whole, is refused and nothing of it is taken", "[sync][courier]") {
  Road road;
  const auto id = road.kiosk.shelf.file(road.kiosk.hand, 1, {paper + std::string(100'000, 'x')});
  const auto up = road.kiosk.write();
  const auto before = store_dump(*road.office.registry);
  const auto places = [](const core::Bytes& file) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < file.size(); at += file.size() / 40 + 1) found.push_back(at);
    found.push_back(file.size() - 1);
    return found;
  };
  for (const auto at : places(up)) {
    INFO("byte " << at);
    auto bent = up;
    bent[at] ^= 1;
    CHECK_FALSE(reg::take_courier(*road.office.registry, bent, road.office.now));
    CHECK_FALSE(reg::take_courier(*road.office.registry, core::ByteView(up).first(at), road.office.now));
  }
  CHECK(store_dump(*road.office.registry) == before);
  const auto down = road.take(up);
  for (const auto at : places(down)) {
    INFO("byte " << at);
    auto bent = down;
    bent[at] ^= 1;
    CHECK_FALSE(road.kiosk.read(bent));
    CHECK_FALSE(road.kiosk.read(core::Bytes(down.begin(), down.begin() + static_cast<std::ptrdiff_t>(at))));
  }
  CHECK(road.kiosk.state(id) == "queued");
  CHECK(road.kiosk.shelf.cursor == "0.0");
  REQUIRE(road.kiosk.read(down));
  CHECK(road.kiosk.state(id) == "accepted");
}

TEST_CASE("courier: the line comes back while the stick is on its way", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  const auto first = kiosk.shelf.file(kiosk.hand, 1, {paper + "1"});
  const auto up = kiosk.write();
  const auto second = kiosk.shelf.file(kiosk.hand, 2, {paper + "2"});
  kiosk.connect();  // overtakes it
  CHECK(kiosk.state(first) == "accepted");
  CHECK(kiosk.state(second) == "accepted");
  REQUIRE(road.office.registry->log_files.publish(road.office.registry->log));  // as it is once a second while it serves
  const auto before = store_dump(*road.office.registry);
  const auto down = road.take(up);
  CHECK(store_dump(*road.office.registry) == before);
  const auto third = kiosk.shelf.file(kiosk.hand, 3, {paper + "3"});
  const auto verdicts = kiosk.shelf.verdicts;
  REQUIRE(kiosk.read(down));
  CHECK(kiosk.shelf.verdicts == verdicts);
  CHECK(kiosk.state(third) == "queued");
  CHECK(kiosk.uplink.link().alarm.empty());
  kiosk.connect();
  CHECK(kiosk.state(third) == "accepted");
  CHECK(road.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 3);
}

TEST_CASE("courier: half by the line, half by the stick: an upload goes on where it stood", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  const auto id = kiosk.shelf.file(kiosk.hand, 1, {paper + std::string(3 * sync::upload_chunk_bytes, 'x')});
  kiosk.line.up = true;
  kiosk.uplink.work_arrived();
  for (int i = 0; i < 12 && road.office.count("SELECT coalesce(sum(have), 0) FROM uploads") == 0; ++i) kiosk.uplink.tick();
  kiosk.rest();
  REQUIRE(road.office.count("SELECT coalesce(sum(have), 0) FROM uploads") > 0);
  kiosk.line.up = false;
  REQUIRE(kiosk.read(road.take(kiosk.write())));
  CHECK(kiosk.state(id) == "accepted");
}

TEST_CASE("courier: a poison record is quarantined by hand too, and holds up nothing behind it", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  auto odd = record("nothing.known", 1, id(500), core::Json::Object{{"x", 1}}, kiosk.hand.device);
  odd.actor.role = "applicant";
  const auto poison = kiosk.shelf.put(kiosk.hand, kiosk.hand.next(std::move(odd)));
  const auto good = kiosk.shelf.file(kiosk.hand, 2, {paper + "2"});
  REQUIRE(kiosk.read(road.take(kiosk.write())));
  CHECK(kiosk.state(poison) == "quarantined");
  CHECK(kiosk.state(good) == "accepted");
}

TEST_CASE("courier: what a revoked kiosk sends by hand is kept for an officer, and is no filing", "[sync][courier]") {
  Road road;
  const auto id = road.kiosk.shelf.file(road.kiosk.hand, 1, {paper + "1"});
  const auto up = road.kiosk.write();
  REQUIRE(reg::revoke_kiosk(*road.office.registry, "AL-03", road.office.now));
  const auto down = road.take(up);
  CHECK(road.last.refused.front() == "revoked");
  CHECK(road.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 0);
  CHECK(road.office.count("SELECT count(*) FROM strays WHERE device = 'AL-03'") == 1);
  REQUIRE(road.kiosk.read(down));
  CHECK(road.kiosk.state(id) == "queued");  // nothing is lost, and nothing is told as accepted
}

TEST_CASE("courier: after a rotation of keys the answers bring the new list, and the next bundle goes through", "[sync][courier]") {
  Road road;
  auto& kiosk = road.kiosk;
  const auto id = kiosk.shelf.file(kiosk.hand, 1, {paper + "1"});
  const auto up = kiosk.write();
  road.office.registry.reset();
  road.office.now += std::chrono::hours(1);
  REQUIRE(reg::rotate_keys(road.office.folder(), {true, true, false}, road.office.now, road.office.random));
  road.office.reopen();
  kiosk.clock.now.wall = road.office.now;
  const auto keys_only = road.take(up);
  CHECK(road.last.refused == std::vector<std::string>{"keys"});
  REQUIRE(kiosk.read(keys_only));
  CHECK(kiosk.state(id) == "queued");
  REQUIRE(kiosk.read(road.take(kiosk.write())));
  CHECK(kiosk.state(id) == "accepted");
}

namespace {

// A kiosk on its real store, started anew whenever a test likes.
struct StoredKiosk {
  explicit StoredKiosk(Road& at) : road(at), folder((std::filesystem::temp_directory_path() / ("qabyl-courier-test-" + std::to_string(getpid()))).string()) {
    std::filesystem::remove_all(folder);
    start();
  }
  ~StoredKiosk() {
    uplink.reset();
    store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  void start() {
    uplink.reset();
    store.reset();
    core::KioskStoreOptions options;
    options.folder = folder;
    options.device = road.kiosk.hand.device;
    options.storage_key = storage_key;
    options.pin_cost = core::argon2_minimum;
    options.reserve_bytes = 1;
    options.clock = &road.kiosk.clock;
    options.random = &road.kiosk.random;
    auto opened = core::KioskStore::open(std::move(options));
    if (!opened) FAIL(opened.error().detail);
    store = *std::move(opened);
    auto& kiosk = road.kiosk;
    uplink.emplace(sync::UplinkParts{*store, *store, *store, kiosk.line, kiosk.clock, kiosk.random, kiosk.hand.answer.root_key, kiosk.hand.device, kiosk.hand.key,
                                     [this] { return sync::to_text(sync::JournalMark{store->head().q, store->head().digest}); }},
                   kiosk.hand.keys);
  }
  core::Id file(int n, const std::vector<std::string>& texts) {
    auto& hand = road.kiosk.hand;
    auto made = filing_of(texts);
    made.id = made.case_id = id(n);
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 2, n));
    const auto filed = hand.next(std::move(made));
    for (const auto& text : texts) REQUIRE(store->keep_document(core::as_bytes(text), filed.record.id, "a.pdf", "application/pdf"));
    const core::ReceiptEntry receipt{core::receipt_number(hand.device, 2026, store->head().counter + 1), core::new_check_code(road.kiosk.random), "QBL1:TEST", {}};
    REQUIRE(store->append(filed, receipt, {}));
    hand.kept(filed);
    return filed.record.id;
  }
  core::StoredRecord record_of(const core::Id& id) {
    const auto found = store->find_record(id);
    REQUIRE((found && *found));
    return **found;
  }

  Road& road;
  std::string folder;
  core::SealKey storage_key = core::random_seal_key(road.kiosk.random);
  std::unique_ptr<core::KioskStore> store;
  std::optional<sync::Uplink> uplink;
};

}  // namespace

TEST_CASE("courier: a kiosk's own store sends and receives by hand, started anew in between", "[sync][courier]") {
  Road road;
  StoredKiosk kiosk(road);
  const auto first = kiosk.file(1, {paper + "1", paper + std::string(200'000, 'x')});
  const auto second = kiosk.file(2, {paper + "2"});
  const auto up = kiosk.uplink->write_courier();
  REQUIRE(up);
  CHECK(kiosk.record_of(first).state == core::SendState::queued);
  kiosk.start();
  const auto down = road.take(up->file);
  CHECK(road.last.records == 2);
  CHECK(road.last.documents == 3);
  REQUIRE(kiosk.uplink->take_courier(down));
  kiosk.start();
  for (const auto& id : {first, second}) {
    CHECK(kiosk.record_of(id).state == core::SendState::accepted);
    CHECK(kiosk.record_of(id).verdict_jws == (*road.office.registry->store.record(id))->verdict);
  }
  CHECK(kiosk.store->wanted(10)->empty());
  CHECK(kiosk.store->unchecked_checkpoints(10)->empty());
  CHECK_FALSE(kiosk.store->newest_checkpoint()->empty());
  const auto cursor = *kiosk.store->feed_cursor();
  CHECK(cursor != "0.0");
  const auto again = kiosk.uplink->take_courier(down);
  REQUIRE(again);
  CHECK(again->settled + again->pages + again->papers == 0);
  CHECK(*kiosk.store->feed_cursor() == cursor);
}
