// Reading a JSON object strictly, member by member: every reader checks type and form, remembers the
// first fault, and ticks the member off, so that what is left over can be refused or kept.
// Used by the decoders of records, verdicts and key lists. Knows none of them.
#pragma once

#include <set>

#include "core/bytes.h"
#include "core/json.h"

namespace qabyl::core {

class Reader {
 public:
  // `where` names the object in faults: "at", "docs[3]"; empty for the outermost.
  explicit Reader(const Json& json, std::string where = {});

  std::string text(std::string_view key, std::size_t bytes_max, std::size_t bytes_min = 0);
  std::string hex(std::string_view key, std::size_t digits);   // exactly so many lower-case digits
  std::string id(std::string_view key, bool may_be_empty = false);
  Digest digest(std::string_view key);
  std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most);
  const Json& object(std::string_view key);                    // an empty one after a fault
  const Json::Array& array(std::string_view key, std::size_t items_max);
  // One of `words`; the first of them after a fault.
  std::string word(std::string_view key, std::initializer_list<std::string_view> words);

  void fault(std::string_view key, std::string_view what);     // keeps the first one
  Json others() const;                                         // members nobody asked for
  void refuse_others();
  Status status() const;                                       // invalid_input with the first fault

 private:
  const Json* take(std::string_view key);

  const Json& json_;
  std::string where_, fault_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace qabyl::core
