// What every seed begins with, made once a process and copied: an office that is set up with its kiosks enrolled, and their
// stores as they are after the first feed. Made with fixed randomness, OpenSSL's too: the same bytes in every process.
#pragma once

#include "kiosk/shell/office_rules.h"
#include "kiosk/shell/station.h"
#include "kiosk/shell/worker.h"
#include "sync/registry/office_assets.h"
#include "tests/sim/parts/disk.h"

namespace qabyl::sim {

inline constexpr std::size_t kiosks_max = 5;
inline constexpr const char* office_root = "/qabyl-sim/office";

struct KioskGround {
  kiosk::Station station;
  core::SigningKey record_key;
  core::SealKey storage_key;
  std::string serial;        // of its certificate
  std::string root;          // of its disk
  Disk disk;
};

struct Ground {
  core::Instant at{};        // when it was left so
  Disk office;
  std::map<std::string, std::string> passwords;  // of the officers, by login
  std::vector<KioskGround> kiosks;
  kiosk::OfficeRules rules;  // read once: a start of a kiosk does not read them again
  std::shared_ptr<const sync::registry::OfficeAssets> assets;  // the same for the registry
};

Ground make_ground();

// The product's storage thread, on which the whole simulation runs: its calls to itself are plain calls.
kiosk::Worker& stage();

}  // namespace qabyl::sim
