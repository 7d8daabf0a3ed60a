// Problem details (RFC 9457): why a request was refused. A problem never acknowledges and never
// condemns a record: only a signed verdict does (RELIABILITY, section 7.5). Codes: protocol.md.
#pragma once

#include "core/json.h"
#include "sync/wire/http.h"

namespace qabyl::sync {

inline constexpr std::string_view problem_media_type = "application/problem+json";

struct Problem {
  int status = 500;
  std::string code;     // stable: gap, id-reused ... ; type = "urn:qabyl:problem:" + code
  std::string title;    // English, for the log of the other side
  std::string detail;   // may be empty; never echoes what the request said
  core::Json extra;     // further members, e.g. expected_q
};

core::Json to_json(const Problem& problem);
// invalid_input: not a problem document of ours.
core::Result<Problem> problem_from_json(const core::Json& json);
// With the media type above; Retry-After when extra has retry_after (seconds).
Response problem_response(const Problem& problem);
Response problem_response(int status, std::string_view code, std::string_view title);
// The problem in an answer: only if the media type is right and the body is one.
core::Result<Problem> problem_in(const Response& response);

}  // namespace qabyl::sync
