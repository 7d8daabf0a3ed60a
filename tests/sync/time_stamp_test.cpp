// A time stamp of another authority beside the evidence log (RFC 3161; issue 4, line 1). The authority is played by the openssl
// program; without it the test says SKIP.
#include "sync/registry/log_stamp.h"
#include "sync/verify/certificate.h"
#include "sync/verify/log_witness.h"
#include "sync/verify/stamp_check.h"
#include "tests/support/time_authority.h"
#include "tests/support/whole_files.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;

namespace {

struct Stamped {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  TimeAuthority authority{"office"};
  int n = 0;

  reg::Registry& registry() { return *office.registry; }
  void file() {
    ++n;
    auto odd = record("nothing.known", n, id(950 + n), core::Json::Object{{"x", n}}, kiosk.device);
    odd.actor.role = "applicant";
    REQUIRE(kiosk.put(kiosk.next(std::move(odd))).status == 200);
  }
  core::ErrorCode refuses(const core::Bytes& response) { return reg::keep_stamp(registry(), response, authority.pem(), office.now).error().code; }
};

struct Published final : WholeFiles {
  explicit Published(std::string in) : folder(std::move(in)) {}
  core::Result<core::Bytes> whole(const std::string& path) override {
    if (!fs::exists(folder + "/" + path)) return core::Error{core::ErrorCode::not_found, path};
    return core::to_bytes(file_text(folder + "/" + path));
  }
  std::string folder;
};

}  // namespace

TEST_CASE("the newest checkpoint is stamped by an authority, kept, and served with its answer", "[sync][log][stamp]") {
  {
    TestOffice empty;
    CHECK(reg::ask_for_stamp(*empty.registry, empty.now).error().code == core::ErrorCode::wrong_state);  // nothing to stamp yet
  }
  Stamped at;
  if (!at.authority.here()) {
    WARN("SKIP: no openssl program");
    return;
  }
  at.file();
  const auto note = at.registry().log.checkpoint();
  const auto query = reg::ask_for_stamp(at.registry(), at.office.now);
  REQUIRE(query);
  const auto response = at.authority.answers(*query);
  at.file();  // the log goes on meanwhile
  const auto stamp = reg::keep_stamp(at.registry(), response, at.authority.pem(), at.office.now);
  REQUIRE(stamp);
  CHECK(stamp->imprint == core::sha256(core::as_bytes(note)));
  at.office.reopen();
  REQUIRE(at.registry().log_files.publish(at.registry().log));
  const auto folder = at.office.folder() + "/log";
  CHECK(file_text(folder + "/stamp/checkpoint") == note);
  CHECK(core::to_bytes(file_text(folder + "/stamp/response.tsr")) == response);
  CHECK(at.authority.confirms(file_text(folder + "/stamp/checkpoint"), response));
  for (const char* path : {"/v1/log/stamp/checkpoint", "/v1/log/stamp/response.tsr"}) CHECK(at.office.ask(plain_request("GET", path)).status == 200);

  Published files(folder);
  sync::verify::WitnessNotes notes;
  const auto trust = *sync::verify::make_trust(core::fingerprint(at.kiosk.answer.root_key), false, at.registry().keys.keys_jws);
  const auto stamped = sync::verify::read_stamped(files, trust, notes);
  CHECK(stamped.size == sync::log::parse_checkpoint(sync::log::parse_note(note)->text)->size);
  const auto checked = sync::verify::check_stamp(stamped.response, stamped.note, *sync::verify::certificates_in(at.authority.pem()));
  CHECK(checked.outcome == sync::verify::StampCheck::Outcome::confirmed);
  CHECK(checked.at == stamp->at);
  CHECK(notes.why.empty());
  CHECK(sync::verify::check_log(files, trust, {notes.cosigned, {}}).standing == sync::verify::Standing::proved);
}

TEST_CASE("an answer over something else, by a stranger or altered is refused", "[sync][log][stamp]") {
  Stamped at;
  if (!at.authority.here()) {
    WARN("SKIP: no openssl program");
    return;
  }
  at.file();
  const auto query = reg::ask_for_stamp(at.registry(), at.office.now);
  REQUIRE(query);
  const auto response = at.authority.answers(*query);
  CHECK(at.refuses(at.authority.answers(*reg::stamp_query(core::as_bytes(std::string("else"))))) == core::ErrorCode::conflict);
  const TimeAuthority stranger("other");
  CHECK(at.refuses(stranger.answers(*query)) == core::ErrorCode::forbidden);
  CHECK(reg::keep_stamp(at.registry(), response, "no certificate", at.office.now).error().code == core::ErrorCode::invalid_input);
  CHECK(at.refuses({}) == core::ErrorCode::invalid_input);
  CHECK(at.refuses(core::Bytes(reg::stamp_bytes_max + 1)) == core::ErrorCode::too_large);
  for (std::size_t byte = 0; byte < response.size(); byte += 7) {
    auto bent = response;
    bent[byte] ^= 1;
    const auto opened = reg::open_stamp(bent, at.authority.pem());
    if (opened) CHECK(opened->imprint == core::sha256(core::as_bytes(at.registry().log.checkpoint())));  // bytes that nobody signs, as the status text
  }
  auto longer = response;
  longer.push_back(0);
  CHECK(at.refuses(longer) == core::ErrorCode::invalid_input);
  CHECK(reg::keep_stamp(at.registry(), response, at.authority.pem(), at.office.now));
}
