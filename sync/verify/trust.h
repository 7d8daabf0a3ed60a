// Whose keys count: the root that the asker was given and the list of keys under it, from texts. An absent or foreign
// root is no error: what is then found intact is "by an unknown key". Knows no files.
#pragma once

#include "core/trusted_root.h"

namespace qabyl::sync::verify {

// What stands in a file that was written by hand or by a tool: the text, perhaps with line ends behind.
std::string_view without_line_end(std::string_view text);

struct Trust {
  std::optional<core::Keyring> keys;  // signed by `root`: only these count
  std::string root;                   // fingerprint that was given; empty: none
  std::string why;                    // no keys: no_root, no_keys, keys_of_other_root, keys_without_root
  std::string claimed;                // fingerprint of the root that a list without --root names for itself; else empty
};

// `root`: a fingerprint, or the text of root.pub (`root_is_file`); empty: none given. `keys_json` empty: none given.
// invalid_input: a root that is neither, or keys that are no list of keys.
core::Result<Trust> make_trust(std::string_view root, bool root_is_file, std::string_view keys_json);

}  // namespace qabyl::sync::verify
