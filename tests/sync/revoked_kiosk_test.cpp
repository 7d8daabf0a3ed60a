// A stolen kiosk (RELIABILITY I14, 4.7 row 13, 4.9): the administrator stops it at the console while it is connected; what it sends
// then is refused and kept for an officer, what it filed before stands. And the registry's clock going back (I11 b, 4.11).
#include "core/encoding.h"
#include "sync/registry/revoked_kiosk.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

struct Stolen {
  Story story;
  Desk& desk = story.desk;
  TestKiosk other{desk.office, desk.office.add_kiosk("AL-04"), 9};

  std::string page(const char* login) {
    desk.sign_in(login);
    return desk.get("/kiosk?device=AL-03").body;
  }
  sync::Response revoke(const char* login, const char* device = "AL-03") { return desk.act(login, "/kiosk_revoke", std::string("device=") + device); }
  sync::Response file(TestKiosk& kiosk, int n) {
    sent = kiosk.next(filing(n));
    return kiosk.put(*sent);
  }
  static core::Record filing(int n) {
    auto made = filing_of({"form"});
    made.id = made.case_id = id(n);
    return made;
  }
  std::optional<core::SignedRecord> sent;
};

}  // namespace

TEST_CASE("a kiosk stopped at the console files nothing more; what it sends is kept once, with its digest, for an officer", "[sync][console][revoked]") {
  Stolen at;
  auto& office = at.desk.office;
  REQUIRE(at.file(at.desk.kiosk, 901).status == 200);
  const auto before = *office.registry->database.text("SELECT verdict FROM records WHERE id = '" + id(901) + "'");
  CHECK(at.page("clerk").find("/kiosk_revoke") == std::string::npos);
  CHECK(at.revoke("clerk").status == 403);
  CHECK(at.page("admin").find("action=\"/kiosk_revoke\"") != std::string::npos);
  CHECK(at.desk.post("/kiosk_revoke", "device=AL-03&password=wrong").status == 409);
  CHECK(office.count("SELECT count(*) FROM devices WHERE state = 'revoked'") == 0);
  REQUIRE(at.revoke("admin").status == 303);
  CHECK(office.count("SELECT count(*) FROM audit WHERE action = 'kiosk.revoke' AND object = 'AL-03' AND actor LIKE 'O-%'") == 1);

  const auto records = office.count("SELECT count(*) FROM records");
  const auto refused = at.file(at.desk.kiosk, 902);
  CHECK(refused.status == 403);
  CHECK(code_of(refused) == "revoked");
  const auto stray = core::to_hex(core::sha256(core::as_bytes(at.sent->jws)));
  for (int again = 0; again < 300; ++again) CHECK(at.desk.kiosk.put(*at.sent).status == 403);  // it does not know, and tries again
  CHECK(at.file(at.desk.kiosk, 903).status == 403);
  CHECK(office.count("SELECT count(*) FROM strays WHERE device = 'AL-03'") == 2);
  CHECK(office.count("SELECT count(*) FROM records") == records);
  CHECK(*office.registry->database.text("SELECT verdict FROM records WHERE id = '" + id(901) + "'") == before);
  for (const char* login : {"clerk", "admin"}) {
    const auto body = at.page(login);
    CHECK(unbalanced(body) == "");
    CHECK(body.find(stray) != std::string::npos);
    CHECK(body.find("/kiosk_revoke") == std::string::npos);
  }
  CHECK(Desk::alert(at.revoke("admin")) == at.story.said("console.why.kiosk.revoked"));
  CHECK(at.revoke("admin", "AL-99").status == 404);
  CHECK(at.file(at.other, 904).status == 200);  // another kiosk goes on
}

TEST_CASE("a registry whose clock goes back says so on its first page until the clock has come up to the log again", "[sync][console][clock]") {
  Stolen at;
  const auto alarm = at.story.said("console.log.clock_back");
  const auto says = [&] {
    at.desk.sign_in("unit");
    return at.desk.get("/").body.find(alarm) != std::string::npos;
  };
  REQUIRE(at.file(at.desk.kiosk, 901).status == 200);
  CHECK_FALSE(says());
  at.desk.office.now -= std::chrono::hours(5);
  CHECK(says());
  REQUIRE(at.file(at.desk.kiosk, 902).status == 200);  // and goes on taking
  CHECK(says());
  at.desk.office.now += std::chrono::hours(6);
  CHECK_FALSE(says());
}
