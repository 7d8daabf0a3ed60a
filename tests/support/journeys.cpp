// See journeys.h.
#include "tests/support/journeys.h"

#include "core/json.h"

namespace qabyl::rig {
namespace {

using core::Json;

std::string step(Json::Object members) { return core::canonical(Json(std::move(members))) + "\n"; }

// A signature like a person's: waves over the line, in 1/10 000 of the pad's width.
Json signature_strokes(int variant) {
  Json::Array stroke, tail;
  for (int i = 0; i <= 60; ++i) {
    const int swing = (i % 8 < 4 ? i % 4 : 4 - i % 4) * 420;
    stroke.emplace_back(Json::Array{Json(2500 + i * 80), Json(3600 - swing + 17 * variant)});
  }
  for (int i = 0; i <= 20; ++i) tail.emplace_back(Json::Array{Json(2600 + i * 220), Json(4050 - i * 6)});
  return Json::Array{Json(std::move(stroke)), Json(std::move(tail))};
}

void field(ScriptText& script, const std::string& key, const std::string& value) { script.tap(key).type(value); }

void add_document(ScriptText& script, const std::string& code, const std::string& file) {
  script.tap("docs.add." + code).wait("docs.src.close").tap_text(file).wait_absent("docs.cancel").wait("docs.remove");
}

void details(ScriptText& script, const Applicant& applicant) {
  const auto& shots = applicant.shots;
  script.wait("details.organisation");
  if (!applicant.organisation.empty()) field(script, "details.organisation", applicant.organisation);
  if (applicant.one_field) script.tap("kb.next").wait("details.address");
  field(script, "details.address", applicant.address);
  if (!shots.empty()) script.shot(shots + "-03-details-1");
  script.tap("kb.next").wait("details.representative");
  field(script, "details.representative", applicant.representative);
  if (applicant.one_field) script.tap("kb.next").wait("details.position");
  field(script, "details.position", applicant.position);
  if (!shots.empty()) script.shot(shots + "-03-details-2");
  script.tap("kb.next").wait("details.phone").tap("details.phone").pad("details.pad", applicant.phone).tap("details.by_office");
  if (!shots.empty()) script.shot(shots + "-03-details-3");
  script.tap("details.go").wait("details.first_head");
  field(script, "details.first_head", applicant.first_head);
  if (!shots.empty()) script.shot(shots + "-03-details-4");
  script.tap("kb.next");
  if (applicant.procedure == "issue") return;
  field(script.wait("details.licence_number"), "details.licence_number", applicant.licence_number);
  script.tap("kb.next");
}

void fee(ScriptText& script, const Applicant& applicant) {
  script.wait("fee.later");
  if (applicant.fee_later) {
    script.tap("fee.later");
  } else {
    script.tap("fee.proof").tap("fee.add").wait("docs.src.close").tap_text(applicant.fee_file).wait("fee.remove");
  }
  if (!applicant.shots.empty()) script.shot(applicant.shots + "-05-fee");
  script.tap("fee.go");
}

}  // namespace

ScriptText& ScriptText::line(const std::string& json) { return text_ += json, *this; }
ScriptText& ScriptText::tap(const std::string& key) { return line(step({{"do", "tap"}, {"key", key}})); }
ScriptText& ScriptText::tap_if(const std::string& key, int ms) {
  return line(step({{"do", "tap"}, {"key", key}, {"maybe_ms", ms}}));
}
ScriptText& ScriptText::tap_text(const std::string& text) { return line(step({{"do", "tap"}, {"text", text}})); }
ScriptText& ScriptText::tap_in_row(const std::string& text, const std::string& prefix) {
  return line(step({{"do", "tap"}, {"row", text}, {"prefix", prefix}, {"seconds", 60}}));
}
ScriptText& ScriptText::type(const std::string& text) { return line(step({{"do", "type"}, {"text", text}})); }
ScriptText& ScriptText::pad(const std::string& pad, const std::string& digits) {
  return line(step({{"do", "type"}, {"pad", pad}, {"text", digits}}));
}
ScriptText& ScriptText::scan(const std::string& text) { return line(step({{"do", "scan"}, {"text", text}})); }
ScriptText& ScriptText::wait(const std::string& key, int seconds) {
  return line(step({{"do", "wait"}, {"key", key}, {"seconds", seconds}}));
}
ScriptText& ScriptText::wait_enabled(const std::string& key, int seconds) {
  return line(step({{"do", "wait"}, {"key", key}, {"enabled", true}, {"seconds", seconds}}));
}
ScriptText& ScriptText::wait_text(const std::string& text, int seconds) {
  return line(step({{"do", "wait"}, {"text", text}, {"seconds", seconds}}));
}
ScriptText& ScriptText::wait_absent(const std::string& key) {
  return line(step({{"do", "wait"}, {"key", key}, {"absent", true}}));
}
ScriptText& ScriptText::tap_until(const std::vector<std::string>& keys, const std::string& until, int every_ms) {
  Json::Array list(keys.begin(), keys.end());
  return line(step({{"do", "tap"}, {"keys", Json(std::move(list))}, {"until", until}, {"every_ms", every_ms}, {"seconds", 120}}));
}
// Turned too early, a page is not shown yet: then it is turned back to.
ScriptText& ScriptText::to_signature() { return tap_until({"check.go", "read.go", "read.next", "read.prev"}, "sign.pad", 800); }
ScriptText& ScriptText::pause(int ms) { return line(step({{"do", "pause"}, {"ms", ms}, {"seconds", ms / 1000 + 20}})); }
ScriptText& ScriptText::sign(const std::string& pad_key, int variant) {
  return line(step({{"do", "strokes"}, {"key", pad_key}, {"strokes", signature_strokes(variant)}}));
}
ScriptText& ScriptText::sign_shortly(const std::string& pad_key) {
  Json::Array stroke;
  for (int i = 0; i < 26; ++i) stroke.emplace_back(Json::Array{Json(2500 + i * 160), Json(3600 - (i % 2) * 900)});
  return line(step({{"do", "strokes"}, {"key", pad_key}, {"strokes", Json::Array{Json(std::move(stroke))}}}));
}
ScriptText& ScriptText::shot(const std::string& name) { return line(step({{"do", "shot"}, {"name", name}})); }

ScriptText& ScriptText::shots_in_languages(const std::string& name) {
  for (const char* language : {"ru", "en", "kk"}) tap(std::string("lang.") + language).shot(std::string(language) + "-" + name);
  return *this;
}

Applicant applicant_in(const std::string& language) {
  Applicant applicant;
  applicant.language = language;
  if (language == "ru") {
    applicant.organisation = "Кредитное бюро Дала";
    applicant.address = "Алматы, Абая 52";
    applicant.first_head = "Касымов Ерлан";
    applicant.representative = "Нурланова Айгуль";
    applicant.position = "Юрист";
  } else if (language == "en") {
    applicant.organisation = "Dala Credit Bureau";
    applicant.address = "Almaty, Abay 52";
    applicant.first_head = "Kassymov Yerlan";
    applicant.representative = "Nurlanova Aigul";
    applicant.position = "Lawyer";
  }
  return applicant;
}

ScriptText application_to_documents(const Applicant& applicant) {
  ScriptText script;
  const auto& shots = applicant.shots;
  const auto shot = [&](const char* name) {
    if (!shots.empty()) script.shot(shots + name);
  };
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500);
  script.wait("start.apply").tap("lang." + applicant.language);
  shot("-01-start");
  script.tap("start.apply").wait("kind.issue").tap("kind." + applicant.procedure);
  shot("-02-kind");
  script.tap("kind.go").wait("id.pad.1").pad("id.pad", applicant.bin);
  script.wait_enabled("id.go");
  shot("-02-identify");
  script.tap("id.go").wait("id.pad.1").pause(300).pad("id.pad", applicant.pin);
  shot("-02-pin");
  script.pad("id.pad", applicant.pin);  // the second time, alike: the journey goes on by itself
  details(script, applicant);
  script.wait("docs.go");
  shot("-04-documents-empty");
  return script;
}

ScriptText application_to_check(const Applicant& applicant) {
  ScriptText script = application_to_documents(applicant);
  const auto& shots = applicant.shots;
  const auto shot = [&](const char* name) {
    if (!shots.empty()) script.shot(shots + name);
  };
  for (const auto& [code, file] : applicant.documents) {
    add_document(script, code, file);
    if (applicant.stacked) script.shot(shots + "-04-document").tap("docs.back");
  }
  script.pause(500);
  shot("-04-documents");
  script.tap("docs.go");
  fee(script, applicant);
  script.wait_enabled("check.go");
  shot("-06-check");
  return script;
}

ScriptText application(const Applicant& applicant) {
  ScriptText script = application_to_check(applicant);
  const auto& shots = applicant.shots;
  const auto shot = [&](const char* name) {
    if (!shots.empty()) script.shot(shots + name);
  };
  if (!shots.empty()) script.tap("check.go").wait("read.next").pause(1900);
  shot("-06-read");
  script.to_signature();
  script.sign("sign.pad");
  shot("-07-sign");
  script.wait_enabled("sign.go").tap("sign.go").wait("rcpt.go", 60);
  shot("-08-receipt");
  return script;
}

ScriptText signed_in(const Officer& officer) {
  ScriptText script;
  script.tap_if("power.notme", 1500).tap_if("wiped.start", 1500).wait("start.staff").tap("lang." + officer.language);
  script.tap("start.staff").wait("staff.pin.1").scan(officer.badge).pause(300).pad("staff.pin", officer.pin);
  if (!officer.shots.empty()) script.shot(officer.shots + "-10-sign-in");
  script.wait_enabled("staff.go").tap("staff.go").wait("inbox.tab.1", 60);
  return script;
}

namespace {

void read_every_page(ScriptText& script, const Officer& officer) {
  script.tap("inbox.open.0").wait("read.next", 30).pause(1900);
  if (!officer.shots.empty()) script.shot(officer.shots + "-12-read");
  script.tap_until({"read.next", "read.prev"}, "read.go");
}

}  // namespace

ScriptText mark_of_receipt(const Officer& officer) {
  ScriptText script = signed_in(officer);
  const auto shot = [&](const char* name) {
    if (!officer.shots.empty()) script.shot(officer.shots + name);
  };
  script.wait("inbox.open.0", 60);
  shot("-11-inbox");
  read_every_page(script, officer);
  script.tap("read.go").wait("ack.pad").sign("ack.pad");
  shot("-13-acknowledge");
  script.wait_enabled("ack.go").tap("ack.go").wait("rcpt.go", 60);
  shot("-13-receipt");
  return script;
}

ScriptText look_at_notice(const Officer& officer) {
  ScriptText script = signed_in(officer);
  script.wait("inbox.open.0", 60).pause(500).shots_in_languages("11-inbox");
  read_every_page(script, officer);
  script.shots_in_languages("12-read").tap("read.go").wait("ack.pad").sign("ack.pad").shots_in_languages("13-acknowledge");
  return script.tap("finish").wait("wiped.start");
}

}  // namespace qabyl::rig
