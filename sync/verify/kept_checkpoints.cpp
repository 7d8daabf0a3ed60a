// See kept_checkpoints.h.
#include "sync/verify/kept_checkpoints.h"

#include "sync/log/place.h"
#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

core::Result<log::Checkpoint> read_kept(const std::string& path, const Trust& trust) {
  QABYL_TRY(text, read_named(path, log::note_bytes_max));
  if (trust.keys) return log::open_checkpoint(text, trust.keys->origin(), log::log_keys(*trust.keys));
  QABYL_TRY(note, log::parse_note(text));
  return log::parse_checkpoint(note.text);
}

}  // namespace

core::Result<std::vector<KeptCheckpoint>> kept_checkpoints(const std::string& path, const Trust& trust) {
  QABYL_TRY(paths, files_in(path, kept_files_max));
  std::vector<KeptCheckpoint> kept;
  for (const auto& file : paths) {
    const auto checkpoint = read_kept(file, trust);
    if (!checkpoint && checkpoint.error().code == core::ErrorCode::not_found) return checkpoint.error();
    if (!checkpoint) return core::Error{core::ErrorCode::invalid_input, file + " is no checkpoint that this log signed"};
    kept.push_back({file, *checkpoint});
  }
  return kept;
}

}  // namespace qabyl::sync::verify
