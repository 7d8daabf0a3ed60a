// See documents_screen.h. DESIGN.md, sections 4, 5 (document tile, source choice) and 10.
#include "kiosk/screens/documents_screen.h"

#include <algorithm>
#include <utility>

namespace qabyl::kiosk {
namespace {

core::DraftItem& item_of(core::ApplicationDraft& draft, const std::string& code) {
  const auto found = std::ranges::find(draft.items, code, &core::DraftItem::code);
  if (found != draft.items.end()) return *found;
  draft.items.push_back({code, {}});
  return draft.items.back();
}

void remove_file(Journey& journey, const std::string& item, std::size_t file) {
  auto* files = journey.draft->files_of(item);
  if (files == nullptr || file >= files->size()) return;
  forget((*files)[file].ref.name);
  files->erase(files->begin() + static_cast<std::ptrdiff_t>(file));
  journey.changed();
}

void keep_file(Journey& journey, const std::string& item, std::size_t file) {
  auto* files = journey.draft->files_of(item);
  if (files == nullptr || file >= files->size()) return;
  (*files)[file].kept_as_is = true;
  journey.changed();
}

void refused(FileIntake& intake, const reply::FileRefused& answer) {
  intake.adding.reset();
  intake.replaces.reset();
  if (answer.why != "cancelled") intake.refused = answer;
}

// The replies and the choice of sources, the same for documents and for the proof of payment.
// True: the input was about them. `item` is the one that is being added to.
bool intake_input(FileIntake& intake, const Input& input, const std::string& item, const Desk& desk,
                  Effects& effects) {
  if (const auto* reply = std::get_if<Reply>(&input)) {
    if (const auto* listed = std::get_if<reply::SourceListed>(reply)) {
      intake.listing = false;
      intake.listed = *listed;
    }
    if (const auto* progress = std::get_if<reply::AddProgress>(reply); progress != nullptr && intake.adding) {
      intake.adding->pages_read = progress->pages_read;
      intake.adding->pages = progress->pages;
    }
    if (const auto* added = std::get_if<reply::FileAdded>(reply)) intake.take(*added, desk.journey);
    if (const auto* refusal = std::get_if<reply::FileRefused>(reply)) refused(intake, *refusal);
    return true;
  }
  if (std::holds_alternative<Tick>(input)) {
    effects = intake.relist(desk.now);
    return true;
  }
  if (const auto* event = std::get_if<person::SourceFileTapped>(&input)) {
    effects = intake.add(event->name, item, desk.journey);
    return true;
  }
  if (std::holds_alternative<person::CancelAddPressed>(input)) {
    if (intake.adding) effects = {effect::CancelAdd{}};
    return true;
  }
  if (!std::holds_alternative<person::SourceClosed>(input)) return false;
  effects = intake.close();
  return true;
}

void select(DocumentsScreen& screen, const std::string& item) {
  if (screen.selected != item) screen.intake.refused.reset();
  screen.selected = item;
  screen.file = 0;
  screen.page = 1;
  screen.zoomed = false;
  screen.panel = true;
}

// A row was tapped: what has files shows them, what has none asks where the document is.
Effects row_tapped(DocumentsScreen& screen, const std::string& code, const Desk& desk) {
  const auto* document = find_document(desk.profile(), desk.journey.procedure, code);
  if (document == nullptr || document->step != 3 || screen.intake.adding) return {};
  select(screen, code);
  auto effects = screen.intake.close();
  if (document->made_here || screen.shown_file(desk.journey) != nullptr) return effects;
  return screen.intake.show(desk.now);
}

Effects add_pressed(DocumentsScreen& screen, const std::string& code, const Desk& desk) {
  const auto* document = find_document(desk.profile(), desk.journey.procedure, code);
  if (document == nullptr || document->made_here || screen.intake.adding) return {};
  select(screen, code);
  screen.intake.replaces.reset();
  return screen.intake.show(desk.now);
}

void turn(DocumentsScreen& screen, int page, const Journey& journey) {
  const auto* file = screen.shown_file(journey);
  if (file != nullptr) screen.page = std::clamp(page, 1, std::max(1, file->pages));
}

void added(DocumentsScreen& screen, const Journey& journey) {
  const auto* files = journey.draft->files_of(screen.selected);
  if (files != nullptr && !files->empty()) screen.file = files->size() - 1;
  screen.page = 1;
}

Outcome back(DocumentsScreen& screen, Journey& journey) {
  if (screen.zoomed) {
    screen.zoomed = false;
    return {};
  }
  const auto place = journey.change_from_check ? Place::check : Place::details;
  if (place == Place::details) journey.at_step(2, 4);  // to the last question
  return {screen.intake.close(), place};
}

// What a finger does to the files of the selected item. True: dealt with.
bool file_input(DocumentsScreen& screen, const Input& input, const Desk& desk, Effects& effects) {
  auto& journey = desk.journey;
  if (const auto* event = std::get_if<person::FileTapped>(&input)) {
    const auto* files = journey.draft->files_of(screen.selected);
    if (files != nullptr && event->file < files->size()) screen.file = event->file;
    screen.page = 1;
    return true;
  }
  if (const auto* event = std::get_if<person::FileRemoved>(&input)) {
    remove_file(journey, screen.selected, event->file);
    screen.file = 0;
    screen.page = 1;
    screen.zoomed = false;
    return true;
  }
  if (const auto* event = std::get_if<person::KeepPressed>(&input)) {
    keep_file(journey, screen.selected, event->file);
    return true;
  }
  if (const auto* event = std::get_if<person::RetakePressed>(&input)) {
    effects = screen.intake.show(desk.now);
    screen.intake.replaces = event->file;
    return true;
  }
  return false;
}

}  // namespace

Effects FileIntake::show(Now now) {
  open = true;
  list_page = 0;
  refused.reset();
  if (listing) return {};
  listing = true;
  listed_at = now.steady;
  return {effect::ListSource{}};
}

Effects FileIntake::relist(Now now) {
  if (!open || listing || adding || now.steady - listed_at < waits::source_relist) return {};
  listing = true;
  listed_at = now.steady;
  return {effect::ListSource{}};
}

Effects FileIntake::add(const std::string& name, const std::string& item, const Journey& journey) {
  if (adding || !open || !journey.draft) return {};
  if (journey.draft->files() >= static_cast<int>(core::draft_files_max)) return {};
  refused.reset();
  adding = Adding{.item = item, .name = name};
  return {effect::AddFile{journey.draft->id, item, name}};
}

void FileIntake::take(const reply::FileAdded& added, Journey& journey) {
  if (!journey.draft) return;
  auto& files = item_of(*journey.draft, added.item).files;
  const auto same = [&added](const core::DraftFile& other) { return other.ref.sha256 == added.file.ref.sha256; };
  const bool twice = std::ranges::any_of(files, same);
  if (!twice && replaces && *replaces < files.size()) files[*replaces] = added.file;
  else if (!twice) files.push_back(added.file);
  adding.reset();
  replaces.reset();
  refused.reset();
  open = false;
  journey.changed();
}

Effects FileIntake::close() {
  open = false;
  replaces.reset();
  if (!adding) return {};
  return {effect::CancelAdd{}};
}

ItemState DocumentsScreen::state_of(const core::RequiredDocument& document, const Journey& journey) const {
  if (document.made_here) return ItemState::made_here;
  if (document.step != 3) return ItemState::later;
  if (intake.adding && intake.adding->item == document.code) return ItemState::reading;
  const auto* files = journey.draft ? journey.draft->files_of(document.code) : nullptr;
  if (files == nullptr || files->empty()) {
    const bool was_refused = intake.refused && intake.refused->item == document.code;
    return was_refused ? ItemState::refused : ItemState::none;
  }
  const auto asks = [](const core::DraftFile& one) { return !one.problem.empty() && !one.kept_as_is; };
  return std::ranges::any_of(*files, asks) ? ItemState::attention : ItemState::ready;
}

const core::DraftFile* DocumentsScreen::shown_file(const Journey& journey) const {
  const auto* files = journey.draft ? std::as_const(*journey.draft).files_of(selected) : nullptr;
  return files != nullptr && file < files->size() ? &(*files)[file] : nullptr;
}

Outcome DocumentsScreen::update(const Input& input, const Desk& desk) {
  Effects effects;
  if (intake_input(intake, input, selected, desk, effects)) {
    const auto* reply = std::get_if<Reply>(&input);
    if (reply != nullptr && std::holds_alternative<reply::FileAdded>(*reply)) added(*this, desk.journey);
    return {std::move(effects), {}};
  }
  if (file_input(*this, input, desk, effects)) return {std::move(effects), {}};
  if (const auto* event = std::get_if<person::ItemTapped>(&input)) return {row_tapped(*this, event->item, desk), {}};
  if (const auto* event = std::get_if<person::AddPressed>(&input)) return {add_pressed(*this, event->item, desk), {}};
  if (const auto* event = std::get_if<person::PageTurned>(&input)) turn(*this, page + event->by, desk.journey);
  if (const auto* event = std::get_if<person::PageChosen>(&input)) turn(*this, event->page, desk.journey);
  if (std::holds_alternative<person::ZoomPressed>(input)) zoomed = !zoomed && shown_file(desk.journey) != nullptr;
  if (const auto* event = std::get_if<person::ListTurned>(&input)) {
    int& turned = intake.open ? intake.list_page : list_page;
    turned = std::max(0, turned + event->by);
  }
  if (std::holds_alternative<person::BackPressed>(input)) return back(*this, desk.journey);
  if (std::holds_alternative<person::PanelClosed>(input)) {
    panel = false;
    return {intake.close(), {}};
  }
  if (!std::holds_alternative<person::PrimaryPressed>(input)) return {};
  if (intake.adding) return {};  // the file that is being read in still belongs to this step
  return {{}, desk.journey.change_from_check ? Place::check : Place::fee};
}

std::string fee_item(const core::Profile& profile, core::Procedure procedure) {
  for (const auto& document : profile.list(procedure)) {
    if (document.step == 4) return document.code;
  }
  return {};
}

std::string fee_qr_text(const core::Profile& profile, const core::ApplicationDraft& draft) {
  const auto amount = profile.fee_tenge(draft.procedure);
  std::string text = "BIN:" + profile.fee.receiver_bin + "\nIBAN:" + profile.fee.account;
  text += "\nKNP:" + profile.fee.purpose_code;
  if (amount) text += "\nKZT:" + std::to_string(*amount);
  return text + "\nPAYER:" + draft.bin;
}

Outcome FeeScreen::update(const Input& input, const Desk& desk) {
  auto& draft = *desk.journey.draft;
  Effects effects;
  const bool had_proof = draft.files_of(item) != nullptr && !draft.files_of(item)->empty();
  if (intake_input(intake, input, item, desk, effects)) {
    const bool has_proof = draft.files_of(item) != nullptr && !draft.files_of(item)->empty();
    if (has_proof && !had_proof) draft.fee = core::FeeChoice::proof;
    return {std::move(effects), {}};
  }
  if (const auto* event = std::get_if<person::FeeChosen>(&input); event != nullptr && draft.fee != event->choice) {
    draft.fee = event->choice;
    desk.journey.changed();
  }
  if (std::holds_alternative<person::AddPressed>(input) && !intake.adding) return {intake.show(desk.now), {}};
  if (const auto* event = std::get_if<person::FileRemoved>(&input)) remove_file(desk.journey, item, event->file);
  if (const auto* event = std::get_if<person::KeepPressed>(&input)) keep_file(desk.journey, item, event->file);
  if (const auto* event = std::get_if<person::ListTurned>(&input)) {
    intake.list_page = std::max(0, intake.list_page + event->by);
  }
  if (std::holds_alternative<person::BackPressed>(input)) {
    if (intake.open) return {intake.close(), {}};
    return {{}, desk.journey.change_from_check ? Place::check : Place::documents};
  }
  if (!std::holds_alternative<person::PrimaryPressed>(input) || intake.adding) return {};
  if (draft.fee == core::FeeChoice::undecided) draft.fee = core::FeeChoice::later;  // said on the next screen
  desk.journey.changed();
  return {{}, Place::check};
}

}  // namespace qabyl::kiosk
