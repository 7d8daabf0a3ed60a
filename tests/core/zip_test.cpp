// ZIPs of evidence: what is written is read, has one spelling, and is opened by others; anything else is refused.
#include "tests/support/catch.h"

#include "core/zip.h"

using namespace qabyl::core;

namespace {

struct Written {
  Bytes bytes;
  ZipWriter writer{[this](ByteView part) -> Status {
    bytes.insert(bytes.end(), part.begin(), part.end());
    return Done{};
  }};
};

Bytes small_zip() {
  Written zip;
  REQUIRE(zip.writer.add("a/1.txt", as_bytes("one")));
  REQUIRE(zip.writer.add("b", {}));
  REQUIRE(zip.writer.finish());
  return zip.bytes;
}

}  // namespace

TEST_CASE("zip: files come back in their order", "[core][zip]") {
  const auto bytes = small_zip();
  const auto files = read_zip(bytes);
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  CHECK(files->at(0).path == "a/1.txt");
  CHECK(as_text(files->at(0).bytes) == "one");
  CHECK(files->at(1).path == "b");
  CHECK(files->at(1).bytes.empty());
  Written empty;
  REQUIRE(empty.writer.finish());
  CHECK(read_zip(empty.bytes)->empty());
}

TEST_CASE("zip: a path twice, a strange path and a sink that fails are refused", "[core][zip]") {
  Written zip;
  REQUIRE(zip.writer.add("a", {}));
  CHECK(zip.writer.add("a", {}).error().code == ErrorCode::conflict);
  for (const char* path : {"", "/a", "a/", "a//b", "../a", "a/.b", ".a", "A", "a b", "a\\b", "ә"}) CHECK_FALSE(is_zip_path(path));
  for (const char* path : {"a", "a/b.c", "0-9.jws", "a/b/c"}) CHECK(is_zip_path(path));
  CHECK_FALSE(is_zip_path(std::string(zip_path_bytes_max + 1, 'a')));
  ZipWriter full([](ByteView) -> Status { return Error{ErrorCode::full, "disk"}; });
  CHECK(full.add("a", {}).error().code == ErrorCode::full);
}

TEST_CASE("zip: no change of a byte is read, nor a part of it, nor more behind it", "[core][zip]") {
  const auto bytes = small_zip();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto altered = bytes;
      altered[at] ^= static_cast<std::uint8_t>(1U << bit);
      const auto read = read_zip(altered);
      INFO("byte " << at << " bit " << bit);
      // A name may change to another name in both headers only: one bit never does.
      CHECK_FALSE(read);
    }
  }
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(read_zip(ByteView(bytes).first(size)));
  auto longer = bytes;
  longer.push_back(0);
  CHECK_FALSE(read_zip(longer));
  CHECK(read_zip(bytes).has_value());
  auto damaged = bytes;
  damaged[30 + 7] ^= 1U;  // the first byte of "one"
  CHECK(read_zip(damaged).error().code == ErrorCode::corrupt);
  CHECK(read_zip(damaged).error().detail == "a/1.txt");
}

TEST_CASE("zip: two entries of one path are no ZIP of ours", "[core][zip]") {
  Written one;
  REQUIRE(one.writer.add("a", as_bytes("x")));
  REQUIRE(one.writer.add("b", as_bytes("x")));
  REQUIRE(one.writer.finish());
  for (auto& byte : one.bytes) {
    if (byte == 'b') byte = 'a';  // in both headers
  }
  CHECK(read_zip(one.bytes).error().code == ErrorCode::invalid_input);
}
