// The letter of paragraph 13, read strictly: every duty has somebody. See responsibles.h.
#include "core/cases/responsibles.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

std::optional<LetterPerson> person_from(const Json& json) {
  const auto finding = first_of({check_line(json, "staff", staff_chars_max), check_line(json, "name", name_chars_max),
                                 check_line(json, "position", line_chars_max)});
  if (finding) return std::nullopt;
  return LetterPerson{json.text("staff"), json.text("name"), json.text("position")};
}

Status add_duties(Responsibles& letter, const Json& specialist) {
  const auto person = person_from(specialist);
  const auto& duties = specialist.items("duties");
  if (!person || duties.empty()) return invalid("letter.specialist_absurd");
  for (const auto& duty : duties) {
    if (duty == Json("prepare")) letter.prepare.push_back(*person);
    else if (duty == Json("hand_over")) letter.hand_over.push_back(*person);
    else if (duty == Json("receive_interim")) letter.receive_interim.push_back(*person);
    else return invalid("letter.specialist_absurd");
  }
  return Done{};
}

}  // namespace

Result<Responsibles> responsibles_from(const Record& record, const RunningTerm& term, const Rules& rules) {
  QABYL_TRY(signer, bureau_filing(record));
  if (signer.capacity != "first_head" && signer.capacity != "deputy") return invalid("letter.signer");
  const auto manager = person_from(record.body.member("manager")), stand_in = person_from(record.body.member("stand_in"));
  if (!manager) return invalid("letter.manager_missing");
  if (!stand_in || stand_in->staff == manager->staff) return invalid("letter.stand_in_missing");
  Responsibles letter{*manager, *stand_in, {}, {}, {}, signer.on, rules.timeliness(term, record.at)};
  const auto& specialists = record.body.items("specialists");
  if (specialists.size() > list_items_max) return invalid("letter.specialist_absurd");
  for (const auto& one : specialists) QABYL_TRY_DO(add_duties(letter, one));
  if (letter.prepare.empty() || letter.hand_over.empty() || letter.receive_interim.empty()) return invalid("letter.duty_unfilled");
  return letter;
}

}  // namespace qabyl::core
