// One kiosk: the bureaus that it serves, and the forms by which the administrator gives it one more or takes one away.
// See console.h; the lists of kiosks: lists.cpp.
#include "core/encoding.h"
#include "sync/log/fork_file.h"
#include "sync/registry/backup.h"
#include "sync/registry/restored.h"
#include "sync/log/place.h"
#include "sync/registry/console/console.h"
#include "sync/registry/kiosk_bureaus.h"
#include "sync/registry/returned_records.h"
#include "sync/registry/revoked_kiosk.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t find_bytes_max = 600, adrift_shown = 200;

Options options_of(const std::vector<BureauLine>& bureaus) {
  Options options;
  for (const auto& one : bureaus) options.emplace_back(one.bin, one.name + ", " + one.bin);
  return options;
}

std::string bureau_table(const Page& page, const std::vector<BureauLine>& bureaus) {
  if (bureaus.empty()) return "<p>" + page.say("console.kiosk.serves_none") + "</p>";
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : bureaus) {
    rows.push_back({escaped(one.name) + "<small>" + escaped(one.address) + "</small>", escaped(one.bin),
                    one.licensed ? tag(Look::ok, page.say("console.bureau.licensed")) : tag(Look::plain, page.say("console.bureau.unlicensed"))});
  }
  return table({page.say("console.bureau.name"), page.say("console.bureau.bin"), page.say("console.state")}, rows);
}

void change_form(Page& page, const KioskBureaus& kiosk, const char* address, std::string_view text, const std::vector<BureauLine>& bureaus) {
  if (bureaus.empty()) return;
  const std::string id(text);
  page.act(address, page.say(id), page.say(id + ".hint"),
           select("bureau", page.say("console.bureau.name"), options_of(bureaus), {}) + hidden("device", kiosk.device.device) + hidden("seen", kiosk.seen) +
               input("password", page.say("console.password.again"), "password"));
}

constexpr std::size_t forks_shown_max = 50;
constexpr core::Millis clock_back_max{2'000};  // as between two readings of a kiosk (I11)
constexpr std::size_t strays_shown_max = 200;  // as many as are kept of one kiosk

void revoke_form(Page& page, const KioskBureaus& kiosk) {
  page.act("/kiosk_revoke", page.say("console.kiosk.revoke"), page.say("console.kiosk.revoke.hint"),
           hidden("device", kiosk.device.device) + input("password", page.say("console.password.again"), "password"));
}

// Where there are more bureaus than a list can offer.
void find_form(Page& page, const KioskBureaus& kiosk, const std::string& asked) {
  std::string html = "<form class=\"bar\" method=\"get\" action=\"/kiosk\" role=\"search\">" + hidden("device", kiosk.device.device) +
                     input("find", page.say("console.kiosk.find"), "search", asked) + button(page.say("console.search")) + "</form>";
  if (kiosk.others.empty()) html += "<p>" + page.say("console.search.none") + "</p>";
  else if (kiosk.more) html += "<p>" + page.say("console.kiosk.find.more", {{"n", std::to_string(kiosk.others.size())}}) + "</p>";
  page.card(page.say("console.kiosk.find.h"), html);
}

}  // namespace

// What a device last saw of the evidence log, and whether that is this log (issue 4, line 7).
std::string Console::log_cell(const Page& page, const Visit& visit, const std::optional<LogSeen>& seen, bool fork) const {
  if (!seen) return fork ? tag(Look::bad, page.say("console.log.fork")) : page.say("console.log.never");
  const bool bad = fork || !seen->agrees;
  if (bad && !fork && registry_.log.restoring()) return tag(Look::warn, page.say("console.log.ahead")) + "<small>" + page.say("console.log.records", {{"n", std::to_string(seen->size)}}) + "</small>";
  const auto word = page.say(bad ? "console.log.fork" : seen->cosigned ? "console.log.agrees" : "console.log.unsigned");
  return tag(bad ? Look::bad : seen->cosigned ? Look::ok : Look::plain, word) + "<small>" + page.say("console.log.records", {{"n", std::to_string(seen->size)}}) + "</small><small>" +
         when(visit, seen->at) + "</small>";
}

std::string Console::fork_table(const Page& page, const Visit& visit, const std::vector<LogForkRow>& forks) const {
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : forks) {
    const auto fork = log::parse_fork_file(one.evidence);
    const auto sides = fork ? log::check_fork(*fork, registry_.origin, log::log_keys(registry_.keys.keyring)) : core::Result<log::ForkSides>(fork.error());
    if (!sides) continue;  // was checked when it came
    rows.push_back({when(visit, fork->seen), page.say("console.log.why." + std::string(log::to_text(fork->kind))), std::to_string(sides->held.size), std::to_string(sides->shown.size),
                    link("/fork?n=" + std::to_string(one.n), page.say("console.log.evidence"))});
  }
  return "<p>" + page.say("console.log.forks.hint") + "</p>" +
         table({page.say("console.log.seen"), page.say("console.log.why"), page.say("console.log.held"), page.say("console.log.shown"), page.say("console.log.evidence")}, rows);
}

// The log's own time stands still until the clock has come up to it again (I11 b).
void Console::tell_log_trouble(Page& page, const Visit& visit) const {
  const std::string& refusal = registry_.log.refusal();
  if (!refusal.empty()) page.problem(page.say(refusal == restored_word ? "console.log.restored" : "console.log.refusal"));
  if (registry_.log.wants_again()) page.add("<p>" + link("/lost", page.say("console.lost.h")) + "</p>");
  const auto newest = registry_.database.integer("SELECT coalesce(max(at), 0) FROM log_leaves WHERE idx = (SELECT max(idx) FROM log_leaves)");
  if (newest && core::Instant{core::Millis{*newest}} > visit.now + clock_back_max) page.problem(page.say("console.log.clock_back"));
}

// A backup that nobody missed is the one that is needed (RELIABILITY 6, litestream): its age stands on the first page.
void Console::tell_backup(Page& page, const Visit& visit) const {
  const auto last = last_backup(registry_.folder);
  if (!last) {
    page.add("<p>" + tag(Look::bad, page.say("console.backup.none")) + "</p>");
    return;
  }
  const bool late = visit.now - last->at > backup_late_after;
  page.add("<p>" + page.say("console.backup.last") + " " + when(visit, last->at) + " " + tag(late ? Look::bad : Look::ok, page.say(late ? "console.backup.late" : "console.backup.good")) + "</p>");
}

// After a restore: acts of which only digest and time came back, and records whose case was opened by such an act.
Response Console::lost(const Visit& visit) {
  auto made = page(visit, Section::kiosks);
  const auto runs = lost_runs(registry_);
  const auto count = lost_count(registry_);
  const auto adrift = adrift_records(registry_, adrift_shown);
  if (!runs || !count || !adrift) return made.problem(made.say("console.failed")).response(500);
  made.crumb("/kiosks", made.say("console.kiosks"));
  made.title(made.say("console.lost.h"), made.say("console.lost.sub", {{"n", std::to_string(*count)}}));
  std::vector<std::vector<std::string>> rows;
  for (const LostRun& run : *runs) rows.push_back({std::to_string(run.first), std::to_string(run.last), when(visit, run.from), when(visit, run.to)});
  made.card(made.say("console.lost.acts"), "<p>" + made.say("console.lost.acts.hint") + "</p>" + table({made.say("console.lost.first"), made.say("console.lost.last"), made.say("console.lost.from"), made.say("console.lost.to")}, rows));
  std::vector<std::vector<std::string>> records;
  for (const RecordRow& row : *adrift) records.push_back({escaped(row.device), made.say("console.rec." + row.kind) + "<small><code>" + escaped(row.id) + "</code></small>", when(visit, row.taken)});
  if (!records.empty()) made.card(made.say("console.lost.adrift"), "<p>" + made.say("console.lost.adrift.hint") + "</p>" + table({made.say("console.kiosks.h"), made.say("console.held.what"), made.say("console.held.when")}, records));
  return made.response();
}

Response Console::fork_evidence(const Visit& visit) {
  const auto n = parse_decimal(visit.request.query("n"));
  const auto row = n ? registry_.store.log_fork(*n) : core::Result<std::optional<LogForkRow>>(std::optional<LogForkRow>());
  if (!row || !*row) return missing(visit);
  Response response;
  response.set("Content-Type", "application/json");
  response.set("Content-Disposition", "attachment; filename=\"qabyl-log-fork-" + (*row)->device + "-" + std::to_string(*n) + ".json\"");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Cache-Control", "no-store");
  response.body = (*row)->evidence;
  return response;
}

std::string Console::stray_table(const Page& page, const Visit& visit, std::string_view device) const {
  const auto kept = strays(registry_, device, strays_shown_max);
  if (!kept) return "<p>" + page.say("console.failed") + "</p>";
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *kept) rows.push_back({when(visit, one.at), "<code>" + core::to_hex(one.digest) + "</code>", std::to_string(one.bytes)});
  return "<p>" + page.say(rows.empty() ? "console.kiosk.strays.none" : "console.kiosk.strays.hint") + "</p>" +
         (rows.empty() ? std::string() : table({page.say("console.kiosk.stray.at"), page.say("console.kiosk.stray.digest"), page.say("console.kiosk.stray.bytes")}, rows));
}

Response Console::kiosk(const Visit& visit, std::string_view device, std::string_view problem) {
  const auto asked = percent_decoded(visit.request.query("find").substr(0, find_bytes_max));
  const auto found = kiosk_bureaus(registry_, device, asked);
  if (!found || !*found) return missing(visit);
  const KioskBureaus& one = **found;
  auto made = page(visit, Section::kiosks);
  made.crumb("/kiosks", made.say("console.kiosks"));
  made.title(escaped(one.device.device), escaped(one.device.place.in(visit.language)));
  if (!problem.empty()) made.problem(why(made, problem));
  made.card(made.say("console.kiosk.serves"), bureau_table(made, one.served));
  const auto seen = registry_.store.log_seen(device);
  const auto forks = registry_.store.log_forks(device, forks_shown_max);
  const auto held = held_table(made, visit, device);
  if (!seen || !forks || !held) return made.problem(made.say("console.failed")).response(500);
  made.card(made.say("console.log"), "<p>" + log_cell(made, visit, *seen, !forks->empty()) + "</p>" + (forks->empty() ? std::string() : fork_table(made, visit, *forks)));
  if (one.device.state == "revoked") made.card(made.say("console.kiosk.strays"), stray_table(made, visit, device));
  if (!held->empty()) made.card(made.say("console.held.h"), *held);
  if (may(visit.session->role, Power::assign_bureau) && one.device.state != "revoked") {
    if (one.more || !asked.empty()) find_form(made, one, asked);
    change_form(made, one, "/bureau_assign", "console.kiosk.assign", one.others);
    change_form(made, one, "/bureau_release", "console.kiosk.release", one.served);
    revoke_form(made, one);
  }
  return made.response(problem.empty() ? 200 : 409);
}

Response Console::change_bureaus(const Visit& visit, bool more) {
  const BureauChange change{visit.fields.text("device"), visit.fields.text("bureau"), visit.fields.text("seen")};
  if (!may(visit.session->role, Power::assign_bureau)) return forbidden(visit);
  const auto done = with_password(visit, [&](const OpenOfficer& officer) {
    return more ? assign_bureau(registry_, officer, change, visit.now) : release_bureau(registry_, officer, change, visit.now);
  });
  return done ? redirect("/kiosk?device=" + percent_encoded(change.device)) : kiosk(visit, change.device, done.error().detail);
}

Response Console::revoke(const Visit& visit) {
  const auto device = visit.fields.text("device");
  if (!may(visit.session->role, Power::assign_bureau)) return forbidden(visit);
  const auto done = with_password(visit, [&](const OpenOfficer& officer) { return revoke_kiosk(registry_, officer, device, visit.now); });
  return done ? redirect("/kiosk?device=" + percent_encoded(device)) : kiosk(visit, device, done.error().detail);
}

}  // namespace qabyl::sync::registry
