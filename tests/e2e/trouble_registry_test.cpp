// A false registry in the place of the real one, under the real one's own certificate: nothing that it says counts
// but the registry's signature (RELIABILITY, I4-I6; 4.7, rows 50-54). The whole kiosk: a person files meanwhile, the
// operator reads what is wrong, and when the real registry is back everything is confirmed once.
#include <signal.h>

#include <memory>
#include <mutex>
#include <thread>

#include "core/crypto.h"
#include "core/jws.h"
#include "core/sys/clock.h"
#include "core/verdict.h"
#include "sync/wire/messages.h"
#include "tests/e2e/trouble_ground.h"
#include "tests/support/canned_server.h"
#include "tests/support/catch.h"

using namespace qabyl;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

namespace {

enum class Lie { silence, error_500, html, closes, forged_verdict, too_large_413, redirect };

// Answers every request with the lie of the hour, and notes when it was asked what.
class FalseRegistry {
 public:
  FalseRegistry(const rig::Office& office, Lie first)
      : lie_(first), server_({rig::read_text(office.registry_data() + "/keys/server.pem"), rig::read_text(office.registry_data() + "/keys/server.key"),
                              "127.0.0.1", 13, [this](const std::string& request) { return answer(request); }, office.device_port()}) {}

  void tell(Lie lie) {
    const std::lock_guard guard(mutex_);
    lie_ = lie;
    asked_at_.clear();
  }
  std::vector<Steady::time_point> asked_at() const {  // since the last tell()
    const std::lock_guard guard(mutex_);
    return asked_at_;
  }
  int forged() const { return forged_; }
  int elsewhere() const { return elsewhere_; }

 private:
  std::optional<std::string> answer(const std::string& request) {
    Lie lie;
    {
      const std::lock_guard guard(mutex_);
      asked_at_.push_back(Steady::now());
      lie = lie_;
    }
    if (request.find("/elsewhere") != request.npos) ++elsewhere_;
    switch (lie) {
      case Lie::silence: return std::nullopt;
      case Lie::error_500: return rig::canned_answer("500 Internal Server Error", "{}");
      case Lie::html: return rig::canned_answer("200 OK", "<html><body>Sign in to the network</body></html>", "Content-Type: text/html\r\n");
      case Lie::closes: return "";
      case Lie::forged_verdict: return forge(request);
      case Lie::too_large_413: return rig::canned_answer("413 Content Too Large", "");
      case Lie::redirect: return rig::canned_answer("307 Temporary Redirect", "", "Location: https://localhost:" + std::to_string(server_.port()) + "/elsewhere\r\n");
    }
    return "";
  }

  // "Accepted", about exactly what was sent, in the right form, by a key that is not the registry's.
  std::string forge(const std::string& request) {
    const auto batch = sync::decode_batch(std::string_view(request).substr(request.find("\r\n\r\n") + 4));
    if (!batch) return rig::canned_answer("404 Not Found", "");
    std::vector<sync::BatchAnswer> answers;
    for (const auto& jws : *batch) {
      const auto parts = core::parse_jws(jws);
      const auto record = parts ? core::decode_record(core::as_text(parts->payload)) : core::Result<core::Record>(parts.error());
      if (!record) continue;
      core::Verdict verdict;
      verdict.id = record->id;
      verdict.digest = core::sha256(parts->payload);
      verdict.outcome = core::Outcome::accepted;
      verdict.at = clock_.read().wall;
      answers.push_back({verdict.id, core::sign_verdict(verdict, impostor_), {}});
      ++forged_;
    }
    return rig::canned_answer("200 OK", sync::encode(answers), "Content-Type: application/json\r\n");
  }

  core::sys::SystemClock clock_;
  core::sys::SystemRandom random_;
  core::SigningKey impostor_ = core::new_signing_key(random_);
  mutable std::mutex mutex_;
  Lie lie_;
  std::vector<Steady::time_point> asked_at_;
  std::atomic<int> forged_{0}, elsewhere_{0};
  rig::CannedServer server_;  // last: its thread uses the rest
};

// What the operator reads, in the order of the lies.
struct Told { Lie lie; const char* words; };
constexpr Told lies[] = {{Lie::html, "Жауап тізілімнің қолтаңбасымен расталмаған"}, {Lie::closes, "Байланыс жауап келгенше үзілді"},
                         {Lie::forged_verdict, "Жауап тізілімнің қолтаңбасымен расталмаған"}, {Lie::error_500, "Тізілім қазір сұрауды өңдей алмайды"},
                         {Lie::too_large_413, "Жауап тізілімнің қолтаңбасымен расталмаған"}, {Lie::closes, "Байланыс жауап келгенше үзілді"},
                         {Lie::redirect, "Жауап тізілімнің қолтаңбасымен расталмаған"}};
constexpr const char* no_answer = "Тізілім уақытында жауап бермеді", *failing = "Тізілім қазір сұрауды өңдей алмайды";
constexpr const char* confirmed_words = "Орталық тізілім алғанын растады", *nothing_waits = "Жіберуді күтіп тұрған жазба жоқ";
constexpr const char* alarm_words = "Қатарынан үш жауап тізілімнен келмеген";

template <typename Condition>
bool within(std::chrono::milliseconds at_most, Condition condition) {
  const auto until = Steady::now() + at_most;
  while (!condition()) {
    if (Steady::now() > until) return false;
    std::this_thread::sleep_for(20ms);  // the poll of a counter, not a hope
  }
  return true;
}

}  // namespace

TEST_CASE("a false registry confirms nothing; the operator reads what is wrong, and the real one confirms all once", "[e2e][trouble]") {
  auto& ground = rig::TroubleGround::fresh();
  auto& office = ground.office();
  office.start_registry();  // confirms the clock: from then on the kiosk asks with its records first
  auto script = ground.back_to_documents();
  script.line(ground.add("LD2", "1-founding.pdf").text()).wait("docs.remove").pause(500);
  script.line(ground.fee_later_to_receipt().text()).tap("rcpt.go").wait("wiped.start").tap("wiped.start");
  script.line(ground.operator_panel().text()).wait_text(no_answer, 60).wait_text(failing, 20).pause(8000);
  for (int i = 0; i < 100; ++i) script.tap("op.try").pause(600);
  auto kiosk = ground.kiosk(script);
  REQUIRE(ground.comes("docs.go", kiosk));
  office.kill_registry();
  auto registry = std::make_unique<FalseRegistry>(office, Lie::silence);

  const auto told = [&] { return "screen:\n" + ground.shown() + "log:\n" + rig::read_text(ground.log()); };
  REQUIRE(ground.comes("rcpt.go", kiosk, 60s));  // taken and told so while the line is dumb
  CHECK(ground.accepted().size() == 1);
  CHECK_FALSE(ground.shows(confirmed_words));
  REQUIRE(within(30s, [&] { return registry->asked_at().size() == 1; }));
  registry->tell(Lie::error_500);  // to whatever is asked next: the first question hangs until the kiosk gives it up
  const bool gave_up = ground.comes(no_answer, kiosk, 60s);
  INFO(told());
  REQUIRE(gave_up);
  CHECK(ground.comes(failing, kiosk));

  // With back-off: each wait is between the half and the whole of 1, 2, 4 s.
  REQUIRE(within(20s, [&] { return registry->asked_at().size() >= 3; }));
  const auto asked = registry->asked_at();
  CHECK(asked[1] - asked[0] >= 1s);
  CHECK(asked[2] - asked[1] >= 2s);
  CHECK(asked[2] - asked[1] < 8s);

  for (const auto& [lie, words] : lies) {
    registry->tell(lie);
    const bool read = ground.comes(words, kiosk, 20s);
    INFO(static_cast<int>(lie) << "\n" << told());
    CHECK(read);
    CHECK(within(20s, [&] { return registry->asked_at().size() >= 4; }));  // it has believed none of them
    // Among its questions are some about keys and the log: of the record itself it was lied to three times.
    if (lie == Lie::forged_verdict) CHECK(within(40s, [&] { return registry->forged() >= 3; }));
    CHECK(ground.shows("Жазбалар: 1"));                                    // what waits, on the panel
  }
  CHECK(registry->elsewhere() == 0);
  CHECK(rig::read_text(ground.log()).find("answer.forged") != std::string::npos);
  CHECK(ground.shows(alarm_words));

  registry.reset();
  office.start_registry();
  const bool emptied = ground.comes(nothing_waits, kiosk, 30s);
  INFO(told());
  CHECK(emptied);
  CHECK(ground.shows(alarm_words));  // it stays although there is contact again: an operator should know
  kiosk.signal(SIGTERM);
  kiosk.wait(20s);
  office.stop_registry();
  CHECK(ground.compare({"1-founding.pdf"}) == "");
}
