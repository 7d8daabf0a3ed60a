// Bundles that a person brings from a kiosk on a stick, and the answers that go back (sync/courier.md). See console.h.
#include <algorithm>
#include <map>

#include "core/cases/repair.h"
#include "core/encoding.h"
#include "sync/registry/console/console.h"
#include "sync/registry/courier_answers.h"

namespace qabyl::sync::registry {
namespace {

constexpr double mebibyte = 1024.0 * 1024.0;

std::string size_text(const Page& page, std::uint64_t bytes, core::Language language) {
  const auto tenths = static_cast<std::int64_t>(static_cast<double>(bytes) / mebibyte * 10 + 0.99);  // what is there at all is a tenth
  return page.say("console.courier.size", {{"n", std::to_string(tenths / 10) + (language == core::Language::en ? "." : ",") + std::to_string(tenths % 10)}});
}

// "qabyl-answers-AL-03-2026-11-29-14-32.qcb": of several on a stick a person finds the newest.
std::string file_name(const CourierAnswers& one, const core::CivilTime& made) {
  std::string clock = core::format_time(made);
  if (const auto colon = clock.find(':'); colon != std::string::npos) clock[colon] = '-';
  return "qabyl-answers-" + one.device + "-" + core::iso_date(made.date) + "-" + clock + ".qcb";
}

std::string problem_of(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::wrong_state: return "courier.answers";
    case core::ErrorCode::forbidden: return "courier.stranger";
    case core::ErrorCode::conflict: return "courier.busy";
    case core::ErrorCode::corrupt: return "courier.damaged";
    case core::ErrorCode::invalid_input:
    case core::ErrorCode::unsupported: return "courier.none";
    case core::ErrorCode::too_large: return "file.too_large";
    default: return "file.storage";
  }
}

// What was not taken, each reason once with how often.
std::string refused_table(const Page& page, const std::vector<std::string>& codes) {
  std::map<std::string, int> counted;
  for (const auto& code : codes) ++counted[code];
  std::vector<std::vector<std::string>> rows;
  for (const auto& [code, n] : counted) {
    const auto id = core::refusal_text(code);
    const auto words = page.say(page.knows(id) ? id : "console.courier.refused.other");
    rows.push_back({words + "<small><code>" + escaped(code) + "</code></small>", std::to_string(n)});
  }
  return table({page.say("console.courier.refused"), page.say("console.courier.count")}, rows);
}

}  // namespace

Response Console::courier(const Visit& visit, std::string_view problem, const CourierResult* taken) {
  if (!may(visit.session->role, Power::carry_courier)) return forbidden(visit);
  auto made = page(visit, Section::kiosks);
  made.crumb("/kiosks", made.say("console.kiosks"));
  made.title(made.say("console.courier.h"), made.say("console.courier.sub"));
  if (!problem.empty()) made.problem(why(made, problem));
  if (taken != nullptr) {
    std::string html = facts({{made.say("console.device"), escaped(taken->device)}, {made.say("console.courier.records"), std::to_string(taken->records)},
                              {made.say("console.courier.documents"), std::to_string(taken->documents)}});
    if (!taken->refused.empty()) html += refused_table(made, taken->refused);
    html += "<p>" + made.say("console.courier.next") + "</p><form class=\"bar\" method=\"get\" action=\"/courier_answers\">" + hidden("device", taken->device) + button(made.say("console.courier.download")) + "</form>";
    made.card(made.say("console.courier.taken"), html);
  }
  made.act("/courier", made.say("console.courier.take"), made.say("console.courier.take.hint"), file_input("bundle", made.say("console.courier.file"), made.say("console.courier.file.hint"), ".qcb"), true);
  const auto kept = kept_answers(registry_.folder);
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : kept ? *kept : std::vector<CourierAnswers>{}) {
    rows.push_back({escaped(one.device), when(visit, one.made), size_text(made, one.bytes, visit.language), link("/courier_answers?device=" + percent_encoded(one.device), made.say("console.courier.download"))});
  }
  if (!rows.empty()) {
    made.card(made.say("console.courier.kept"), "<p>" + made.say("console.courier.kept.hint") + "</p>" +
                                                    table({made.say("console.device"), made.say("console.courier.made"), made.say("console.courier.bytes"), made.say("console.courier.answers")}, rows));
  }
  return made.response(problem.empty() ? 200 : problem == "courier.busy" ? 503 : 409);
}

// First whether it may be taken, then, once it was carried out, what came of it.
Response Console::take_bundle(const Visit& visit) {
  if (!may(visit.session->role, Power::carry_courier)) return forbidden(visit);
  if (visit.form == nullptr || (visit.form->problem.empty() && !visit.form->file)) return courier(visit, "courier.no_file");
  if (!visit.form->problem.empty()) return courier(visit, visit.form->problem == "file.type" ? "courier.none" : visit.form->problem);
  if (visit.courier == nullptr) {
    Response response;
    response.status = courier_goes_on;
    return response;
  }
  const auto& result = *visit.courier;
  const auto word = result ? std::string("done") : problem_of(result.error());
  const auto object = result ? result->bundle : core::to_hex(visit.form->file->sha256);
  if (!registry_.store.audit(visit.session->officer, "courier.carry", object, word, visit.now)) return courier(visit, "file.storage");
  return result ? courier(visit, {}, &*result) : courier(visit, word);
}

Response Console::courier_answers(const Visit& visit) {
  if (!may(visit.session->role, Power::carry_courier)) return forbidden(visit);
  const auto device = percent_decoded(visit.request.query("device"));
  const auto kept = kept_answers(registry_.folder);
  const auto found = kept ? std::find_if(kept->begin(), kept->end(), [&](const auto& one) { return one.device == device; }) : std::vector<CourierAnswers>::const_iterator{};
  if (!kept || found == kept->end() || !noted(visit, "courier.answers", device)) return missing(visit);
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"" + file_name(*found, registry_.assets.zone.local(found->made)) + "\"");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  response.file = FileBody{found->path, 0, found->bytes};
  return response;
}

}  // namespace qabyl::sync::registry
