// The administrator gives a kiosk one bureau more or takes one away at the console: who may, what the kiosk hears by its next
// feed, two administrators at once, and that nothing signed before is lost (ARCHITECTURE, 5; RELIABILITY I6, O1-O3).
#include "core/bin_number.h"
#include "sync/registry/kiosk_bureaus.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr const char* bin = "040740001238";

struct Served {
  Story story;
  Desk& desk = story.desk;
  TestKiosk late{desk.office, desk.office.add_kiosk("AL-04"), 9};

  std::string page() { return desk.get("/kiosk?device=AL-04").body; }
  std::string seen() { return Desk::between(page(), "name=\"seen\" value=\"", "\""); }
  sync::Response change(const char* what, const std::string& seen, const char* bureau = bin, const char* device = "AL-04") {
    return desk.act("admin", std::string("/") + what, std::string("device=") + device + "&bureau=" + bureau + "&seen=" + seen);
  }
  std::string refusal(const char* what, const std::string& seen, const char* bureau = bin, const char* device = "AL-04") {
    const auto response = change(what, seen, bureau, device);
    CHECK(response.status == 409);
    return Desk::alert(response);
  }
  std::string why(const char* code) { return story.said("console.why." + std::string(code)); }
  std::vector<std::string> heard() {
    std::vector<std::string> kinds;
    for (const auto& item : story.bureau.feed(late)) {
      if (item.kind == "bureau" || item.kind == "paper" || item.kind == "bureau_gone" || (item.kind == "staff" && item.body.text("role") == "bureau")) kinds.push_back(item.kind);
    }
    return kinds;
  }
};

}  // namespace

TEST_CASE("an administrator gives a kiosk a bureau: its people and papers come by the next feed, the audit says who did it", "[sync][console][kiosks]") {
  Served at;
  at.desk.sign_in("admin");
  CHECK(at.heard().empty());
  CHECK(unbalanced(at.page()) == "");
  CHECK(at.desk.get("/kiosks").body.find("/kiosk?device=AL-04") != std::string::npos);
  CHECK(at.page().find("action=\"/bureau_release\"") == std::string::npos);  // there is none to take away
  const auto wrong = at.desk.post("/bureau_assign", std::string("device=AL-04&bureau=") + bin + "&seen=" + at.seen() + "&password=wrong");
  CHECK(Desk::alert(wrong) == at.why("officer.password"));
  CHECK(at.heard().empty());
  const auto done = at.change("bureau_assign", at.seen());
  CHECK(done.status == 303);
  CHECK(done.header("Location") == "/kiosk?device=AL-04");
  const auto heard = at.heard();
  CHECK(std::count(heard.begin(), heard.end(), "bureau") == 1);
  CHECK(std::count(heard.begin(), heard.end(), "staff") > 1);
  CHECK(std::count(heard.begin(), heard.end(), "paper") == 1);
  CHECK(at.page().find("«Алатау") != std::string::npos);
  CHECK(at.desk.office.count("SELECT count(*) FROM audit WHERE action = 'kiosk.bureau_assign' AND object = 'AL-04 040740001238' AND outcome = 'done' AND actor LIKE 'O-%'") == 1);
}

TEST_CASE("only an administrator changes the bureaus of a kiosk; others see them", "[sync][console][kiosks]") {
  Served at;
  for (const char* login : {"clerk", "head", "auditor"}) {
    at.desk.sign_in(login);
    CHECK(at.page().find("action=\"/bureau_assign\"") == std::string::npos);
    CHECK(at.desk.act(login, "/bureau_assign", std::string("device=AL-04&bureau=") + bin + "&seen=").status == 403);
  }
  CHECK(at.heard().empty());
  at.desk.sign_in("admin");
  CHECK(at.desk.get("/kiosk?device=AL-99").status == 404);
  CHECK(at.desk.get("/kiosk?device=registry").status == 404);
}

TEST_CASE("two administrators at one kiosk: the second is told that the list has changed; what cannot be is refused by its code", "[sync][console][kiosks]") {
  Served at;
  at.desk.sign_in("admin");
  const auto seen = at.seen();
  REQUIRE(at.change("bureau_assign", seen).status == 303);
  CHECK(at.refusal("bureau_assign", seen, "050240002170") == at.why("kiosk.changed"));
  CHECK(at.refusal("bureau_assign", at.seen()) == at.why("bureau.served"));
  CHECK(at.refusal("bureau_release", at.seen(), "050240002170") == at.why("bureau.not_served"));
  CHECK(at.refusal("bureau_release", at.seen(), "990140009996") == at.why("bureau.unknown"));
  CHECK(at.change("bureau_assign", "", bin, "AL-99").status == 404);
  REQUIRE(reg::revoke_kiosk(*at.desk.office.registry, "AL-04", at.desk.office.now));
  CHECK(at.refusal("bureau_release", at.seen().empty() ? seen : at.seen()) == at.why("kiosk.revoked"));
  CHECK(at.page().find("action=\"/bureau_release\"") == std::string::npos);
}

TEST_CASE("a bureau taken from a kiosk: it hears so, gets no paper more, and what was signed there before still counts", "[sync][console][kiosks]") {
  Served at;
  at.desk.sign_in("admin");
  const auto before = Desk::between(at.desk.get("/kiosk?device=AL-03").body, "name=\"seen\" value=\"", "\"");
  auto mark = at.story.bureau.mark(++at.story.n, 0, at.story.id, core::Id(at.desk.secrets.text("notice")), at.story.bureau.meta(), 1);  // signed, not yet sent
  const auto paper = at.story.paper(core::kind::notice_send);
  REQUIRE(at.change("bureau_release", before, bin, "AL-03").status == 303);
  CHECK(at.story.bureau.newest("bureau_gone").body.text("bin") == bin);
  CHECK(at.desk.office.ask(at.desk.kiosk.request("GET", "/v1/documents/" + paper.text("sealed_sha256"))).status == 404);
  CHECK(at.story.bureau.send(mark) == "accepted");
  CHECK(at.desk.state(at.story.id) == "notice_copy_returned");
  const auto papers = [&] {
    const auto items = at.story.bureau.feed(at.desk.kiosk);
    return std::count_if(items.begin(), items.end(), [](const auto& item) { return item.kind == "paper"; });
  };
  const auto until_now = papers();
  REQUIRE(at.story.act("clerk", "file", "unit=a&place=b") == "");
  at.story.on("2026-11-30");
  REQUIRE(at.story.act("inspector", "start", "date=2026-11-30") == "");
  REQUIRE(at.story.act("inspector", "request", "items=access%20logs&due=2026-12-04") == "");
  CHECK(papers() == until_now);
  at.desk.sign_in("admin");
  const auto now = Desk::between(at.desk.get("/kiosk?device=AL-03").body, "name=\"seen\" value=\"", "\"");
  REQUIRE(at.change("bureau_assign", now, bin, "AL-03").status == 303);
  CHECK(papers() == until_now + 2);  // the notice, whose letter is due, and the request
}

TEST_CASE("of many bureaus the one that is meant is found by name or BIN, as people write them, and assigned", "[sync][console][kiosks]") {
  Served at;
  std::string last;
  int made = 0;
  for (int number = 1000; made < 261; ++number) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      last = "0601400" + std::to_string(number) + digit;
      if (core::check_bin(last) == core::BinProblem::none) break;
    }
    if (core::check_bin(last) != core::BinProblem::none) continue;  // that number is never given out
    const std::string name = made < 260 ? "«Үлгі " + std::to_string(made) + "» кредиттік бюросы" : std::string("«Қарағанды» кредиттік бюросы");
    REQUIRE(reg::add_bureau(*at.desk.office.registry, {last, name, "Алматы", "Басшы", true}, at.desk.office.now));
    ++made;
  }
  at.desk.sign_in("admin");
  const auto offered = [&](const std::string& find) {
    const auto body = at.desk.get("/kiosk?device=AL-04" + (find.empty() ? find : "&find=" + reg::percent_encoded(find))).body;
    CHECK(unbalanced(body) == "");
    std::vector<std::string> bins;
    const auto form = Desk::between(body, "action=\"/bureau_assign\"", "</form>");
    for (std::size_t found = form.find("<option value=\""); found != std::string::npos; found = form.find("<option value=\"", found + 1)) bins.push_back(form.substr(found + 15, 12));
    return bins;
  };
  CHECK(offered("").size() == reg::bureaus_offered_max);
  CHECK(at.page().find("name=\"find\"") != std::string::npos);
  CHECK(offered("караганды") == std::vector<std::string>{last});     // with a Russian keyboard
  CHECK(offered("Қарағандының бюросы") == std::vector<std::string>{last});
  CHECK(offered(core::format_bin(last)) == std::vector<std::string>{last});
  CHECK(offered("улги 25").size() == 11);                             // 25, 250 ... 259
  CHECK(offered("ешқандай").empty());
  CHECK(at.change("bureau_assign", at.seen(), last.c_str()).status == 303);
  CHECK(offered("караганды").empty());
  CHECK(at.change("bureau_release", at.seen(), last.c_str()).status == 303);
}
