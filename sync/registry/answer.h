// What a job answers: a response, or one whose body can be made only when its group is sealed, because it holds verdicts
// with their proofs (seal.h). Thread rule: made and completed on the storage thread.
#pragma once

#include <functional>

#include "sync/wire/http.h"

namespace qabyl::sync::registry {

struct Answer {
  Answer(Response given) : response(std::move(given)) {}
  Answer(Response given, std::function<core::Result<std::string>()> made_later) : response(std::move(given)), body(std::move(made_later)) {}

  Response response;
  std::function<core::Result<std::string>()> body{};  // empty: the response has its own
};

}  // namespace qabyl::sync::registry
