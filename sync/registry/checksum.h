// SHA-1 or SHA-256 over the bytes of one append, as tus 1.0.0 (checksum extension) asks for it. A transport
// check only: what a document is, its SHA-256 in the record's manifest says. OpenSSL for the sake of SHA-1.
#pragma once

#include <memory>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::sync::registry {

class Checksum {
 public:
  // "sha1 <base64>" or "sha256 <base64>". unsupported: another algorithm; invalid_input: not that form.
  static core::Result<Checksum> parse(std::string_view header);
  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;
  ~Checksum();
  void update(core::ByteView bytes);
  bool matches();  // ends it

 private:
  struct State;
  explicit Checksum(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace qabyl::sync::registry
