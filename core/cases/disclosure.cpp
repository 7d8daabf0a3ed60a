// A request to give the summary report to a third party: what each record may do to it. See disclosure.h.
#include "core/cases/disclosure.h"

#include "core/cases/steps.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

using S = DisclosureState;

Result<Disclosure> ask(const Disclosure& before, const Record& record, const CaseFacts& facts) {
  if (before.state != S::none) return refused("disclosure.already_asked");
  QABYL_TRY(person, bureau_filing(record));
  QABYL_TRY_DO(may_act(person, "signers.summary", facts));
  if (check_line(record.body, "third_party", name_chars_max)) return invalid("disclosure.third_party");
  if (check_line(record.body, "purpose", text_chars_max)) return invalid("disclosure.purpose");
  return Disclosure{S::asked, record.body.text("third_party"), record.body.text("purpose")};
}

Result<Disclosure> answer(const Disclosure& before, const Record& record, const CaseFacts&) {
  if (before.state != S::asked) return refused("disclosure.nothing_asked");
  QABYL_TRY_DO(signer_of(record, {"unit_head", "unit_deputy", "first_head", "deputy"}));
  QABYL_TRY_DO(act_date(record));
  Disclosure next = before;
  next.state = record.body.flag("consent") ? S::consented : S::refused;
  if (next.state == S::refused) QABYL_TRY_DO(text_given(record, "reason"));
  return next;
}

constexpr Step<Disclosure, const CaseFacts&> steps[] = {{kind::disclosure_request, ask}, {kind::disclosure_answer, answer}};

}  // namespace

std::string_view to_text(DisclosureState state) {
  switch (state) {
    case S::none: return "none";
    case S::asked: return "asked";
    case S::consented: return "consented";
    case S::refused: return "refused";
  }
  QABYL_CHECK(false);
  return {};
}

Result<Disclosure> Disclosure::apply(const Record& record, const CaseFacts& facts) const {
  return take_step<Disclosure, const CaseFacts&>(steps, *this, record, facts);
}

}  // namespace qabyl::core
