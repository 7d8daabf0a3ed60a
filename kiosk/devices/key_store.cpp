// A key file is one line: "qabyl-key-1 <purpose> <64 hex digits> <first 8 of its SHA-256>". The check
// digits tell a flipped bit from a key that merely opens nothing.
#include "kiosk/devices/key_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding.h"
#include "core/sys/files.h"

namespace qabyl::kiosk {
namespace {

using core::Error;
using core::ErrorCode;
namespace sys = core::sys;

constexpr std::size_t key_file_bytes_max = 256;

std::string head_of(std::string_view purpose) { return "qabyl-key-1 " + std::string(purpose) + " "; }

std::string check_of(core::ByteView key) {
  const core::Digest digest = core::sha256(key);
  return core::to_hex(digest).substr(0, 8);
}

core::Status require_private(const sys::File& file) {
  struct stat about{};
  if (::fstat(file.fd(), &about) != 0) return Error{ErrorCode::storage, "fstat of a key file"};
  if (about.st_uid != ::geteuid()) return Error{ErrorCode::forbidden, "a key file of another user"};
  if ((about.st_mode & 077) != 0) return Error{ErrorCode::forbidden, "a key file that others may open"};
  return core::Done{};
}

core::Result<core::Secret<32>> decode_key(std::string_view purpose, std::string_view text) {
  const std::string head = head_of(purpose);
  if (!text.starts_with(head) || text.size() != head.size() + 64 + 1 + 8 + 1) return Error{ErrorCode::corrupt, "not a key file"};
  auto bytes = core::from_hex(text.substr(head.size(), 64));
  if (!bytes || bytes->size() != 32) return Error{ErrorCode::corrupt, "not a key"};
  const bool whole = text.substr(head.size() + 65, 8) == check_of(*bytes);
  const core::Secret<32> key(std::span<const std::uint8_t, 32>(bytes->data(), 32));
  core::wipe(*bytes);
  if (!whole) return Error{ErrorCode::corrupt, "the key has changed on the disk"};
  return key;
}

core::Result<core::Secret<32>> read_key(const std::string& path, std::string_view purpose) {
  QABYL_TRY(file, sys::open_read(path));
  QABYL_TRY_DO(require_private(file));
  QABYL_TRY(bytes, sys::read_some(file, 0, key_file_bytes_max));
  auto key = decode_key(purpose, core::as_text(bytes));
  core::wipe(bytes);
  return key;
}

core::Status make_key(const std::string& path, std::string_view purpose, core::Random& random) {
  if (sys::exists(path)) return core::Done{};
  const core::SealKey key = core::random_seal_key(random);
  std::string text = head_of(purpose) + core::to_hex(key.view()) + " " + check_of(key.view()) + "\n";
  const auto kept = sys::write_file_durably(path, core::as_bytes(text));
  core::wipe(text);
  return kept;
}

}  // namespace

core::Status FileKeyStore::make_missing(core::Random& random) {
  QABYL_TRY_DO(sys::make_directories(folder_));
  QABYL_TRY_DO(make_key(storage_path(), "storage", random));
  QABYL_TRY_DO(make_key(record_path(), "record", random));
  // What was there is checked as strictly as what is new.
  QABYL_TRY(storage, storage_key());
  QABYL_TRY(record, record_key());
  return core::Done{};
}

core::Result<core::SealKey> FileKeyStore::storage_key() { return read_key(storage_path(), "storage"); }

core::Result<core::SigningKey> FileKeyStore::record_key() {
  QABYL_TRY(seed, read_key(record_path(), "record"));
  return core::signing_key_from_seed(seed);
}

core::Status FileKeyStore::keep_tls_key(std::string_view pem) { return sys::write_file_durably(tls_key_path_, core::as_bytes(pem)); }

core::Result<std::string> FileKeyStore::tls_key_file() {
  QABYL_TRY(file, sys::open_read(tls_key_path_));
  QABYL_TRY_DO(require_private(file));
  return tls_key_path_;
}

}  // namespace qabyl::kiosk
