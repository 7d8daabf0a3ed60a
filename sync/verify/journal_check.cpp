// See journal_check.h. First the chain by the key that the head names, then whether the registry vouches for the head.
#include "sync/verify/journal_check.h"

#include "core/record.h"

namespace qabyl::sync::verify {
namespace {

class Chain {
 public:
  explicit Chain(const log::JournalHead& head) : head_(head) {}

  // Why `line` is not the next record; empty: it is.
  std::string next(const std::string& line, JournalCheck& check) {
    const auto record = core::open_record(line, head_.key);
    if (!record) return record.error().code == core::ErrorCode::corrupt ? "record_signature" : "journal_record";
    if (record->record.device != head_.device || record->record.q != q_ + 1 || record->record.prev != before_) return "journal_gap";
    const auto at = record->record.at.utc;
    check.first = q_ == 0 ? at : std::min(check.first, at);
    check.last = q_ == 0 ? at : std::max(check.last, at);
    check.doubtful += record->record.at.trust == core::Trust::trusted ? 0 : 1;
    before_ = record->digest;
    ++q_;
    return {};
  }
  const core::Digest& last() const { return before_; }
  bool is_whole() const { return q_ == head_.records && before_ == head_.last; }

 private:
  const log::JournalHead& head_;
  std::int64_t q_ = 0;
  core::Digest before_{};
};

JournalCheck refused(std::string why, std::int64_t line) {
  JournalCheck check;
  check.why = std::move(why);
  check.line = line;
  return check;
}

// Whether the keys that the asker believes signed the head.
void judge_head(JournalCheck& check, const core::Jws& jws, const core::Keyring& keys) {
  const auto signed_by = keys.verify(jws, log::journal_typ, core::KeyUse::acceptance, check.head.made);
  if (signed_by) return;
  if (signed_by.error().code != core::ErrorCode::forbidden) {
    check = refused("journal_signature", 1);
    return;
  }
  check.standing = Standing::unknown_key;
  check.why = "key_not_listed";
}

}  // namespace

JournalCheck check_journal(const Lines& lines, const Trust& trust, const std::function<void(const core::Digest&)>& each) {
  const auto first = lines();
  const auto jws = first ? core::parse_jws(*first) : core::Result<core::Jws>(first.error());
  const auto head = jws && jws->typ == log::journal_typ ? log::parse_journal_head(core::as_text(jws->payload)) : core::Result<log::JournalHead>(core::Error{core::ErrorCode::invalid_input, ""});
  if (!head) return refused("not_a_journal", 1);
  JournalCheck check;
  check.head = *head;
  Chain chain(check.head);
  std::int64_t n = 1;
  for (auto line = lines(); line || line.error().code != core::ErrorCode::not_found; line = lines()) {
    ++n;
    const auto why = line ? chain.next(*line, check) : std::string("journal_record");
    if (!why.empty()) return refused(why, n);
    if (each) each(chain.last());
  }
  if (!chain.is_whole()) return refused("journal_end", n);
  check.standing = trust.keys ? Standing::proved : Standing::unknown_key;
  check.why = trust.why;
  check.root = trust.root;
  check.claimed = trust.claimed;
  if (trust.keys) judge_head(check, *jws, *trust.keys);
  return check;
}

}  // namespace qabyl::sync::verify
