// Result<T>: a T, or the Error that says why there is none.
//
// The subset of std::expected that we use, under its names, until both compilers have it.
// A Result is for what can happen to a correct program: a full disk, a wrong input, no network.
// A broken invariant is a bug: QABYL_CHECK stops the process, and journal recovery takes over.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

// Checks an invariant in every build, release included. Never for user, network or disk input.
#define QABYL_CHECK(condition)                                                               \
  ((condition) ? void(0)                                                                     \
               : (std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__,  \
                               #condition),                                                  \
                  std::abort()))

namespace qabyl::core {

enum class ErrorCode {
  invalid_input,    // somebody can mend it at the counter
  wrong_state,      // right input at the wrong moment of the procedure
  not_found,        // nothing by that name here
  forbidden,        // this actor may not do it (or a wrong PIN, signature, role)
  locked,           // too many failures; an operator or time opens it
  too_large,        // over a named _max
  unsupported,      // a kind, version or type that this program does not know
  corrupt,          // bytes that contradict their own digest, signature or schema
  conflict,         // same id, other bytes; or somebody else was first
  storage,          // SQLite or the file system refused; nothing was written
  unknown_outcome,  // a COMMIT failed: look the id up before speaking (RELIABILITY, I7)
  full,             // no room on the disk, or below the reserve
  unreachable,      // the registry did not answer; the outbox keeps the record
  gone,             // the stick, file or device vanished while it was read
};

struct Error {
  ErrorCode code;
  std::string detail;  // English, for the log only: a screen words its message from `code`
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }

  // Precondition: has_value(). Check first; there is no throwing accessor.
  const T& operator*() const& { QABYL_CHECK(has_value()); return std::get<T>(state_); }
  T& operator*() & { QABYL_CHECK(has_value()); return std::get<T>(state_); }
  T&& operator*() && { QABYL_CHECK(has_value()); return std::get<T>(std::move(state_)); }
  const T* operator->() const { return &**this; }
  T* operator->() { return &**this; }
  // Precondition: !has_value().
  const Error& error() const { QABYL_CHECK(!has_value()); return std::get<Error>(state_); }

 private:
  std::variant<T, Error> state_;
};

// Done is the value of a Result that has nothing to say but "done".
struct Done {};
using Status = Result<Done>;

}  // namespace qabyl::core

// QABYL_TRY(name, expression): name = the value of expression, or return its Error.
#define QABYL_TRY_JOIN2(a, b) a##b
#define QABYL_TRY_JOIN(a, b) QABYL_TRY_JOIN2(a, b)
#define QABYL_TRY(name, expression)                                                  \
  auto QABYL_TRY_JOIN(qabyl_try_, __LINE__) = (expression);                          \
  if (!QABYL_TRY_JOIN(qabyl_try_, __LINE__)) return QABYL_TRY_JOIN(qabyl_try_, __LINE__).error(); \
  auto name = *std::move(QABYL_TRY_JOIN(qabyl_try_, __LINE__))
// QABYL_TRY_DO(expression): return the Error of a Status, else go on.
#define QABYL_TRY_DO(expression)                                                     \
  do {                                                                               \
    if (auto qabyl_status = (expression); !qabyl_status) return qabyl_status.error(); \
  } while (false)
