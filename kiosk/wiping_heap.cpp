// Memory that is given back is overwritten first, by whoever gave it back: strings and vectors of ours, ImGui, SQLite, JSON,
// curl, OpenSSL, Mesa's software renderer. What a visitor typed, drew or showed is gone from the heap with the last owner of it
// (RELIABILITY I13); no list of places has to be kept up. Linked into qabyl-kiosk alone, in front of the C library's calls,
// whose own names do the work. Not under a sanitizer, which has a heap of its own.
//
// What this does not reach: stacks (core/sys/stack.h), and blocks that somebody still holds and has stopped to use.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <malloc.h>
#include <string.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

extern "C" {

void __libc_free(void* block);
void* __libc_malloc(std::size_t bytes);
void* __libc_realloc(void* block, std::size_t bytes);

}  // extern "C"

namespace {

// From here on malloc maps each block by itself and gives it back to the kernel, which wipes it: its threshold never grows
// beyond this (mallopt(3), M_MMAP_THRESHOLD).
constexpr std::size_t own_mapping_bytes = 4 * 1024 * 1024 * sizeof(long);

}  // namespace

extern "C" {

void free(void* block) noexcept {
  if (block == nullptr) return;
  const int kept = errno;
  const std::size_t bytes = malloc_usable_size(block);
  if (bytes <= own_mapping_bytes) explicit_bzero(block, bytes);
  __libc_free(block);
  errno = kept;
}

// A block that moves leaves its old place wiped; one that shrinks a little stays and loses its end.
void* realloc(void* block, std::size_t bytes) noexcept {
  if (block == nullptr) return __libc_malloc(bytes);
  const std::size_t had = malloc_usable_size(block);
  if (had > own_mapping_bytes && bytes > own_mapping_bytes) return __libc_realloc(block, bytes);
  if (bytes == 0) {
    free(block);
    return nullptr;
  }
  if (bytes <= had && bytes >= had / 2) {
    explicit_bzero(static_cast<char*>(block) + bytes, had - bytes);
    return block;
  }
  void* moved = __libc_malloc(bytes);
  if (moved == nullptr) return nullptr;
  memcpy(moved, block, std::min(had, bytes));
  free(block);
  return moved;
}

}  // extern "C"
#endif
