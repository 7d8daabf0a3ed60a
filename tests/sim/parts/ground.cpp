// See ground.h.
#include "tests/sim/parts/ground.h"

#include <openssl/rand.h>

#include "core/receipt_number.h"
#include "core/sys/files.h"
#include "kiosk/shell/enrol_command.h"
#include "sync/client/tls_identity.h"
#include "sync/registry/api.h"
#include "sync/registry/enrolment.h"
#include "sync/registry/sample.h"
#include "tests/sim/parts/sim_office.h"
#include "tests/sim/parts/sim_kiosk.h"
#include "tests/sim/parts/sim_vfs.h"
#include "tests/support/places.h"

namespace qabyl::sim {
namespace {

namespace reg = sync::registry;

const core::Instant first_day{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{4}};  // 9:00 in Almaty

Dice openssl_dice{7};
int openssl_fill(unsigned char* bytes, int count) {
  for (int i = 0; i < count; ++i) bytes[i] = static_cast<unsigned char>(openssl_dice.next());
  return 1;
}
int openssl_ready() { return 1; }

// Keys of TLS come from OpenSSL's own generator; a certificate that is a byte longer elsewhere would move pages of the database.
void fix_openssl() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  static const RAND_METHOD method{nullptr, openssl_fill, nullptr, nullptr, openssl_fill, openssl_ready};
  QABYL_CHECK(RAND_set_rand_method(&method) == 1);
#pragma GCC diagnostic pop
}

template <typename T>
T must(core::Result<T> result) {
  if (!result) std::fprintf(stderr, "ground: %s\n", result.error().detail.c_str());
  QABYL_CHECK(result);
  return *std::move(result);
}

KioskGround enrol(reg::Registry& registry, const sync::EnrolmentFile& file, core::Instant at, core::Random& random) {
  KioskGround kiosk;
  kiosk.record_key = core::new_signing_key(random);
  kiosk.storage_key = core::random_seal_key(random);
  const auto tls = must(sync::new_tls_identity(file.device));
  const auto possession = core::sign_jws(kiosk.record_key, core::typ::possession, core::as_bytes(sync::possession_payload(file.token, kiosk.record_key.verify_key)));
  sync::Request request;
  request.method = "POST";
  request.target = "/v1/enrol";
  request.body = sync::encode(sync::EnrolRequest{file.token, tls.request_pem, kiosk.record_key.verify_key, possession});
  request.set("Content-Type", std::string(sync::json_media_type));
  const auto response = reg::Api(registry).handle(request, at);
  QABYL_CHECK(response.status == 200);
  kiosk.station = kiosk::station_of(must(sync::decode_enrol_answer(response.body)), "https://localhost:1");
  kiosk.serial = must(registry.database.text("SELECT serial FROM certificates WHERE device = '" + file.device + "'"));
  kiosk.root = "/qabyl-sim/" + file.device;
  return kiosk;
}

void make_office(Ground& ground, core::Random& random) {
  const auto opened = must(reg::Registry::open({office_root, {}, &random, core::argon2_minimum, ground.assets}));
  auto& registry = *opened;
  const auto text = must(core::sys::read_file(test::in_source("/assets/sample/office.json"), 1024 * 1024));
  const auto sample = must(reg::make_sample_office(registry, "https://localhost:1", core::as_text(text), ground.at));
  for (const auto& officer : sample.secrets.items("officers")) ground.passwords[officer.text("login")] = officer.text("password");
  ground.kiosks.push_back(enrol(registry, sample.enrolment, ground.at, random));
  for (const char* device : {"AL-04", "AL-05", "AL-06", "AL-07"}) {
    const auto file = must(reg::add_kiosk(registry, {device, {"Алматы", "Алматы", "Almaty"}, {}, "kz-2004-249", "https://localhost:1"}, ground.at));
    ground.kiosks.push_back(enrol(registry, file, ground.at, random));
  }
  must(registry.database.checkpoint_truncate());
}

}  // namespace

kiosk::Worker& stage() {
  static kiosk::Worker worker("sim");
  return worker;
}

Ground make_ground() {
  fix_openssl();
  register_vfs();
  begin_vfs(Dice(1));
  Ground ground;
  ground.at = first_day;
  const auto assets = test::in_build("/assets");
  ground.assets = std::make_shared<const reg::OfficeAssets>(must(reg::load_office_assets(assets)));
  ground.rules = must(kiosk::load_office_rules(assets));
  ground.office = Disk(office_root);
  DiceRandom random(Dice(11));
  set_disks({&ground.office});
  must(reg::Registry::create(office_root, "localhost", ground.at, random));
  make_office(ground, random);
  for (auto& kiosk : ground.kiosks) {
    kiosk.disk = Disk(kiosk.root);
    QABYL_CHECK(kiosk.disk.make_folder(kiosk.root) == 0);
    set_disks({&ground.office, &kiosk.disk});
    first_feed(ground, kiosk);
  }
  set_disks({});
  return ground;
}

}  // namespace qabyl::sim
