// See answer.h.
#include "sync/verify/answer.h"

#include "sync/verify/files.h"

namespace qabyl::sync::verify {
namespace {

constexpr std::size_t root_bytes_max = 4096;

}  // namespace

core::Result<Trust> trust_of(const Arguments& arguments, const std::string& keys_inside) {
  std::string keys = keys_inside;
  if (arguments.has("--keys")) {
    QABYL_TRY(text, read_named(arguments.value("--keys"), core::jws_bytes_max));
    keys = std::move(text);
    if (keys.empty()) return core::Error{core::ErrorCode::invalid_input, "the list of keys is empty"};
  }
  const auto root = arguments.value("--root");
  if (root.empty() || core::root_by_fingerprint(root)) return make_trust(root, false, keys);
  QABYL_TRY(text, read_named(root, root_bytes_max));
  return make_trust(text, true, keys);
}

}  // namespace qabyl::sync::verify
