// A machine as a table of steps: which record kind may do what to it. Shared by every machine of this folder.
// Knows none of them.
#pragma once

#include "core/answers.h"
#include "core/record.h"

namespace qabyl::core {

// wrong_state: right act, wrong moment. invalid_input: the act itself lacks something. Both carry the stable
// code of the guard; its wording is reason.<code>.
inline Error refused(std::string_view code) { return {ErrorCode::wrong_state, std::string(code)}; }
inline Error invalid(std::string_view code) { return {ErrorCode::invalid_input, std::string(code)}; }

template <typename Machine, typename... Context>
struct Step {
  std::string_view kind;
  Result<Machine> (*take)(const Machine& before, const Record& record, Context... context);
};

// The machine after `record`, by the step of its kind; kind.unknown when the table has none.
template <typename Machine, typename... Context, std::size_t n>
Result<Machine> take_step(const Step<Machine, Context...> (&steps)[n], const Machine& before, const Record& record, Context... context) {
  for (const auto& step : steps) {
    if (step.kind == record.kind) return step.take(before, record, context...);
  }
  return refused("kind.unknown");
}

}  // namespace qabyl::core
