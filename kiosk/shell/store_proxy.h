// The store's ports for the link thread: each call runs on the storage thread, which owns the one
// SQLite connection, and waits there. News for the screen goes out after the store has it.
#pragma once

#include <functional>

#include "core/store/kiosk_store.h"
#include "kiosk/screens/effects.h"
#include "kiosk/shell/worker.h"

namespace qabyl::kiosk {

SendView send_view(core::SendState state);

class StoreProxy final : public core::Outbox, public core::Inbox, public core::LogMemory {
 public:
  using Tell = std::function<void(Reply)>;
  StoreProxy(Worker& storage, core::KioskStore& store, Tell tell)
      : storage_(storage), store_(store), tell_(std::move(tell)) {}

  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t bytes_max) override;
  core::Result<std::vector<core::TakenItem>> taken_after(std::int64_t q, std::size_t records_max, std::size_t bytes_max) override;
  core::Status keep_upload(const core::Id& record, int index, std::string_view upload) override;
  core::Status keep_document_sent(const core::Id& record, int index) override;
  core::Status keep_verdict(const core::Verdict& verdict, std::string_view jws) override;
  core::Status keep_verdicts(const std::vector<core::SignedVerdict>& verdicts) override;
  core::Result<core::Bytes> read_document(const core::Digest& sha256, std::uint64_t offset, std::size_t bytes_max) override;
  core::Status keep_time(const core::TimeSync& sync) override;

  core::Result<std::string> feed_cursor() override;
  core::Result<std::string> kept_asset(std::string_view name) override;
  core::Status keep_feed(const std::vector<core::Json>& items, std::string_view next_cursor) override;
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t count_max) override;
  core::Status keep_part(const core::Digest& sha256, std::uint64_t offset, core::ByteView bytes, bool last) override;

  core::Result<std::string> newest_checkpoint() override;
  core::Result<std::vector<std::string>> unchecked_checkpoints(std::size_t count_max) override;
  core::Status keep_checkpoint(std::string_view note) override;
  core::Status judge_checkpoint(std::string_view note, core::NoteWord word) override;
  core::Status keep_fork(std::string_view note, const core::LogFork& fork) override;
  core::Result<core::LogMirror> mirror() override;
  core::Status keep_leaves(const core::LogMirror& after, const std::vector<core::LogLeaf>& leaves) override;
  core::Result<std::vector<core::LogLeaf>> leaves_from(std::uint64_t index, std::size_t count_max) override;
  core::Result<std::string> unreported_fork() override;
  core::Status fork_reported(std::string_view evidence) override;

 private:
  Worker& storage_;
  core::KioskStore& store_;
  Tell tell_;
};

}  // namespace qabyl::kiosk
