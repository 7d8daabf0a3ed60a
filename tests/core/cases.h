// Made-up people and papers for the tests of cases: a signature, a filled-in draft, an assignment, and
// the records around them. Every value is invented. For tests only.
#pragma once

#include "core/encoding.h"
#include "core/cases/judgement.h"
#include "core/receipt_number.h"
#include "tests/core/assets.h"
#include "tests/core/seeded_random.h"

namespace qabyl::test {

inline const core::Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{7}};  // 12:00 Almaty

inline core::Id id(int n) {
  std::string text = "019aaf00000070008000000000000000";
  for (std::size_t at = text.size(); n > 0; n /= 10) text[--at] = static_cast<char>('0' + n % 10);
  return text;
}
inline core::Digest digest(std::string_view of) { return core::sha256(core::as_bytes(of)); }

// A line of `points` samples and `mm` millimetres on a pad 239 mm wide.
inline core::Strokes ink(int points = 40, double mm = 60, int seed = 0) {
  core::Stroke stroke;
  for (int i = 0; i < points; ++i) {
    const double part = points > 1 ? static_cast<double>(i) / (points - 1) : 0;
    stroke.push_back({1000 + static_cast<std::int32_t>(part * mm / 239 * 10'000), 3000 + seed, 8 * i, -1});
  }
  return {stroke};
}

inline core::ScreenSignature signature(const core::Digest& paper, int pages = 1, int seed = 0) {
  core::ScreenSignature made{ink(40, 60, seed), 2390, 1250, paper, "qabyl-preview 0.1.0", 110, {}};
  for (int page = 1; page <= pages; ++page) made.pages.push_back({page, 1600, digest("pixels")});
  return made;
}

inline core::DraftFile file(std::string name, int pages = 1) {
  core::DraftFile made;
  made.ref = {name, 1000, digest(name), "application/pdf"};
  made.pages = pages;
  made.source = "usb";
  return made;
}

inline core::ApplicationDraft draft() {
  core::ApplicationDraft made;
  made.id = id(1);
  made.profile = "kz-2004-249";
  made.bin = "040740001238";
  made.organisation = "«Үлгі» кредиттік бюросы ЖШС";
  made.address = "Алматы қаласы, Үлгі көшесі, 1-үй";
  made.first_head = "Айгүл Үлгібаева";
  made.representative = "Ерлан Мысалов";
  made.position = "заңгер";
  made.phone = "+7 700 000 00 00";
  made.authority_until = "2027-12-31";
  made.items = {{"LD2", {file("charter.pdf", 14), file("minutes.pdf", 2)}}, {"LD3", {file("certificate.pdf")}}};
  made.fee = core::FeeChoice::later;
  return made;
}

inline core::Submission submission(core::ApplicationDraft from = draft()) {
  SeededRandom random;
  const auto form = file("application.pdf", 2);
  return {std::move(from), signature(form.ref.sha256), form, core::receipt_number("AL-03", 2026, 417), core::new_check_code(random)};
}

inline core::Record record(std::string_view kind, int n, const core::Id& case_id, core::Json body, std::string device = "registry") {
  core::Record made;
  made.id = id(n);
  made.kind = kind;
  made.device = std::move(device);
  made.q = n;
  made.case_id = case_id;
  made.at = {noon, 300, core::Trust::trusted, 2000, std::string(32, '0'), 1};
  made.lang = "kk";
  made.sw = "qabyl 0.1.0";
  made.nonce = std::string(32, '0');
  made.body = std::move(body);
  return made;
}

inline core::Record submit_record(const core::Submission& from = submission()) {
  auto parts = core::submission_parts(profile(), from);
  REQUIRE(parts);
  auto made = record(core::kind::application_submit, 1, id(1), parts->body, "AL-03");
  made.docs = parts->docs;
  made.actor.role = "applicant";
  return made;
}

inline core::Json assignment() {
  using core::Json;
  return Json::Object{
      {"authority", "Уәкілетті орган"},
      {"signer", Json::Object{{"name", "Б. Басшы"}, {"position", "deputy"}}},
      {"journal_number", "118"},
      {"date", "2026-11-20"},
      {"officials", Json::Array{Json::Object{{"name", "А. Инспектор"}, {"head", true}}, Json::Object{{"name", "С. Маман"}, {"head", false}}}},
      {"bureau", Json::Object{{"bin", "040740001238"}, {"name", "«Үлгі» бюросы"}, {"location", "Алматы"}}},
      {"inspection_kind", "planned"},
      {"subject", "Ақпарат алмасу"},
      {"term", Json::Object{{"start", "2026-11-30"}, {"end", "2027-02-28"}}},
      {"ground", "Жылдық жоспар, 7-тармақ"},
      {"period_waived", true},
      {"past_inspections", Json::Array{}},
      {"past_confirmed", true},
      {"protocol_powers_none", true}};
}

inline const core::Digest notice_paper = core::sha256(core::as_bytes("notice"));

inline core::Record assigned() { return record(core::kind::assignment_sign, 11, id(11), assignment()); }
inline core::Record registered() {
  return record(core::kind::assignment_register, 12, id(11),
                core::Json::Object{{"number", "26-118"}, {"date", "2026-11-21"}, {"office", "Алматы қаласы"}});
}
inline core::Record notice() {
  return record(core::kind::notice_send, 13, id(11),
                core::Json::Object{{"number", "7"}, {"date", "2026-11-23"}, {"paper", core::to_hex(notice_paper)}, {"pages", 3}, {"copies", 2}});
}

}  // namespace qabyl::test
