// See sample.h.
#include "sync/registry/sample.h"

#include "core/encoding.h"
#include "sync/registry/office_calendars.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;

constexpr std::size_t sample_bytes_max = 256 * 1024;
constexpr int start_in_working_days = 5;
constexpr core::Millis powers_life{std::int64_t{365} * 24 * 3600 * 1000};

core::LocalText local(const Json& json) { return {json.text("kk"), json.text("ru"), json.text("en")}; }

core::Result<Json> add_officers(Registry& registry, const Json& sample, core::Instant now) {
  Json::Array secrets;
  for (const Json& one : sample.items("officers")) {
    const OfficerSpec spec{one.text("login"), one.text("name"), one.text("position"), one.text("role"),
                           random_password(registry.random)};
    QABYL_TRY(id, add_officer(registry, spec, now));
    secrets.push_back(Json::Object{{"id", id}, {"login", spec.login}, {"password", spec.password}, {"name", spec.name}, {"role", spec.role}});
  }
  return Json(std::move(secrets));
}

core::Result<Json> add_person(Registry& registry, const Json& one, bool is_operator, core::Instant now) {
  StaffSpec spec;
  spec.name = one.text("name");
  spec.position = one.text("position");
  spec.bureau_bin = one.text("bureau_bin");
  spec.pin = random_pin(registry.random);
  spec.from = now - std::chrono::hours(24);
  spec.to = now + powers_life;
  spec.is_operator = is_operator;
  spec.capacity = one.text("capacity");
  QABYL_TRY(badge, add_staff(registry, spec, now));
  return Json(Json::Object{{"id", badge.id}, {"name", spec.name}, {"bureau_bin", spec.bureau_bin}, {"badge", badge.text}, {"pin", spec.pin}});
}

core::Result<Json> add_people(Registry& registry, const Json& sample, core::Instant now) {
  for (const Json& one : sample.items("bureaus")) {
    const BureauSpec spec{one.text("bin"), one.text("name"), one.text("address"), one.text("head"), one.flag("licensed")};
    QABYL_TRY_DO(add_bureau(registry, spec, now));
  }
  Json secrets;
  QABYL_TRY(officers, add_officers(registry, sample, now));
  secrets["officers"] = officers;
  Json::Array staff;
  for (const Json& one : sample.items("staff")) {
    QABYL_TRY(person, add_person(registry, one, false, now));
    staff.push_back(person);
  }
  secrets["staff"] = std::move(staff);
  QABYL_TRY(person, add_person(registry, sample.member("operator"), true, now));
  secrets["operator"] = person;
  return secrets;
}

core::Result<EnrolmentFile> add_sample_kiosk(Registry& registry, const Json& sample, std::string_view url, core::Instant now) {
  const Json& kiosk = sample.member("kiosk");
  KioskSpec spec{kiosk.text("device"), local(kiosk.member("place")), {}, kiosk.text("profile"), std::string(url)};
  for (const Json& bureau : sample.items("bureaus")) spec.bureaus.push_back(bureau.text("bin"));
  return add_kiosk(registry, spec, now);
}

Json bureau_of(const Json& sample, const std::string& bin) {
  for (const Json& one : sample.items("bureaus")) {
    if (one.text("bin") == bin) return Json::Object{{"bin", bin}, {"name", one.text("name")}, {"location", one.text("address")}};
  }
  return {};
}

// The officials of the plan by their log-ins: name and officer's id (O3: whom the assignment names may open the case).
Json officials_of(const Json& plan, const Json& secrets) {
  Json::Array officials;
  for (const Json& one : plan.items("officials")) {
    for (const Json& officer : secrets.items("officers")) {
      if (officer.text("login") != one.text("login")) continue;
      officials.push_back(Json::Object{{"name", officer.text("name")}, {"officer", officer.text("id")}, {"head", one.flag("head")}});
    }
  }
  return Json(std::move(officials));
}

core::Result<Json> assignment_of(Registry& registry, const Json& sample, const Json& secrets, core::Instant now) {
  const Json& plan = sample.member("inspection");
  const core::Date today = registry.assets.zone.local(now).date;
  QABYL_TRY(calendar, calendar_in_force(registry));
  const core::Date start = calendar->add_working_days(today, start_in_working_days);
  const core::Date end{std::chrono::sys_days{start} + std::chrono::days{60}};
  const std::string last_year = std::to_string(static_cast<int>(today.year()) - 1);
  Json body;
  for (const char* key : {"inspection_kind", "subject", "ground"}) body[key] = plan.text(key);
  body["bureau"] = bureau_of(sample, plan.text("bureau_bin"));
  body["officials"] = officials_of(plan, secrets);
  body["term"] = Json::Object{{"start", core::iso_date(start)}, {"end", core::iso_date(end)}};
  body["period"] = Json::Object{{"from", last_year + "-01-01"}, {"to", last_year + "-12-31"}};
  body["past_inspections"] = Json::Array{};
  body["past_confirmed"] = true;
  body["protocol_powers_none"] = true;
  return body;
}

const Json& officer_with(const Json& secrets, std::string_view role) {
  for (const Json& one : secrets.items("officers")) {
    if (one.text("role") == role) return one;
  }
  QABYL_CHECK(false);
  return secrets;
}

core::Result<OpenOfficer> open_sample_officer(Registry& registry, const Json& secrets, std::string_view role, core::Instant now) {
  const Json& officer = officer_with(secrets, role);
  return open_officer(registry, officer.text("login"), officer.text("password"), now);
}

core::Status send_sample_notice(Registry& registry, const Json& sample, Json& secrets, core::Instant now) {
  QABYL_TRY(head, open_sample_officer(registry, secrets, role::head, now));
  QABYL_TRY(clerk, open_sample_officer(registry, secrets, role::clerk, now));
  const Json& plan = sample.member("inspection");
  QABYL_TRY(assignment, assignment_of(registry, sample, secrets, now));
  QABYL_TRY(case_id, sign_assignment(registry, head, assignment, now));
  const CommitteeEntry entry{plan.member("committee").text("number"), core::iso_date(registry.assets.zone.local(now).date),
                             plan.member("committee").text("office")};
  QABYL_TRY(registered, register_assignment(registry, clerk, case_id, entry, now));
  NoticeSpec spec;
  for (const Json& document : plan.items("documents")) spec.documents.push_back(local(document));
  QABYL_TRY(notice, send_notice(registry, clerk, case_id, spec, now));
  secrets["case"] = case_id;
  secrets["notice"] = notice;
  return core::Done{};
}

}  // namespace

std::string random_password(core::Random& random) {
  core::Bytes bytes(13);
  random.fill(bytes);
  return core::to_crockford(bytes, 20);
}

std::string random_pin(core::Random& random) {
  std::string pin;
  while (pin.size() < 6) {
    std::array<std::uint8_t, 1> byte{};
    random.fill(byte);
    if (byte[0] < 250) pin += static_cast<char>('0' + byte[0] % 10);
  }
  return pin;
}

core::Result<SampleOffice> make_sample_office(Registry& registry, std::string_view device_url, std::string_view json,
                                              core::Instant now) {
  QABYL_TRY(sample, core::parse_json(json, sample_bytes_max));
  QABYL_TRY(officers, registry.database.integer("SELECT count(*) FROM officers"));
  if (officers > 0) return core::Error{core::ErrorCode::conflict, "this office has people already"};
  QABYL_TRY(secrets, add_people(registry, sample, now));
  QABYL_TRY(enrolment, add_sample_kiosk(registry, sample, device_url, now));
  QABYL_TRY_DO(send_sample_notice(registry, sample, secrets, now));
  return SampleOffice{secrets, enrolment};
}

std::string readable_secrets(const Json& secrets) {
  std::string out = "Console (login, password):\n";
  for (const Json& one : secrets.items("officers")) {
    out += "  " + one.text("login") + "  " + one.text("password") + "   " + one.text("name") + ", " + one.text("role") + "\n";
  }
  out += "Kiosk (badge, PIN):\n";
  const auto line = [&](const Json& one, const std::string& what) {
    out += "  " + one.text("badge") + "  " + one.text("pin") + "   " + one.text("name") + ", " + what + "\n";
  };
  for (const Json& one : secrets.items("staff")) line(one, one.text("bureau_bin"));
  line(secrets.member("operator"), "operator");
  return out;
}

}  // namespace qabyl::sync::registry
