// A visitor at the counter, for tests: the App driven by events and made-up instants, with replies as
// the shell would give them. No window, no disk, no waiting.
#pragma once

#include <string>
#include <variant>

#include "core/receipt_number.h"
#include "kiosk/screens/app.h"

namespace qabyl::kiosk::test {

inline const core::Instant nine{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{4}};
inline const core::Id draft_id = "019ab0000000700080000000000000d1";
inline const std::string good_bin = "040740001238";

core::Profile sample_profile();
const SetUp& sample_set_up();
core::DraftFile pdf_file(const std::string& name, int pages, std::uint8_t mark);
ReceiptView sample_receipt();
ReceiptView proved(ReceiptView receipt);  // with a code as long as in a log of ten million leaves
core::Stroke long_stroke();   // enough ink for a signature
core::Stroke dot();           // three samples

class Visit {
 public:
  Visit() : Visit(sample_set_up()) {}
  explicit Visit(const SetUp& set_up) : app(set_up, Now{nine, steady}) {}  // `set_up` outlives the visit

  // Each returns the effects of that input and keeps them in `effects`.
  Effects& feed(Input input);
  Effects& type(std::string text) { return feed(person::TextTyped{std::move(text)}); }
  Effects& next() { return feed(person::PrimaryPressed{}); }
  Effects& back() { return feed(person::BackPressed{}); }
  Effects& reply(Reply answer) { return feed(std::move(answer)); }
  void wait(core::Millis time);  // ticks once a second

  // Each answers what the shell would be asked on the way. Preconditions: the step before.
  void to_bin(core::Procedure procedure = core::Procedure::issue);
  void to_details(core::Procedure procedure = core::Procedure::issue);
  void fill_question(int question);
  void to_documents();
  void add(const std::string& item, const core::DraftFile& file);
  void to_fee() { to_documents(); next(); }
  void to_check();
  void to_sign();
  void read_form();  // every page of the form, at the check screen
  void sign() { feed(person::PenLifted{long_stroke(), 2390, 1250}); }
  void to_receipt();

  template <typename Model> const Model& at() const { return std::get<Model>(app.screen()); }
  template <typename Model> bool is_at() const { return std::holds_alternative<Model>(app.screen()); }
  template <typename Wanted> int count() const {
    int found = 0;
    for (const auto& effect : effects) found += std::holds_alternative<Wanted>(effect) ? 1 : 0;
    return found;
  }
  template <typename Wanted> const Wanted& last() const {
    const Wanted* found = nullptr;
    for (const auto& effect : effects) {
      if (const auto* one = std::get_if<Wanted>(&effect)) found = one;
    }
    QABYL_CHECK(found != nullptr);
    return *found;
  }

  core::Millis steady{1'000'000};
  App app;
  Effects effects;             // of the last input
  bool answer_saves = true;    // DraftSaved at once for every SaveDraft
};

}  // namespace qabyl::kiosk::test
