// See session.h and input.h.
#include "kiosk/screens/session.h"

#include "kiosk/screens/input.h"

namespace qabyl::kiosk {

const core::Profile* SetUp::find_profile(std::string_view id) const {
  for (const auto& candidate : profiles) {
    if (candidate.id == id) return &candidate;
  }
  return nullptr;
}

const core::Profile& SetUp::current_profile() const {
  const auto* current = find_profile(profile);
  QABYL_CHECK(current != nullptr);  // the shell sets up with a profile that it has
  return *current;
}

int percent(TextSize size) { return size == TextSize::normal ? 100 : size == TextSize::large ? 125 : 150; }

void forget(std::string& text) {
  text.resize(text.capacity());        // what was erased may still stand behind the end
  volatile char* bytes = text.data();  // volatile: the optimiser must not drop writes to what dies
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
}

bool from_a_person(const Input& input) {
  return !std::holds_alternative<Reply>(input) && !std::holds_alternative<Tick>(input);
}

}  // namespace qabyl::kiosk
