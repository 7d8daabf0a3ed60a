// The application that one visitor is filling in, with everything around it that outlives a single
// screen: what stands in the fields, whether the kiosk has saved it, the application form made from it.
// Knows no screen, no ImGui, no I/O.
#pragma once

#include <array>
#include <map>

#include "kiosk/screens/session.h"
#include "kiosk/screens/text_edit.h"

namespace qabyl::kiosk {

namespace person { struct FormPageShown; }

inline constexpr std::size_t phone_digits = 10;
inline constexpr std::size_t date_digits = 8;  // ddmmyyyy

struct Saving {             // autosave: at most one SaveDraft under way, the latest wins
  bool wanted = false, under_way = false;
  std::optional<core::Instant> saved_at;
  std::optional<core::ErrorCode> failed;
  core::Millis retry_at{0};  // steady; meaningful while failed
};

struct Form {               // the application form as a paper, made by the shell from the answers
  enum class State { none, making, ready, failed };
  State state = State::none;
  std::string of;           // the answers and the language it was made from, canonical
  core::DraftFile file;
  std::map<int, core::PageSeen> seen;  // pages that the person has had on the screen
  int dpi = 0;
  std::string renderer;     // of those pages

  void page_shown(const person::FormPageShown& shown);
  bool every_page_shown() const { return state == State::ready && static_cast<int>(seen.size()) == file.pages; }
  // What the person signs and what was shown of it. No page opened: none listed, and no renderer claimed.
  core::ScreenSignature signature(const core::Strokes& strokes, int pad_width_tenth_mm, int pad_height_tenth_mm) const;
};

struct Journey {
  core::Procedure procedure = core::Procedure::issue;
  std::optional<core::ApplicationDraft> draft;  // from the moment the draft PIN is set
  std::array<TextEdit, fields_count> fields;    // as typed; the draft gets what follows from it
  bool by_office = false;                       // no power of attorney
  bool change_from_check = false;               // "change" was pressed: the primary returns to check
  Saving saving;
  Form form;

  TextEdit& field(Field which) { return fields[static_cast<std::size_t>(which)]; }
  const TextEdit& field(Field which) const { return fields[static_cast<std::size_t>(which)]; }
  const core::Profile& profile(const SetUp& set_up) const;  // of the draft, else the current one
  void fields_from_draft();
  void draft_from_fields();          // precondition: draft
  void at_step(int step, int question = 1);
  void changed() { saving.wanted = true; }
  // MakeForm, unless the form at hand was made from just these answers in this language.
  Effects make_form(core::Language language);
  void wipe();
};

// "31122027" -> 2027-12-31; empty if it is no date.
std::string iso_from_digits(std::string_view ddmmyyyy);
std::string digits_from_iso(std::string_view iso);
std::string digits_as_date(std::string_view ddmmyyyy);   // 31.12.2027, as far as typed
std::string digits_as_phone(std::string_view digits);    // +7 701 234 56 78, as far as typed

// Mandatory documents without a file, by the step in which they are added (3 or 4).
std::vector<std::string> missing_in_step(const core::Profile& profile, const core::ApplicationDraft& draft,
                                         int step);
const core::RequiredDocument* find_document(const core::Profile& profile, core::Procedure procedure,
                                            std::string_view code);

void forget(core::ApplicationDraft& draft);

}  // namespace qabyl::kiosk
