// What both ends must hold after the clocks have jumped. See clock_ground.h.
#include <set>
#include <sstream>

#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "core/sys/clock.h"
#include "kiosk/devices/key_store.h"
#include "kiosk/shell/station.h"
#include "sync/registry/application_acts.h"
#include "sync/registry/case_now.h"
#include "sync/registry/office.h"
#include "sync/registry/office_calendars.h"
#include "sync/registry/office_profiles.h"
#include "tests/power/clock_ground.h"
#include "tests/store/store_rig.h"
#include "tests/support/places.h"

namespace qabyl::power {
namespace {

namespace reg = sync::registry;

constexpr core::Millis soon{60'000};  // within it a record is taken once there is a line

// A14, told anew: the day itself while the office is open on it, else the next working day.
std::string day_for(reg::Registry& registry, core::Instant at) {
  const auto profile = reg::office_profile(registry);
  const auto calendar = reg::calendar_in_force(registry);
  const auto local = registry.assets.zone.local(at);
  const bool open = std::pair(local.hour, local.minute) < std::pair((*profile)->closing_hour, (*profile)->closing_minute);
  return core::iso_date(open && (*calendar)->is_working(local.date) ? local.date : (*calendar)->add_working_days(local.date, 1));
}

// I12: the lines that the lists read are what counting the case anew gives. "" or what is wrong.
std::string terms_wrong(reg::Registry& registry, const core::Id& id) {
  const auto state = reg::case_now(registry, id);
  if (!state) return state.error().detail;
  std::multiset<std::string> counted, stored;
  for (const auto& one : reg::open_terms(*state)) counted.insert(one.term.id + " " + core::iso_date(one.term.base) + " " + core::iso_date(one.term.due));
  auto rows = registry.database.prepare("SELECT term || ' ' || base || ' ' || due FROM case_terms WHERE case_id = ?");
  rows->bind(1, id);
  while (*rows->step()) stored.insert(rows->text(0));
  if (counted.empty()) return "no term runs";
  return counted == stored ? "" : "a term is stored otherwise than it counts";
}

// The clerk finds the application complete: from here its terms run. "" or why not.
std::string completed(reg::Registry& registry, const reg::OpenOfficer& clerk, const core::Id& id, core::Instant now) {
  const auto state = reg::case_now(registry, id);
  if (!state) return state.error().detail;
  core::Json body(core::Json::Object{{"date", core::iso_date(registry.assets.zone.local(now).date)}});
  const auto done = reg::do_application_act(registry, clerk, *state, {core::kind::application_check_complete, reg::ApplicationSeat::clerk, std::move(body)}, now);
  return done ? "" : done.error().detail;
}

}  // namespace

std::string ClockGround::kiosk_wrong() {
  const kiosk::DataFolder folder{office_.kiosk_data()};
  kiosk::FileKeyStore keys(folder.keys(), folder.tls_key());
  tests::StoreRig rig(1, folder.store());
  auto options = rig.options();
  const auto station = kiosk::decode_station(rig::read_text(folder.station()));
  options.device = station->device;
  options.storage_key = *keys.storage_key();
  if (const auto opened = rig.open(std::move(options)); !opened) return "the kiosk's store does not open: " + opened.error().detail;
  if (!rig.store().verify_chain()) return "the kiosk's chain is broken";
  const auto keyring = core::Keyring::open(station->keys_jws, station->root_key);
  for (std::size_t i = filings_.size() - std::min<std::size_t>(4, filings_.size()); i < filings_.size(); ++i) {
    const auto& filing = filings_[i];
    const auto found = rig.store().find_record(filing.id);
    if (!found || !*found || core::to_hex((*found)->record.digest) != filing.digest) return filing.cell + ": lost at the kiosk";
    if ((*found)->state != core::SendState::accepted) return filing.cell + ": not accepted";
    const auto receipt = core::parse_counter_receipt((*found)->receipt.qr);
    if (!receipt) return filing.cell + ": no receipt";
    if (const auto holds = core::verify_counter_receipt(*receipt, *keyring); !holds) return filing.cell + ": its receipt does not verify: " + holds.error().detail;
  }
  return "";
}

std::string ClockGround::compare() {
  if (office_.registry_running()) office_.stop_registry();
  core::sys::SystemRandom random;
  core::sys::SystemClock clock;
  const auto opened = reg::Registry::open({office_.registry_data(), test::in_build("/assets"), &random});
  if (!opened) return "the office does not open: " + opened.error().detail;
  auto& registry = **opened;
  std::string wrong;
  const auto number = [&](const std::string& sql) { return *registry.database.integer(sql, -1); };
  if (number("SELECT count(*) FROM (SELECT 1 FROM log_leaves GROUP BY record HAVING count(*) > 1)") != 0) wrong += "two leaves of one record\n";
  if (number("SELECT count(*) FROM log_leaves a JOIN log_leaves b ON b.idx = a.idx + 1 WHERE b.at < a.at") != 0) wrong += "the log's time went back\n";
  if (number("SELECT count(*) FROM records WHERE device = 'AL-03' AND outcome <> 'accepted'") != 0) wrong += "a record was not accepted\n";
  if (number("SELECT max(q) - count(*) FROM records WHERE device = 'AL-03'") != 0) wrong += "a gap or a twin at the office\n";
  {
    auto rows = registry.database.prepare("SELECT r.q FROM log_leaves l JOIN records r ON r.id = l.record WHERE r.device = 'AL-03' ORDER BY l.idx");
    for (std::int64_t q = 1; *rows->step(); ++q) {
      if (rows->integer(0) != q) wrong += "q " + std::to_string(rows->integer(0)) + " stands as number " + std::to_string(q) + " in the log\n";
    }
  }
  // What follows is taken back: the office stays as it is.
  const auto transaction = core::Transaction::begin(registry.database);
  std::string password;
  for (const auto& officer : office_.secrets().items("officers")) password = officer.text("login") == "clerk" ? officer.text("password") : password;
  const auto now = clock.read().wall;
  const auto clerk = reg::open_officer(registry, "clerk", password, now);
  if (!clerk) return "the clerk cannot sign in: " + clerk.error().detail;
  for (const auto& filing : filings_) {
    const auto row = registry.store.record(filing.id);
    if (!row || !*row || core::to_hex((*row)->digest) != filing.digest) {
      wrong += filing.cell + ": lost at the office\n";
      continue;
    }
    const auto registered = reg::register_application(registry, *clerk, filing.id, now);
    if (!registered) {
      wrong += filing.cell + ": cannot be registered: " + registered.error().detail + "\n";
      continue;
    }
    registered_[filing.id] = {registered->date, registered->clock_doubtful};
    if (const auto checked = completed(registry, *clerk, filing.id, now); !checked.empty()) wrong += filing.cell + ": " + checked + "\n";
    if (const auto terms = terms_wrong(registry, filing.id); !terms.empty()) wrong += filing.cell + ": " + terms + "\n";
    if (filing.own_day) continue;  // the test looks at it itself
    const auto told = filing.cell + ": " + filing.trust + " within " + std::to_string(filing.u_ms) + " ms, off by " + std::to_string(filing.least_ms) + ": ";
    const auto first = day_for(registry, filing.filed), last = day_for(registry, filing.filed + soon);
    const bool right = registered->date >= first && registered->date <= last;
    if (!registered->clock_doubtful && !right) wrong += told + "dated " + registered->date + ", and nobody is asked\n";
    if (filing.trust != "trusted" && !registered->clock_doubtful) wrong += told + "a clock that is not trusted gave the date\n";
    if (filing.trust == "trusted" && first == last && !filing.may_not_know && !filing.registry_wrong && registered->clock_doubtful) wrong += told + "a right date goes to an officer\n";
    if (!filing.registry_wrong && !right) wrong += told + "dated " + registered->date + "\n";
  }
  return wrong;
}

}  // namespace qabyl::power
