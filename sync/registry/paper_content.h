// What a paper of the office says, as a member `says` of the record that makes it, so that its copies can be drawn
// again from the records of the case alone. Kazakh and Russian: a paper has no other language. Knows no store.
#pragma once

#include "core/json.h"
#include "core/paper/office_paper.h"
#include "core/record.h"

namespace qabyl::sync::registry {

core::Json paper_json(const core::paper::OfficePaper& content);
// The content of the paper that this record made: `says`, number and date of its body, its own id and moment. not_found:
// the record says nothing; invalid_input: no date.
core::Result<core::paper::OfficePaper> paper_of_record(const core::Record& made);

}  // namespace qabyl::sync::registry
