// See sealed_copy.h.
#include "sync/registry/sealed_copy.h"

#include "core/sys/files.h"

namespace qabyl::sync::registry {
namespace {

using core::Error;
using core::ErrorCode;
using core::Status;

struct Output {
  core::sys::File file;
  core::Sha256 hash;

  Status write(core::ByteView bytes) {
    hash.update(bytes);
    return file.open() ? core::sys::write_all(file, bytes) : Status(core::Done{});
  }
};

}  // namespace

core::Result<SealedCopy> seal_copy(const std::string& from, const std::string& to, const core::SealKey& key, core::Random& random) {
  QABYL_TRY(source, core::sys::open_read(from));
  QABYL_TRY(size, core::sys::file_size(source));
  QABYL_TRY(file, core::sys::create_private(to));
  Output out{std::move(file), {}};
  core::Sha256 plain;
  core::FrameSealer sealer(key, random);
  QABYL_TRY_DO(out.write(sealer.header()));
  std::uint64_t offset = 0;
  do {  // an empty file has one empty frame
    QABYL_TRY(piece, core::sys::read_some(source, offset, core::frame_plain_bytes));
    if (piece.empty() && offset < size) return Error{ErrorCode::corrupt, from + " became shorter"};
    offset += piece.size();
    plain.update(piece);
    QABYL_TRY_DO(out.write(sealer.next(piece, offset >= size)));
  } while (offset < size);
  QABYL_TRY_DO(core::sys::flush(out.file));
  return SealedCopy{offset, plain.finish(), out.hash.finish()};
}

Status unseal_copy(const std::string& from, const std::string& to, const core::SealKey& key, const SealedCopy& expected) {
  QABYL_TRY(source, core::sys::open_read(from));
  QABYL_TRY(size, core::sys::file_size(source));
  if (size != core::framed_size(expected.bytes)) return Error{ErrorCode::corrupt, from + " has another length"};
  Output out;
  if (!to.empty()) {
    QABYL_TRY(file, core::sys::create_private(to));
    out.file = std::move(file);
  }
  core::Sha256 sealed;
  QABYL_TRY(header, core::sys::read_some(source, 0, core::frame_header_bytes));
  sealed.update(header);
  std::uint64_t offset = header.size();
  for (std::uint64_t frame = 0; offset < size; ++frame) {
    QABYL_TRY(piece, core::sys::read_some(source, offset, core::frame_plain_bytes + core::frame_tag_bytes));
    if (piece.empty()) return Error{ErrorCode::corrupt, from + " became shorter"};
    offset += piece.size();
    sealed.update(piece);
    QABYL_TRY(plain, core::unseal_frame(key, header, frame, offset >= size, piece));
    QABYL_TRY_DO(out.write(plain));
  }
  if (sealed.finish() != expected.sealed || out.hash.finish() != expected.plain) return Error{ErrorCode::corrupt, from + " is not what the list says"};
  return out.file.open() ? core::sys::flush(out.file) : Status(core::Done{});
}

}  // namespace qabyl::sync::registry
