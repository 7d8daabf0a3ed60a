// The few forms of CBOR (RFC 8949) that a COSE_Sign1 receipt needs, in deterministic encoding
// (section 4.2.1): whole numbers from 0, byte strings, text, arrays and tags of known length.
// Deliberately no maps but the empty one, no floats, no negative numbers, no indefinite lengths.
#pragma once

#include <algorithm>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

class CborWriter {
 public:
  CborWriter& number(std::uint64_t value);
  CborWriter& bytes(ByteView value);
  CborWriter& text(std::string_view value);
  CborWriter& array(std::uint64_t items);  // the items follow
  CborWriter& tag(std::uint64_t value);    // the tagged item follows
  CborWriter& empty_map();
  const Bytes& out() const { return out_; }

 private:
  void head(std::uint8_t major, std::uint64_t value);
  Bytes out_;
};

// Reads what CborWriter writes and nothing else. After the first fault every call gives an empty
// value, so that a reader may ask for everything and look at good() once.
class CborReader {
 public:
  explicit CborReader(ByteView bytes) : left_(bytes) {}
  std::uint64_t number(std::uint64_t most);
  ByteView bytes(std::size_t size_max);   // points into the input
  template <std::size_t N>
  std::array<std::uint8_t, N> fixed() {   // a byte string of exactly N bytes
    std::array<std::uint8_t, N> out{};
    const ByteView view = bytes(N);
    if (view.size() != N) good_ = false;
    else std::copy(view.begin(), view.end(), out.begin());
    return out;
  }
  std::string text(std::size_t bytes_max);  // valid UTF-8
  void array(std::uint64_t items);          // exactly so many
  void tag(std::uint64_t value);            // exactly this one
  void empty_map();
  bool good() const { return good_; }
  bool at_end() const { return good_ && left_.empty(); }

 private:
  std::uint64_t head(std::uint8_t major);
  ByteView string_of(std::uint8_t major, std::size_t size_max);
  ByteView left_;
  bool good_ = true;
};

}  // namespace qabyl::core
