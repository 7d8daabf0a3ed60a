// Drafts: applications that are being filled in. Each has a random key, sealed under Argon2id(PIN) mixed
// with the storage key; without both nobody reads it, and with its row gone nobody ever will
// (ARCHITECTURE 5.1, RELIABILITY 1.6). Of the person only a keyed tag of the BIN can be looked up.
#include <algorithm>

#include "core/store/kiosk_store_state.h"

namespace qabyl::core {
namespace {

std::string key_context(const Id& draft) { return "draft key:" + draft; }
std::string body_context(const Id& draft) { return "draft:" + draft; }

bool valid_pin(std::string_view pin) {
  return pin.size() == pin_digits && std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Bytes seal_body(const SealKey& key, const ApplicationDraft& draft, Random& random) {
  auto text = canonical(to_json(draft));
  auto sealed = seal(key, as_bytes(text), body_context(draft.id), random);
  wipe(text);
  return sealed;
}

Result<ApplicationDraft> unseal_body(const SealKey& key, ByteView sealed, const Id& id) {
  QABYL_TRY(plain, unseal(key, sealed, body_context(id)));
  const auto json = parse_json(as_text(plain), plain.size());
  wipe(plain);
  auto draft = json ? draft_from_json(*json) : Result<ApplicationDraft>(json.error());
  if (!draft) return Error{ErrorCode::corrupt, "draft"};
  return draft;
}

DraftSummary summary_of(const Statement& row) {
  DraftSummary summary;
  summary.id = row.text(0);
  if (const auto procedure = parse_procedure(row.text(1))) summary.procedure = *procedure;
  summary.step = static_cast<int>(row.integer(2));
  summary.saved_at = instant_of(row.integer(3));
  return summary;
}

}  // namespace

Status KioskStore::create_draft(const ApplicationDraft& draft, std::string_view pin) {
  auto& state = *state_;
  if (!valid_pin(pin) || !valid_id(draft.id)) return Error{ErrorCode::invalid_input, "PIN or id of a draft"};
  QABYL_TRY_DO(state.ready());
  Salt salt{};
  state.options.random->fill(salt);
  const auto cost = state.options.pin_cost;
  const auto key = random_seal_key(*state.options.random);
  const auto pin_key = key_from_password(pin, salt, state.options.storage_key.view(), cost);
  const auto sealed_key = seal(pin_key, key.view(), key_context(draft.id), *state.options.random);
  const auto body = seal_body(key, draft, *state.options.random);
  const auto written = state.write([&]() -> Status {
    QABYL_TRY_DO(state.db().run("INSERT INTO drafts(id, bin_tag, procedure, step, saved_ms, salt, passes, memory_kib, sealed_key, sealed)"
                                " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                draft.id, ByteView(state.bin_tag(draft.bin)), to_text(draft.procedure), std::int64_t{draft.step},
                                ms_of(state.now()), ByteView(salt), std::int64_t{cost.passes}, std::int64_t{cost.memory_kib},
                                ByteView(sealed_key), ByteView(body)));
    return state.set_editing(draft.id);
  });
  if (!written) return written;
  state.open_drafts.insert_or_assign(draft.id, key);
  state.editing = draft.id;
  return Done{};
}

Status KioskStore::save_draft(const ApplicationDraft& draft) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  const auto key = state.open_drafts.find(draft.id);
  if (key == state.open_drafts.end()) return Error{ErrorCode::wrong_state, "draft is not open"};
  const auto body = seal_body(key->second, draft, *state.options.random);
  const auto written = state.write([&]() -> Status {
    QABYL_TRY_DO(state.db().run("UPDATE drafts SET bin_tag = ?, procedure = ?, step = ?, saved_ms = ?, sealed = ? WHERE id = ?",
                                ByteView(state.bin_tag(draft.bin)), to_text(draft.procedure), std::int64_t{draft.step},
                                ms_of(state.now()), ByteView(body), draft.id));
    if (state.db().changes() != 1) return Error{ErrorCode::not_found, "draft"};
    return state.set_editing(draft.id);
  });
  if (!written) return written;
  state.editing = draft.id;
  return Done{};
}

Result<std::optional<DraftSummary>> KioskStore::find_draft(std::string_view bin) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(row, state_->db().prepare("SELECT id, procedure, step, saved_ms FROM drafts WHERE bin_tag = ?"));
  QABYL_TRY(there, row.bind(1, state_->bin_tag(bin)).step());
  return there ? std::optional(summary_of(row)) : std::nullopt;
}

Result<std::optional<DraftSummary>> KioskStore::State::draft_summary(std::string_view id) {
  QABYL_TRY(row, db().prepare("SELECT id, procedure, step, saved_ms FROM drafts WHERE id = ?"));
  QABYL_TRY(there, row.bind(1, id).step());
  return there ? std::optional(summary_of(row)) : std::nullopt;
}

Status KioskStore::State::put_draft_tries(const Id& id, std::int64_t failures, bool close_it) {
  const auto reading = options.clock->read();
  return db().run("UPDATE drafts SET failures = ?, locked_until_ms = ?, locked_boot = ?, locked_until_steady_ms = ? WHERE id = ?", failures,
                  close_it ? ms_of(reading.wall + draft_lock) : std::int64_t{0}, close_it ? reading.boot : std::string(),
                  close_it ? (reading.steady + draft_lock).count() : std::int64_t{0}, id);
}

// After another boot only the wall clock can tell; one that was set back since then begins the hour anew, once.
Result<bool> KioskStore::State::draft_locked(const Id& id, const DraftTries& tries) {
  if (tries.locked_until == 0) return false;
  const auto reading = options.clock->read();
  if (reading.boot == tries.boot) return reading.steady.count() < tries.until_steady;
  const auto left = tries.locked_until - ms_of(reading.wall);
  if (left > draft_lock.count()) QABYL_TRY_DO(write([&] { return put_draft_tries(id, tries.failures, true); }));
  return left > 0;
}

// The try is counted and committed before the PIN is tried: pulling the plug gives no free guess.
Result<int> KioskStore::State::count_draft_try(const Id& id) {
  DraftTries tries;
  {
    QABYL_TRY(row, db().prepare("SELECT failures, locked_until_ms, locked_boot, locked_until_steady_ms FROM drafts WHERE id = ?"));
    QABYL_TRY(there, row.bind(1, id).step());
    if (!there) return Error{ErrorCode::not_found, "draft"};
    tries = {row.integer(0), row.integer(1), row.text(2), row.integer(3)};
  }
  QABYL_TRY(locked, draft_locked(id, tries));
  if (locked) return Error{ErrorCode::locked, "until " + std::to_string(tries.locked_until)};
  const auto failures = tries.locked_until != 0 ? 1 : tries.failures + 1;  // the hour is over
  QABYL_TRY_DO(write([&] { return put_draft_tries(id, failures, failures >= pin_tries_max); }));
  return static_cast<int>(pin_tries_max - failures);
}

Result<SealKey> KioskStore::State::try_pin(const Id& id, std::string_view pin, int tries_left) {
  QABYL_TRY(row, db().prepare("SELECT salt, passes, memory_kib, sealed_key, locked_until_ms FROM drafts WHERE id = ?"));
  QABYL_TRY(there, row.bind(1, id).step());
  if (!there || row.blob(0).size() != Salt{}.size()) return Error{ErrorCode::not_found, "draft"};
  Salt salt{};
  const auto salt_bytes = row.blob(0);
  std::copy(salt_bytes.begin(), salt_bytes.end(), salt.begin());
  const Argon2Cost cost{static_cast<std::uint32_t>(row.integer(1)), static_cast<std::uint32_t>(row.integer(2))};
  auto plain = unseal(key_from_password(pin, salt, options.storage_key.view(), cost), row.blob(3), key_context(id));
  if (plain && plain->size() == 32) {
    const SealKey key(std::span<const std::uint8_t, 32>(plain->data(), 32));
    wipe(*plain);
    return key;
  }
  if (tries_left > 0) return Error{ErrorCode::forbidden, std::to_string(tries_left)};
  return Error{ErrorCode::locked, "until " + std::to_string(row.integer(4))};
}

Result<ApplicationDraft> KioskStore::open_draft(const Id& id, std::string_view pin) {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  QABYL_TRY(tries_left, state.count_draft_try(id));
  QABYL_TRY(key, state.try_pin(id, pin, tries_left));
  Bytes sealed;
  {
    QABYL_TRY(row, state.db().prepare("SELECT sealed FROM drafts WHERE id = ?"));
    QABYL_TRY(there, row.bind(1, id).step());
    if (there) sealed = row.blob(0);
  }
  QABYL_TRY(draft, unseal_body(key, sealed, id));
  const auto written = state.write([&]() -> Status {
    QABYL_TRY_DO(state.put_draft_tries(id, 0, false));
    return state.set_editing(id);
  });
  if (!written) return written.error();
  state.open_drafts.insert_or_assign(id, key);
  state.editing = id;
  return draft;
}

Status KioskStore::leave_draft(const Id& id) {
  auto& state = *state_;
  state.open_drafts.erase(id);  // first of all: the key goes even if the disk refuses
  if (state.interrupted == id) state.interrupted.reset();
  QABYL_TRY_DO(state.ready());
  if (state.editing != id) return Done{};
  QABYL_TRY_DO(state.write([&] { return state.put_setting(setting_editing, ""); }));
  state.editing.clear();
  return Done{};
}

Status KioskStore::State::set_editing(const Id& draft) {
  return editing == draft ? Status(Done{}) : put_setting(setting_editing, draft);
}

Result<std::vector<std::string>> KioskStore::State::erase_draft(const Id& draft) {
  QABYL_TRY_DO(db().run("DELETE FROM drafts WHERE id = ?", draft));
  if (editing == draft) QABYL_TRY_DO(put_setting(setting_editing, ""));
  return release("draft:" + draft);
}

void KioskStore::State::forget_draft(const Id& draft) {
  if (draft.empty()) return;
  open_drafts.erase(draft);
  if (interrupted == draft) interrupted.reset();
  if (editing == draft) editing.clear();
  wipe_due = true;
}

Status KioskStore::drop_draft(const Id& id) {
  auto& state = *state_;
  std::vector<std::string> files;
  const auto written = state.write([&]() -> Status {
    QABYL_TRY(freed, state.erase_draft(id));
    files = std::move(freed);
    return Done{};
  });
  if (!written) return written;
  state.forget_draft(id);
  state.remove_files(files);
  return state.tidy_wal(0);  // stays due if it fails
}

Result<int> KioskStore::drop_old_drafts(Instant older_than) {
  QABYL_TRY_DO(state_->ready());
  std::vector<Id> old;
  {
    QABYL_TRY(rows, state_->db().prepare("SELECT id FROM drafts WHERE saved_ms < ?"));
    rows.bind(1, ms_of(older_than));
    for (;;) {  // ends with the rows
      QABYL_TRY(row, rows.step());
      if (!row) break;
      if (state_->open_drafts.count(rows.text(0)) == 0) old.push_back(rows.text(0));  // not from under a person
    }
  }
  for (const auto& id : old) QABYL_TRY_DO(drop_draft(id));
  return static_cast<int>(old.size());
}

Result<std::optional<DraftSummary>> KioskStore::interrupted_draft() {
  QABYL_TRY_DO(state_->ready());
  if (!state_->interrupted) return std::optional<DraftSummary>();
  return state_->draft_summary(*state_->interrupted);
}

}  // namespace qabyl::core
