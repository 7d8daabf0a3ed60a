// The matrix of RELIABILITY 4.11 for I11 and I12: the kiosk's clock jumps by one of six amounts at one of five moments, in one of
// three ways, and a person files before and after. Each cell: what is doubtful says so, the legal date is the right day, nothing
// is lost, blocked or taken twice, and the terms are those of a kiosk whose clock was left alone.
// How: the whole kiosk and the whole office on made-up clocks (whole_kiosk.h); the office's is right.
#include <iostream>

#include "sync/registry/case_now.h"
#include "tests/life/applicant_at_screen.h"
#include "tests/support/documents.h"
#include "tests/support/tier.h"
#include "tests/sync/licence_desk.h"

using namespace qabyl;
using namespace qabyl::life;
using namespace std::chrono_literals;

namespace reg = sync::registry;

namespace {

constexpr core::Millis year = 365 * 24h + 6h;
constexpr core::Millis shifts[] = {-20 * year, -24h, -3s, 3s, 24h, 20 * year};

enum class Moment { idle, in_session, committed, in_sync, opening };
constexpr Moment moments[] = {Moment::idle, Moment::in_session, Moment::committed, Moment::in_sync, Moment::opening};

// A person sets the clock; a fake clock (libfaketime) moves both; a time namespace moves what counts from the boot, for a program
// that starts in it.
enum class Way { wall, both, since_boot };

struct Cell { Way way; Moment moment; core::Millis shift; };

std::string name(const Cell& cell) {
  const char* ways[] = {"the wall clock", "both clocks", "the clock since boot"};
  const char* when[] = {"idle", "in session", "between COMMIT and A1", "in sync", "while the store opens"};
  return std::string(ways[static_cast<int>(cell.way)]) + " by " + std::to_string(cell.shift.count()) + " ms, " + when[static_cast<int>(cell.moment)];
}

struct Filed {
  core::RecordTime time;
  reg::Registration registration;
  std::vector<std::string> terms;   // name, base, due
};

struct Scene {
  test::LicenceDesk office;
  WholeKiosk kiosk{office.desk.office, office.desk.kiosk};
  ApplicantAtScreen applicant{kiosk};

  Scene() {
    for (const char* code : {"LD2", "LD3", "LD4", "LD5"}) rig::make_pdf(kiosk.stick() + "/" + code + ".pdf", code, 1);
  }
  Receipt files() {
    return applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "LD2.pdf"}, {"LD3", "LD3.pdf"}, {"LD4", "LD4.pdf"}, {"LD5", "LD5.pdf"}});
  }

  Filed registered(const Receipt& receipt) {
    auto& registry = office.registry();
    const auto now = office.desk.office.now;
    const auto clerk = reg::open_officer(registry, "clerk", office.desk.password("clerk"), now);
    REQUIRE(clerk);
    const auto registration = reg::register_application(registry, *clerk, receipt.application, now);
    if (!registration) FAIL(registration.error().detail);
    REQUIRE(office.act("clerk", receipt.application, "complete", "date=" + core::iso_date(registry.assets.zone.local(now).date)) == "");  // 30 days from here
    const auto state = reg::case_now(registry, receipt.application);
    REQUIRE(state);
    std::vector<std::string> terms;
    for (const auto& one : reg::open_terms(*state)) terms.push_back(one.term.id + " " + core::iso_date(one.term.base) + " " + core::iso_date(one.term.due));
    const auto kept = kiosk.store().find_record(receipt.application);
    REQUIRE((kept && *kept));
    return {(*kept)->record.record.at, *registration, terms};
  }
};

void jump(Scene& scene, const Cell& cell) {
  const core::Millis none{0};
  scene.kiosk.set_clock(cell.way == Way::since_boot ? none : cell.shift, cell.way == Way::wall ? none : cell.shift);
}

// The jump happens in the first filing, at its moment; once.
void arm(Scene& scene, const Cell& cell) {
  bool jumped = false;
  const auto once = [&scene, cell, jumped]() mutable {
    if (!std::exchange(jumped, true)) jump(scene, cell);
  };
  const auto fire = std::make_shared<std::function<void()>>(once);
  switch (cell.moment) {
    case Moment::idle: return jump(scene, cell);
    case Moment::opening: return scene.kiosk.restart([&] { jump(scene, cell); });
    case Moment::in_session:
      scene.kiosk.carried_out = [fire](const kiosk::Effect& effect) { if (std::holds_alternative<kiosk::effect::AddFile>(effect)) (*fire)(); };
      return;
    case Moment::committed:
      scene.kiosk.carried_out = [fire](const kiosk::Effect& effect) { if (std::holds_alternative<kiosk::effect::FileApplication>(effect)) (*fire)(); };
      return;
    case Moment::in_sync:
      scene.kiosk.carried_out = [fire, &scene](const kiosk::Effect& effect) {  // the first answer after the record was made
        if (std::holds_alternative<kiosk::effect::FileApplication>(effect)) scene.kiosk.line.answering = *fire;
      };
  }
}

// What starts in a time namespace has asked the registry for the time before anybody files.
bool must_be_flagged(const Cell& cell, bool first) {
  const bool before_the_jump = first && (cell.moment == Moment::committed || cell.moment == Moment::in_sync);
  return !before_the_jump && cell.way != Way::since_boot;
}

struct Control { std::string date; std::vector<std::string> terms; };

Control control() {
  Scene scene;
  const auto filed = scene.registered(scene.files());
  CHECK(filed.time.trust == core::Trust::trusted);
  CHECK_FALSE(filed.registration.clock_doubtful);
  REQUIRE(filed.terms.size() > 0);
  return {filed.registration.date, filed.terms};
}

void play(const Cell& cell, const Control& right) {
  INFO(name(cell));
  Scene scene;
  scene.kiosk.sync();  // the registry has vouched for the clock
  arm(scene, cell);
  const auto first = scene.files();
  scene.kiosk.carried_out = {};
  scene.kiosk.line.answering = {};
  const auto second = scene.files();
  auto& office = scene.office.desk.office;
  CHECK(office.count("SELECT count(*) FROM records WHERE device = 'AL-03' AND kind = 'licence_application.submit' AND outcome = 'accepted'") == 2);
  CHECK(office.count("SELECT max(q) - count(*) FROM records WHERE device = 'AL-03'") == 0);  // 1, 2, ... without gap or twin
  CHECK(scene.kiosk.store().head().q == 2);
  for (const bool is_first : {true, false}) {
    const auto filed = scene.registered(is_first ? first : second);
    INFO((is_first ? "first" : "second") << ": " << core::to_text(filed.time.trust) << ", u " << filed.time.u_ms);
    CHECK(filed.registration.date == right.date);
    CHECK(filed.terms == right.terms);
    if (must_be_flagged(cell, is_first)) CHECK(filed.registration.clock_doubtful);
  }
}

}  // namespace

TEST_CASE("no jump of the kiosk's clock, at any moment, loses, blocks, repeats or dates a filing", "[life][clock]") {
  const auto right = control();
  std::vector<Cell> cells;
  for (const auto moment : moments) {
    for (const auto shift : shifts) {
      cells.push_back({Way::wall, moment, shift});
      if (moment != Moment::opening) continue;  // what counts from the boot is another clock only for a program that starts under it
      cells.push_back({Way::both, moment, shift});
      cells.push_back({Way::since_boot, moment, shift});
    }
  }
  // All of them in soak; else every n-th, n prime to the lengths of the rows.
  const std::size_t every = static_cast<std::size_t>(test::at_tier(17, 5, 1));
  std::size_t played = 0;
  for (std::size_t i = 0; i < cells.size(); i += every, ++played) play(cells[i], right);
  std::cout << "clock matrix: " << played << " of " << cells.size() << " cells\n";
}
