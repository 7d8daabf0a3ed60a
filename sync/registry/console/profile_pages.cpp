// The rule profiles of the office: every version under which it has worked, which one new cases get, a newer one of the assets
// that waits for a person, and each as the file that qabyl-verify counts by. See console.h.
#include "sync/registry/console/console.h"
#include "sync/registry/office_profiles.h"

namespace qabyl::sync::registry {

void Console::profiles(Page& page, const Visit& visit) {
  const auto lines = profile_lines(registry_);
  if (!lines) return;
  std::vector<std::vector<std::string>> rows;
  std::string waiting;
  for (const auto& one : *lines) {
    const auto* profile = profile_of(registry_, one.id, one.version);
    const std::string name = escaped(profile->title.in(visit.language)) + "<small><code>" + escaped(one.id) + "</code></small>";
    const std::string file = one.since ? link("/profile?id=" + one.id + "&version=" + one.version, page.say("console.profile.get")) : std::string();
    const auto state = !one.since ? tag(Look::warn, page.say("console.profile.waits")) : one.in_force ? tag(Look::ok, page.say("console.profile.in_force")) : tag(Look::plain, page.say("console.profile.kept"));
    rows.push_back({name, escaped(one.version), state + (one.since ? "<small>" + when(visit, *one.since) + "</small>" : std::string()), file});
    if (!one.since) waiting = one.id;
  }
  page.card(page.say("console.profiles"), "<p>" + page.say("console.profiles.hint") + "</p>" + table({page.say("console.profile"), page.say("console.profile.version"), page.say("console.state"), page.say("console.profile.file")}, rows));
  if (waiting.empty() || !may(visit.session->role, Power::take_calendar)) return;
  page.act("/terms/profile", page.say("console.profile.take"), page.say("console.profile.take.hint", {{"profile", waiting}}),
           hidden("profile", waiting) + input("password", page.say("console.password.again"), "password"));
}

// The text alone, as it was signed.
Response Console::profile(const Visit& visit) {
  if (reach(visit.session->role) == Reach::none) return forbidden(visit);
  const auto jws = profile_jws(registry_, visit.request.query("id"), visit.request.query("version"));
  const auto asset = jws ? core::read_asset(*jws) : core::Result<core::Asset>(jws.error());
  if (!asset) return missing(visit);
  Response response;
  response.set("Content-Type", "application/toml; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"" + asset->name + "_" + asset->version + ".toml\"");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  response.body = asset->text;
  return response;
}

Response Console::take_newer_profile(const Visit& visit) {
  if (!may(visit.session->role, Power::take_calendar)) return forbidden(visit);
  const auto done = with_password(visit, [&](const OpenOfficer& officer) { return take_profile(registry_, officer, visit.fields.text("profile"), visit.now); });
  return done ? redirect("/terms") : due(visit, done.error().detail);
}

}  // namespace qabyl::sync::registry
