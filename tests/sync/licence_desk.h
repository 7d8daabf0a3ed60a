// An applicant at a kiosk and the office at its console, on a fake clock: applications of every procedure to their decision,
// and the licence that comes of them. For tests only.
#pragma once

#include "core/paper/qr.h"
#include "sync/registry/licence_register.h"
#include "tests/paper/pdf_probe.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/console_desk.h"

namespace qabyl::test {

inline constexpr const char* holder_bin = "040740001238";  // of the application and of a bureau of the sample office

struct LicenceDesk {
  Desk desk;
  BureauHand bureau{desk.office, desk.kiosk, desk.secrets};
  int n = 700;

  reg::Registry& registry() { return *desk.office.registry; }
  void on(const char* iso) { desk.office.now = std::chrono::sys_days{*core::parse_iso_date(iso)} + std::chrono::hours{7}; }
  std::string act(const char* login, const core::Id& id, const std::string& what, const std::string& fields = {}) {
    desk.sign_in(login);
    const auto response = desk.act(login, "/case/" + id + "/" + what, fields);
    return response.status == 303 ? std::string() : response.status == 404 ? "404" : Desk::alert(response);
  }
  std::string said(const std::string& text_id) const { return reg::escaped(desk.office.registry->assets.texts.say(core::Language::kk, text_id)); }
  std::string get(const char* login, const std::string& target) {
    desk.sign_in(login);
    const auto response = desk.get(target);
    CHECK(response.status == 200);
    CHECK(unbalanced(response.body) == "");
    return response.body;
  }
  std::string page(const char* login, const core::Id& id) { return get(login, "/case/" + id); }
  bool offers(const char* login, const core::Id& id, const std::string& what) { return page(login, id).find("/case/" + id + "/" + what + "\"") != std::string::npos; }
  std::string state(const core::Id& id) { return desk.state(id); }

  // Sent by the kiosk, its documents come, judged: outcome and reason.
  std::string send(core::Record made) {
    made.at.utc = desk.office.now;
    const auto sent = desk.kiosk.next(std::move(made));
    const auto response = desk.kiosk.put(sent);
    INFO(response.body);
    REQUIRE(response.status == 200);
    for (std::size_t i = 0; i < sent.record.docs.size(); ++i) REQUIRE(registry().store.mark_here(sent.record.id, static_cast<int>(i)));
    if (!sent.record.docs.empty()) REQUIRE(reg::settle(registry(), sent.record.id, desk.office.now));
    const auto row = registry().store.record(sent.record.id);
    REQUIRE((row && *row));
    return std::string(core::to_text((*row)->outcome)) + ((*row)->reason.empty() ? "" : ": " + (*row)->reason);
  }
  core::DocumentRef kept(const std::string& bytes) {
    REQUIRE(registry().keep_document(core::as_bytes(bytes), desk.office.now));
    return {"a.pdf", bytes.size(), digest(bytes), "application/pdf"};
  }

  // An application with these documents beside its form, as a kiosk files it.
  core::Id file(const char* procedure, const std::vector<std::string>& codes, const std::string& licence_number = {}) {
    auto made = filing_of({"form " + std::to_string(++n)});
    made.id = made.case_id = id(n);
    made.body["procedure"] = procedure;
    made.body["signature"] = core::to_json(signature(made.docs[0].sha256, 2, n));
    if (!licence_number.empty()) made.body["licence_number"] = licence_number;
    kept("form " + std::to_string(n));
    for (const auto& code : codes) {
      auto item = core::Json(core::Json::Object{{"code", code}, {"pages", 1}});
      item["docs"] = core::Json::Array{static_cast<std::int64_t>(made.docs.size())};
      made.docs.push_back(kept(code + " of " + std::to_string(n)));
      made.body["items"].array().push_back(std::move(item));
    }
    const core::Id filed = made.id;
    REQUIRE(send(std::move(made)) == "accepted");
    return filed;
  }
  core::Id file_issue() { return file("issue", {"LD2", "LD3", "LD5", "LD4"}); }

  // The office's part, to the fee: registered, complete, examined by the inspector.
  void examine(const core::Id& application, const char* today) {
    on(today);
    const std::string day = std::string("date=") + today;
    const auto examiner = *registry().database.text("SELECT id FROM officers WHERE login = 'inspector'");
    REQUIRE(act("clerk", application, "register") == "");
    REQUIRE(act("clerk", application, "complete", day) == "");
    REQUIRE(act("unit", application, "examiner", "examiner_officer=" + examiner) == "");
  }
  void grant(const core::Id& application, const char* today) {
    examine(application, today);
    REQUIRE(act("clerk", application, "fee", "amount_tenge=43250&document=7") == "");
    REQUIRE(act("head", application, "grant") == "");
  }
  core::Id licence_of(const core::Id& application) {
    const auto found = reg::form_given_on(registry(), application);
    REQUIRE(found);
    return *found;
  }
  // Filed, granted and issued on one day.
  core::Id issue(const char* today) {
    on(today);
    const auto application = file_issue();
    grant(application, today);
    REQUIRE(act("head", application, "licence_issue") == "");
    return licence_of(application);
  }
  core::Licence licence(const core::Id& id) {
    const auto found = reg::case_now(registry(), id);
    REQUIRE(found);
    return found->licence;
  }
  // The holder signs for the newest form at the kiosk that filed.
  std::string deliver(const core::Id& id, const core::Digest& paper) {
    auto made = record(core::kind::licence_deliver, ++n, id, core::Json::Object{{"name", "Ерлан Мысалов"}, {"position", "заңгер"}}, desk.kiosk.device);
    made.body["date"] = core::iso_date(registry().assets.zone.local(desk.office.now).date);
    made.body["signature"] = core::to_json(signature(paper, 2, n));
    made.actor.role = "applicant";
    return send(std::move(made));
  }
  // What the newest document of that kind in the case says, as pdftotext reads it.
  std::string paper_text(const core::Id& id, std::string_view kind) {
    const auto history = reg::case_history(registry(), id);
    REQUIRE(history);
    for (auto one = history->rbegin(); one != history->rend(); ++one) {
      if (one->kind != kind || one->docs.empty()) continue;
      const auto bytes = registry().read_document(one->docs.front().sha256);
      REQUIRE(bytes);
      const PdfProbe probe(*bytes);
      CHECK(probe.pages() == one->body.number("pages"));
      return probe.text();
    }
    FAIL("no such paper");
    return {};
  }
  // The bureau's deputy marks the decision to suspend at the kiosk, having read every page.
  std::string receive_suspension(const core::Id& id, const char* capacity = "deputy", std::size_t who = 0) {
    const auto paper = licence(id).suspensions.back().paper;
    return bureau.send(bureau.act(++n, core::kind::licence_suspension_receive, id, {}, who, capacity, paper.paper, paper.pages));
  }
};

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace qabyl::test
