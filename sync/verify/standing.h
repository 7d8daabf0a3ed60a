// How far something is proved, and how qabyl-verify ends then. The same three words for receipts, proofs, logs and journals.
#pragma once

#include <string_view>

#include "core/result.h"

namespace qabyl::sync::verify {

enum class Standing {
  proved,       // every step up to the root that was given
  unknown_key,  // intact, but who stands behind the keys is not known: no root, no list of keys, or a foreign one
  refused       // altered, damaged, or nothing of the kind at all
};

inline std::string_view to_text(Standing standing) {
  switch (standing) {
    case Standing::proved: return "proved";
    case Standing::unknown_key: return "unknown_key";
    case Standing::refused: return "refused";
  }
  QABYL_CHECK(false);
  return {};
}

inline constexpr int exit_unwitnessed = 5;  // proved, but a witness or an authority that was asked for has not confirmed it

inline int exit_code(Standing standing) {  // see README.md
  switch (standing) {
    case Standing::proved: return 0;
    case Standing::unknown_key: return 3;
    case Standing::refused: return 4;
  }
  QABYL_CHECK(false);
  return 4;
}

}  // namespace qabyl::sync::verify
