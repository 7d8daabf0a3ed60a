// Full-text search over cases, papers, people and bureaus (SQLite FTS5 over folded words, core/search_fold.h). Every
// record that counts adds its words to its case; people and bureaus are entered when they are added. Knows no HTML.
#pragma once

#include "sync/registry/case_now.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t hits_max = 50;
inline constexpr std::size_t query_words_max = 12;

struct SearchHit {
  std::string kind;    // case, paper, officer, staff, bureau
  std::string ref;     // case id; of an officer his id; of staff and bureaus the BIN
  std::string title, about;  // about: of a case its kind, of a paper the kind of its record, else words
};

// The whole case anew; the words of its last record beside those that are there.
core::Status index_case(Registry& registry, const CaseNow& now);
core::Status index_newest(Registry& registry, const CaseNow& now);
core::Status index_one(Registry& registry, const SearchHit& entry, std::string_view words);
// An office that was made before there was a search: everything is entered once. Its own transaction.
core::Status index_if_empty(Registry& registry);
// Best first. Every word must be there, the last one as a beginning; nothing is asked with an empty or too long query.
// `named`: cases and papers only of inspections that name this officer ("": all).
core::Result<std::vector<SearchHit>> search(Registry& registry, std::string_view query, std::string_view named);

}  // namespace qabyl::sync::registry
