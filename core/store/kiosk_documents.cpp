// Documents of drafts and records: one sealed file and one row each, keys under the draft's key until
// filing, under the storage key from then on; the file itself is never rewritten (ARCHITECTURE, 5.1).
// Knows no case and never looks into a document.
#include <algorithm>

#include "core/encoding.h"
#include "core/store/kiosk_store_state.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr int same_name_max = 1000;
constexpr std::size_t name_bytes_max = 255;

std::string key_context(const Digest& sha256) { return "document:" + to_hex(sha256); }

}  // namespace

Result<std::unique_ptr<KioskStore::BlobWriter>> KioskStore::begin_document() {
  const auto name = new_id(state_->now(), *state_->options.random);
  QABYL_TRY(writer, FileBlobWriter::create(state_->path(arriving_folder) + "/" + name, *state_->options.random));
  return std::unique_ptr<BlobWriter>(std::move(writer));
}

Result<DocumentRef> KioskStore::keep_document(std::unique_ptr<BlobWriter> writer, const Id& draft,
                                              std::string_view name, std::string_view type) {
  QABYL_CHECK(writer != nullptr);
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(document, state_->keep(static_cast<FileBlobWriter&>(*writer), draft));  // the only kind there is
  document.name = mended_utf8(name, name_bytes_max);
  document.type = type;
  return document;
}

Result<DocumentRef> KioskStore::keep_document(ByteView bytes, const Id& draft, std::string_view name, std::string_view type) {
  QABYL_TRY(writer, begin_document());
  QABYL_TRY_DO(writer->write(bytes));
  return keep_document(std::move(writer), draft, name, type);
}

Result<Bytes> KioskStore::read_document(const Digest& sha256, std::uint64_t offset, std::size_t bytes_max) {
  QABYL_TRY_DO(state_->ready());
  QABYL_TRY(blobs, state_->blobs_of(sha256));
  std::optional<Error> refused;
  for (const auto& blob : blobs) {  // a damaged one may have been healed by a second
    auto bytes = state_->read_blob(blob, offset, bytes_max);
    if (bytes) return bytes;
    if (!refused || bytes.error().code == ErrorCode::corrupt) refused = bytes.error();
  }
  return refused ? *refused : Error{ErrorCode::not_found, "document"};
}

Result<Bytes> KioskStore::State::read_blob(const BlobRow& blob, std::uint64_t offset, std::size_t bytes_max) const {
  QABYL_TRY(key, blob_key(blob));
  QABYL_TRY(file, SealedFile::open(path(blob.file), key, blob.bytes));
  QABYL_TRY(bytes, file.read(offset, bytes_max));
  if (offset + bytes.size() < blob.bytes) return bytes;
  // The last byte goes out only with the digest of all.
  QABYL_TRY(digest, offset == 0 ? Result<Digest>(core::sha256(bytes)) : file.digest());
  if (digest != blob.sha256) return Error{ErrorCode::corrupt, "document " + to_hex(blob.sha256)};
  return bytes;
}

// Those whose key is at hand first: under the storage key, then under a draft's.
Result<std::vector<BlobRow>> KioskStore::State::blobs_of(const Digest& sha256) {
  std::vector<BlobRow> blobs;
  QABYL_TRY(rows, db().prepare("SELECT id, bytes, file, draft, sealed_key FROM blobs WHERE sha256 = ? ORDER BY draft"));
  rows.bind(1, sha256);
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) break;
    blobs.push_back({rows.integer(0), sha256, static_cast<std::uint64_t>(rows.integer(1)), rows.text(2), rows.text(3), rows.blob(4)});
  }
  for (const auto& one : fresh) {
    if (one.row.sha256 == sha256) blobs.push_back(one.row);
  }
  const auto at_hand = [this](const BlobRow& blob) { return blob.draft.empty() || open_drafts.count(blob.draft) > 0; };
  std::stable_partition(blobs.begin(), blobs.end(), at_hand);
  return blobs;
}

Result<SealKey> KioskStore::State::blob_key(const BlobRow& blob) const {
  const auto draft = open_drafts.find(blob.draft);
  if (!blob.draft.empty() && draft == open_drafts.end()) return Error{ErrorCode::forbidden, "draft is closed"};
  const auto& above = blob.draft.empty() ? options.storage_key : draft->second;
  QABYL_TRY(plain, unseal(above, blob.sealed_key, key_context(blob.sha256)));
  if (plain.size() != 32) return Error{ErrorCode::corrupt, "document key"};
  const SealKey key(std::span<const std::uint8_t, 32>(plain.data(), 32));
  wipe(plain);
  return key;
}

// False: damaged or missing. Used before new bytes are dropped in favour of old ones.
Result<bool> KioskStore::State::blob_whole(const BlobRow& blob) const {
  QABYL_TRY(key, blob_key(blob));
  const auto file = SealedFile::open(path(blob.file), key, blob.bytes);
  const auto digest = file ? file->digest() : Result<Digest>(file.error());
  if (!digest && digest.error().code != ErrorCode::corrupt) return digest.error();
  return digest && *digest == blob.sha256;
}

Result<std::string> KioskStore::State::blob_owner(const Id& draft) {
  QABYL_TRY(summary, draft_summary(draft));
  if (!summary) return "record:" + draft;
  if (open_drafts.count(draft) == 0) return Error{ErrorCode::wrong_state, "draft is not open"};
  return "draft:" + draft;
}

// <month>/<sha256>, or with .2, .3 ... when another draft, whose key is not ours, has the same bytes.
Result<std::string> KioskStore::State::free_blob_name(const Digest& sha256) {
  const auto folder = std::string(documents_folder) + "/" + month_folder(now());
  if (!sys::exists(path(folder))) {  // the first document of a month
    QABYL_TRY_DO(sys::make_directories(path(folder)));
    QABYL_TRY_DO(sys::flush_directory(path(documents_folder)));
  }
  QABYL_TRY(taken, db().prepare("SELECT 1 FROM blobs WHERE file = ?"));
  for (int n = 1; n < same_name_max; ++n) {
    const auto name = folder + "/" + to_hex(sha256) + (n == 1 ? "" : "." + std::to_string(n));
    taken.reset();
    QABYL_TRY(in_table, taken.bind(1, name).step());
    const bool is_fresh = std::any_of(fresh.begin(), fresh.end(), [&](const auto& one) { return one.row.file == name; });
    if (!in_table && !is_fresh) return name;
  }
  return Error{ErrorCode::conflict, "too many copies of one document"};
}

Result<DocumentRef> KioskStore::State::keep(FileBlobWriter& writer, const Id& draft) {
  if (!valid_id(draft)) return Error{ErrorCode::invalid_input, "owner of a document"};
  QABYL_TRY(owner, blob_owner(draft));
  QABYL_TRY_DO(writer.finish());
  const DocumentRef document{{}, writer.written(), writer.digest(), {}};
  const Id sealed_by = owner.starts_with("draft:") ? draft : Id();
  QABYL_TRY(blobs, blobs_of(document.sha256));
  const bool is_fresh = std::any_of(fresh.begin(), fresh.end(), [&](const auto& one) { return one.row.sha256 == document.sha256 && one.owner == owner; });
  if (is_fresh) return document;
  for (const auto& blob : blobs) {
    if (!blob.draft.empty() && blob.draft != sealed_by) continue;
    QABYL_TRY(whole, blob_whole(blob));
    if (!whole) continue;  // the new bytes heal it: they get a file of their own
    QABYL_TRY_DO(write([&] { return db().run("INSERT OR IGNORE INTO blob_uses(owner, blob) SELECT ?, id FROM blobs WHERE file = ?", owner, blob.file); }));
    return document;
  }
  if (fresh.size() >= fresh_blobs_max) QABYL_TRY_DO(write([] { return Status(Done{}); }));
  QABYL_TRY(name, free_blob_name(document.sha256));
  const auto& above = sealed_by.empty() ? options.storage_key : open_drafts.at(sealed_by);
  QABYL_TRY_DO(writer.move_to(path(name)));
  unflushed_folders.insert(name.substr(0, name.rfind('/')));
  fresh.push_back({{0, document.sha256, document.bytes, name, sealed_by,
                    seal(above, writer.key().view(), key_context(document.sha256), *options.random)}, owner});
  return document;
}

// The document belongs to the record from now on. Inside write(), after the fresh rows are in.
Status KioskStore::State::adopt(const Digest& sha256, std::uint64_t bytes, const Id& record, const Id& draft) {
  QABYL_TRY(blobs, blobs_of(sha256));
  for (const auto& blob : blobs) {
    if (blob.bytes != bytes || (!blob.draft.empty() && blob.draft != draft) || !sys::exists(path(blob.file))) continue;
    QABYL_TRY(key, blob_key(blob));
    if (!blob.draft.empty()) {
      QABYL_TRY_DO(db().run("UPDATE blobs SET draft = '', sealed_key = ? WHERE file = ?", ByteView(close(key.view(), key_context(sha256))), blob.file));
    }
    return db().run("INSERT OR IGNORE INTO blob_uses(owner, blob) SELECT ?, id FROM blobs WHERE file = ?", "record:" + record, blob.file);
  }
  return Error{ErrorCode::not_found, "document " + to_hex(sha256)};
}

Result<std::vector<std::string>> KioskStore::State::release(const std::string& owner) {
  std::vector<std::string> files;
  std::vector<std::int64_t> ids;
  QABYL_TRY(rows, db().prepare("SELECT b.id, b.file FROM blob_uses u JOIN blobs b ON b.id = u.blob WHERE u.owner = ?1"
                               " AND NOT EXISTS (SELECT 1 FROM blob_uses o WHERE o.blob = b.id AND o.owner <> ?1)"));
  rows.bind(1, owner);
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) break;
    ids.push_back(rows.integer(0));
    files.push_back(rows.text(1));
  }
  rows.reset();
  QABYL_TRY_DO(db().run("DELETE FROM blob_uses WHERE owner = ?", owner));
  for (const auto id : ids) {
    QABYL_TRY_DO(db().run("DELETE FROM blobs WHERE id = ?", id));
    QABYL_TRY_DO(db().run("DELETE FROM damaged_blobs WHERE blob = ?", id));
  }
  return files;
}

std::vector<std::string> KioskStore::State::forget_fresh(const std::string& owner) {
  std::vector<std::string> files;
  std::erase_if(fresh, [&](const FreshBlob& one) {
    if (one.owner == owner) files.push_back(one.row.file);
    return one.owner == owner;
  });
  return files;
}

Status KioskStore::leave_filing(const Id& filing) {
  auto& state = *state_;
  QABYL_TRY(filed, find_record(filing));
  if (filed) return Done{};
  QABYL_TRY(kept, state.reply_documents(filing));
  if (state.reply_at_hand == filing) state.reply_at_hand.clear();
  auto files = kept ? std::vector<std::string>() : state.forget_fresh("record:" + filing);
  const auto written = state.write([&]() -> Status {
    QABYL_TRY(more, kept ? state.release_others(filing, *kept) : state.release("record:" + filing));
    files.insert(files.end(), more.begin(), more.end());
    return Done{};
  });
  if (written) state.remove_files(files);
  return written;
}

Status KioskStore::drop_unfiled() {
  auto& state = *state_;
  QABYL_TRY_DO(state.ready());
  std::vector<std::string> owners, files;
  {
    QABYL_TRY(rows, state.db().prepare("SELECT DISTINCT owner FROM blob_uses WHERE owner LIKE 'record:%' AND substr(owner, 8) NOT IN (SELECT id FROM records)"));
    for (;;) {  // ends with the rows
      QABYL_TRY(there, rows.step());
      if (!there) break;
      owners.push_back(rows.text(0));
    }
  }
  if (owners.empty()) return Done{};
  const auto written = state.write([&]() -> Status {
    for (const auto& owner : owners) {
      const auto filing = owner.substr(std::string_view("record:").size());
      QABYL_TRY(kept, state.reply_documents(filing));  // its author goes on with it
      QABYL_TRY(gone, kept ? state.release_others(filing, *kept) : state.release(owner));
      files.insert(files.end(), gone.begin(), gone.end());
    }
    return Done{};
  });
  if (written) state.remove_files(files);
  return written;
}

Result<std::vector<std::string>> KioskStore::State::release_others(const Id& record, const std::vector<Digest>& named) {
  std::vector<std::string> files;
  QABYL_TRY(rows, db().prepare("SELECT b.id, b.sha256, b.file, EXISTS(SELECT 1 FROM blob_uses o WHERE o.blob = b.id AND o.owner <> ?1)"
                               " FROM blob_uses u JOIN blobs b ON b.id = u.blob WHERE u.owner = ?1"));
  rows.bind(1, "record:" + record);
  std::vector<std::pair<std::int64_t, std::string>> others;  // the file: "" where somebody else uses it too
  for (;;) {  // ends with the rows
    QABYL_TRY(row, rows.step());
    if (!row) break;
    QABYL_TRY(sha256, digest_of(rows.blob(1)));
    if (std::find(named.begin(), named.end(), sha256) == named.end()) others.emplace_back(rows.integer(0), rows.integer(3) != 0 ? std::string() : rows.text(2));
  }
  rows.reset();
  for (const auto& [id, file] : others) {
    QABYL_TRY_DO(db().run("DELETE FROM blob_uses WHERE owner = ? AND blob = ?", "record:" + record, id));
    if (file.empty()) continue;
    QABYL_TRY_DO(db().run("DELETE FROM blobs WHERE id = ?", id));
    QABYL_TRY_DO(db().run("DELETE FROM damaged_blobs WHERE blob = ?", id));
    files.push_back(file);
  }
  return files;
}

// After the commit that removed their rows; what stays behind is collected as a stray.
void KioskStore::State::remove_files(const std::vector<std::string>& files) {
  for (const auto& file : files) (void)sys::remove_file(path(file));
}

}  // namespace qabyl::core
