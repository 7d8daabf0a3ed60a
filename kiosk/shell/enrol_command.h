// `qabyl-kiosk enrol`: makes an empty data folder a kiosk of one registry. Writes keys, certificate, CA
// and station.json, in that order: a cut leaves a folder that can be enrolled again with a new token.
#pragma once

#include "core/ports.h"
#include "core/result.h"
#include "kiosk/shell/options.h"
#include "kiosk/shell/station.h"
#include "sync/wire/messages.h"

namespace qabyl::kiosk {

// What the kiosk is from the registry's answer on: the content of station.json.
Station station_of(const sync::EnrolAnswer& answer, std::string registry_url);

core::Status enrol_kiosk(const Options& options, core::Clock& clock, core::Random& random);

}  // namespace qabyl::kiosk
