// See half_reply.h.
#include "core/cases/half_reply.h"

#include "core/cases/draft_file.h"

namespace qabyl::core {

Json half_reply_json(const HalfReply& reply) {
  Json::Array files;
  for (const auto& file : reply.files) files.push_back(to_json(file));
  return Json::Object{{"v", 1}, {"answers", reply.answers}, {"files", std::move(files)}};
}

Result<HalfReply> half_reply_from_json(const Json& json) {
  if (json.number("v") != 1) return Error{ErrorCode::unsupported, "half-written reply of another version"};
  if (!json.member("answers").is_object()) return Error{ErrorCode::invalid_input, "half-written reply: answers"};
  if (json.items("files").size() > draft_files_max) return Error{ErrorCode::invalid_input, "half-written reply: files"};
  HalfReply reply;
  reply.answers = json.member("answers");
  for (const auto& one : json.items("files")) {
    QABYL_TRY(file, draft_file_from_json(one));
    reply.files.push_back(std::move(file));
  }
  return reply;
}

}  // namespace qabyl::core
