// See light_kiosk.h.
#include "tests/bench/load/light_kiosk.h"

#include "core/encoding.h"
#include "core/receipt_number.h"
#include "core/sys/files.h"
#include "sync/wire/messages.h"

namespace qabyl::load {
namespace {

constexpr std::size_t block_bytes = 1024 * 1024;

const core::Bytes& block() {
  static const core::Bytes bytes = [] {
    core::Bytes made(block_bytes);
    core::sys::SystemRandom().fill(made);
    return made;
  }();
  return bytes;
}

// A document is its record's id and then the block, so that each is another one and none takes memory.
core::Bytes document(const core::Id& record, std::uint64_t offset, std::size_t count) {
  core::Bytes bytes;
  bytes.reserve(count);
  for (std::uint64_t at = offset; at < offset + count; ++at) {
    bytes.push_back(at < record.size() ? static_cast<std::uint8_t>(record[static_cast<std::size_t>(at)]) : block()[static_cast<std::size_t>(at % block_bytes)]);
  }
  return bytes;
}

}  // namespace

LightKiosk::LightKiosk(Identity identity, core::Record like) : identity_(std::move(identity)), like_(std::move(like)) {
  auto keys = core::Keyring::open(identity_.keys_jws, identity_.root);
  QABYL_CHECK(keys);
  transport_ = std::make_unique<sync::CurlTransport>(sync::CurlOptions{identity_.url, identity_.ca_file, identity_.certificate_file, identity_.key_file});
  const auto head = [this] {
    return sync::to_text(filed_.empty() ? sync::JournalMark{} : sync::JournalMark{filed_.back().record.record.q, filed_.back().record.digest});
  };
  uplink_ = std::make_unique<sync::Uplink>(
      sync::UplinkParts{*this, *this, *this, *transport_, clock_, random_, identity_.root, identity_.device, identity_.key, head}, *std::move(keys));
}

void LightKiosk::file(std::size_t document_bytes) {
  const auto now = clock_.read();
  core::Record record = like_;
  record.id = record.case_id = core::new_id(now.wall, random_);
  record.device = identity_.device;
  record.q = static_cast<std::int64_t>(filed_.size()) + 1;
  record.prev = filed_.empty() ? core::Digest{} : filed_.back().record.digest;
  record.at.utc = now.wall;
  std::array<std::uint8_t, 16> nonce{};
  random_.fill(nonce);
  record.nonce = core::to_hex(nonce);
  const core::Bytes bytes = document(record.id, 0, document_bytes);
  const core::Digest sha256 = core::sha256(bytes);
  QABYL_CHECK(record.docs.size() == 1);
  record.docs[0].bytes = document_bytes;
  record.docs[0].sha256 = sha256;
  record.body["signature"]["paper"] = core::to_hex(sha256);
  record.body["number"] = core::receipt_number(identity_.device, 2026, record.q);
  record.body["check_code"] = core::new_check_code(random_);
  documents_[sha256] = record.id;
  places_[record.id] = filed_.size();
  Filed filed;
  filed.docs.push_back({0, sha256, document_bytes, {}, false});
  filed.record = core::sign_record(std::move(record), identity_.key);
  filed.filed_us = core::sys::steady_us();
  filed_.push_back(std::move(filed));
  ++waiting_;
  uplink_->work_arrived();
}

void LightKiosk::step(core::Millis at_most) {
  uplink_->tick();
  const auto now = clock_.read().steady;
  if (uplink_->in_flight()) transport_->wait(at_most);
  else if (uplink_->next_due() > now) transport_->wait(std::min(uplink_->next_due() - now, at_most));
}

Filed& LightKiosk::of(const core::Id& record) {
  const auto place = places_.find(record);
  QABYL_CHECK(place != places_.end());
  return filed_[place->second];
}

core::Result<std::vector<core::OutboxItem>> LightKiosk::pending(std::size_t records_max, std::size_t bytes_max) {
  const auto settled = [](const Filed& one) { return one.state != core::SendState::queued && one.state != core::SendState::sent; };
  while (settled_before_ < filed_.size() && settled(filed_[settled_before_])) ++settled_before_;
  std::vector<core::OutboxItem> items;
  std::size_t bytes = 0;
  for (const auto state : {core::SendState::queued, core::SendState::sent}) {
    for (std::size_t i = settled_before_; i < filed_.size() && items.size() < records_max; ++i) {
      const Filed& one = filed_[i];
      if (one.state != state) continue;
      bytes += one.record.jws.size();
      if (!items.empty() && bytes > bytes_max) return items;
      items.push_back({one.record.record.q, one.record.record.id, one.record.digest, one.record.jws, one.state, one.docs});
    }
  }
  return items;
}

core::Status LightKiosk::keep_upload(const core::Id& record, int index, std::string_view upload) {
  auto& document = of(record).docs.at(static_cast<std::size_t>(index));
  document.upload = upload;
  document.sent = false;
  return core::Done{};
}

core::Status LightKiosk::keep_document_sent(const core::Id& record, int index) {
  of(record).docs.at(static_cast<std::size_t>(index)).sent = true;
  return core::Done{};
}

core::Status LightKiosk::keep_verdict(const core::Verdict& verdict, std::string_view jws) {
  Filed& one = of(verdict.id);
  if (one.state != core::SendState::queued && one.state != core::SendState::sent) return core::Done{};
  if (verdict.outcome == core::Outcome::received) {
    one.state = core::SendState::sent;
    return core::Done{};
  }
  one.state = verdict.outcome == core::Outcome::accepted ? core::SendState::accepted : core::SendState::quarantined;
  one.settled_us = core::sys::steady_us();
  one.verdict = jws;
  --waiting_;
  return verdict.log ? keep_checkpoint(verdict.log->checkpoint) : core::Status(core::Done{});
}

core::Result<core::Bytes> LightKiosk::read_document(const core::Digest& sha256, std::uint64_t offset, std::size_t bytes_max) {
  const auto found = documents_.find(sha256);
  if (found == documents_.end()) return core::Error{core::ErrorCode::not_found, "document"};
  const std::uint64_t whole = of(found->second).docs.front().bytes;
  return document(found->second, offset, static_cast<std::size_t>(std::min<std::uint64_t>(bytes_max, whole - std::min(offset, whole))));
}

core::Status LightKiosk::keep_feed(const std::vector<core::Json>&, std::string_view next_cursor) {
  cursor_ = next_cursor;
  return core::Done{};
}

core::Result<std::vector<std::string>> LightKiosk::unchecked_checkpoints(std::size_t count_max) {
  return std::vector<std::string>(unchecked_.begin(), unchecked_.begin() + static_cast<std::ptrdiff_t>(std::min(count_max, unchecked_.size())));
}

core::Status LightKiosk::keep_checkpoint(std::string_view note) {
  if (known_.emplace(std::string(note), true).second) unchecked_.emplace_back(note);
  return core::Done{};
}

core::Status LightKiosk::judge_checkpoint(std::string_view note, core::NoteWord word) {
  std::erase(unchecked_, note);
  if (word == core::NoteWord::newest) held_ = note;
  return core::Done{};
}

core::Status LightKiosk::keep_fork(std::string_view note, const core::LogFork&) {
  std::erase(unchecked_, note);
  ++forks_;
  return core::Done{};
}

}  // namespace qabyl::load
