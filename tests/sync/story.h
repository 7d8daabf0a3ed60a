// The story of one inspection, day by day on a fake clock: the console's forms at one end, records of a kiosk signed by the
// bureau's people at the other. For the story tests.
#pragma once

#include <cstdlib>
#include <fstream>

#include "core/encoding.h"
#include "sync/registry/notice_copies.h"
#include "tests/paper/pdf_probe.h"
#include "tests/sync/bureau_hand.h"
#include "tests/sync/console_desk.h"

namespace qabyl::test {

inline core::Json letter_from(const BureauHand& bureau) {
  const auto named = [&](std::size_t who) {
    return core::Json(core::Json::Object{{"staff", bureau.person(who).text("id")}, {"name", bureau.person(who).text("name")}, {"position", "маман"}});
  };
  auto specialist = named(1);
  specialist["duties"] = core::Json::Array{"prepare", "hand_over", "receive_interim"};
  return core::Json::Object{{"manager", named(0)}, {"stand_in", named(1)}, {"specialists", core::Json::Array{specialist}}};
}

struct Story {
  Desk desk;
  BureauHand bureau{desk.office, desk.kiosk, desk.secrets};
  core::Id id{desk.secrets.text("case")};
  int n = 600, pages_read = 0;

  void on(const char* iso) { desk.office.now = std::chrono::sys_days{*core::parse_iso_date(iso)} + std::chrono::hours{7}; }
  // An act by this officer; what the page says was wrong, empty when it was done.
  std::string act(const char* login, const std::string& what, const std::string& fields = {}) {
    desk.sign_in(login);
    const auto response = desk.act(login, "/case/" + id + "/" + what, fields);
    if (response.status == 303) return {};
    return Desk::alert(response);
  }
  std::string said(const std::string& text_id) const { return reg::escaped(desk.office.registry->assets.texts.say(core::Language::kk, text_id)); }
  std::string page(const char* login) {
    desk.sign_in(login);
    const auto response = desk.get("/case/" + id);
    CHECK(response.status == 200);
    CHECK(unbalanced(response.body) == "");
    keep_to_look_at("page-" + id.substr(24) + "-" + std::to_string(++pages_read) + "-" + login + ".html", response.body);
    CHECK(response.body.find("«") == response.body.find("«Алатау"));  // no text is missing
    return response.body;
  }
  bool offers(const char* login, const std::string& what) { return page(login).find("/case/" + id + "/" + what + "\"") != std::string::npos; }
  std::string terms() {
    desk.sign_in("clerk");
    return desk.get("/terms").body;
  }
  core::Inspection now() {
    const auto found = reg::case_now(*desk.office.registry, id);
    REQUIRE(found);
    return found->inspection;
  }
  core::Id newest_request() {
    const auto inspection = now();
    REQUIRE_FALSE(inspection.requests.empty());
    return inspection.requests.rbegin()->first;
  }
  std::string officer(std::string_view login) const {
    return *desk.office.registry->database.text("SELECT id FROM officers WHERE login = '" + std::string(login) + "'");
  }
  // The newest paper of that kind in the bureau's feed, and what its inbox shows of it.
  core::Json paper(std::string_view kind) {
    std::optional<core::Json> found;
    for (const auto& item : bureau.feed(desk.kiosk)) {
      if (item.kind == "paper" && item.body.text("kind") == kind) found = item.body;
    }
    REQUIRE(found);
    return *found;
  }
  core::Json meta(std::string_view kind) { return bureau.meta_of(paper(kind)); }
  // An act of the bureau's person on a paper of the feed; `who` as in bureau_hand.h.
  std::string marks(std::string_view kind, const core::Json& about, const core::Json& of, std::size_t who, const char* capacity) {
    return bureau.send(bureau.act(++n, kind, id, about, who, capacity, *core::digest_from_hex(of.text("d")), static_cast<int>(of.number("pages"))));
  }
  std::string files(std::string_view kind, const core::Json& about, std::size_t who, const char* capacity) { return bureau.send(bureau.filing(++n, kind, id, about, who, capacity)); }
  // Text of the PDF with this digest, in Kazakh and Russian.
  std::string text_of(const std::string& d) {
    const auto bytes = desk.office.registry->read_document(*core::digest_from_hex(d));
    REQUIRE(bytes);
    return text_in(*bytes, d.substr(0, 12));
  }
  std::string copy_text(const core::Id& made, int copy, bool marked) {
    const auto bytes = reg::read_copy(*desk.office.registry, made, copy, marked, "test", desk.office.now);
    REQUIRE(bytes);
    return text_in(*bytes, "copy-" + made.substr(24) + "-" + std::to_string(copy) + (marked ? "m" : ""));
  }
  static std::string text_in(const core::Bytes& pdf, const std::string& name) {
    keep_to_look_at(name + ".pdf", core::as_text(pdf));
    return PdfProbe(pdf).text();
  }
  // QABYL_PICTURES=<folder> keeps every paper and page that a story reads, to be looked at.
  static void keep_to_look_at(const std::string& name, std::string_view bytes) {
    if (const char* folder = std::getenv("QABYL_PICTURES")) std::ofstream(std::string(folder) + "/" + name, std::ios::binary) << bytes;
  }
  void letter() { REQUIRE(files(core::kind::letter_of_responsibles, letter_from(bureau), 0, "deputy") == "accepted"); }
  // To the start: notice marked by the bureau's deputy, filed; begun on its first day.
  void begin() {
    REQUIRE(bureau.send(bureau.mark(++n, 0, id, core::Id(desk.secrets.text("notice")), bureau.meta(), 1)) == "accepted");
    REQUIRE(act("clerk", "file", "unit=a&place=b") == "");
    on("2026-11-30");
    REQUIRE(act("inspector", "start", "date=2026-11-30") == "");
  }
};

}  // namespace qabyl::test
