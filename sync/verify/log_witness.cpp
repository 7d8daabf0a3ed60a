// See log_witness.h.
#include "sync/verify/log_witness.h"

#include "sync/log/place.h"
#include "sync/verify/stamp_check.h"

namespace qabyl::sync::verify {
namespace {

struct Line {
  log::Checkpoint checkpoint;
  std::int64_t unix_s = 0;
  std::string why;                  // not empty: what is wrong with it
};

Line faulty(const char* why) { return {{}, 0, why}; }

// nullopt: no file, or no line by that witness in it.
std::optional<Line> line_in(LogFiles& files, const std::string& path, const Trust& trust, const log::NoteKey& witness) {
  const auto bytes = files.read(path, log::note_bytes_max);
  if (!bytes) return std::nullopt;
  const auto text = core::as_text(*bytes);
  const auto note = log::parse_note(text);
  const auto checkpoint = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
  if (!checkpoint) return faulty("log_checkpoint");
  const auto said = log::verify_cosignature(*note, witness);
  if (!said && said.error().code == core::ErrorCode::forbidden) return std::nullopt;
  if (!said) return faulty("log_witness");
  if (trust.keys && !log::open_checkpoint(text, trust.keys->origin(), log::log_keys(*trust.keys))) return faulty("log_signature");
  return Line{*checkpoint, said->unix_s, {}};
}

}  // namespace

WitnessNotes read_witnesses(LogFiles& files, const Trust& trust, const std::vector<log::NoteKey>& witnesses) {
  WitnessNotes notes;
  for (const log::NoteKey& witness : witnesses) {
    notes.said.push_back({witness.name});
    for (const std::string& path : {std::string("checkpoint"), log::witness_path(witness)}) {
      const auto line = line_in(files, path, trust, witness);
      if (!line) continue;
      if (!line->why.empty()) {
        if (notes.why.empty()) notes.why = line->why, notes.where = path;
        break;
      }
      notes.said.back().size = line->checkpoint.size;
      notes.said.back().unix_s = line->unix_s;
      notes.cosigned.push_back({path, line->checkpoint});
      break;
    }
  }
  return notes;
}

Stamped read_stamped(LogFiles& files, const Trust& trust, WitnessNotes& notes) {
  const std::string path(log::stamped_path);
  const auto bytes = files.read(path, log::note_bytes_max);
  auto response = files.read(std::string(log::stamp_path), stamp_bytes_max);
  if (!bytes || !response) return {};
  const auto text = core::as_text(*bytes);
  const auto note = log::parse_note(text);
  const auto checkpoint = note ? log::parse_checkpoint(note->text) : core::Result<log::Checkpoint>(note.error());
  const bool signed_by_log = checkpoint && (!trust.keys || log::open_checkpoint(text, trust.keys->origin(), log::log_keys(*trust.keys)));
  if (!signed_by_log) {
    if (notes.why.empty()) notes.why = "log_checkpoint", notes.where = path;
    return {};
  }
  notes.cosigned.push_back({path, *checkpoint});
  return {checkpoint->size, core::sha256(*bytes), *std::move(response)};
}

}  // namespace qabyl::sync::verify
