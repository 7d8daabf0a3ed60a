// See licence_register.h.
#include "sync/registry/licence_register.h"

#include <algorithm>

#include "core/search_fold.h"
#include "sync/registry/people.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

// What somebody proposes changes nothing of a licence.
bool is_proposal(std::string_view kind) { return kind == core::kind::licence_propose_suspension || kind == core::kind::licence_propose_end; }

constexpr std::string_view columns = "case_id, n, number, holder_bin, holder, state, issued_on, change, changed_on";
constexpr std::size_t query_words_max = 12;

LicenceLine read_line(const core::Statement& row) {
  return {row.text(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8)};
}

bool in_life(const core::Licence& licence) { return licence.state == core::LicenceState::active || licence.state == core::LicenceState::suspended; }

core::Result<std::int64_t> number_in_register(Registry& registry, const core::Id& case_id) {
  QABYL_TRY(query, registry.database.prepare("SELECT n FROM licences WHERE case_id = ?"));
  query.bind(1, case_id);
  QABYL_TRY(found, query.step());
  if (found) return query.integer(0);
  query.reset();
  QABYL_TRY(newest, registry.database.integer("SELECT coalesce(max(n), 0) FROM licences"));
  return newest + 1;
}

Status enter_line(Registry& registry, const CaseNow& now) {
  const core::Licence& licence = now.licence;
  const auto newest_change = std::find_if(now.history.rbegin(), now.history.rend(), [](const core::Record& one) { return !is_proposal(one.kind); });
  QABYL_CHECK(newest_change != now.history.rend());  // it was issued
  const core::Record& newest = *newest_change;
  QABYL_TRY(n, number_in_register(registry, now.id));
  const std::string holder = licence.holder.text("name");
  return registry.database.run(
      "INSERT OR REPLACE INTO licences(case_id, n, number, holder_bin, holder, state, in_life, issued_on, change, changed_on, words) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      now.id, n, licence.number, licence.holder_bin, holder, core::to_text(licence.state), std::int64_t{in_life(licence)}, core::iso_date(licence.forms.front().paper.date),
      newest.kind, newest.body.text("date"), core::folded(licence.number + " " + licence.holder_bin + " " + holder));
}

// The list of bureaus says what the newest form says; kiosks of that bureau are told when it changed.
Status enter_bureau(Registry& registry, const CaseNow& now, core::Instant at) {
  const core::Licence& licence = now.licence;
  const std::string name = licence.holder.text("name"), address = licence.holder.text("address");
  QABYL_TRY(known, registry.database.prepare("SELECT 1 FROM bureaus WHERE bin = ? AND name = ? AND address = ? AND licensed = ?"));
  known.bind(1, licence.holder_bin).bind(2, name).bind(3, address).bind(4, std::int64_t{in_life(licence)});
  QABYL_TRY(same, known.step());
  if (same) return core::Done{};
  known.reset();
  QABYL_TRY_DO(registry.database.run("INSERT INTO bureaus(bin, name, address, head, licensed, as_of) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(bin) DO UPDATE SET "
                                     "name = ?2, address = ?3, licensed = ?5, as_of = ?6",
                                     licence.holder_bin, name, address, licence.holder.text("head"), std::int64_t{in_life(licence)}, rows::ms(at)));
  QABYL_TRY(query, registry.database.prepare("SELECT device FROM device_bureaus WHERE bin = ? AND gone_at IS NULL ORDER BY device"));
  query.bind(1, licence.holder_bin);
  QABYL_TRY(devices, rows::all<std::string>(query, [](const core::Statement& row) { return row.text(0); }));
  for (const std::string& device : devices) QABYL_TRY_DO(feed_whole_bureau(registry, device, licence.holder_bin, at));
  return core::Done{};
}

}  // namespace

core::Result<std::vector<LicenceLine>> licence_lines(Registry& registry, const LicenceQuery& asked) {
  auto words = core::folded_words(asked.words);
  words.resize(std::min(words.size(), query_words_max));
  std::string sql = "SELECT " + std::string(columns) + " FROM licences WHERE n < ?1";
  for (std::size_t i = 0; i < words.size(); ++i) sql += " AND instr(words, ?" + std::to_string(i + 3) + ") > 0";
  QABYL_TRY(query, registry.database.prepare(sql + " ORDER BY n DESC LIMIT ?2"));
  query.bind(1, asked.before > 0 ? asked.before : INT64_MAX).bind(2, static_cast<std::int64_t>(asked.rows_max));
  for (std::size_t i = 0; i < words.size(); ++i) query.bind(static_cast<int>(i) + 3, words[i]);
  return rows::all<LicenceLine>(query, read_line);
}

core::Result<std::optional<LicenceLine>> licence_in_life(Registry& registry, std::string_view bin) {
  QABYL_TRY(query, registry.database.prepare("SELECT " + std::string(columns) + " FROM licences WHERE holder_bin = ? AND in_life = 1 ORDER BY n DESC LIMIT 1"));
  query.bind(1, bin);
  return rows::one<LicenceLine>(query, read_line);
}

core::Result<core::Id> form_given_on(Registry& registry, const core::Id& application) {
  QABYL_TRY(query, registry.database.prepare("SELECT case_id FROM licence_forms WHERE application = ?"));
  query.bind(1, application);
  QABYL_TRY(found, query.step());
  return found ? query.text(0) : core::Id{};
}

core::Result<core::InRegister> in_register(Registry& registry, const core::Id& application, std::string_view bin) {
  QABYL_TRY(given, form_given_on(registry, application));
  QABYL_TRY(licence, licence_in_life(registry, bin));
  return core::InRegister{!given.empty(), licence.has_value()};
}

core::Result<bool> number_in_use(Registry& registry, std::string_view number) {
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM licences WHERE number = ? LIMIT 1"));
  query.bind(1, number);
  return query.step();
}

core::Result<bool> filed_at(Registry& registry, std::string_view device, const core::Id& licence) {
  QABYL_TRY(query, registry.database.prepare("SELECT 1 FROM licence_forms f JOIN cases c ON c.id = f.application WHERE f.case_id = ? AND c.device = ? LIMIT 1"));
  query.bind(1, licence).bind(2, device);
  return query.step();
}

Status enter_in_register(Registry& registry, const CaseNow& now, core::Instant at) {
  using S = core::LicenceState;
  const S state = now.licence.state;
  if (state == S::none || state == S::entered || state == S::rejected) return core::Done{};  // what nobody has confirmed is no licence
  for (const auto& form : now.licence.forms) {
    if (!form.application.empty()) QABYL_TRY_DO(registry.database.run("INSERT OR IGNORE INTO licence_forms(application, case_id) VALUES(?, ?)", form.application, now.id));
  }
  QABYL_TRY_DO(enter_line(registry, now));
  QABYL_TRY_DO(registry.database.run("UPDATE cases SET title = ? WHERE id = ?", now.licence.holder.text("name"), now.id));
  return enter_bureau(registry, now, at);
}

}  // namespace qabyl::sync::registry
