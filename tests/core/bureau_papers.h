// Papers of the body as a kiosk holds them, beside the machines that wait for the bureau's acts on them. Every value is
// invented. For tests only.
#pragma once

#include "core/cases/bureau_acts.h"
#include "core/cases/inspection.h"
#include "tests/core/lives.h"

namespace qabyl::test {

inline constexpr int paper_pages = 2;

inline core::PaperHeld held(std::string_view kind, int record, int about, const char* paper, std::string_view day, core::Json details = core::Json()) {
  core::PaperHeld made;
  made.kind = kind;
  made.id = id(record);
  made.about = id(about);
  made.meta = core::Json::Object{{"d", core::to_hex(paper_d(paper))}, {"pages", paper_pages}, {"date", day}};
  made.meta["details"] = std::move(details);
  return made;
}

template <typename Machine>
Machine after(Machine machine, const std::vector<core::Record>& records) {
  for (const auto& one : records) {
    auto next = machine.apply(one, facts());
    INFO(one.kind << " " << (next ? "" : next.error().detail));
    REQUIRE(next);
    machine = *std::move(next);
  }
  return machine;
}

inline core::Request request() {
  auto body = paper_body("request", paper_pages, group_head());
  body["items"] = core::Json::Array{"register", "contracts"};
  body["due"] = "2026-12-04";
  return after(core::Request{}, {on("2026-12-01", core::kind::request_sign, 40, body)});
}
inline core::PaperHeld request_paper() {
  return held(core::kind::request_sign, 40, 40, "request", "2026-12-01", core::Json::Object{{"items", core::Json::Array{"register", "contracts"}}, {"due", "2026-12-04"}});
}

inline core::SummaryReport summary() {
  auto body = paper_body("summary", paper_pages, group_head());
  body["breaches"] = core::Json::Array{"Шарт жоқ"};
  core::Json superior = core::Json::Object{{"report", id(81)}, {"superior_of", "А. Инспектор"}};
  superior["signer"] = signer("Ж. Бөлім", "unit_head");
  core::Json sending = core::Json::Object{{"report", id(81)}};
  sending["copies"] = core::Json::Array{core::to_hex(paper_d("summary")), core::to_hex(paper_d("summary"))};
  sending["addressee"] = core::Json::Object{{"name", "Айгүл Үлгібаева"}, {"position", "first_head"}};
  return after(core::SummaryReport{}, {on("2027-02-15", core::kind::summary_sign_head, 81, body), on("2027-02-16", core::kind::summary_sign_superior, 82, superior),
                                 on("2027-02-17", core::kind::summary_send, 83, sending)});
}
inline core::PaperHeld summary_paper() { return held(core::kind::summary_send, 83, 81, "summary", "2027-02-15"); }

}  // namespace qabyl::test
