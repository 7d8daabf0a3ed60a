// See app_snapshot.h.
#include "tests/kiosk/app_snapshot.h"

#include <sstream>

namespace qabyl::kiosk::test {
namespace {

void put(std::ostream& out, const FileIntake& intake) {
  out << " open=" << intake.open << " list=" << intake.list_page << " files=" << (intake.listed ? intake.listed->files.size() : 0);
  if (intake.adding) out << " adding=" << intake.adding->name << ' ' << intake.adding->pages_read << '/' << intake.adding->pages;
  if (intake.refused) out << " refused=" << intake.refused->why;
}

void put(std::ostream&, const StartScreen&) {}
void put(std::ostream&, const StopScreen&) {}
void put(std::ostream&, const WipedScreen&) {}
void put(std::ostream&, const StaffJourney&) {}
void put(std::ostream& out, const KindScreen& screen) { out << " chosen=" << (screen.chosen ? static_cast<int>(*screen.chosen) : -1) << ' ' << screen.list_page; }
void put(std::ostream& out, const PowerScreen& screen) { out << ' ' << screen.what.draft.id; }
void put(std::ostream& out, const IdentifyScreen& screen) {
  out << " stage=" << static_cast<int>(screen.stage) << " bin=" << screen.bin << " pin=" << screen.pin << '/' << screen.pin_first << " found=" << screen.found.has_value()
      << " differ=" << screen.differ << " refused=" << (screen.refused ? screen.refused->tries_left : -1);
}
void put(std::ostream& out, const DetailsScreen& screen) {
  out << " question=" << screen.question << " focus=" << static_cast<int>(screen.focus);
  for (const auto& error : screen.errors) out << " error=" << static_cast<int>(error.field) << error.text;
}
void put(std::ostream& out, const DocumentsScreen& screen) {
  out << " selected=" << screen.selected << " file=" << screen.file << " page=" << screen.page << " zoomed=" << screen.zoomed << " panel=" << screen.panel << " list=" << screen.list_page;
  put(out, screen.intake);
}
void put(std::ostream& out, const FeeScreen& screen) { put(out, screen.intake); }
void put(std::ostream& out, const CheckScreen& screen) {
  out << " list=" << screen.list_page << " reading=" << screen.reading << " page=" << screen.page << " errors=" << screen.errors.size();
}
void put(std::ostream& out, const SignScreen& screen) {
  out << " stage=" << static_cast<int>(screen.stage) << " strokes=" << screen.strokes.size() << " points=" << core::point_count(screen.strokes) << " short=" << screen.short_said
      << " paper=" << screen.paper_way << " problem=" << screen.problem.has_value();
}
void put(std::ostream& out, const ReceiptScreen& screen) {
  out << ' ' << screen.receipt.number << " copy=" << static_cast<int>(screen.copy) << screen.copy_problem << " slip=" << screen.slip_alone << " custody=" << static_cast<int>(screen.receipt.custody);
}
void put(std::ostream& out, const LookUpScreen& screen) { out << " stage=" << static_cast<int>(screen.stage) << " focus=" << static_cast<int>(screen.focus); }
void put(std::ostream& out, const FollowScreen& screen) {
  out << " act=" << static_cast<int>(screen.act) << " stage=" << static_cast<int>(screen.stage) << " focus=" << static_cast<int>(screen.focus) << " page=" << screen.page << " " << screen.name_missing
      << screen.position_missing << screen.pages_missing;
  put(out, screen.ink);
}

}  // namespace

std::string snapshot(const App& app) {
  std::ostringstream out;
  out << "screen=" << app.screen().index() << " away=" << app.asking_away();
  std::visit([&out](const auto& screen) { put(out, screen); }, app.screen());
  const auto& journey = app.journey();
  out << "\nprocedure=" << static_cast<int>(journey.procedure) << " office=" << journey.by_office << " change=" << journey.change_from_check;
  for (const auto& field : journey.fields) out << "\n[" << field.text << '|' << field.caret << ']';
  if (journey.draft) out << '\n' << core::canonical(core::to_json(*journey.draft));
  return out.str();
}

}  // namespace qabyl::kiosk::test
