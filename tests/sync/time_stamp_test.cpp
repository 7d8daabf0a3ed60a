// A time stamp of another authority beside the evidence log (RFC 3161; issue 4, line 1). The authority is played by the openssl
// program; without it the test says SKIP.
#include <fstream>

#include "sync/registry/log_stamp.h"
#include "sync/verify/log_witness.h"
#include "tests/support/whole_files.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;

namespace {

class Authority {
 public:
  explicit Authority(const std::string& folder) : folder_(folder + "-tsa") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ + "/ts.cnf") << "[tsa]\ndefault_tsa = one\n[one]\nserial = " << folder_ << "/serial\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha512\n"
                                          "signer_digest = sha256\naccuracy = secs:1\ness_cert_id_alg = sha256\n";
    std::ofstream(folder_ + "/serial") << "01\n";
    here_ = runs("openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -subj /CN=tsa.example -days 30 "
                 "-addext extendedKeyUsage=critical,timeStamping -addext keyUsage=critical,digitalSignature");
  }
  ~Authority() { fs::remove_all(folder_); }
  bool here() const { return here_; }
  std::string pem() const { return file_text(folder_ + "/tsa.pem"); }
  core::Bytes answers(const core::Bytes& query) const {
    std::ofstream(folder_ + "/q.tsq", std::ios::binary) << core::as_text(query);
    REQUIRE(runs("openssl ts -reply -config ts.cnf -queryfile q.tsq -signer tsa.pem -inkey tsa.key -out r.tsr"));
    return core::to_bytes(file_text(folder_ + "/r.tsr"));
  }
  // By a stranger's program, over these bytes.
  bool confirms(const std::string& stamped, const core::Bytes& response) const {
    std::ofstream(folder_ + "/data", std::ios::binary) << stamped;
    std::ofstream(folder_ + "/r.tsr", std::ios::binary) << core::as_text(response);
    return runs("openssl ts -verify -data data -in r.tsr -CAfile tsa.pem");
  }
  bool runs(const std::string& command) const { return std::system(("cd '" + folder_ + "' && " + command + " >/dev/null 2>&1").c_str()) == 0; }

 private:
  std::string folder_;
  bool here_ = false;
};

struct Stamped {
  TestOffice office;
  TestKiosk kiosk{office, office.add_kiosk("AL-03")};
  Authority authority{office.folder()};
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
  CHECK(sync::verify::read_stamped(files, trust, notes) == sync::log::parse_checkpoint(sync::log::parse_note(note)->text)->size);
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
  const Authority stranger(at.office.folder() + "-other");
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
