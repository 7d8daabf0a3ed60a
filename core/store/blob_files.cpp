// See blob_files.h. A frame is written when the next byte is known to follow it, since the last frame
// of a file is bound as such.
#include "core/store/blob_files.h"

#include <algorithm>

#include "core/encoding.h"

namespace qabyl::core {
namespace {

constexpr std::size_t piece_bytes = 1024 * 1024;
constexpr std::uint64_t sealed_frame_bytes = frame_plain_bytes + frame_tag_bytes;

std::uint64_t frame_count(std::uint64_t plain_bytes) {
  return plain_bytes == 0 ? 1 : (plain_bytes + frame_plain_bytes - 1) / frame_plain_bytes;
}

}  // namespace

FileBlobWriter::FileBlobWriter(std::string path, sys::File file, SealKey key, Random& random)
    : path_(std::move(path)), file_(std::move(file)), key_(key), sealer_(key, random) {
  waiting_.reserve(frame_plain_bytes);
}

Result<std::unique_ptr<FileBlobWriter>> FileBlobWriter::create(std::string path, Random& random) {
  QABYL_TRY(file, sys::create_private(path));
  const auto key = random_seal_key(random);
  std::unique_ptr<FileBlobWriter> writer(new FileBlobWriter(std::move(path), std::move(file), key, random));
  writer->failed_ = sys::write_all(writer->file_, writer->sealer_.header());
  if (!writer->failed_) return writer->failed_.error();
  return writer;
}

FileBlobWriter::~FileBlobWriter() {
  wipe(waiting_);
  if (!path_.empty()) (void)sys::remove_file(path_);
}

Status FileBlobWriter::write_frame(bool last) {
  const auto sealed = sealer_.next(waiting_, last);
  waiting_.clear();
  return sys::write_all(file_, sealed);
}

Status FileBlobWriter::write(ByteView bytes) {
  if (failed_ && bytes.size() > document_bytes_max - written_) failed_ = Error{ErrorCode::too_large, "document"};
  if (!failed_) return failed_.error();
  hash_.update(bytes);
  written_ += bytes.size();
  while (!bytes.empty()) {  // ends: each round takes at least one byte
    if (waiting_.size() == frame_plain_bytes) failed_ = write_frame(false);
    if (!failed_) return failed_.error();
    const auto take = std::min(bytes.size(), frame_plain_bytes - waiting_.size());
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(take));
    bytes = bytes.subspan(take);
  }
  return Done{};
}

Status FileBlobWriter::finish() {
  QABYL_TRY_DO(failed_);
  failed_ = write_frame(true);
  QABYL_TRY_DO(failed_);
  digest_ = hash_.finish();
  failed_ = sys::flush(file_);
  return failed_;
}

Status FileBlobWriter::move_to(const std::string& path) {
  QABYL_TRY_DO(sys::rename_file(path_, path));
  path_.clear();
  return Done{};
}

SealedFile::SealedFile(sys::File file, Bytes header, const SealKey& key, std::uint64_t plain_bytes)
    : file_(std::move(file)), header_(std::move(header)), key_(key), plain_bytes_(plain_bytes) {}

Result<SealedFile> SealedFile::open(const std::string& path, const SealKey& key, std::uint64_t plain_bytes) {
  auto file = sys::open_read(path);
  if (!file && !sys::exists(path)) return Error{ErrorCode::corrupt, "a stored file is missing"};
  if (!file) return file.error();
  QABYL_TRY(size, sys::file_size(*file));
  if (size != framed_size(plain_bytes)) return Error{ErrorCode::corrupt, "a stored file has another size"};
  QABYL_TRY(header, sys::read_some(*file, 0, frame_header_bytes));
  return SealedFile(*std::move(file), std::move(header), key, plain_bytes);
}

Result<Bytes> SealedFile::frame(std::uint64_t index) const {
  QABYL_TRY(sealed, sys::read_some(file_, frame_header_bytes + index * sealed_frame_bytes, sealed_frame_bytes));
  return unseal_frame(key_, header_, index, index + 1 == frame_count(plain_bytes_), sealed);
}

Result<Bytes> SealedFile::read(std::uint64_t offset, std::size_t bytes_max) const {
  Bytes out;
  if (offset >= plain_bytes_) return out;
  const auto bytes = std::min<std::uint64_t>(bytes_max, plain_bytes_ - offset);
  out.reserve(static_cast<std::size_t>(bytes));
  while (out.size() < bytes) {  // ends: a frame that opens has at least one byte from here on
    const auto at = offset + out.size();
    QABYL_TRY(plain, frame(at / frame_plain_bytes));
    const auto skip = static_cast<std::size_t>(at % frame_plain_bytes);
    if (skip >= plain.size()) return Error{ErrorCode::corrupt, "a frame is too short"};
    const auto take = std::min<std::size_t>(plain.size() - skip, static_cast<std::size_t>(bytes) - out.size());
    out.insert(out.end(), plain.begin() + static_cast<std::ptrdiff_t>(skip), plain.begin() + static_cast<std::ptrdiff_t>(skip + take));
  }
  return out;
}

Result<Digest> SealedFile::digest() const {
  Sha256 hash;
  for (std::uint64_t index = 0; index < frame_count(plain_bytes_); ++index) {
    QABYL_TRY(plain, frame(index));
    hash.update(plain);
  }
  return hash.finish();
}

std::string month_folder(Instant at) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
  const auto month = std::to_string(static_cast<unsigned>(day.month()));
  return std::to_string(static_cast<int>(day.year())) + (month.size() == 1 ? "-0" : "-") + month;
}

Result<Digest> file_digest(const std::string& path, std::uint64_t bytes) {
  QABYL_TRY(file, sys::open_read(path));
  QABYL_TRY(size, sys::file_size(file));
  if (size != bytes) return Error{ErrorCode::corrupt, "a stored file has another size"};
  Sha256 hash;
  for (std::uint64_t at = 0; at < bytes;) {
    QABYL_TRY(piece, sys::read_some(file, at, piece_bytes));
    if (piece.empty()) return Error{ErrorCode::corrupt, "a stored file ended early"};
    hash.update(piece);
    at += piece.size();
  }
  return hash.finish();
}

Result<std::vector<std::string>> list_stored_files(const std::string& root) {
  std::vector<std::string> files;
  std::vector<std::string> folders{std::string(papers_folder)};
  QABYL_TRY(months, sys::list_folder(root + "/" + std::string(documents_folder), folder_entries_max));
  for (const auto& month : months) {
    if (!month.regular) folders.push_back(std::string(documents_folder) + "/" + month.name);
  }
  for (const auto& folder : folders) {
    QABYL_TRY(entries, sys::list_folder(root + "/" + folder, folder_entries_max));
    for (const auto& entry : entries) {
      if (entry.regular) files.push_back(folder + "/" + entry.name);
    }
  }
  return files;
}

}  // namespace qabyl::core
