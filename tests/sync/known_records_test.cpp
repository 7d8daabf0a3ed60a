// Decoded records are kept, damage on the disk is not forgiven (known_records.h).
#include "sync/registry/known_records.h"
#include "tests/core/cases.h"

using namespace qabyl;
using namespace qabyl::test;
namespace reg = sync::registry;

namespace {

core::SignedRecord made(int n) {
  SeededRandom random{9};
  auto record = submit_record();
  record.id = record.case_id = id(n);
  return core::sign_record(std::move(record), core::new_signing_key(random));
}

}  // namespace

TEST_CASE("a record that was decoded is known again; another byte or another digest in its row is corrupt as before", "[sync][registry]") {
  reg::KnownRecords known;
  const auto one = made(1);
  for (int i = 0; i < 2; ++i) {
    const auto read = known.read(one.record.id, one.jws, one.digest);
    REQUIRE(read);
    CHECK(core::canonical(read->body) == core::canonical(one.record.body));
  }
  CHECK(known.read(one.record.id, one.jws, made(2).digest).error().code == core::ErrorCode::corrupt);
  const auto other = made(3);
  CHECK(known.read(one.record.id, other.jws, one.digest).error().code == core::ErrorCode::corrupt);
  CHECK(known.read(one.record.id, one.jws, one.digest)->id == one.record.id);
}

TEST_CASE("records beyond the memory's limit are decoded again, and are the same", "[sync][registry]") {
  const auto first = made(1);
  reg::KnownRecords known(first.jws.size() * 5 / 2);  // two in each half
  for (int round = 0; round < 3; ++round) {
    for (int n = 1; n <= 7; ++n) {
      const auto one = made(n);
      const auto read = known.read(one.record.id, one.jws, one.digest);
      REQUIRE(read);
      CHECK(read->id == id(n));
      CHECK(known.bytes() <= first.jws.size() * 5 + 64);
    }
  }
}
