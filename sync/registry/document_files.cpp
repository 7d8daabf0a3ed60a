// See document_files.h.
#include "sync/registry/document_files.h"

#include "core/civil_time.h"
#include "core/crypto.h"
#include "core/encoding.h"
#include "core/record.h"
#include "core/sys/files.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::uint64_t sealed_bytes_max = core::document_bytes_max + 1024 * 1024;  // seals add 16 bytes a frame

}  // namespace

std::string DocumentFiles::month_folder(core::Instant at) { return core::iso_instant(at).substr(0, 7); }

std::string DocumentFiles::path(std::string_view month, const core::Digest& sha256) const {
  return folder_ + "/documents/" + std::string(month) + "/" + core::to_hex(sha256);
}

std::string DocumentFiles::upload_path(std::string_view upload) const {
  return folder_ + "/uploads/" + std::string(upload);
}

core::Status DocumentFiles::prepare() const {
  QABYL_TRY_DO(core::sys::make_directories(folder_ + "/documents"));
  return core::sys::make_directories(folder_ + "/uploads");
}

core::Status DocumentFiles::prepare_month(std::string_view month) {
  const std::string folder = folder_ + "/documents/" + std::string(month);
  if (!core::sys::exists(folder)) {
    QABYL_TRY_DO(core::sys::make_directories(folder));
    QABYL_TRY_DO(core::sys::flush_directory(folder_ + "/documents"));
  }
  unflushed_.insert(folder);
  return core::Done{};
}

core::Status DocumentFiles::adopt(const std::string& from, std::string_view month, const core::Digest& sha256) {
  QABYL_TRY_DO(prepare_month(month));
  return core::sys::rename_file(from, path(month, sha256));
}

core::Status DocumentFiles::share(const std::string& from, std::string_view month, const core::Digest& sha256) {
  QABYL_TRY_DO(prepare_month(month));
  const std::string to = path(month, sha256);
  if (core::sys::exists(to)) QABYL_TRY_DO(core::sys::remove_file(to));  // of a transaction that was taken back: no row names it
  return core::sys::link_file(from, to);
}

core::Status DocumentFiles::flush_folders() {
  while (!unflushed_.empty()) {
    QABYL_TRY_DO(core::sys::flush_directory(*unflushed_.begin()));
    unflushed_.erase(unflushed_.begin());
  }
  return core::Done{};
}

core::Status DocumentFiles::keep(core::ByteView bytes, std::string_view month, const core::Digest& sha256) {
  const std::string temporary = upload_path("own-" + core::to_hex(sha256));
  QABYL_TRY_DO(core::sys::write_file_durably(temporary, bytes));
  return adopt(temporary, month, sha256);
}

core::Result<core::Bytes> DocumentFiles::read(std::string_view month, const core::Digest& sha256) const {
  QABYL_TRY(bytes, core::sys::read_file(path(month, sha256), sealed_bytes_max));
  if (core::sha256(bytes) != sha256) return core::Error{core::ErrorCode::corrupt, "document " + core::to_hex(sha256)};
  return bytes;
}

core::Result<core::Digest> digest_of_file(const std::string& path) {
  QABYL_TRY(file, core::sys::open_read(path));
  core::Sha256 hash;
  for (std::uint64_t offset = 0;;) {
    QABYL_TRY(piece, core::sys::read_some(file, offset, piece_bytes));
    if (piece.empty()) return hash.finish();
    hash.update(piece);
    offset += piece.size();
  }
}

}  // namespace qabyl::sync::registry
