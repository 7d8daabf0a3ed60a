// Made-up acts for the tests of whole lives: records on a given day, signed by officials or by people of the
// bureau, and the rules that they are judged by. Every value is invented. For tests only.
#pragma once

#include "tests/core/cases.h"
#include "tests/core/exploration.h"

namespace qabyl::test {

inline const core::Profile& rules_2004() {
  static const auto one = profile();
  return one;
}
inline const core::Calendar& days() {
  static const auto one = calendar();
  return one;
}
inline core::RuleBook book(const core::Profile& from = rules_2004()) { return {&from, {&days()}}; }

inline core::Instant noon_of(std::string_view iso) { return std::chrono::sys_days{date(iso)} + std::chrono::hours{7}; }

// A record of the office, made at noon of `day`; body.date is that day unless the body says otherwise.
inline core::Record on(std::string_view day, std::string_view kind, int n, core::Json body, std::string device = "registry") {
  auto made = record(kind, n, id(11), std::move(body), std::move(device));
  made.at.utc = noon_of(day);
  if (made.body.find("date") == nullptr) made.body["date"] = day;
  return made;
}

inline core::Json with(core::Json body, std::string_view member, core::Json value) {
  body[member] = std::move(value);
  return body;
}
inline core::Record with(core::Record one, std::string_view member, core::Json value) {
  one.body[member] = std::move(value);
  return one;
}
inline core::Record without(core::Record one, std::string_view member) {
  one.body.object().erase(std::string(member));
  return one;
}

inline core::Json signer(const char* name, const char* position) { return core::Json::Object{{"name", name}, {"position", position}}; }
inline core::Json group_head() { return signer("А. Инспектор", "group_head"); }  // as assignment() names him
inline core::Json deputy() { return signer("Б. Басшы", "deputy"); }

inline core::Digest paper_d(const char* of) { return digest(of); }
// number, paper, pages, signer of a paper of the body.
inline core::Json paper_body(const char* of, int pages, core::Json by) {
  core::Json body = core::Json::Object{{"number", "26-7"}, {"paper", core::to_hex(paper_d(of))}, {"pages", pages}};
  body["signer"] = std::move(by);
  return body;
}

// An act of somebody of the bureau at a kiosk; the ink stands on `paper`, whose `pages` were all shown.
inline core::Record by_bureau(std::string_view day, std::string_view kind, int n, core::Json body, const char* capacity, const core::Digest& paper,
                              int pages = 1) {
  auto made = on(day, kind, n, std::move(body), "AL-03");
  made.body["staff"] = std::string("S-") + capacity;
  made.body["name"] = "Динара Мысалова";
  made.body["position"] = "қызметкер";
  made.body["capacity"] = capacity;
  made.body["signature"] = core::to_json(signature(paper, pages, n));
  made.body["act"] = "act";
  return made;
}
// The same for a filing: its own paper is handed in with it.
inline core::Record filing(std::string_view day, std::string_view kind, int n, core::Json body, const char* capacity = "first_head") {
  const auto paper = file("filing-" + std::to_string(n) + ".pdf");
  auto made = by_bureau(day, kind, n, std::move(body), capacity, paper.ref.sha256);
  made.docs = {paper.ref};
  return made;
}
inline core::Json witnesses() {
  return core::Json::Array{core::Json::Object{{"name", "К. Куә"}, {"position", "маман"}}, core::Json::Object{{"name", "Л. Куә"}, {"position", "заңгер"}}};
}

inline core::Json letter_person(const char* staff) {
  return core::Json::Object{{"staff", staff}, {"name", "Ерлан Мысалов"}, {"position", "маман"}};
}
inline core::Json letter_body() {
  auto specialist = letter_person("S-specialist");
  specialist["duties"] = core::Json::Array{"prepare", "hand_over", "receive_interim"};
  return core::Json::Object{{"manager", letter_person("S-responsible_manager")},
                            {"stand_in", letter_person("S-stand_in")},
                            {"specialists", core::Json::Array{specialist}}};
}

// One way to spoil an act, and the guard that must see it.
inline void spoil(std::vector<Move>& moves, core::Record bad, bool by_body, const char* code) { moves.push_back({std::move(bad), by_body, code}); }

inline void spoil_official(std::vector<Move>& moves, const core::Record& good, bool by_body) {
  auto other = good;
  other.body["signer"]["position"] = "clerk";
  spoil(moves, without(good, "signer"), by_body, "signer.missing");
  spoil(moves, other, by_body, "signer.position");
  if (core::text_at(good.body, "signer.position") != "group_head") return;
  spoil(moves, with(good, "signer", signer("С. Маман", "group_head")), by_body, "signer.not_group_head");
}
inline void spoil_bureau_act(std::vector<Move>& moves, const core::Record& good) {
  auto other_paper = good, hasty = good, no_docs = good;
  other_paper.body["signature"] = core::to_json(signature(digest("another"), 9, 7));
  hasty.body["signature"]["pages"] = core::Json::Array{};
  no_docs.docs.clear();
  spoil(moves, with(good, "act", ""), false, "act.unverified");
  spoil(moves, with(good, "capacity", "guest"), false, "person.capacity_absurd");
  spoil(moves, other_paper, false, good.docs.empty() ? "receipt.other_paper" : "filing.other_paper");
  if (good.docs.empty()) spoil(moves, hasty, false, "receipt.pages_unseen");
  else spoil(moves, no_docs, false, "filing.paper_missing");
  const auto capacity = good.body.text("capacity");
  if (capacity == "first_head" || capacity == "deputy" || capacity == "representative") return;
  spoil(moves, with(good, "staff", "S-somebody"), false, "person.may_not");
}
inline void spoil_members(std::vector<Move>& moves, const core::Record& good, bool by_body) {
  if (good.body.find("paper") != nullptr) spoil(moves, with(good, "paper", "00"), by_body, "paper.absurd");
  if (good.body.find("paper") != nullptr) spoil(moves, with(good, "number", ""), by_body, "paper.number_missing");
  if (good.body.find("witnesses") != nullptr) spoil(moves, without(good, "witnesses"), by_body, "receipt.unwitnessed");
  for (const char* member : {"reason", "text"}) {
    if (good.body.find(member) != nullptr) spoil(moves, with(good, member, ""), by_body, "text.missing");
  }
}

// The moves, and for each kind's first act every usual way to spoil it: none may ever be accepted. `undated`:
// kinds whose body.date means nothing.
inline std::vector<Move> with_spoilt(std::vector<Move> moves, const std::set<std::string>& undated = {}) {
  std::set<std::string> seen;
  const auto good = moves;
  for (const auto& [one, by_body, never] : good) {
    if (!never.empty() || !seen.insert(one.kind).second) continue;
    if (one.body.find("signer") != nullptr) spoil_official(moves, one, by_body);
    if (one.body.find("act") != nullptr) spoil_bureau_act(moves, one);
    spoil_members(moves, one, by_body);
    if (undated.count(one.kind) != 0) continue;
    spoil(moves, with(one, "date", "2026-02-30"), by_body, "date.absurd");
    if (one.body.find("act") == nullptr) spoil(moves, with(one, "date", "2027-12-31"), by_body, "date.future");
  }
  return moves;
}

// The letter of paragraph 13 as it was accepted, and what a value inside an inspection may know.
inline const core::Responsibles& letter() {
  static const core::Responsibles one{{"S-responsible_manager", "Ерлан Мысалов", "маман"},
                                      {"S-stand_in", "Ерлан Мысалов", "маман"},
                                      {{"S-specialist", "Ерлан Мысалов", "маман"}},
                                      {{"S-specialist", "Ерлан Мысалов", "маман"}},
                                      {{"S-specialist", "Ерлан Мысалов", "маман"}},
                                      date("2026-12-01"),
                                      core::Timeliness::in_time};
  return one;
}
inline core::CaseFacts facts(const core::Profile& from = rules_2004()) {
  return {core::Rules{&from, &days()}, "А. Инспектор", {"А. Инспектор", "С. Маман"}, letter(), *core::Rules{&from, &days()}.run("D18", date("2027-02-10")), false};
}

// Every state of an inspection that an exploration reached.
using VisitInspection = std::function<void(const std::string& key, const core::Inspection& inspection)>;
void visit_fieldwork_states(const VisitInspection& visit);
void visit_outcome_states(const VisitInspection& visit);

}  // namespace qabyl::test
