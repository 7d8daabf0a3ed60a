// Filling in a reply, question by question (picture 14): what is asked stands in reply_form.h; here is where the person
// is, what has been typed, chosen and brought on the stick. Ends with the letter that the shell makes of it, or, before
// witnesses, with the record itself. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/documents_screen.h"
#include "kiosk/screens/reply_form.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

inline constexpr std::size_t reply_files_max = 40;

struct ReplyScreen {
  enum class Stage { asking, making, filing, checking };  // making: the letter; filing: the refusal before witnesses

  PaperView paper;
  ReplyForm form;
  std::vector<StaffView> people;  // asked for the letter of paragraph 13
  std::vector<Given> given;
  std::size_t at = 0;
  int field = 0;                  // that has the keyboard
  int list_page = 0;
  Stage stage = Stage::asking;
  core::Id filing;                // of the record to be; empty until the shell has named it
  FileIntake intake;
  std::vector<core::DraftFile> files;
  std::vector<ReplyFault> faults;
  std::optional<core::ErrorCode> problem;

  Effects begin(core::BureauAct act, const PaperView& of, const core::Profile& profile, core::Language language);
  StaffOutcome update(const Input& input, const core::Profile& profile, const Session& session, Now now, core::Date today);
  void take(const Reply& reply, const core::Profile& profile, core::Language language);
  Effects close();                // cancels a file that is being read in
  const Question& question() const { return form.questions[at]; }
  PaperAct said() const;
  bool waiting_for_people() const { return form.act == core::BureauAct::letter && people.empty(); }
  void wipe();

 private:
  void ask(core::BureauAct act, const core::Profile& profile, core::Language language);
  StaffOutcome next(core::Date today, core::Language language);
  StaffOutcome back();
  Effects documents_input(const Input& input, Now now);
  void typed(const Input& input);
  void go_to(std::size_t question);
};

}  // namespace qabyl::kiosk
