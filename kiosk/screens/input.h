// Everything that can happen to the App: a person did something, the shell answers, time passes.
// Plain data, typed by what the person meant, not by where the finger was.
#pragma once

#include <string>
#include <variant>

#include "kiosk/screens/effects.h"
#include "kiosk/screens/staff_events.h"

namespace qabyl::kiosk {

// Every text field of the applicant's screens. The order is the order on the screens.
enum class Field { organisation, address, representative, position, phone, authority_until,
                   first_head, licence_number, look_number, look_code };
inline constexpr std::size_t fields_count = 10;

enum class Key { backspace, clear, left, right, enter };
enum class AwayAnswer { yes, more, leave };

namespace person {
// On every screen.
struct Touched {};                                   // a touch that hit no target
struct LanguageChosen { core::Language language; };
struct TextSizePressed {};                           // cycles 100, 125, 150 %
struct ContrastPressed {};
struct FinishPressed {};                             // finish and clear the screen
struct BackPressed {};
struct PrimaryPressed {};                            // the one primary; disabled ones say why
struct StepTapped { int step = 0; };                 // a finished step of the rail
struct ListTurned { int by = 0; };                   // up and down of a paged list
struct PageTurned { int by = 0; };
struct PageChosen { int page = 0; };
struct ZoomPressed {};
// Text for the field (or PIN, or badge) that has the focus: screen keyboard, number pad, a real
// keyboard, a code reader (the whole code in one event), a script. May be hostile bytes.
struct TextTyped { std::string text; };
struct KeyPressed { Key key; };
struct FieldTapped { Field field; };
struct PenLifted { core::Stroke stroke; int pad_width_tenth_mm = 0, pad_height_tenth_mm = 0; };
struct UndoPressed {};                               // the last stroke
struct ErasePressed {};                              // all strokes
struct AwayAnswered { AwayAnswer answer; };          // the time-out dialog
// Start and what it leads to.
struct ApplyPressed {};
struct LookUpPressed {};
struct StaffPressed {};
struct KindChosen { core::Procedure procedure; };
// Details.
struct ByOfficePressed {};                           // "I act by office": no power of attorney
// Documents and fee.
struct ItemTapped { std::string item; };
struct AddPressed { std::string item; };             // opens the choice of sources
struct SourceFileTapped { std::string name; };
struct SourceClosed {};
struct PanelClosed {};                               // where a panel is a screen of its own: back to the list
struct CancelAddPressed {};
struct FileTapped { std::size_t file = 0; };         // of the selected item
struct FileRemoved { std::size_t file = 0; };
struct RetakePressed { std::size_t file = 0; };
struct KeepPressed { std::size_t file = 0; };
struct FeeChosen { core::FeeChoice choice; };
// Check, sign, receipt, look-up.
enum class Answer { organisation, address, representative, position, phone, authority_until,
                    first_head, licence_number, document, fee };
struct ChangePressed { Answer answer; std::string item; };  // item: code, for document
struct ReadFormPressed {};
struct FormClosed {};
struct FormPageShown { int page = 0; int dpi = 0; core::Digest pixels{}; int width = 0, height = 0; std::string renderer = {}; };
struct PaperWayPressed {};                           // shows or hides how to sign on paper
struct RetryPressed {};                              // what the screen says has failed
struct SaveReceiptPressed {};
struct ProofPressed {};                              // shows or hides the proof of a receipt
struct FollowPressed { FollowAct act; };             // from the look-up
// After a power cut, after a wipe.
struct GoOnWithPinPressed {};
struct NotMePressed {};
struct BeginPressed {};
}  // namespace person

struct Tick {};  // at least once a second while next_due() says so

// Special members: model/sums.cpp.
struct Input : std::variant<
    person::Touched, person::LanguageChosen, person::TextSizePressed, person::ContrastPressed,
    person::FinishPressed, person::BackPressed, person::PrimaryPressed, person::StepTapped,
    person::ListTurned, person::PageTurned, person::PageChosen, person::ZoomPressed, person::TextTyped,
    person::KeyPressed, person::FieldTapped, person::PenLifted, person::UndoPressed, person::ErasePressed,
    person::AwayAnswered, person::ApplyPressed, person::LookUpPressed, person::StaffPressed,
    person::KindChosen, person::ByOfficePressed, person::ItemTapped, person::AddPressed,
    person::SourceFileTapped, person::SourceClosed, person::PanelClosed, person::CancelAddPressed,
    person::FileTapped, person::FileRemoved, person::RetakePressed, person::KeepPressed, person::FeeChosen,
    person::ChangePressed, person::ReadFormPressed, person::FormClosed, person::FormPageShown,
    person::PaperWayPressed, person::RetryPressed, person::SaveReceiptPressed, person::ProofPressed, person::FollowPressed,
    person::GoOnWithPinPressed, person::NotMePressed, person::BeginPressed, staff::Event, Reply, Tick> {
  using variant::variant;
  Input(Input&&) noexcept;
  Input(const Input&);
  Input& operator=(Input&&) noexcept;
  Input& operator=(const Input&);
  ~Input();
};

// True for what only a finger, a key or a reader can cause (it ends the quiet time).
bool from_a_person(const Input& input);

}  // namespace qabyl::kiosk
