// A kiosk's queue that a person brings to the console on a stick (sync/courier.md): through the very ports that serve, threads included.
// Its records are taken as from the line, its answers fetched again; who may, what is told, and what each file that is none does.
#include "core/sys/files.h"
#include "sync/registry/courier_answers.h"
#include "sync/registry/service.h"
#include "tests/support/clocks.h"
#include "tests/sync/console_desk.h"
#include "tests/sync/story.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

const std::string paper = "%PDF-1.4 a paper that came by hand";

struct Counter {
  Counter() {
    clock.now.wall = desk.office.now;
    serve();
  }
  // The office is served from now on: everything goes through the storage thread.
  void serve() {
    commits.emplace(*desk.office.registry, clock);
    app.emplace(*desk.office.registry, *commits);
    desk.line = [this](const sync::Request& request) { return app->handle(request); };
  }
  sync::Response bring(const std::string& name, const std::string& bytes, const std::string& csrf) {
    auto head = plain_request("POST", "/courier");
    head.set("Content-Type", "multipart/form-data; boundary=----desk7MA4");
    head.set("Cookie", "__Host-qabyl-lang=" + desk.language + (desk.cookie.empty() ? "" : "; __Host-qabyl=" + desk.cookie));
    REQUIRE(app->streams(head));
    auto start = app->stream(head);
    if (!start.sink) return start.refusal;
    REQUIRE(start.sink->write(core::as_bytes(form_with_file("----desk7MA4", {{"csrf", csrf}}, {"bundle", name, bytes}))));
    return start.sink->finish(true);
  }
  sync::Response bring(const std::string& bytes) { return bring("qabyl-courier-AL-03.qcb", bytes, desk.csrf()); }
  // A filing with one document, as the kiosk would put it on a stick.
  core::SignedRecord filed(int n) {
    auto record = filing_of({paper + std::to_string(n)});
    record.id = record.case_id = id(n);
    auto made = desk.kiosk.next(std::move(record));
    desk.kiosk.kept(made);
    return made;
  }
  std::string bundle(const std::vector<core::SignedRecord>& records, sync::CourierWay way = sync::CourierWay::up) {
    std::vector<sync::CourierPart> parts;
    std::vector<std::string> batch;
    for (const auto& one : records) batch.push_back(one.jws);
    parts.push_back({"POST", "/v1/records", 0, {{"Content-Type", std::string(sync::json_media_type)}}, core::to_bytes(sync::encode_batch(batch))});
    for (const auto& one : records) {
      parts.push_back({"GET", "/v1/records/" + one.record.id, 0, {}, {}});
      const auto& ref = one.record.docs.front();
      parts.push_back({"POST", "/v1/uploads", 0, {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", std::to_string(ref.bytes)}, {"Upload-Metadata", sync::tus::to_metadata({one.record.id, 0})},
                                                  {"Content-Type", "application/offset+octet-stream"}}, core::to_bytes(documents.at(one.record.id))});
    }
    const auto& registry = *desk.office.registry;
    auto written = sync::write_courier({way, "AL-03", std::string(32, 'c'), {}, desk.office.now, {}}, parts, desk.kiosk.key, registry.keys.acceptance.verify_key, random);
    REQUIRE(written);
    return std::string(core::as_text(*written));
  }
  std::string one_filing() {
    const auto record = filed(next);
    documents[record.record.id] = paper + std::to_string(next++);
    return bundle({record});
  }
  std::string says(const char* text_id) {
    const auto language = *core::parse_language(desk.language);
    return reg::escaped(desk.office.registry->assets.texts.say(language, text_id));
  }

  Desk desk;
  tests::FakeClock clock;
  tests::FakeRandom random;
  std::map<core::Id, std::string> documents;
  int next = 700;
  std::optional<reg::GroupCommit> commits;
  std::optional<reg::ConsoleApp> app;
};

}  // namespace

TEST_CASE("console: a queue from a stick is taken as from the line, told of, written down, and its answers are fetched", "[sync][console][courier]") {
  Counter counter;
  auto& desk = counter.desk;
  desk.sign_in("clerk");
  const auto before = desk.office.count("SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'");
  const auto bundle = counter.one_filing();
  const auto taken = counter.bring(bundle);
  REQUIRE(taken.status == 200);
  CHECK(unbalanced(taken.body) == "");
  CHECK(taken.body.find(counter.says("console.courier.taken")) != std::string::npos);
  CHECK(taken.body.find("<dt>" + counter.says("console.courier.records") + "</dt><dd>1</dd>") != std::string::npos);
  CHECK(taken.body.find("<dt>" + counter.says("console.courier.documents") + "</dt><dd>1</dd>") != std::string::npos);
  CHECK(taken.body.find(counter.says("console.courier.refused")) == std::string::npos);
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE outcome = 'accepted' AND device = 'AL-03'") == 1);
  CHECK(desk.office.count("SELECT count(*) FROM log_leaves WHERE record NOT LIKE 'audit %'") == before + 1);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'courier.take' AND actor = 'AL-03' AND outcome = 'done'") == 1);
  const auto clerk = *desk.office.registry->database.text("SELECT id FROM officers WHERE login = 'clerk'");
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'courier.carry' AND outcome = 'done' AND object = '" + std::string(32, 'c') + "' AND actor = '" + clerk + "'") == 1);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'courier.carry' AND nonce IS NULL") == 0);  // and so a leaf

  const auto answers = desk.get("/courier_answers?device=AL-03");
  REQUIRE(answers.status == 200);
  CHECK(answers.header("Content-Disposition").find("qabyl-answers-AL-03-") != std::string_view::npos);
  REQUIRE(answers.file);
  const auto file = core::to_bytes(file_text(answers.file->path));
  CHECK(file.size() == answers.file->length);
  const auto sealed = sync::read_courier(file);
  REQUIRE(sealed);
  CHECK(sealed->slip.way == sync::CourierWay::down);
  CHECK(sealed->slip.bundle == std::string(32, 'c'));
  const auto parts = sync::open_courier(*sealed, desk.kiosk.key);
  REQUIRE(parts);
  CHECK(std::count_if(parts->begin(), parts->end(), [](const auto& part) { return part.path.starts_with("/v1/records/"); }) == 1);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'courier.answers' AND object = 'AL-03'") == 1);

  const auto again = counter.bring(bundle);  // harmless, and the newest answers alone stay
  CHECK(again.status == 200);
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 1);
  CHECK(reg::kept_answers(desk.office.folder())->size() == 1);
}

TEST_CASE("console: only who registers what comes in or keeps the kiosks takes a queue or fetches its answers", "[sync][console][courier]") {
  Counter counter;
  auto& desk = counter.desk;
  const auto bundle = counter.one_filing();
  CHECK(counter.bring("a.qcb", bundle, "").header("Location") == "/login");
  for (const char* login : {"inspector", "head", "auditor"}) {
    desk.sign_in(login);
    CHECK(desk.get("/courier").status == 403);
    CHECK(desk.get("/courier_answers?device=AL-03").status == 403);
    CHECK(counter.bring(bundle).status == 403);
    CHECK(desk.get("/kiosks").body.find("href=\"/courier\"") == std::string::npos);
  }
  desk.sign_in("clerk");
  CHECK(counter.bring("a.qcb", bundle, std::string(64, '0')).status == 403);  // another site's form
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 0);
  CHECK(desk.get("/courier_answers?device=AL-03").status == 404);  // there are none yet
  CHECK(desk.get("/courier_answers?device=..%2Fregistry").status == 404);
  CHECK(desk.get("/kiosks").body.find("href=\"/courier\"") != std::string::npos);
  desk.sign_in("admin");
  CHECK(counter.bring(bundle).status == 200);
}

TEST_CASE("console: a file that is no queue of this office says what it is, on a page in the person's language", "[sync][console][courier]") {
  Counter counter;
  auto& desk = counter.desk;
  desk.sign_in("clerk");
  const auto bundle = counter.one_filing();
  auto bent = bundle;
  bent[bent.size() / 2] = static_cast<char>(bent[bent.size() / 2] ^ 1);
  const auto strangers = *sync::write_courier({sync::CourierWay::up, "ZZ-99", std::string(32, '0'), {}, noon, {}}, {}, core::new_signing_key(counter.random), desk.office.registry->keys.acceptance.verify_key, counter.random);
  const std::pair<const char*, std::string> files[] = {{"console.why.courier.none", "%PDF-1.4 a paper"}, {"console.why.courier.none", std::string(sync::courier_first_line) + "nonsense"},
                                                       {"console.why.courier.damaged", bundle.substr(0, bundle.size() - 5)}, {"console.why.courier.damaged", bent},
                                                       {"console.why.courier.answers", counter.bundle({}, sync::CourierWay::down)}, {"console.why.courier.stranger", std::string(core::as_text(strangers))},
                                                       {"console.why.file.empty", ""}};
  for (const auto language : core::languages) {
    desk.language = core::to_text(language);
    for (const auto& [words, bytes] : files) {
      INFO(words << " " << desk.language);
      const auto page = counter.bring(bytes);
      CHECK(page.status == 409);
      CHECK(Desk::alert(page) == counter.says(words));
      CHECK(unbalanced(page.body) == "");
    }
    CHECK(Desk::alert(counter.bring("", "", desk.csrf())) == counter.says("console.why.courier.no_file"));
    const auto empty = desk.get("/courier");
    CHECK(empty.status == 200);
    CHECK(empty.body.find("«") == std::string::npos);
    Story::keep_to_look_at("courier-" + desk.language + ".html", empty.body);
  }
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03'") == 0);
  CHECK(desk.office.count("SELECT count(*) FROM audit WHERE action = 'courier.carry' AND outcome = 'courier.damaged'") == 6);
}

TEST_CASE("console: what a queue holds that the registry does not take is named with its reason, and the rest is taken", "[sync][console][courier]") {
  Counter counter;
  auto& desk = counter.desk;
  desk.sign_in("clerk");
  const auto first = counter.filed(700), second = counter.filed(701);
  counter.documents[first.record.id] = paper + "700";
  counter.documents[second.record.id] = paper + "another";  // not the document that the record names
  auto forged = second;
  auto& bent = forged.jws[forged.jws.size() - 10];  // of its signature
  bent = bent == 'A' ? 'B' : 'A';
  counter.documents[forged.record.id] = counter.documents[second.record.id];
  const auto page = counter.bring(counter.bundle({first, forged}));
  REQUIRE(page.status == 200);
  CHECK(page.body.find(counter.says("console.courier.refused")) != std::string::npos);
  CHECK(page.body.find("<code>signature</code>") != std::string::npos);
  CHECK(page.body.find(counter.says("refusal.signature")) != std::string::npos);
  CHECK(desk.office.count("SELECT count(*) FROM records WHERE device = 'AL-03' AND outcome = 'accepted'") == 1);
  for (const auto language : core::languages) {
    desk.language = core::to_text(language);
    const auto told = counter.bring(counter.bundle({first, forged})).body;
    CHECK(told.find("«console.") == std::string::npos);
    Story::keep_to_look_at("courier-taken-" + desk.language + ".html", told);
  }
}
