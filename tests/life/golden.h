// What is held against tests/life/golden: the words of papers, a coarse picture of each page, and the terms that run.
// To accept what is new on purpose: QABYL_GOLDEN_WRITE=1 qabyl-test-life, then read the difference.
#pragma once

#include <string>

#include "sync/registry/registry.h"

namespace qabyl::life {

// Every paper that the office made in the case, oldest first: kind, number, date, pages and every word, in lines.
std::string papers_of(sync::registry::Registry& registry, const core::Id& case_id);
// The same papers page by page: how dark each of 32 x 45 fields of the page is, from 0 (white) to 9 (a third of black), but for its foot.
std::string pages_of(sync::registry::Registry& registry, const core::Id& case_id);
// The state of the case, and the terms that run in it, one a line: term, base, last day, whose duty.
std::string terms_of(sync::registry::Registry& registry, const core::Id& case_id);

// Text in lines, without identifiers and digests: they say nothing to a reader.
std::string readable(const std::string& text);

void hold_words(const std::string& name, const std::string& made);
// A field may be one step lighter or darker: another version of the rasteriser is no other page.
void hold_pages(const std::string& name, const std::string& made);

}  // namespace qabyl::life
