// Carries the uplink's store calls to the storage thread. See store_proxy.h.
#include "kiosk/shell/store_proxy.h"

namespace qabyl::kiosk {

SendView send_view(core::SendState state) {
  switch (state) {
    case core::SendState::queued: return SendView::queued;
    case core::SendState::sent: return SendView::sent;
    case core::SendState::accepted: return SendView::accepted;
    case core::SendState::quarantined: return SendView::quarantined;
    case core::SendState::superseded: return SendView::superseded;
  }
  QABYL_CHECK(false);
  return SendView::queued;
}

namespace {

SendView view_of(core::Outcome outcome) {
  switch (outcome) {
    case core::Outcome::received: return SendView::sent;
    case core::Outcome::accepted: return SendView::accepted;
    case core::Outcome::quarantined: return SendView::quarantined;
    case core::Outcome::superseded: return SendView::superseded;
  }
  QABYL_CHECK(false);
  return SendView::sent;
}

}  // namespace

core::Result<std::vector<core::OutboxItem>> StoreProxy::pending(std::size_t records_max, std::size_t bytes_max) {
  return storage_.call([&] { return store_.pending(records_max, bytes_max); });
}

core::Result<std::vector<core::TakenItem>> StoreProxy::taken_after(std::int64_t q, std::size_t records_max, std::size_t bytes_max) {
  return storage_.call([&] { return store_.taken_after(q, records_max, bytes_max); });
}

core::Status StoreProxy::keep_upload(const core::Id& record, int index, std::string_view upload) {
  return storage_.call([&] { return store_.keep_upload(record, index, upload); });
}

core::Status StoreProxy::keep_document_sent(const core::Id& record, int index) {
  return storage_.call([&] { return store_.keep_document_sent(record, index); });
}

core::Status StoreProxy::keep_verdict(const core::Verdict& verdict, std::string_view jws) {
  auto kept = storage_.call([&] { return store_.keep_verdict(verdict, jws); });
  if (kept) {
    tell_(reply::CustodyChanged{verdict.id, view_of(verdict.outcome), verdict.at, verdict.reason, verdict.number});
  }
  return kept;
}

core::Status StoreProxy::keep_verdicts(const std::vector<core::SignedVerdict>& verdicts) {
  auto kept = storage_.call([&] { return store_.keep_verdicts(verdicts); });
  if (!kept) return kept;
  for (const auto& one : verdicts) {
    tell_(reply::CustodyChanged{one.verdict.id, view_of(one.verdict.outcome), one.verdict.at, one.verdict.reason, one.verdict.number});
  }
  return kept;
}

core::Result<core::Bytes> StoreProxy::read_document(const core::Digest& sha256, std::uint64_t offset,
                                                    std::size_t bytes_max) {
  return storage_.call([&] { return store_.read_document(sha256, offset, bytes_max); });
}

core::Status StoreProxy::keep_time(const core::TimeSync& sync) {
  return storage_.call([&] { return store_.keep_time(sync); });
}

core::Result<std::string> StoreProxy::feed_cursor() {
  return storage_.call([&] { return store_.feed_cursor(); });
}

core::Result<std::string> StoreProxy::kept_asset(std::string_view name) {
  return storage_.call([&] { return store_.kept_asset(name); });
}

core::Status StoreProxy::keep_feed(const std::vector<core::Json>& items, std::string_view next_cursor) {
  auto kept = storage_.call([&] { return store_.keep_feed(items, next_cursor); });
  if (kept && !items.empty()) tell_(reply::PapersChanged{});
  return kept;
}

core::Result<std::vector<core::WantedDocument>> StoreProxy::wanted(std::size_t count_max) {
  return storage_.call([&] { return store_.wanted(count_max); });
}

core::Status StoreProxy::keep_part(const core::Digest& sha256, std::uint64_t offset, core::ByteView bytes, bool last) {
  auto kept = storage_.call([&] { return store_.keep_part(sha256, offset, bytes, last); });
  if (kept && last) tell_(reply::PapersChanged{});
  return kept;
}

core::Result<std::string> StoreProxy::newest_checkpoint() {
  return storage_.call([&] { return store_.newest_checkpoint(); });
}

core::Result<std::vector<std::string>> StoreProxy::unchecked_checkpoints(std::size_t count_max) {
  return storage_.call([&] { return store_.unchecked_checkpoints(count_max); });
}

core::Status StoreProxy::keep_checkpoint(std::string_view note) {
  return storage_.call([&] { return store_.keep_checkpoint(note); });
}

core::Status StoreProxy::judge_checkpoint(std::string_view note, core::NoteWord word) {
  return storage_.call([&] { return store_.judge_checkpoint(note, word); });
}

core::Status StoreProxy::keep_fork(std::string_view note, const core::LogFork& fork) {
  return storage_.call([&] { return store_.keep_fork(note, fork); });
}

core::Result<core::LogMirror> StoreProxy::mirror() {
  return storage_.call([&] { return store_.mirror(); });
}

core::Status StoreProxy::keep_leaves(const core::LogMirror& after, const std::vector<core::LogLeaf>& leaves) {
  return storage_.call([&] { return store_.keep_leaves(after, leaves); });
}

core::Result<std::vector<core::LogLeaf>> StoreProxy::leaves_from(std::uint64_t index, std::size_t count_max) {
  return storage_.call([&] { return store_.leaves_from(index, count_max); });
}

core::Result<std::string> StoreProxy::unreported_fork() {
  return storage_.call([&] { return store_.unreported_fork(); });
}

core::Status StoreProxy::fork_reported(std::string_view evidence) {
  return storage_.call([&] { return store_.fork_reported(evidence); });
}

}  // namespace qabyl::kiosk
