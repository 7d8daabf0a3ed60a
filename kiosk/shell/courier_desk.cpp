// See courier_desk.h.
#include "kiosk/shell/courier_desk.h"

#include <algorithm>

#include "core/civil_time.h"
#include "core/texts.h"
#include "sync/log/fork_file.h"

namespace qabyl::kiosk {
namespace {

constexpr std::string_view bundle_ending = ".qcb";

// Words of reply::CourierWritten::why for what the stick said.
std::string stick_refusal(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::full: return "full";
    case core::ErrorCode::conflict: return "name";
    case core::ErrorCode::storage: return "protected";
    default: return "gone";
  }
}

// Words of reply::CourierRead::Refused::why.
std::string file_refusal(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::too_large: return "too_large";
    case core::ErrorCode::gone: return "changed";
    default: return "unreadable";
  }
}
std::string answers_refusal(const core::Error& error) {
  if (error.code == core::ErrorCode::storage || error.code == core::ErrorCode::full) return "storage";
  return error.code == core::ErrorCode::forbidden ? "not_registry" : "damaged";
}

// "2026-11-29-14-32": a stick is FAT and knows no colon.
std::string moment_in_name(const core::CivilTime& at) {
  std::string clock = core::format_time(at);
  std::replace(clock.begin(), clock.end(), ':', '-');
  return core::iso_date(at.date) + "-" + clock;
}

core::Result<core::Bytes> whole_file(UsbDrive& stick, const std::string& name) {
  QABYL_TRY(reader, stick.open(name));
  core::Bytes whole;
  whole.reserve(static_cast<std::size_t>(reader->bytes()));
  for (;;) {  // ends with the file
    QABYL_TRY(part, reader->next());
    if (part.empty()) return whole;
    whole.insert(whole.end(), part.begin(), part.end());
  }
}

struct Answers { std::string name; core::Instant at{}; };

void add(reply::CourierRead& sum, const sync::CourierTaken& taken) {
  ++sum.bundles;
  sum.accepted += taken.accepted;
  sum.held += taken.held;
  sum.superseded += taken.superseded;
  sum.news += taken.news;
  sum.papers += taken.papers;
  sum.again += taken.again;
  sum.waiting = taken.waiting;
  if (!taken.alarm.empty()) sum.alarm = taken.alarm;
}

}  // namespace

bool CourierDesk::concerns(const Effect& effect) {
  return std::holds_alternative<effect::WriteCourier>(effect) || std::holds_alternative<effect::ReadCourier>(effect) || std::holds_alternative<effect::SaveForks>(effect);
}

void CourierDesk::carry_out(const Effect& effect) {
  if (std::holds_alternative<effect::WriteCourier>(effect)) parts_.tell(write());
  if (std::holds_alternative<effect::ReadCourier>(effect)) parts_.tell(read());
  if (std::holds_alternative<effect::SaveForks>(effect)) parts_.tell(save_forks());
}

bool CourierDesk::may_act() {
  return parts_.storage.call([&] { return parts_.desk.operator_is_in(); });
}

// The name bears the kiosk and the moment, so that of several on a stick a person finds the newest.
reply::CourierWritten CourierDesk::write() {
  reply::CourierWritten done;
  const auto refused = [&](std::string why) { return done.why = std::move(why), done; };
  if (!may_act()) return refused("storage");
  if (!parts_.stick.present()) return refused("gone");
  const auto bundle = parts_.line.write();
  if (!bundle) return refused(bundle.error().code == core::ErrorCode::forbidden ? "key" : "storage");
  const auto local = parts_.desk.zone().local(parts_.clock.read().wall);
  const auto name = "qabyl-courier-" + parts_.desk.station().device + "-" + moment_in_name(local) + std::string(bundle_ending);
  const auto written = parts_.stick.write_new(name, bundle->file);
  if (!written) return refused(stick_refusal(written.error()));
  done.name = *written;
  done.bytes = bundle->file.size();
  done.records = bundle->records;
  done.documents = bundle->documents;
  done.left = bundle->left;
  return done;
}

// All answers to this kiosk that are on the stick, oldest first: what an older one brought is only repeated by a newer one.
// The kiosk's own bundles lie there too and are passed over.
reply::CourierRead CourierDesk::read() {
  reply::CourierRead sum;
  if (!may_act()) return sum.why = "none", sum;
  const auto listing = parts_.stick.list(bundle_ending);
  if (!listing.present) return sum.why = "gone", sum;
  std::vector<Answers> found;
  for (const auto& file : listing.files) {
    const auto whole = whole_file(parts_.stick, file.name);
    if (!whole && !parts_.stick.present()) return sum.why = "gone", sum;
    const auto sealed = whole ? sync::read_courier(*whole) : core::Result<sync::SealedCourier>(whole.error());
    if (!whole) sum.refused.push_back({file.name, file_refusal(whole.error())});
    else if (!sealed) sum.refused.push_back({file.name, "damaged"});
    else if (sealed->slip.way == sync::CourierWay::up) continue;
    else if (sealed->slip.device != parts_.desk.station().device) sum.refused.push_back({file.name, "other_kiosk"});
    else found.push_back({file.name, sealed->slip.at});
  }
  std::ranges::sort(found, {}, &Answers::at);
  for (const auto& one : found) {
    const auto whole = whole_file(parts_.stick, one.name);
    if (!whole && !parts_.stick.present()) return sum.why = "gone", sum;  // what was taken before stays taken
    const auto taken = whole ? parts_.line.take(*whole) : core::Result<sync::CourierTaken>(whole.error());
    if (taken) add(sum, *taken);
    else sum.refused.push_back({one.name, whole ? answers_refusal(taken.error()) : file_refusal(whole.error())});
  }
  if (sum.bundles == 0 && sum.refused.empty()) sum.why = "none";
  return sum;
}

// Of each fork the file that says everything, and its two signed notes alone, as qabyl-verify takes them (--kept).
core::Result<std::string> CourierDesk::save_fork(const std::string& text, reply::ForksSaved& done) {
  QABYL_TRY(fork, sync::log::parse_fork_file(text));
  const auto name = "qabyl-log-fork-" + parts_.desk.station().device + "-" + moment_in_name(parts_.desk.zone().local(fork.seen));
  QABYL_TRY(whole, parts_.stick.write_new(name + ".json", core::as_bytes(text)));
  QABYL_TRY(held, parts_.stick.write_new(name + "-held.txt", core::as_bytes(fork.held)));
  QABYL_TRY_DO(parts_.stick.write_new(name + "-shown.txt", core::as_bytes(fork.shown)));
  if (done.count++ == 0) {  // the newest comes first
    done.whole = whole;
    done.held = held;
  }
  return whole;
}

reply::ForksSaved CourierDesk::save_forks() {
  reply::ForksSaved done;
  const auto files = parts_.storage.call([&] { return parts_.desk.operator_is_in() ? parts_.desk.fork_files() : core::Result<std::vector<std::string>>(core::Error{core::ErrorCode::forbidden, "operator"}); });
  if (!files || files->empty()) return done.why = "storage", done;
  for (const auto& file : *files) {
    if (const auto saved = save_fork(file, done); !saved) return done.why = stick_refusal(saved.error()), done;
  }
  return done;
}

}  // namespace qabyl::kiosk
