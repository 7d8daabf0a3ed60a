// A file that a person added, as JSON and back: drafts and half-written replies keep it the same way. Knows no store.
#pragma once

#include "core/cases/draft.h"

namespace qabyl::core {

Json to_json(const DraftFile& file);
Result<DraftFile> draft_file_from_json(const Json& json);  // invalid_input names the member

}  // namespace qabyl::core
