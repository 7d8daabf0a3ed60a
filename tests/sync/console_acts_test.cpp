// An inspection through the console alone: a draft of eleven particulars, handed in, sent back, signed by the head,
// registered with the Committee, its notice sent in two copies and copy 2 filed (paragraphs 7, 8, 10). What is refused
// says why, keeps what was typed, and leaves nothing behind.
#include "core/encoding.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

constexpr const char* esil = "050240002170";

std::string officer_id(Desk& desk, std::string_view login) {
  return *desk.office.registry->database.text("SELECT id FROM officers WHERE login = '" + std::string(login) + "'");
}

// Every field of a whole form, as a browser sends it.
std::map<std::string, std::string> whole(Desk& desk) {
  return {{"head", officer_id(desk, "inspector")}, {"member", officer_id(desk, "unit")}, {"kind", "thematic"}, {"subject", "consents of subjects"},
          {"start", "2026-12-01"}, {"end", "2027-02-26"}, {"ground", "plan, item 14"}, {"from", "2025-07-01"}, {"to", "2026-06-30"},
          {"past", ""}, {"past_confirmed", "1"}, {"powers", "Ibraev D. M., article 227"}};
}

struct Draft {
  Desk& desk;
  std::string at;        // /assignment/<id>
  static Draft begin(Desk& desk, const std::string& login = "inspector") {
    desk.sign_in(login);
    const auto made = desk.post("/assignments", std::string("bin=") + esil);
    REQUIRE(made.status == 303);
    return {desk, std::string(made.header("Location"))};
  }
  std::string version() { return Desk::between(desk.get(at).body, "name=\"version\" value=\"", "\""); }
  sync::Response send(const std::string& what, const std::map<std::string, std::string>& fields, const std::string& asked_version = {}) {
    std::string body = "version=" + (asked_version.empty() ? version() : asked_version);
    for (const auto& [name, value] : fields) body += "&" + name + "=" + reg::percent_encoded(value);
    return desk.post(at + "/" + what, body);
  }
  core::Id signed_case() {
    send("send", whole(desk));
    desk.sign_in("head");
    const auto done = desk.act("head", at + "/sign", "version=" + version());
    INFO(Desk::alert(done));
    REQUIRE(done.status == 303);
    return core::Id(std::string(done.header("Location")).substr(6));
  }
};

std::int64_t journal(Desk& desk) { return desk.office.count("SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM facts WHERE name LIKE '%journal%'"); }

}  // namespace

TEST_CASE("console: an inspection begins with a draft and goes by the head, the Committee and two copies to the file", "[sync][console][par7][par8][par10]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  CHECK(desk.get(draft.at).body.find("Есіл кредиттік бюросы") != std::string::npos);
  CHECK(draft.send("send", whole(desk)).header("Location") == "/assignments");
  desk.sign_in("head");
  CHECK(desk.get("/assignments").body.find(draft.at) != std::string::npos);
  const auto paper = desk.get(draft.at).body;
  for (const char* said : {"consents of subjects", "plan, item 14", "Ibraev D. M., article 227", "2026 жылғы 1 желтоқсан"}) CHECK(paper.find(said) != std::string::npos);
  const auto done = desk.act("head", draft.at + "/sign", "version=" + draft.version());
  REQUIRE(done.status == 303);
  const core::Id id(std::string(done.header("Location")).substr(6));
  CHECK(desk.state(id) == "assignment_signed");
  CHECK(desk.get(draft.at).status == 404);  // a draft no more
  const auto history = reg::case_history(*desk.office.registry, id);
  REQUIRE(history);
  CHECK(history->front().body.member("signer").text("position") == "first_head");
  CHECK(history->front().body.text("profile") == "kz-2004-249");

  desk.sign_in("clerk");
  CHECK(desk.act("clerk", "/case/" + id + "/committee", "number=26-118&date=2026-11-23&office=Almaty").status == 303);
  CHECK(desk.state(id) == "assignment_registered");
  CHECK(desk.act("clerk", "/case/" + id + "/notice", "documents_kk=a%0D%0Ab&documents_ru=c%0D%0Ad").status == 303);
  CHECK(desk.state(id) == "notice_sent");
  const auto page = desk.get("/case/" + id).body;
  const auto notice = Desk::between(page, "/copy?notice=", "&amp;");
  for (const char* copy : {"&copy=1", "&copy=2"}) CHECK(desk.get("/copy?notice=" + notice + copy).body.substr(0, 5) == "%PDF-");
  CHECK(desk.office.count("SELECT count(*) FROM papers WHERE case_id = '" + id + "'") == 1);
}

TEST_CASE("console: each particular that is missing or absurd is marked in its place, and what was typed stays", "[sync][console][par8]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  CHECK(desk.get(draft.at).body.find("class=\"why\"") == std::string::npos);  // a new form accuses nobody
  struct Fault { const char* field; const char* value; const char* code; };
  for (const auto& fault : {Fault{"head", "", "particular.3"}, Fault{"kind", "", "particular.5"}, Fault{"subject", " ", "particular.6"}, Fault{"end", "2026-11-30", "particular.7"},
                            Fault{"end", "2027-03-02", "particular.7.too_long"}, Fault{"start", "2026-02-30", "particular.7"}, Fault{"ground", "", "particular.8"},
                            Fault{"to", "2025-06-30", "particular.9"}, Fault{"past_confirmed", "", "particular.10"}, Fault{"powers", "", "particular.11"}}) {
    auto fields = whole(desk);
    fields[fault.field] = fault.value;
    fields["ground"] = fault.field == std::string("ground") ? "" : "kept <b>text</b>";
    const auto refused = draft.send("send", fields);
    INFO(fault.field << " = " << fault.value);
    CHECK(refused.status == 409);
    const auto said = desk.office.registry->assets.texts.say(core::Language::kk, std::string("reason.") + fault.code);
    CHECK(Desk::between(refused.body, "class=\"why\">", "</p>") == reg::escaped(said));
    if (fault.field != std::string("ground")) CHECK(refused.body.find("kept &lt;b&gt;text&lt;/b&gt;</textarea>") != std::string::npos);
  }
  CHECK(desk.office.count("SELECT count(*) FROM assignment_drafts WHERE for_signing = 1") == 0);
}

TEST_CASE("console: two people on one draft: the second is told, sees the own text again and overwrites nothing", "[sync][console]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  const auto first = draft.version();
  auto fields = whole(desk);
  fields["subject"] = "the first one's";
  CHECK(draft.send("save", fields, first).status == 303);
  desk.sign_in("unit");
  fields["subject"] = "the second one's";
  const auto late = draft.send("save", fields, first);
  CHECK(late.status == 409);
  CHECK(Desk::alert(late) == reg::escaped(desk.office.registry->assets.texts.say(core::Language::kk, "console.why.draft.changed")));
  CHECK(late.body.find("the second one&#39;s</textarea>") != std::string::npos);
  CHECK(desk.get(draft.at).body.find("the first one&#39;s</textarea>") != std::string::npos);
}

TEST_CASE("console: only the head or a deputy signs, not what has changed, not with another's password, and may send it back", "[sync][console][par7]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  draft.send("send", whole(desk));
  for (const char* login : {"clerk", "unit", "inspector", "auditor", "admin"}) {
    desk.sign_in(login);
    CHECK(desk.get(draft.at).body.find(draft.at + "/sign") == std::string::npos);
    CHECK(desk.act(login, draft.at + "/sign", "version=3").status >= 403);
  }
  desk.sign_in("deputy");
  CHECK(desk.act("head", draft.at + "/sign", "version=3").status == 409);    // the head's password
  CHECK(desk.act("deputy", draft.at + "/sign", "version=2").status == 409);  // not the version that was shown
  CHECK(desk.post(draft.at + "/back", "version=3&remark=").status == 409);
  CHECK(desk.office.count("SELECT count(*) FROM cases WHERE state = 'assignment_signed'") == 0);
  CHECK(desk.post(draft.at + "/back", "version=3&remark=subject%20is%20vague").status == 303);
  desk.sign_in("inspector");
  CHECK(desk.get(draft.at).body.find("subject is vague") != std::string::npos);
  auto fields = whole(desk);
  fields["subject"] = "consents of subjects, 2025";
  CHECK(draft.send("send", fields).status == 303);
  desk.sign_in("deputy");
  const auto done = desk.act("deputy", draft.at + "/sign", "version=" + draft.version());
  REQUIRE(done.status == 303);
  const auto history = reg::case_history(*desk.office.registry, std::string(done.header("Location")).substr(6));
  REQUIRE(history);
  CHECK(history->front().body.member("signer").text("position") == "deputy");
}

TEST_CASE("console: an inspector sees the own drafts alone; a discarded draft is gone", "[sync][console]") {
  Desk desk;
  auto draft = Draft::begin(desk, "unit");
  desk.sign_in("inspector");
  CHECK(desk.get(draft.at).status == 404);
  CHECK(desk.get("/assignments").body.find(draft.at) == std::string::npos);
  CHECK(draft.send("save", whole(desk), "1").status >= 400);
  desk.sign_in("unit");
  CHECK(draft.send("discard", {}).status == 303);
  CHECK(desk.get(draft.at).status == 404);
  CHECK(desk.post("/assignments", "bin=000000000000").status == 409);
}

TEST_CASE("console: a refused act keeps what was typed, says its reason and paragraph, and uses up no number", "[sync][console][par7][par10]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  const auto id = draft.signed_case();
  const auto numbers = journal(desk), documents = desk.office.count("SELECT count(*) FROM documents");
  desk.sign_in("clerk");
  const auto& texts = desk.office.registry->assets.texts;
  const auto early = desk.act("clerk", "/case/" + id + "/committee", "number=26-118&date=2026-11-01&office=%22Almaty%22");
  CHECK(early.status == 409);
  CHECK(Desk::alert(early) == reg::escaped(texts.say(core::Language::kk, "reason.committee.before_assignment")));
  CHECK(early.body.find("value=\"&quot;Almaty&quot;\"") != std::string::npos);
  CHECK(early.body.find(desk.password("clerk")) == std::string::npos);
  CHECK(Desk::alert(desk.act("clerk", "/case/" + id + "/notice", "documents_kk=a&documents_ru=b")) == reg::escaped(texts.say(core::Language::kk, "reason.notice.before_registration")));
  CHECK(desk.act("clerk", "/case/" + id + "/committee", "number=26-118&date=2026-11-23&office=Almaty").status == 303);
  struct Lists { std::string kk, ru, code; };
  for (const auto& lists : {Lists{"a%0Ab", "a", "console.why.documents.differ"}, Lists{std::string(301, 'a'), "a", "console.why.documents.long"}, Lists{"a%E2%80%AEb", "a", "reason.name.hidden_characters"}}) {
    const auto refused = desk.act("clerk", "/case/" + id + "/notice", "documents_kk=" + lists.kk + "&documents_ru=" + lists.ru);
    CHECK(refused.status == 409);
    CHECK(Desk::alert(refused) == reg::escaped(texts.say(core::Language::kk, lists.code)));
  }
  CHECK(desk.post("/case/" + id + "/notice", "documents_kk=%FF&documents_ru=a&password=" + desk.password("clerk")).status == 400);
  CHECK(journal(desk) == numbers);
  CHECK(desk.office.count("SELECT count(*) FROM documents") == documents);
  CHECK(desk.state(id) == "assignment_registered");
}

TEST_CASE("console: an act that the judge refuses half-way leaves no trace, not even a journal number", "[sync][console]") {
  Desk desk;
  auto draft = Draft::begin(desk);
  draft.send("send", whole(desk));
  REQUIRE(desk.office.registry->database.run("UPDATE assignment_drafts SET body = '{}'"));  // as if the rules had changed since
  desk.sign_in("head");
  const auto numbers = journal(desk), audited = desk.office.count("SELECT count(*) FROM audit");
  REQUIRE(numbers > 0);
  const auto refused = desk.act("head", draft.at + "/sign", "version=" + draft.version());
  CHECK(refused.status == 409);
  CHECK(Desk::alert(refused) == reg::escaped(desk.office.registry->assets.texts.say(core::Language::kk, "reason.particular.3")));
  CHECK(journal(desk) == numbers);
  CHECK(desk.office.count("SELECT count(*) FROM audit") == audited);
  CHECK(desk.office.count("SELECT count(*) FROM assignment_drafts WHERE for_signing = 1") == 1);
  CHECK(desk.post(draft.at + "/sign", "version=3&password=wrong").status == 409);  // but a wrong password stays counted
  CHECK(desk.office.count("SELECT failures FROM officers WHERE login = 'head'") == 1);
}

TEST_CASE("console: a record that does not count stands at its kiosk with reason, member and what can be done, in three languages", "[sync][console][kiosks]") {
  Desk desk;
  desk.sign_in("head");
  CHECK(desk.get("/kiosk?device=AL-03").body.find("nothing.known") == std::string::npos);
  auto odd = record("nothing.known", 1, id(900), core::Json::Object{{"x", 1}}, desk.kiosk.device);  // no case, so no other page has it
  odd.actor.role = "applicant";
  const auto poison = desk.kiosk.next(std::move(odd));
  REQUIRE(desk.kiosk.verdict(desk.kiosk.put(poison), poison).outcome == core::Outcome::quarantined);
  auto unsigned_one = filing_of({"form"});
  unsigned_one.id = unsigned_one.case_id = id(901);
  unsigned_one.body["signature"]["strokes"] = core::Json::Array{};
  const auto second = desk.kiosk.next(std::move(unsigned_one));
  REQUIRE(desk.kiosk.verdict(desk.kiosk.put(second), second).outcome == core::Outcome::quarantined);
  for (const auto language : core::languages) {
    desk.language = core::to_text(language);
    const auto page = desk.get("/kiosk?device=AL-03").body;
    Story::keep_to_look_at("kiosk-held-" + desk.language + ".html", page);
    CHECK(unbalanced(page) == "");
    CHECK(page.find("«console.") == std::string::npos);  // how an unknown text would show
    CHECK(page.find("«reason.") == std::string::npos);
    CHECK(page.find("nothing.known") != std::string::npos);
    for (const char* text_id : {"console.held.h", "console.held.hint", "repair.assignment", "repair.sign", "held.word.none"}) {
      CHECK(page.find(reg::escaped(desk.office.registry->assets.texts.say(language, text_id))) != std::string::npos);
    }
  }
  CHECK(desk.post("/held", "device=AL-03&word=told&record=" + poison.record.id).status == 403);  // the head signs, and does not answer telephones
  desk.sign_in("clerk");
  CHECK(desk.post("/held", "device=AL-03&word=gone&record=" + poison.record.id).status == 409);
  CHECK(desk.post("/held", "device=AL-03&word=told&record=" + id(999)).status == 409);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'record.word'") == 0);
  REQUIRE(desk.post("/held", "device=AL-03&word=told&record=" + poison.record.id).status == 303);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'record.word' AND outcome = 'told' AND object = '" + poison.record.id + "'") == 1);
  const auto feed = *sync::decode_feed_page(desk.office.ask(desk.kiosk.request("GET", "/v1/feed?after=0.0&limit=100")).body);
  const auto told = sync::open_feed_item(feed.items.back(), desk.kiosk.keys, "AL-03");
  REQUIRE(told);
  CHECK(told->kind == sync::feed_kind::case_state);
  CHECK(told->body.text("record") == poison.record.id);
  CHECK(told->body.text("word") == "told");
  for (const auto language : core::languages) {
    desk.language = core::to_text(language);
    const auto page = desk.get("/kiosk?device=AL-03").body;
    Story::keep_to_look_at("kiosk-told-" + desk.language + ".html", page);
    CHECK(unbalanced(page) == "");
    CHECK(page.find(reg::escaped(desk.office.registry->assets.texts.say(language, "held.word.told"))) != std::string::npos);
  }
}
