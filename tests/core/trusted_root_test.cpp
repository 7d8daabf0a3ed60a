// Opening the office's keys by what a stranger was given: the root's key or its fingerprint (ARCHITECTURE 5.1).
#include "tests/support/catch.h"

#include "core/encoding.h"
#include "core/trusted_root.h"
#include "tests/support/receipt_scene.h"

using namespace qabyl::core;
using Scene = qabyl::test::ReceiptScene;

TEST_CASE("the list of keys opens by the root's key and by its fingerprint alone", "[core][trusted_root]") {
  const Scene scene;
  const auto list = scene.keys_json();
  const auto by_key = root_by_key(to_hex(scene.root.verify_key) + "\n");
  const auto by_print = root_by_fingerprint(fingerprint(scene.root.verify_key));
  REQUIRE(by_key);
  REQUIRE(by_print);
  CHECK(by_key->fingerprint == by_print->fingerprint);
  CHECK(open_keys(list, *by_key)->entries().size() == 2);
  CHECK(open_keys(list, *by_print)->entries().size() == 2);
  CHECK(open_keys_untrusted(list)->origin() == "log.example.kz");
}

TEST_CASE("a fingerprint may be written in capitals, with colons and blanks; anything else is none", "[core][trusted_root]") {
  const Scene scene;
  const auto print = fingerprint(scene.root.verify_key);
  std::string written;
  for (std::size_t i = 0; i < print.size(); ++i) {
    if (i > 0 && i % 2 == 0) written += i % 16 == 0 ? ' ' : ':';
    written += static_cast<char>(std::toupper(static_cast<unsigned char>(print[i])));
  }
  CHECK(root_by_fingerprint(written)->fingerprint == print);
  for (const auto& wrong : {std::string(), print.substr(1), print + "0", std::string(64, 'g'), std::string(100'000, 'a')}) CHECK_FALSE(root_by_fingerprint(wrong));
  for (const char* wrong : {"", "\n", "00", "/etc/passwd"}) CHECK_FALSE(root_by_key(wrong));
}

TEST_CASE("a list of another root, or one that only names the right root, does not open", "[core][trusted_root]") {
  const Scene scene;
  const auto print = *root_by_fingerprint(fingerprint(scene.root.verify_key));
  CHECK(open_keys(Keyring::sign(scene.acceptance, "o", {}), print).error().code == ErrorCode::corrupt);
  // The forger writes the right root into his list, but cannot sign by it.
  const auto honest = parse_jws(scene.keys_json());
  const auto forged = sign_jws(scene.acceptance, typ::keys, honest->payload);
  CHECK_FALSE(open_keys(forged, print));
  CHECK_FALSE(open_keys(forged, *root_by_key(to_hex(scene.root.verify_key))));
  CHECK_FALSE(open_keys_untrusted(forged));
}

TEST_CASE("a list from before lists named their root opens by the key only, and says so", "[core][trusted_root]") {
  const Scene scene;
  auto json = *parse_json(as_text(parse_jws(scene.keys_json())->payload), jws_bytes_max);
  json.object().erase("root");
  const auto old = sign_jws(scene.root, typ::keys, as_bytes(canonical(json)));
  CHECK(open_keys(old, *root_by_fingerprint(fingerprint(scene.root.verify_key))).error().code == ErrorCode::not_found);
  CHECK(open_keys(old, *root_by_key(to_hex(scene.root.verify_key))));
}
