// RFC 9457 problem documents. See problem.h.
#include "sync/wire/problem.h"

namespace qabyl::sync {
namespace {

constexpr std::string_view type_prefix = "urn:qabyl:problem:";
constexpr std::size_t problem_bytes_max = 16 * 1024;

}  // namespace

core::Json to_json(const Problem& problem) {
  core::Json json = problem.extra.is_object() ? problem.extra : core::Json();
  json["type"] = std::string(type_prefix) + problem.code;
  json["title"] = problem.title;
  json["status"] = problem.status;
  if (!problem.detail.empty()) json["detail"] = problem.detail;
  return json;
}

core::Result<Problem> problem_from_json(const core::Json& json) {
  const std::string type = json.text("type");
  const std::int64_t status = json.number("status");
  if (!type.starts_with(type_prefix) || status < 400 || status > 599) {
    return core::Error{core::ErrorCode::invalid_input, "not a problem document"};
  }
  Problem problem{static_cast<int>(status), type.substr(type_prefix.size()), json.text("title"),
                  json.text("detail"), json};
  for (const char* known : {"type", "title", "status", "detail"}) problem.extra.object().erase(known);
  return problem;
}

Response problem_response(const Problem& problem) {
  Response response;
  response.status = problem.status;
  response.body = core::canonical(to_json(problem));
  response.set("Content-Type", std::string(problem_media_type));
  if (const auto seconds = problem.extra.number("retry_after", -1); seconds >= 0) {
    response.set("Retry-After", std::to_string(seconds));
  }
  return response;
}

Response problem_response(int status, std::string_view code, std::string_view title) {
  return problem_response(Problem{status, std::string(code), std::string(title), {}, {}});
}

core::Result<Problem> problem_in(const Response& response) {
  if (!response.header("Content-Type").starts_with(problem_media_type)) {
    return core::Error{core::ErrorCode::invalid_input, "no problem document"};
  }
  QABYL_TRY(json, core::parse_json(response.body, problem_bytes_max));
  return problem_from_json(json);
}

}  // namespace qabyl::sync
