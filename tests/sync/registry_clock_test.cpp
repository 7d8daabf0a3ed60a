// The registry's own clock jumps (RELIABILITY I11 b, 4.11; found by tests/power/clock_test with the real programs): what it signs
// meanwhile a kiosk can believe, then and for ever, or it signs nothing.
#include "sync/registry/feed_out.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;
using namespace std::chrono_literals;

namespace {

struct Wrong {
  Story story;
  Desk& desk = story.desk;
  TestOffice& office = desk.office;
  core::SignedRecord sent;

  sync::Response file(int n) {
    auto made = filing_of({"form"});
    made.id = made.case_id = id(n);
    sent = desk.kiosk.next(std::move(made));
    REQUIRE(office.registry->keep_document(core::as_bytes("form"), office.now));
    return desk.kiosk.put(sent);
  }
  core::Verdict verdict_on(const core::SignedRecord& record) { return desk.kiosk.verdict(desk.kiosk.put(record), record); }
};

}  // namespace

TEST_CASE("a registry whose clock has gone back twenty years signs with the time that its log holds", "[sync][clock][I11]") {
  Wrong at;
  const auto first = at.desk.kiosk.verdict(at.file(901), at.sent);
  const auto right = at.office.now;
  at.office.now -= 20 * 365 * 24h;
  const auto back = at.desk.kiosk.verdict(at.file(902), at.sent);  // believed by the keys of its time
  const auto kept = at.sent;
  CHECK(back.at >= first.at);
  CHECK(back.at <= right);
  CHECK(at.office.count("SELECT count(*) FROM records WHERE taken_at < (SELECT taken_at FROM records WHERE id = '" + id(901) + "') AND id = '" + id(902) + "'") == 0);
  REQUIRE(reg::feed_device(*at.office.registry, "AL-03", "profile", core::Json::Object{}, at.office.now));
  const auto item = at.office.registry->store.feed("AL-03", *at.office.registry->store.newest_index("AL-03") - 1, 1);
  REQUIRE((item && item->size() == 1));
  CHECK(sync::open_feed_item(item->front().jws, at.desk.kiosk.keys, "AL-03"));
  at.office.now = right + 1h;
  CHECK(at.verdict_on(kept).at == back.at);
  CHECK(at.desk.kiosk.verdict(at.file(903), at.sent).at >= back.at);
}

TEST_CASE("a registry whose clock is beyond its keys stores nothing, and goes on when it is right", "[sync][clock][I11]") {
  Wrong at;
  REQUIRE(at.file(901).status == 200);
  const auto right = at.office.now;
  const auto leaves = at.office.count("SELECT count(*) FROM log_leaves");
  at.office.now += 21 * 366 * 24h;
  const auto refused = at.file(902);
  CHECK(refused.status == 503);
  CHECK(code_of(refused) == "clock");
  CHECK(at.office.count("SELECT count(*) FROM log_leaves") == leaves);
  CHECK(at.office.count("SELECT count(*) FROM records WHERE id = '" + id(902) + "'") == 0);
  at.office.now = right + 1h;
  CHECK(at.file(902).status == 200);
}
