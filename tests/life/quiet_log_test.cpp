// No log holds what a visitor said (RELIABILITY I18): a whole application at the kiosk, sent to the whole office, and not one of
// its answers is in what the programs of both write to stderr, which is their log.
#include <fcntl.h>
#include <unistd.h>

#include "tests/life/applicant_at_screen.h"
#include "tests/support/documents.h"
#include "tests/support/rig.h"
#include "tests/sync/licence_desk.h"

using namespace qabyl;
using namespace qabyl::life;

namespace {

class Captured {  // stderr, while it lives
 public:
  explicit Captured(const std::string& path) : kept_(::dup(2)) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE((kept_ >= 0 && file >= 0));
    std::fflush(stderr);
    ::dup2(file, 2);
    ::close(file);
  }
  ~Captured() {
    std::fflush(stderr);
    ::dup2(kept_, 2);
    ::close(kept_);
  }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;

 private:
  int kept_;
};

void collect(const core::Json& json, std::vector<std::string>& said) {
  if (json.is_object()) {
    for (const auto& [name, value] : json.object()) collect(value, said);
  } else if (json.is_array()) {
    for (const auto& one : json.array()) collect(one, said);
  } else if (json.is_string()) {
    said.push_back(json.string());
  }
}

}  // namespace

TEST_CASE("nothing that an applicant said is in a log", "[life][quiet][I18]") {
  const rig::TemporaryFolder folder("quiet");
  const auto log = folder.path() + "/stderr";
  test::LicenceDesk office;
  WholeKiosk kiosk(office.desk.office, office.desk.kiosk);
  ApplicantAtScreen applicant{kiosk};
  for (const char* code : {"LD2", "LD3", "LD4", "LD5"}) rig::make_pdf(kiosk.stick() + "/" + code + ".pdf", code, 1);
  Receipt receipt;
  {
    const Captured captured(log);
    std::fprintf(stderr, "the log is captured\n");
    receipt = applicant.files(core::Procedure::issue, test::holder_bin, {{"LD2", "LD2.pdf"}, {"LD3", "LD3.pdf"}, {"LD4", "LD4.pdf"}, {"LD5", "LD5.pdf"}});
    kiosk.sync();
  }
  const auto text = rig::read_text(log);
  CHECK(text.find("the log is captured") != std::string::npos);
  const auto kept = kiosk.store().find_record(receipt.application);
  REQUIRE((kept && *kept));
  const auto& body = (*kept)->record.record.body;
  std::vector<std::string> said{test::holder_bin};
  for (const char* name : {"organisation", "address", "first_head", "representative", "position", "phone", "check_code"}) {
    if (const auto* member = body.find(name)) collect(*member, said);
  }
  CHECK(said.size() >= 9);
  for (const auto& one : said) {
    INFO(one << "\n" << text);
    CHECK((one.size() < 4 || text.find(one) == std::string::npos));
  }
}
