// Filling in a reply, question by question (picture 14): what is asked stands in reply_form.h; here is where the person
// is, what has been typed, chosen and brought on the stick. Ends with the letter that the shell makes of it, or, before
// witnesses, with the record itself. What is being written is kept every few seconds and when the person leaves: who
// comes back to the same paper is asked whether to go on with it. No ImGui, no I/O.
#pragma once

#include "kiosk/screens/documents_screen.h"
#include "kiosk/screens/reply_form.h"
#include "kiosk/screens/staff_outcome.h"

namespace qabyl::kiosk {

inline constexpr std::size_t reply_files_max = 40;

struct ReplyScreen {
  // kept: asked about what had been written; making: the letter; filing: the refusal before witnesses
  enum class Stage { kept, asking, making, filing, checking };

  PaperView paper;
  ReplyForm form;
  std::vector<StaffView> people;  // asked for the letter of paragraph 13
  std::vector<Given> given;
  std::size_t at = 0;
  int field = 0;                  // that has the keyboard
  int list_page = 0;
  Stage stage = Stage::asking;
  core::Language made_in = core::Language::kk;  // the letter, as last asked for
  core::Id filing;                // of the record to be; empty until the shell has named it
  std::optional<core::HalfReply> kept;   // had been written; until the person has chosen
  std::optional<core::Millis> keep_at;   // when what was given since is kept; empty: all of it is
  FileIntake intake;
  std::vector<core::DraftFile> files;
  std::vector<ReplyFault> faults;
  std::optional<core::ErrorCode> problem;

  Effects begin(core::BureauAct act, const PaperView& of, const core::Profile& profile, core::Language language);
  StaffOutcome update(const Input& input, const core::Profile& profile, const Session& session, Now now, core::Date today);
  void take(const Reply& reply, const core::Profile& profile, core::Language language);
  Effects close();                // cancels a file that is being read in, keeps what has been written
  const Question& question() const { return form.questions[at]; }
  PaperAct said() const;
  bool waiting_for_people() const { return form.act == core::BureauAct::letter && people.empty(); }
  Effects make_letter(core::Language language);  // precondition: no question has a fault
  bool busy() const { return stage != Stage::asking && stage != Stage::kept; }
  std::optional<core::Millis> next_due() const { return stage != Stage::asking || filing.empty() ? std::nullopt : keep_at; }
  void wipe();

 private:
  void ask(core::BureauAct act, const core::Profile& profile, core::Language language);
  StaffOutcome choose(const Input& input, core::Date today);
  StaffOutcome asked(const Input& input, const Session& session, Now now, core::Date today);
  StaffOutcome next(core::Date today, core::Language language);
  StaffOutcome back();
  Effects documents_input(const Input& input, Now now);
  bool typed(const Input& input);
  void go_to(std::size_t question);
  void changed(core::Millis due) { if (!keep_at) keep_at = due; }
  Effects keep();
};

}  // namespace qabyl::kiosk
