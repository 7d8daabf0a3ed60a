// See bureau_at_screen.h.
#include "tests/life/bureau_at_screen.h"

#include <algorithm>

namespace qabyl::life {

using core::BureauAct;
using kiosk::StaffPlace;
namespace person = kiosk::person;
namespace staff = kiosk::staff;

void BureauAtScreen::comes(std::size_t who) {
  kiosk_.sync();
  const auto& one = secrets_.items("staff")[who];
  press(person::StaffPressed{});
  press(person::TextTyped{one.text("badge")});
  press(person::TextTyped{one.text("pin")});
  press(person::PrimaryPressed{});
  REQUIRE(journey().at == StaffPlace::inbox);
  REQUIRE(journey().staff);
  CHECK(journey().staff->name == one.text("name"));
}

void BureauAtScreen::leaves() {
  press(person::FinishPressed{});
  kiosk_.at<kiosk::WipedScreen>();
  press(person::BeginPressed{});
  kiosk_.at<kiosk::StartScreen>();
}

const kiosk::PaperView& BureauAtScreen::paper(std::string_view kind) const {
  const kiosk::PaperView* newest = nullptr;
  for (const auto& one : inbox()) {
    if (one.kind == kind && (newest == nullptr || newest->received_at <= one.received_at)) newest = &one;
  }
  INFO("no paper in the inbox: " << kind);
  REQUIRE(newest != nullptr);
  return *newest;
}

void BureauAtScreen::opens(std::string_view kind) {
  REQUIRE(journey().at == StaffPlace::inbox);
  CHECK(paper(kind).here);
  press(staff::Event{staff::PaperTapped{paper(kind).id}});
}

// The page is on the screen long enough to count.
void BureauAtScreen::sees(int page) {
  const auto shown = kiosk_.page(journey().reading->paper.digest, page);
  press(staff::Event{staff::PageDrawn{page, shown.dpi, shown.pixels, shown.width, shown.height, shown.renderer}});
  kiosk_.pass(core::Millis{core::page_seen_ms_min});
}

void BureauAtScreen::reads_all() {
  REQUIRE(journey().at == StaffPlace::reading);
  const int pages = journey().reading->pages;
  REQUIRE(pages > 0);
  for (int page = 1; page <= pages; ++page) {
    press(person::PageChosen{page});
    CHECK_FALSE(journey().reading->primary_enabled());  // before the last page was seen nothing can be signed
    sees(page);
  }
  const auto* follows = journey().reading->following();
  INFO(journey().reading->paper.kind << ": " << (follows == nullptr ? "nothing follows" : follows->why));
  REQUIRE(journey().reading->primary_enabled());
}

void BureauAtScreen::draws() { press(person::PenLifted{test::ink(40, 60, ++inks_).front(), 2390, 1250}); }

core::Record BureauAtScreen::filed() {
  REQUIRE(journey().at == StaffPlace::receipt);
  const auto id = journey().receipt.receipt.record;
  CHECK(journey().receipt.receipt.custody == kiosk::SendView::queued);
  kiosk_.sync();
  INFO(journey().receipt.receipt.kind << " " << journey().receipt.receipt.reason);
  REQUIRE(journey().receipt.receipt.custody == kiosk::SendView::accepted);
  press(person::BackPressed{});
  REQUIRE(journey().at == StaffPlace::inbox);
  const auto kept = kiosk_.store().find_record(id);
  REQUIRE((kept && *kept));
  return (*kept)->record.record;
}

core::Record BureauAtScreen::signs_what_was_read() {
  reads_all();
  press(person::PrimaryPressed{});
  REQUIRE(journey().at == StaffPlace::acknowledge);
  draws();
  press(person::PrimaryPressed{});
  return filed();
}

core::Record BureauAtScreen::receives(std::string_view kind) {
  opens(kind);
  return signs_what_was_read();
}

core::Record BureauAtScreen::refuses_receipt(std::string_view kind, const std::vector<std::pair<std::string, std::string>>& witnesses) {
  opens(kind);
  REQUIRE(journey().at == StaffPlace::reading);
  press(staff::Event{staff::RefuseTapped{}});
  REQUIRE(journey().at == StaffPlace::reply);
  for (const auto& [name, position] : witnesses) writes({name, position});
  return filed();
}

void BureauAtScreen::visas(std::string_view kind) {
  opens(kind);
  press(staff::Event{staff::ActTapped{BureauAct::visa_page}});
  press(person::PrimaryPressed{});
  REQUIRE(journey().at == StaffPlace::visa);
  const int pages = journey().reading->pages;
  for (int sheet = 1; sheet <= pages; ++sheet) {
    CHECK(journey().reading->page == sheet);
    sees(sheet);
    draws();
    press(person::PrimaryPressed{});
  }
  for (const auto part : {BureauAct::mark_last_page, BureauAct::return_copy2}) {
    REQUIRE(kiosk::VisaScreen::part(journey().reading->paper) == part);
    draws();
    press(person::PrimaryPressed{});
  }
  filed();
}

void BureauAtScreen::begins(std::string_view kind, BureauAct act) {
  opens(kind);
  INFO(kind << ", " << core::to_text(act));
  REQUIRE(journey().at == StaffPlace::paper);
  const auto* offer = kiosk::offer_of(journey().paper.paper, act);
  REQUIRE(offer != nullptr);
  CHECK(offer->why == "");
  press(staff::Event{staff::ActTapped{act}});
  press(person::PrimaryPressed{});
  REQUIRE(journey().at == StaffPlace::reply);
}

void BureauAtScreen::ticks(std::vector<int> options) {
  for (const int option : options) press(staff::Event{staff::OptionTapped{option}});
  goes_on();
}

void BureauAtScreen::names(std::size_t who) {
  const auto& options = journey().answering.question().options;
  const auto name = secrets_.items("staff")[who].text("name");
  const auto found = std::find_if(options.begin(), options.end(), [&](const kiosk::Option& one) { return one.title.find(name) != std::string::npos; });
  INFO(name);
  REQUIRE(found != options.end());
  ticks({static_cast<int>(found - options.begin())});
}

void BureauAtScreen::writes(const std::vector<std::string>& fields) {
  for (std::size_t field = 0; field < fields.size(); ++field) {
    press(staff::Event{staff::AnswerTapped{static_cast<int>(field)}});
    press(person::TextTyped{fields[field]});
  }
  goes_on();
}

void BureauAtScreen::brings(const std::string& file) {
  const auto before = journey().answering.files.size();
  press(person::AddPressed{});
  press(person::SourceFileTapped{file});
  REQUIRE(journey().answering.files.size() == before + 1);
  CHECK(journey().answering.files.back().problem == "");
  goes_on();
}

core::Record BureauAtScreen::signs() {
  INFO("faults: " << (journey().at == StaffPlace::reply && !journey().answering.faults.empty() ? journey().answering.faults.front().text : ""));
  REQUIRE(journey().at == StaffPlace::reading);
  CHECK(journey().reading->letter);
  return signs_what_was_read();
}

}  // namespace qabyl::life
