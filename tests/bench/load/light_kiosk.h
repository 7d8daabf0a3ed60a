// A kiosk without a screen and a disk, for load: the product's uplink and curl over an outbox in memory. Its records are whole
// and true to the rules; its documents are made as they are read. One thread a kiosk.
#pragma once

#include <map>
#include <memory>

#include "core/sys/clock.h"
#include "sync/client/curl_transport.h"
#include "sync/client/uplink.h"

namespace qabyl::load {

struct Identity {                    // what an enrolment leaves at a kiosk
  std::string device, url, ca_file, certificate_file, key_file;
  core::SigningKey key;
  core::VerifyKey root{};
  std::string keys_jws;
};

struct Filed {
  core::SignedRecord record;
  core::SendState state = core::SendState::queued;
  std::vector<core::OutboxDocument> docs;
  std::int64_t filed_us = 0, settled_us = 0;  // on the steady clock; 0: not yet
  std::string verdict;
};

class LightKiosk final : core::Outbox, core::Inbox, core::LogMemory {
 public:
  LightKiosk(Identity identity, core::Record like);
  void file(std::size_t document_bytes);      // goes up as soon as step() is called
  void step(core::Millis at_most);            // one turn of the uplink, waits at most so long
  void try_now() { uplink_->try_now(); }
  std::int64_t waiting() const { return waiting_; }
  const std::vector<Filed>& filed() const { return filed_; }
  const Identity& identity() const { return identity_; }
  std::int64_t forks() const { return forks_; }

 private:
  core::Result<std::vector<core::OutboxItem>> pending(std::size_t records_max, std::size_t bytes_max) override;
  core::Result<std::vector<core::TakenItem>> taken_after(std::int64_t, std::size_t, std::size_t) override { return std::vector<core::TakenItem>{}; }
  core::Status keep_upload(const core::Id& record, int index, std::string_view upload) override;
  core::Status keep_document_sent(const core::Id& record, int index) override;
  core::Status keep_verdict(const core::Verdict& verdict, std::string_view jws) override;
  core::Result<core::Bytes> read_document(const core::Digest& sha256, std::uint64_t offset, std::size_t bytes_max) override;
  core::Status keep_time(const core::TimeSync&) override { return core::Done{}; }
  core::Result<std::string> feed_cursor() override { return cursor_; }
  core::Result<std::string> kept_asset(std::string_view) override { return std::string(); }
  core::Status keep_feed(const std::vector<core::Json>& items, std::string_view next_cursor) override;
  core::Result<std::vector<core::WantedDocument>> wanted(std::size_t) override { return std::vector<core::WantedDocument>{}; }
  core::Status keep_part(const core::Digest&, std::uint64_t, core::ByteView, bool) override { return core::Done{}; }
  core::Result<std::string> newest_checkpoint() override { return held_; }
  core::Result<std::vector<std::string>> unchecked_checkpoints(std::size_t count_max) override;
  core::Status keep_checkpoint(std::string_view note) override;
  core::Status judge_checkpoint(std::string_view note, core::NoteWord word) override;
  core::Status keep_fork(std::string_view note, const core::LogFork& fork) override;
  core::Result<core::LogMirror> mirror() override { return mirror_; }
  core::Status keep_leaves(const core::LogMirror& after, const std::vector<core::LogLeaf>&) override { return mirror_ = after, core::Done{}; }
  core::Result<std::vector<core::LogLeaf>> leaves_from(std::uint64_t, std::size_t) override { return std::vector<core::LogLeaf>{}; }
  core::Result<std::string> unreported_fork() override { return std::string(); }
  core::Status fork_reported(std::string_view) override { return core::Done{}; }
  Filed& of(const core::Id& record);

  Identity identity_;
  core::Record like_;
  core::sys::SystemClock clock_;
  core::sys::SystemRandom random_;
  std::vector<Filed> filed_;
  std::size_t settled_before_ = 0;            // all in front of it are settled
  std::map<core::Id, std::size_t> places_;
  std::map<core::Digest, core::Id> documents_;
  std::int64_t waiting_ = 0, forks_ = 0;
  core::LogMirror mirror_;                    // its leaves are not kept: nothing is restored here
  std::string cursor_ = "0.0", held_;
  std::vector<std::string> unchecked_;
  std::map<std::string, bool, std::less<>> known_;
  std::unique_ptr<sync::CurlTransport> transport_;
  std::unique_ptr<sync::Uplink> uplink_;
};

}  // namespace qabyl::load
