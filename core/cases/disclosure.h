// Giving the summary report to a third party (paragraph 26): the bureau asks, the body consents or refuses.
#pragma once

#include "core/cases/acts.h"

namespace qabyl::core {

namespace kind {
inline constexpr std::string_view disclosure_request = "disclosure.request";  // R26.2, kiosk
inline constexpr std::string_view disclosure_answer = "disclosure.answer";    // R26.2
}  // namespace kind

enum class DisclosureState { none, asked, consented, refused };
std::string_view to_text(DisclosureState state);

struct Disclosure {
  DisclosureState state = DisclosureState::none;
  std::string third_party, purpose;

  // Bodies: request {third_party,purpose}, a filing; answer {disclosure,date,consent,reason?,signer}: a refusal gives a reason.
  Result<Disclosure> apply(const Record& record, const CaseFacts& facts) const;
};

}  // namespace qabyl::core
