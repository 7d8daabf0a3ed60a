// See log_files.h. Partial tiles stay until the full one is there: whoever holds an older checkpoint may still ask.
#include "sync/registry/log_files.h"

#include <filesystem>

#include "core/sys/files.h"
#include "sync/wire/problem.h"

namespace qabyl::sync::registry {
namespace {

using core::Status;

constexpr std::string_view checkpoint_name = "checkpoint";
constexpr std::size_t tile_file_bytes_max = 1024 * 1024;

Response file_response(const std::string& path, std::string_view type, std::string_view caching) {
  const auto file = core::sys::open_read(path);
  const auto bytes = file ? core::sys::file_size(*file) : core::Result<std::uint64_t>(file.error());
  if (!bytes || *bytes > tile_file_bytes_max) return problem_response(404, "not-found", "no such tile");
  Response response;
  response.file = FileBody{path, 0, *bytes};
  response.set("Content-Type", std::string(type));
  response.set("Cache-Control", std::string(caching));
  return response;
}

}  // namespace

core::Result<std::string> LogFiles::held() const {
  const std::string path = folder_ + "/" + std::string(checkpoint_name);
  if (!core::sys::exists(path)) return std::string();
  QABYL_TRY(bytes, core::sys::read_file(path, log::note_bytes_max));
  return std::string(core::as_text(bytes));
}

Status LogFiles::write(const log::TilePlace& place, core::ByteView bytes) const {
  const std::string path = folder_ + "/" + log::tile_path(place);
  QABYL_TRY_DO(core::sys::make_directories(path.substr(0, path.rfind('/'))));
  QABYL_TRY_DO(core::sys::write_file_durably(path, bytes));
  if (place.width < log::tile_width) return core::Done{};
  std::error_code none_there;
  std::filesystem::remove_all(path + ".p", none_there);
  return core::Done{};
}

// One file a witness, by the id of its key: the newest checkpoint that it cosigned, which is seldom the newest of all; and the
// newest that was stamped.
Status LogFiles::write_beside(EvidenceLog& log) const {
  QABYL_TRY(notes, log.beside());
  for (const auto& [name, note] : notes) {
    const std::string path = folder_ + "/" + name;
    QABYL_TRY_DO(core::sys::make_directories(path.substr(0, path.rfind('/'))));
    QABYL_TRY_DO(core::sys::write_file_durably(path, core::as_bytes(note)));
  }
  return core::Done{};
}

Status LogFiles::publish(EvidenceLog& log) {
  if (!behind(log)) return core::Done{};
  // After a start the last tiles are written once more: nobody knows how far the last process came.
  for (const log::TilePlace& place : log::changed_tiles(published_, log.size())) {
    if (published_ == 0 && place.width == log::tile_width && core::sys::exists(folder_ + "/" + log::tile_path(place))) continue;
    QABYL_TRY(bytes, log.tile_bytes(place));
    QABYL_TRY_DO(write(place, bytes));
  }
  if (log.size() > 0) {
    QABYL_TRY(note, log.cosigned_checkpoint());
    QABYL_TRY_DO(core::sys::write_file_durably(folder_ + "/" + std::string(checkpoint_name), core::as_bytes(note)));
  }
  if (!beside_published_) QABYL_TRY_DO(write_beside(log));
  published_ = log.size();
  beside_published_ = true;
  return core::Done{};
}

bool LogFiles::serves(std::string_view path) {
  if (!path.starts_with(log_prefix)) return false;
  path.remove_prefix(log_prefix.size());
  return path == checkpoint_name || path == log::stamped_path || path == log::stamp_path || log::is_witness_path(path) || log::parse_tile_path(path);
}

Response LogFiles::answer(const Request& request) const {
  const std::string_view path = request.path().substr(log_prefix.size());
  const std::string file = folder_ + "/" + std::string(path);
  if (path == log::stamp_path) return file_response(file, "application/timestamp-reply", "no-cache");
  if (path == checkpoint_name || path == log::stamped_path || log::is_witness_path(path)) return file_response(file, "text/plain; charset=utf-8", "no-cache");
  if (!log::parse_tile_path(path)) return problem_response(404, "not-found", "no such tile");
  return file_response(file, "application/octet-stream", "public, max-age=31536000, immutable");
}

}  // namespace qabyl::sync::registry
