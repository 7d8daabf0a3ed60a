// The whole life of a licence, day by day on a fake clock, through the console's forms and a kiosk's signed records alone
// (paragraphs 1-6, 29, 30; Articles 10-13): every act by whom it behoves, every refusal on the way, every paper read.
#include "core/counter_receipt.h"
#include "tests/sync/licence_desk.h"

using namespace qabyl;
using namespace qabyl::test;

TEST_CASE("a licence is issued on a granted application only, once, with the fee paid, and has no end", "[sync][console][story][licence][par2][par4][par5]") {
  LicenceDesk office;
  const auto application = office.file_issue();
  CHECK(office.act("head", application, "licence_issue") == office.said("reason.licence.not_granted"));
  office.examine(application, "2026-11-24");
  CHECK(office.act("head", application, "grant") == office.said("reason.application.fee_unpaid"));
  CHECK_FALSE(office.offers("head", application, "licence_issue"));
  REQUIRE(office.act("clerk", application, "fee", "amount_tenge=43250&document=7") == "");
  REQUIRE(office.act("head", application, "grant") == "");
  for (const char* other : {"clerk", "inspector", "unit", "deputy"}) {  // the profile: the first head signs
    INFO(other);
    CHECK(office.act(other, application, "licence_issue") == office.said("console.why.officer.role"));
  }
  REQUIRE(office.offers("head", application, "licence_issue"));
  REQUIRE(office.act("head", application, "licence_issue") == "");
  CHECK(office.state(application) == "form_issued");
  CHECK_FALSE(office.offers("head", application, "licence_issue"));
  CHECK(office.act("head", application, "licence_issue") == office.said("reason.licence.application_used"));

  const auto id = office.licence_of(application);
  CHECK(office.state(id) == "active");
  CHECK(holds(office.page("clerk", application), "/case/" + id));
  const auto licence = office.licence(id);
  CHECK(licence.holder_bin == holder_bin);
  CHECK(licence.number == "КБ-0001");
  const auto form = office.paper_text(id, core::kind::licence_issue);
  for (const char* part : {"№ КБ-0001", "Бланк № 0000001", "«Үлгі» кредиттік бюросы ЖШС", "0407 4000 1238", "мерзімсіз", "бессрочно", "2026 жылғы 24 қараша", "Сәрсенбаева Айгүл Мақсатқызы"}) {
    INFO(part);
    CHECK(holds(form, part));
  }
  const auto another = office.file_issue();
  office.grant(another, "2026-11-25");
  CHECK(office.act("head", another, "licence_issue") == office.said("reason.licence.holder_has_one"));
}

TEST_CASE("a form is signed for at the kiosk that filed, re-issued when data change, replaced when lost; the old one is void", "[sync][console][story][licence][par2][par5][par6]") {
  LicenceDesk office;
  const auto id = office.issue("2026-11-24");
  const auto first = office.licence(id).forms[0].paper.paper;
  CHECK(office.deliver(id, digest("another paper")) == "quarantined: receipt.other_paper");
  CHECK(office.deliver(id, first) == "accepted");
  CHECK(office.deliver(id, first) == "quarantined: licence.delivered");

  office.on("2027-02-01");
  const auto changed = office.file("reissue", {"LD7", "LD4"}, "КБ-0001");
  office.grant(changed, "2027-02-02");
  CHECK(office.act("head", changed, "licence_issue") == office.said("reason.licence.other_application"));
  CHECK(office.act("head", changed, "licence_reissue", "why=") == office.said("reason.licence.why_missing"));
  REQUIRE(office.act("head", changed, "licence_reissue", "why=new%20name&name=%C2%AB%D0%96%D0%B0%D2%A3%D0%B0%C2%BB%20%D0%B1%D1%8E%D1%80%D0%BE%D1%81%D1%8B") == "");
  CHECK(office.licence_of(changed) == id);
  CHECK(holds(office.paper_text(id, core::kind::licence_reissue), "ҚАЙТА РЕСІМДЕЛГЕН / ПЕРЕОФОРМЛЕНА"));
  CHECK(holds(office.paper_text(id, core::kind::licence_reissue), "«Жаңа» бюросы"));
  CHECK(holds(office.paper_text(id, core::kind::licence_reissue), "№ 0000001, утратил силу"));
  CHECK(*office.registry().database.text("SELECT name FROM bureaus WHERE bin = '040740001238'") == "«Жаңа» бюросы");

  office.on("2027-03-01");
  const auto lost = office.file("duplicate", {"LD8", "LD4"}, "КБ-0001");
  office.grant(lost, "2027-03-02");
  REQUIRE(office.act("head", lost, "licence_duplicate", "why=fire") == "");
  CHECK(holds(office.paper_text(id, core::kind::licence_duplicate), "ТЕЛНҰСҚА / ДУБЛИКАТ"));
  CHECK(office.deliver(id, office.licence(id).forms[2].paper.paper) == "accepted");

  const auto licence = office.licence(id);
  REQUIRE(licence.forms.size() == 3);
  CHECK_FALSE(licence.forms[0].valid);
  CHECK_FALSE(licence.forms[1].valid);
  CHECK(licence.forms[2].valid);
  const auto page = office.page("auditor", id);
  const auto at = [&](const char* number) { return page.find(number); };
  CHECK(at("№\u00A00000003") < at("№\u00A00000002"));  // newest first
  CHECK(at("№\u00A00000002") < at("№\u00A00000001<"));
  CHECK(holds(page, office.said("console.form.void")));
  CHECK(holds(page, office.said("console.form.waits")));  // the re-issued form was never fetched
  CHECK(holds(page, "Ерлан Мысалов"));
}

TEST_CASE("a licence is suspended on another's proposal, from its receipt by the executive organ; lifted; the second time is warned of", "[sync][console][story][licence][par29]") {
  LicenceDesk office;
  const auto id = office.issue("2026-11-24");
  office.on("2027-01-11");
  CHECK_FALSE(office.offers("head", id, "suspension"));
  CHECK(office.act("head", id, "suspension") == office.said("reason.licence.not_proposed"));
  CHECK(office.act("unit", id, "suspension_propose", "ground=bad_weather&months=3&text=x") == office.said("reason.licence.suspension_ground"));
  CHECK(office.act("unit", id, "suspension_propose", "ground=article_8_not_met&months=7&text=x") == office.said("reason.licence.suspension_months"));
  REQUIRE(office.act("unit", id, "suspension_propose", "ground=article_8_not_met&months=3&text=x") == "");
  CHECK(office.state(id) == "suspension_proposed");
  CHECK(office.act("unit", id, "suspension") == office.said("console.why.officer.role"));
  REQUIRE(office.act("deputy", id, "suspension") == "");
  CHECK(office.state(id) == "suspension_sent");
  CHECK(office.licence(id).state == core::LicenceState::active);  // not in effect before its receipt
  CHECK(holds(office.page("clerk", id), office.said("console.suspension.waits")));
  const auto meta = office.bureau.meta();
  CHECK(office.bureau.newest("paper").body.text("kind") == "licence.suspend");
  CHECK(meta.text("about") == office.bureau.newest("paper").body.text("id"));
  const auto decision = office.paper_text(id, core::kind::licence_suspend);
  for (const char* part : {"Лицензия: № КБ-0001, 2026 жылғы 24 қараша.", "Срок приостановления, месяцев: 3.", "Жүнісов Ерлан Қайратұлы"}) CHECK(holds(decision, part));

  office.on("2027-01-13");
  CHECK(office.receive_suspension(id, "representative", 1) == "quarantined: licence.executive_organ");
  CHECK(office.state(id) == "suspension_sent");
  REQUIRE(office.receive_suspension(id) == "accepted");
  CHECK(office.state(id) == "suspended");
  CHECK(holds(office.get("clerk", "/terms"), "D12"));
  CHECK(core::iso_date(office.licence(id).suspensions.back().term->due) == "2027-04-13");
  CHECK(office.bureau.newest("paper_state").body.flag("closed"));
  CHECK(office.act("head", id, "suspension_lift", "why=term_over&reason=over") == office.said("reason.licence.suspension_running"));
  REQUIRE(office.act("head", id, "suspension_lift", "why=cause_removed&reason=mended") == "");
  CHECK(office.state(id) == "active");
  CHECK_FALSE(holds(office.page("clerk", id), office.said("console.suspension.repeated")));

  office.on("2027-06-01");
  REQUIRE(office.act("unit", id, "suspension_propose", "ground=prescription_not_executed&months=6&text=x") == "");
  REQUIRE(office.act("head", id, "suspension") == "");
  CHECK(office.act("clerk", id, "suspension_refused", "date=2027-06-01&witnesses=one") == office.said("reason.receipt.unwitnessed"));
  REQUIRE(office.act("clerk", id, "suspension_refused", "date=2027-06-01&witnesses=One%2C%20a%0ATwo%2C%20b") == "");  // A10
  CHECK(office.state(id) == "suspended");
  CHECK(holds(office.page("clerk", id), office.said("console.suspension.repeated")));
  CHECK(office.act("head", id, "licence_deprive", "date=2027-06-01&court=Court&decision=2-77") == office.said("reason.licence.end_not_proposed"));  // O4
  CHECK(office.act("head", id, "licence_end_propose", "why=court&text=x") == office.said("console.why.officer.role"));
  REQUIRE(office.act("unit", id, "licence_end_propose", "why=court&text=x") == "");
  CHECK(office.state(id) == "end_proposed");
  CHECK(holds(office.page("head", id), office.said("console.ended.court")));
  CHECK_FALSE(office.offers("head", id, "licence_end"));  // it was proposed for another reason
  for (const auto& html : {office.get("clerk", "/licences"), office.get("clerk", "/extract?case=" + id)}) {
    CHECK(holds(html, office.said("console.state.suspended")));  // a proposal changes nothing of the licence
    CHECK_FALSE(holds(html, office.said("console.rec.licence.propose_end")));
  }
  CHECK(office.act("head", id, "licence_deprive", "date=2027-06-01&court=&decision=1") == office.said("reason.licence.court_missing"));
  REQUIRE(office.act("head", id, "licence_deprive", "date=2027-06-01&court=Court&decision=2-77") == "");
  CHECK(office.state(id) == "deprived");
  CHECK(*office.registry().database.integer("SELECT licensed FROM bureaus WHERE bin = '040740001238'") == 0);
  CHECK_FALSE(holds(office.page("head", id), "<details class=\"act\""));
}

TEST_CASE("a licence ends by its holder's wish; it is never passed on, and nothing can be re-issued afterwards", "[sync][console][story][licence][par4][par30]") {
  LicenceDesk office;
  const auto id = office.issue("2026-11-24");
  CHECK(office.act("head", id, "licence_transfer", "holder=another") == "404");  // no such act
  CHECK(office.act("clerk", id, "licence_end", "date=2026-11-24&why=own_wish") == office.said("console.why.officer.role"));
  CHECK(office.act("head", id, "licence_end", "date=2026-11-24&why=own_wish") == office.said("reason.licence.end_not_proposed"));
  REQUIRE(office.act("unit", id, "licence_end_propose", "why=own_wish&text=x") == "");
  CHECK(office.act("head", id, "licence_end", "date=2026-11-24&why=liquidation") == office.said("reason.licence.end_not_proposed"));
  REQUIRE(office.act("head", id, "licence_end", "date=2026-11-24&why=own_wish") == "");
  CHECK(office.state(id) == "ended");
  const auto changed = office.file("reissue", {"LD7", "LD4"}, "КБ-0001");
  office.grant(changed, "2026-11-25");
  CHECK(office.act("head", changed, "licence_reissue", "why=name") == office.said("console.why.licence.none_in_life"));
  const auto again = office.file_issue();  // but a new licence may be asked for
  office.grant(again, "2026-11-26");
  REQUIRE(office.act("head", again, "licence_issue") == "");
  CHECK(office.licence(office.licence_of(again)).number == "КБ-0002");
  CHECK(office.licence(office.licence_of(again)).forms[0].paper.number == "0000002");  // what was refused took no number
}

TEST_CASE("an extract of the register carries every form and a code that names the state and the record behind it; reading one is audited", "[sync][console][story][licence]") {
  LicenceDesk office;
  const auto id = office.issue("2026-11-24");
  CHECK(holds(office.get("clerk", "/licences"), "/extract?case=" + id));
  const auto html = office.get("clerk", "/extract?case=" + id);
  const auto newest = reg::case_history(office.registry(), id)->back().id;
  const auto row = office.registry().store.record(newest);
  const auto qr = core::paper::qr_matrix(reg::extract_code(office.licence(id), "active", (*row)->digest));
  REQUIRE(qr);
  for (const char* part : {"КБ-0001", "0407 4000 1238", "№ 0000001"}) CHECK(holds(html, part));
  const auto path = Desk::between(html, "<svg class=\"qr\"", "</svg>");
  CHECK(std::count(path.begin(), path.end(), 'z') == std::count(qr->bits.begin(), qr->bits.end(), true));
  CHECK(office.desk.office.count("SELECT count(*) FROM audit WHERE action = 'licence.extract'") == 1);
  office.desk.sign_in("inspector");
  CHECK(office.desk.get("/extract?case=" + id).status == 404);  // sees only his own inspections
  office.desk.sign_in("clerk");
  CHECK(office.desk.get("/extract?case=" + std::string(office.desk.secrets.text("case"))).status == 404);  // no licence
}

TEST_CASE("a refusal names its grounds in writing, a letter lists what is missing, and a return says why", "[sync][console][story][licence][par3]") {
  LicenceDesk office;
  const auto refused = office.file_issue();
  office.examine(refused, "2026-11-24");
  CHECK(office.act("head", refused, "refuse", "reason=x") == office.said("reason.application.ground_unknown"));
  REQUIRE(office.act("deputy", refused, "refuse", "grounds=court_ban&grounds=article_8_not_met&reason=decision%2012") == "");
  const auto decision = office.paper_text(refused, core::kind::application_refuse);
  for (const char* part : {"Өтініш бойынша бас тарту туралы шешім", "Решение об отказе по заявлению", "«Үлгі» кредиттік бюросы ЖШС", "decision 12", "Жүнісов Ерлан Қайратұлы", "статья 10"}) {
    INFO(part);
    CHECK(holds(decision, part));
  }
  CHECK(office.act("head", refused, "licence_issue") == office.said("reason.licence.not_granted"));

  const auto incomplete = office.file("issue", {"LD3"});
  REQUIRE(office.act("clerk", incomplete, "register") == "");
  REQUIRE(office.act("clerk", incomplete, "incomplete", "missing=LD2&missing=LD5&due=2026-12-10") == "");
  const auto letter = office.paper_text(incomplete, core::kind::application_check_incomplete);
  for (const char* part : {"1) Құрылтай құжаттарының көшірмелері", "2) Акт о соответствии помещений и оборудования", "Последний день для дополнения: 10 декабря 2026 года.", "D01", "Последний день: 10 декабря 2026 года, четверг", "kz-2026-1"}) {
    INFO(part);
    CHECK(holds(letter, part));
  }
  office.on("2026-12-14");
  REQUIRE(office.act("clerk", incomplete, "return", "reason=not%20mended") == "");
  CHECK(holds(office.paper_text(incomplete, core::kind::application_return), "Причина: not mended"));
}

TEST_CASE("the register finds a licence by number, BIN or name, page by page, and leaves as a list with its reader's mark", "[sync][console][licence][par4]") {
  LicenceDesk office;
  const auto id = office.issue("2026-11-24");
  for (int i = 2; i <= 120; ++i) {  // more than two pages
    REQUIRE(office.registry().database.run("INSERT INTO licences(case_id, n, number, holder_bin, holder, state, in_life, issued_on, change, changed_on, words) "
                                           "VALUES(?, ?, ?, '050240002170', 'Есіл', 'suspended', 1, '2026-11-24', 'licence.issue', '2026-11-24', 'есил')",
                                           test::id(3000 + i), std::int64_t{i}, "КБ-" + std::to_string(i)));
  }
  std::set<std::string> seen;
  std::string target = "/licences";
  for (int page = 0; page < 3; ++page) {
    const auto html = office.get("clerk", target);
    for (std::size_t at = html.find("<code>КБ-"); at != std::string::npos; at = html.find("<code>КБ-", at + 1)) CHECK(seen.insert(html.substr(at, html.find('<', at + 6) - at)).second);
    const auto older = Desk::between(html, "/licences?before=", "\"");
    target = "/licences?before=" + older;
    CHECK(older.empty() == (page == 2));
  }
  CHECK(seen.size() == 120);
  for (const char* query : {"%D0%9A%D0%91-0001", "0407%204000%201238", "040740001238", "%D2%AF%D0%BB%D0%B3%D1%96", "%D1%83%D0%BB%D0%B3%D0%B8"}) {  // КБ-0001, BIN, үлгі, улги
    INFO(query);
    const auto html = office.get("clerk", std::string("/licences?q=") + query);
    CHECK(holds(html, "/case/" + id));
    CHECK_FALSE(holds(html, "Есіл"));
  }
  CHECK(holds(office.get("auditor", "/licences?q=nobody"), office.said("console.licences.none")));
  const auto csv = office.desk.get("/licences.csv?q=040740001238");
  CHECK(csv.status == 200);
  CHECK(holds(csv.body, "КБ-0001"));
  CHECK(holds(csv.body, "Нұрпейіс Әсел Талғатқызы"));
  office.desk.sign_in("admin");
  CHECK(office.desk.get("/licences").status == 403);
}

namespace {

// What the feed said of this application last.
core::Json news_of(LicenceDesk& office, const core::Id& application) {
  core::Json newest;
  for (const auto& item : office.bureau.feed(office.desk.kiosk)) {
    if (item.kind == sync::feed_kind::case_state && item.body.text("record") == application) newest = item.body;
  }
  return newest;
}

}  // namespace

TEST_CASE("the kiosk that filed is told of every state of its application, with what is due until when", "[sync][story][licence][feed]") {
  LicenceDesk office;
  const auto application = office.file("issue", {"LD3"});
  CHECK(news_of(office, application).text("state") == "");  // nothing before the office has acted
  REQUIRE(office.act("clerk", application, "register") == "");
  CHECK(news_of(office, application).text("state") == "registered");
  CHECK(news_of(office, application).member("talon").text("officer") == "Өтегенова Динара Болатқызы");
  REQUIRE(office.act("clerk", application, "incomplete", "missing=LD2&missing=LD5&due=2026-12-10") == "");
  CHECK(news_of(office, application).text("state") == "incomplete");
  CHECK(news_of(office, application).items("missing").size() == 2);
  CHECK(news_of(office, application).member("term").text("due") == "2026-12-10");
  office.on("2026-12-14");
  REQUIRE(office.act("clerk", application, "return", "reason=not%20mended") == "");
  CHECK(news_of(office, application).text("state") == "returned");
  CHECK(news_of(office, application).text("reason") == "not mended");

  const auto examined = office.file_issue();
  office.examine(examined, "2026-12-15");
  CHECK(news_of(office, examined).text("state") == "under_examination");
  CHECK(news_of(office, examined).member("term").text("id") == "D02");
  CHECK(news_of(office, examined).member("term").text("due") == "2027-01-14");
  REQUIRE(office.act("head", examined, "refuse", "grounds=court_ban&reason=decision%2012") == "");
  CHECK(news_of(office, examined).items("grounds").size() == 1);
  CHECK(news_of(office, examined).items("grounds")[0].text("ru") == office.desk.office.registry->assets.texts.say(core::Language::ru, "console.ground.court_ban"));
  CHECK(news_of(office, examined).find("term") == nullptr);
}

TEST_CASE("the form of a licence reaches the kiosk that filed, and opens with the receipt's number and check code only", "[sync][story][licence][feed]") {
  LicenceDesk office;
  office.on("2026-11-24");
  const auto application = office.file_issue();
  office.grant(application, "2026-11-24");
  CHECK(news_of(office, application).text("state") == "granted");
  REQUIRE(office.act("head", application, "licence_issue") == "");
  const auto form = news_of(office, application).member("form");
  const auto paper = office.bureau.newest("paper").body;
  CHECK(paper.text("kind") == "licence.form");
  CHECK(paper.text("id") == form.text("paper"));
  CHECK(paper.member("envelopes").object().empty());  // no member of any staff can open it
  const auto filed = reg::case_history(office.registry(), application)->front();
  const auto boxed = *core::from_base64url(form.text("key"));
  const auto context = "licence-form:" + form.text("paper");
  CHECK_FALSE(core::unseal(core::receipt_key(filed.body.text("number"), "00000-00000-00000"), boxed, context));
  const auto plain = core::unseal(core::receipt_key(filed.body.text("number"), filed.body.text("check_code")), boxed, context);
  REQUIRE(plain);
  const core::SealKey key(std::span<const std::uint8_t, 32>(plain->data(), 32));
  const auto meta = core::unseal(key, *core::from_base64url(paper.text("meta")), "paper-meta:" + form.text("paper"));
  REQUIRE(meta);
  CHECK(core::parse_json(core::as_text(*meta), 4096)->text("d") == form.text("d"));
  const auto sealed = office.desk.office.ask(office.desk.kiosk.request("GET", "/v1/documents/" + paper.text("sealed_sha256")));
  CHECK(sealed.status == 200);
  CHECK(static_cast<std::int64_t>(sealed.file->length) == paper.number("sealed_bytes"));
  CHECK_FALSE(holds(std::string(core::as_text(*office.registry().read_document(*core::digest_from_hex(paper.text("sealed_sha256"))))), "%PDF"));

  const auto other_kiosk = office.desk.office.add_kiosk("AL-04");
  TestKiosk other{office.desk.office, other_kiosk, 9};
  CHECK(office.desk.office.ask(other.request("GET", "/v1/documents/" + paper.text("sealed_sha256"))).status == 404);
  REQUIRE(office.deliver(form.text("case"), *core::digest_from_hex(form.text("d"))) == "accepted");
  CHECK(news_of(office, application).member("form").text("delivered_on") == "2026-11-24");
  CHECK(news_of(office, application).member("form").text("delivered_to") == "Ерлан Мысалов");
}

TEST_CASE("an applicant withdraws while the application is open, by a signed statement, and not afterwards", "[sync][story][licence]") {
  LicenceDesk office;
  const auto application = office.file_issue();
  REQUIRE(office.act("clerk", application, "register") == "");
  const auto withdrawal = [&] {
    auto made = record(core::kind::application_withdraw, ++office.n, application, core::Json::Object{{"representative", core::Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}}}}, "AL-03");
    made.docs = {office.kept("statement " + std::to_string(office.n))};
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 1, office.n));
    made.actor.role = "applicant";
    return office.send(std::move(made));
  };
  CHECK(withdrawal() == "accepted");
  CHECK(office.state(application) == "withdrawn");
  CHECK(news_of(office, application).text("state") == "withdrawn");
  CHECK(withdrawal() == "quarantined: application.not_open");
}

TEST_CASE("a licence issued before Qabyl is entered by one and confirmed by another; everything runs on it then", "[sync][console][story][licence][par2][par6][par29]") {
  LicenceDesk office;
  const std::string fields = "number=%D0%9A%D0%91-0001&form_number=0000001&issued_on=2005-03-14&decision=" + reg::percent_encoded("№ 77, 14.03.2005") + "&bin=" + holder_bin +
                             "&name=" + reg::percent_encoded("«Алатау» бюросы") + "&address=" + reg::percent_encoded("Алматы, Абай даңғылы, 10") + "&head=" + reg::percent_encoded("Ахметов Н. С.");
  const auto enter = [&](const char* login, const std::string& with) {
    office.desk.sign_in(login);
    return office.desk.act(login, "/licence_enter", with);
  };
  CHECK(enter("inspector", fields).status == 403);
  CHECK_FALSE(holds(office.get("auditor", "/licences"), "href=\"/licence_enter\""));
  CHECK(office.desk.get("/licence_enter").status == 403);
  REQUIRE(holds(office.get("clerk", "/licences"), "href=\"/licence_enter\""));
  REQUIRE(holds(office.get("clerk", "/licence_enter"), "action=\"/licence_enter\" enctype=\"multipart/form-data\""));
  const auto absurd = enter("clerk", "number=1&form_number=1&issued_on=2099-01-01&decision=x&bin=" + std::string(holder_bin) + "&name=a&address=b&head=c");
  CHECK(Desk::alert(absurd) == office.said("reason.licence.issued_on"));
  CHECK(holds(absurd.body, "value=\"2099-01-01\""));  // what was typed stays
  const auto made = enter("clerk", fields);
  REQUIRE(made.status == 303);
  const core::Id id(made.header("Location").substr(6));
  CHECK(office.state(id) == "entered");
  CHECK_FALSE(holds(office.get("auditor", "/licences"), "«Алатау» бюросы"));  // no licence yet
  CHECK(office.act("clerk", id, "licence_entry_confirm") == office.said("console.why.officer.role"));
  CHECK_FALSE(office.offers("unit", id, "licence_entry_confirm"));
  REQUIRE(office.offers("deputy", id, "licence_entry_confirm"));
  REQUIRE(office.act("deputy", id, "licence_entry_confirm") == "");
  CHECK(office.state(id) == "active");
  CHECK(holds(office.get("auditor", "/licences"), "2005 жылғы 14 наурыз"));
  CHECK(holds(office.page("auditor", id), "№ 77, 14.03.2005"));
  CHECK(*office.registry().database.text("SELECT licensed FROM bureaus WHERE bin = '040740001238'") == "1");
  CHECK(office.desk.office.count("SELECT count(*) FROM audit WHERE action IN ('licence.enter', 'licence.confirm_entry') AND outcome = 'done'") == 2);
  CHECK(Desk::alert(enter("clerk", fields)) == office.said("reason.licence.holder_has_one"));
  CHECK(office.deliver(id, digest("any")) == "quarantined: licence.delivered");  // its form is in the holder's hands

  const auto changed = office.file("reissue", {"LD7", "LD4"}, "КБ-0001");
  office.grant(changed, "2026-11-25");
  REQUIRE(office.act("head", changed, "licence_reissue", "why=x&name=" + reg::percent_encoded("«Жаңа Алатау» бюросы")) == "");
  CHECK(office.licence_of(changed) == id);
  const auto form = office.paper_text(id, core::kind::licence_reissue);
  CHECK(holds(form, "№ 0000001, утратил силу"));
  CHECK(holds(form, "Бланк № 0000002"));  // its own number, although the counter began at the old one's
  const auto lost = office.file("duplicate", {"LD8", "LD4"}, "КБ-0001");
  office.grant(lost, "2026-11-26");
  REQUIRE(office.act("head", lost, "licence_duplicate", "why=fire") == "");
  CHECK(office.licence(id).forms.size() == 3);
  REQUIRE(office.act("unit", id, "suspension_propose", "ground=article_8_not_met&months=3&text=x") == "");
  REQUIRE(office.act("head", id, "suspension") == "");
  REQUIRE(office.receive_suspension(id) == "accepted");
  REQUIRE(office.act("unit", id, "licence_end_propose", "why=court&text=x") == "");
  REQUIRE(office.act("deputy", id, "licence_deprive", "date=2026-11-26&court=x&decision=1") == "");
  CHECK(office.state(id) == "deprived");
}

TEST_CASE("the scan of an old licence is kept as it came, and who confirms the entry has looked at it", "[sync][console][story][licence][par2][form]") {
  LicenceDesk office;
  const std::string scan = "%PDF-1.4 \x01\r\n--\r\n" + std::string(70'000, 'x');
  const auto enter = [&](const SentFile& file, const char* number = "КБ-0001") {
    office.desk.sign_in("clerk");
    return office.desk.post_form("/licence_enter", {{"number", number}, {"form_number", "7"}, {"issued_on", "2005-03-14"}, {"decision", "№ 77"}, {"bin", holder_bin}, {"name", "«Алатау» бюросы"},
                                                    {"address", "Алматы"}, {"head", "Ахметов Н. С."}, {"password", office.desk.password("clerk")}}, file);
  };
  const auto refused = enter({"scan", "scan.pdf", "MZ this is a program"});
  CHECK(Desk::alert(refused) == office.said("console.why.file.type"));
  CHECK(unbalanced(refused.body) == "");
  CHECK(holds(refused.body, "value=\"КБ-0001\""));  // what was typed stays
  CHECK(Desk::alert(enter({"scan", "scan.pdf", ""})) == office.said("console.why.file.empty"));
  CHECK(office.desk.office.count("SELECT count(*) FROM cases WHERE kind = 'licence'") == 0);

  const auto made = enter({"scan", "../лицензия.exe", scan});
  INFO(Desk::alert(made));
  REQUIRE(made.status == 303);
  const core::Id id(made.header("Location").substr(6));
  const auto record = reg::case_history(office.registry(), id)->front();
  REQUIRE(record.docs.size() == 1);
  CHECK(record.docs.front() == core::DocumentRef{"licence-scan.pdf", scan.size(), digest(scan), "application/pdf"});
  CHECK(core::as_text(*office.registry().read_document(digest(scan))) == scan);
  CHECK(office.act("deputy", id, "licence_entry_confirm") == office.said("console.why.licence.scan_unseen"));
  CHECK(office.act("head", id, "licence_entry_confirm") == office.said("console.why.licence.scan_unseen"));
  const std::string page = "/document?record=" + record.id + "&index=0";
  REQUIRE(holds(office.page("deputy", id), reg::escaped(page)));
  CHECK(holds(office.get("deputy", page), "class=\"note\""));  // it was not made by the office
  CHECK(office.act("deputy", id, "licence_entry_confirm") == office.said("console.why.licence.scan_unseen"));  // the page is not the scan
  office.desk.sign_in("deputy");
  const auto fetched = office.desk.original(office.desk.original_link(page));
  CHECK(fetched.body == scan);
  CHECK(fetched.header("Content-Disposition") == "attachment; filename=\"document-0\"");
  CHECK(office.act("head", id, "licence_entry_confirm") == office.said("console.why.licence.scan_unseen"));  // another has looked
  REQUIRE(office.act("deputy", id, "licence_entry_confirm") == "");
  CHECK(office.state(id) == "active");
}

TEST_CASE("an entry that is not confirmed leads to no licence, and a new licence never gets a number that is taken", "[sync][console][story][licence][par2]") {
  LicenceDesk office;
  const auto enter = [&](const char* bin) -> std::string {
    office.desk.sign_in("unit");
    const auto made = office.desk.act("unit", "/licence_enter", "number=%D0%9A%D0%91-0001&form_number=7&issued_on=2005-03-14&decision=x&bin=" + std::string(bin) + "&name=a&address=b&head=c");
    return made.status == 303 ? std::string(made.header("Location").substr(6)) : Desk::alert(made);
  };
  const auto wrong = enter(holder_bin);
  CHECK(office.act("head", wrong, "licence_entry_reject", "reason=") == office.said("reason.text.missing"));
  REQUIRE(office.act("head", wrong, "licence_entry_reject", "reason=" + reg::percent_encoded("мұрағатта жоқ")) == "");
  CHECK(office.state(wrong) == "rejected");
  CHECK(holds(office.page("clerk", wrong), "мұрағатта жоқ"));
  CHECK(office.act("head", wrong, "licence_entry_confirm") == office.said("reason.licence.not_entered"));
  const auto right = enter("050240002170");
  REQUIRE(office.act("head", right, "licence_entry_confirm") == "");
  CHECK(enter("990140000007") == office.said("reason.licence.number_taken"));
  const auto id = office.issue("2026-11-24");
  CHECK(office.licence(id).number == "КБ-0002");
}
