// Receipts altered in many ways for both verifiers, below their text form and in it; everything follows from the seed.
#pragma once

#include <random>
#include <string>

#include "core/bytes.h"

namespace qabyl::test {

// `good` altered in one of many ways, never in none; `other` is a second one to mix it with.
std::string altered_qr(const std::string& good, const std::string& other, std::mt19937_64& random);

// One change of a file: `removed` bytes at `at` give way to `bytes`. Small, where the file is not.
struct Edit {
  std::size_t at = 0, removed = 0;
  core::Bytes bytes;
};
// A change that changes something, anywhere from `from` on.
Edit random_edit(core::ByteView file, std::size_t from, std::mt19937_64& random);
core::Bytes edited(core::ByteView file, const Edit& edit);

}  // namespace qabyl::test
