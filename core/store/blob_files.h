// Sealed document files of one folder: written under a temporary name, hashed and encrypted as the
// bytes come, flushed, then renamed to documents/<yyyy-mm>/<sha256>. Knows no database and no owner of
// a document: keys are given and handed out (ARCHITECTURE 5.1, RELIABILITY 1.2 and 7.2).
#pragma once

#include "core/record.h"
#include "core/store/kiosk_store.h"
#include "core/sys/files.h"

namespace qabyl::core {

inline constexpr std::string_view documents_folder = "documents";
inline constexpr std::string_view arriving_folder = "documents/tmp";
inline constexpr std::string_view papers_folder = "papers";
inline constexpr std::size_t folder_entries_max = 1'000'000;

class FileBlobWriter final : public KioskStore::BlobWriter {
 public:
  // `path` does not exist yet. Draws the document's own key from `random`.
  static Result<std::unique_ptr<FileBlobWriter>> create(std::string path, Random& random);
  ~FileBlobWriter() override;  // removes the file unless it was moved
  Status write(ByteView bytes) override;
  std::uint64_t written() const override { return written_; }

  // Last frame and flush; the file is whole now. Then digest() and key() are final.
  Status finish();
  const Digest& digest() const { return digest_; }
  const SealKey& key() const { return key_; }
  // Takes its final name. Durable once the folder was flushed too.
  Status move_to(const std::string& path);

 private:
  FileBlobWriter(std::string path, sys::File file, SealKey key, Random& random);
  Status write_frame(bool last);

  std::string path_;
  sys::File file_;
  SealKey key_;
  FrameSealer sealer_;
  Sha256 hash_;
  Bytes waiting_;              // plain bytes of the frame that is being filled
  std::uint64_t written_ = 0;
  Digest digest_{};
  Status failed_ = Done{};     // the first failure; every later call repeats it
};

// A sealed file for reading. Every frame is authenticated; frames cannot be moved or cut off.
class SealedFile {
 public:
  // corrupt: missing, or not of the size that `plain_bytes` gives.
  static Result<SealedFile> open(const std::string& path, const SealKey& key, std::uint64_t plain_bytes);
  // Plain bytes from `offset`, at most bytes_max; short only at the end.
  Result<Bytes> read(std::uint64_t offset, std::size_t bytes_max) const;
  Result<Digest> digest() const;  // of all plain bytes, a frame at a time

 private:
  SealedFile(sys::File file, Bytes header, const SealKey& key, std::uint64_t plain_bytes);
  Result<Bytes> frame(std::uint64_t index) const;

  sys::File file_;
  Bytes header_;
  SealKey key_;
  std::uint64_t plain_bytes_;
};

// "2026-03", the folder of documents that are kept at `at` (UTC month).
std::string month_folder(Instant at);
// SHA-256 of a file as it stands on the disk, a piece at a time.
Result<Digest> file_digest(const std::string& path, std::uint64_t bytes);
// Paths below `root` (documents, temporary and paper files), relative to it.
Result<std::vector<std::string>> list_stored_files(const std::string& root);

}  // namespace qabyl::core
