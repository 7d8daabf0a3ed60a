// Closes the door behind a process that is about to read an untrusted document: namespaces, an empty
// root, Landlock, resource limits, no_new_privs and a seccomp allow-list (RELIABILITY, K4). Knows the
// kernel and libseccomp, nothing of documents. Used by qabyl-preview and by the test that tries to
// get out again (tests/preview).
#pragma once

#include <cstdint>
#include <optional>

namespace qabyl::preview {

// After it this process may use memory, read from `requests`, write to `answers`, duplicate, read and
// map descriptors that were opened before, and end. Any other system call kills it at once.
// Call it with one thread, before the first untrusted byte, with every file already open.
// Returns the layer:: bits that hold; nullopt if one that must hold does not: then read nothing.
std::optional<std::uint32_t> close_door(int requests, int answers);

}  // namespace qabyl::preview
