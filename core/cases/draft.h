// An application that is being filled in: everything a person has answered so far, as one value.
// The store keeps it sealed; the screens edit it; submit() in licence_application.h files it.
#pragma once

#include "core/profile.h"
#include "core/record.h"

namespace qabyl::core {

inline constexpr std::size_t draft_files_max = 40;

struct DraftFile {        // one file that a person added; its bytes are in the blob store
  DocumentRef ref;
  int pages = 0;          // 0: cannot be counted (no preview)
  std::string source;     // usb, scanner, camera, kiosk
  std::string problem;    // "", encrypted, unreadable, type_differs, blurred: said, never blocking
  bool kept_as_is = false;  // the person chose to keep it in spite of `problem`
  bool operator==(const DraftFile&) const = default;
};

struct DraftItem {        // one line of the profile's list
  std::string code;       // LD2
  std::vector<DraftFile> files;
  bool operator==(const DraftItem&) const = default;
};

enum class FeeChoice { undecided, proof, later };
std::string_view to_text(FeeChoice choice);

struct ApplicationDraft {
  Id id;                  // becomes the record's id: filing twice is impossible by name
  Procedure procedure = Procedure::issue;
  std::string profile;    // id of the rule profile under which it was begun
  std::string bin, organisation, address, first_head;
  std::string licence_number;  // re-issue and duplicate
  std::string representative, position, phone;
  std::string authority_until;  // ISO date of the power of attorney's end; empty: acts by office
  std::vector<DraftItem> items;
  FeeChoice fee = FeeChoice::undecided;
  int step = 1;           // 1 ... 7, where the person was
  int question = 1;       // 1 ... 4 within step 2

  std::vector<DraftFile>* files_of(std::string_view code);
  const std::vector<DraftFile>* files_of(std::string_view code) const;
  int pages() const;      // of all files
  int files() const;
};

Json to_json(const ApplicationDraft& draft);
Result<ApplicationDraft> draft_from_json(const Json& json);

// Codes of mandatory documents without a file, in list order; made_here ones count as present.
std::vector<std::string> missing_documents(const Profile& profile, const ApplicationDraft& draft);

}  // namespace qabyl::core
