// See commands.h. CLI11 reports wrong usage by exceptions: they end here.
#include "sync/registry/commands.h"

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "core/encoding.h"
#include "sync/registry/backup.h"
#include "sync/registry/console/bundle_page.h"
#include "sync/registry/courier.h"
#include "sync/registry/journal_out.h"
#include "sync/registry/log_stamp.h"
#include "sync/registry/log_witnesses.h"
#include "sync/registry/page_comparison.h"
#include "sync/registry/refill.h"
#include "sync/registry/returned_records.h"
#include "sync/registry/sample.h"
#include "sync/registry/scanned_copy.h"
#include "sync/registry/seal.h"
#include "sync/registry/serve.h"
#include "sync/registry/show.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Status;

constexpr std::size_t sample_bytes_max = 256 * 1024;
constexpr core::Millis powers_life{std::int64_t{365} * 24 * 3600 * 1000};

struct Arguments {
  std::string data, assets = default_assets_folder(), origin = "localhost";
  ServeOptions serve;
  bool all_addresses = false;
  NewKeys rotated;
  OfficerSpec officer;
  BureauSpec bureau;
  StaffSpec staff;
  KioskSpec kiosk;
  std::string secrets, enrolment, device_url, device, bin, case_id, out, witness, response, tsa, record, courier, preview = core::sys::program_folder() + "/qabyl-preview";
  ScanSpec scan;
  std::string backup;
  RestoreOptions restore;
  ResumeWord resume;
};

struct Context {
  Arguments& arguments;
  core::Clock& clock;
  core::Random& random;
};

void print(const Json& json) { std::cout << core::canonical(json) << "\n" << std::flush; }

// Opens the office and runs `act` in one transaction. One person works on an office at a time: while it
// is served, the console is the way.
template <typename Act>
Status in_office(const Context& context, Act act) {
  RegistryOptions options{context.arguments.data, context.arguments.assets, &context.random, core::argon2_interactive};
  QABYL_TRY(registry, Registry::open(options));
  QABYL_TRY(transaction, core::Transaction::begin(registry->database));
  const core::Instant now = context.clock.read().wall;
  QABYL_TRY(shown, act(*registry, now));
  QABYL_TRY_DO(seal(*registry, now));
  QABYL_TRY_DO(transaction.commit());
  registry->log.committed();
  (void)registry->log_files.publish(registry->log);  // as while it is served: a disk that refuses, the next start makes good
  print(shown);
  return core::Done{};
}

core::Result<Json> officer_added(Registry& registry, Arguments& arguments, core::Instant now) {
  arguments.officer.password = random_password(registry.random);
  QABYL_TRY(id, add_officer(registry, arguments.officer, now));
  return Json(Json::Object{{"id", id}, {"login", arguments.officer.login}, {"password", arguments.officer.password}});
}

core::Result<Json> staff_added(Registry& registry, Arguments& arguments, bool is_operator, core::Instant now) {
  StaffSpec& spec = arguments.staff;
  spec.pin = random_pin(registry.random);
  spec.from = now;
  spec.to = now + powers_life;
  spec.is_operator = is_operator;
  QABYL_TRY(badge, add_staff(registry, spec, now));
  return Json(Json::Object{{"id", badge.id}, {"badge", badge.text}, {"pin", spec.pin}});
}

core::Result<Json> done(const Status& status) {
  if (!status) return status.error();
  return Json(Json::Object{{"done", true}});
}

core::Result<Json> kiosk_added(Registry& registry, const Arguments& arguments, core::Instant now) {
  QABYL_TRY(file, add_kiosk(registry, arguments.kiosk, now));
  return core::parse_json(encode(file), sample_bytes_max);
}

Status make_sample(const Context& context) {
  const Arguments& arguments = context.arguments;
  return in_office(context, [&](Registry& registry, core::Instant now) -> core::Result<Json> {
    QABYL_TRY(text, core::sys::read_file(arguments.assets + "/sample/office.json", sample_bytes_max));
    QABYL_TRY(sample, make_sample_office(registry, arguments.device_url, core::as_text(text), now));
    QABYL_TRY_DO(core::sys::write_file_durably(arguments.secrets, core::as_bytes(readable_secrets(sample.secrets))));
    QABYL_TRY_DO(core::sys::write_file_durably(arguments.secrets + ".json", core::as_bytes(core::canonical(sample.secrets))));
    QABYL_TRY_DO(core::sys::write_file_durably(arguments.enrolment, core::as_bytes(encode(sample.enrolment))));
    return Json(Json::Object{{"device", sample.enrolment.device}, {"secrets", arguments.secrets}, {"enrolment", arguments.enrolment}});
  });
}

core::Result<Json> bundle_written(Registry& registry, const Arguments& arguments, core::Instant now) {
  QABYL_TRY(content, bundle_content(registry, arguments.case_id, now));
  std::ofstream file(arguments.out, std::ios::binary | std::ios::trunc);
  const auto sink = [&file](core::ByteView part) -> Status {
    file.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
    return file ? Status(core::Done{}) : Status(core::Error{core::ErrorCode::storage, "cannot write the bundle"});
  };
  QABYL_TRY_DO(write_bundle(registry, content, bundle_page(registry, content), sink));
  file.close();
  if (!file) return core::Error{core::ErrorCode::storage, "cannot write the bundle"};
  QABYL_TRY_DO(registry.store.audit("command", "case.evidence", arguments.case_id, "done", now));
  return Json(Json::Object{{"case", arguments.case_id}, {"records", content.records.size()}, {"file", arguments.out}});
}

core::Result<Json> journal_written(Registry& registry, const Arguments& arguments, core::Instant now) {
  std::ofstream file(arguments.out, std::ios::binary | std::ios::trunc);
  QABYL_TRY(records, write_journal(registry, arguments.device, file, now));
  QABYL_TRY_DO(registry.store.audit("command", "journal.export", arguments.device, "done", now));
  return Json(Json::Object{{"device", arguments.device}, {"records", records}, {"file", arguments.out}});
}

core::Result<Json> journals_written(Registry& registry, const Arguments& arguments, core::Instant now) {
  QABYL_TRY_DO(registry.store.audit("command", "journals.export", "", "done", now));
  QABYL_TRY(acts, write_journals(registry, arguments.out, now));
  return Json(Json::Object{{"acts", acts}, {"folder", arguments.out}});
}

core::Result<Json> stamp_asked(Registry& registry, const Arguments& arguments, core::Instant now) {
  QABYL_TRY(query, ask_for_stamp(registry, now));
  QABYL_TRY_DO(core::sys::write_file_durably(arguments.out, query));
  return Json(Json::Object{{"file", arguments.out}, {"size", registry.log.size()}});
}

core::Result<Json> stamp_kept(Registry& registry, const Arguments& arguments, core::Instant now) {
  QABYL_TRY(response, core::sys::read_file(arguments.response, stamp_bytes_max));
  QABYL_TRY(trusted, core::sys::read_file(arguments.tsa, stamp_bytes_max));
  QABYL_TRY(stamp, keep_stamp(registry, response, core::as_text(trusted), now));
  return Json(Json::Object{{"at_ms", stamp.at.time_since_epoch().count()}});
}

// Each request of the bundle is a transaction of its own, as on the line.
Status courier_taken(const Context& context) {
  const Arguments& a = context.arguments;
  QABYL_TRY(registry, Registry::open({a.data, a.assets, &context.random, core::argon2_interactive}));
  QABYL_TRY(file, core::sys::read_file(a.courier, 2 * courier_bytes_max));
  QABYL_TRY(taken, take_courier(*registry, file, context.clock.read().wall));
  QABYL_TRY_DO(core::sys::write_file_durably(a.out, taken.file));
  Json::Array refused(taken.refused.begin(), taken.refused.end());
  print(Json::Object{{"answers", a.out}, {"device", taken.device}, {"documents", taken.documents}, {"records", taken.records}, {"refused", std::move(refused)}});
  return core::Done{};
}

// The office is closed meanwhile: whoever serves it has the folder's lock.
Status rotate(const Context& context) {
  const Arguments& a = context.arguments;
  {
    QABYL_TRY(lock, core::sys::lock_folder(a.data));
    QABYL_TRY_DO(rotate_keys(a.data, a.rotated, context.clock.read().wall, context.random));
  }
  std::cerr << "Carry " << a.data << "/keys/root away again. Kiosks learn the new keys by themselves.\n";
  return in_office(context, [](Registry& registry, core::Instant now) -> core::Result<Json> {
    QABYL_TRY_DO(registry.store.audit("command", "keys.rotate", "", "done", now));
    const OfficeKeys& keys = registry.keys;
    return Json(Json::Object{{"acceptance", core::key_id(keys.acceptance.verify_key)}, {"log", core::key_id(keys.log.verify_key)}, {"assets", core::key_id(keys.assets.verify_key)},
                             {"issued_ms", keys.keyring.issued().time_since_epoch().count()}});
  });
}

core::Json said_of(const BackupManifest& manifest) {
  core::Json line;
  line["at_ms"] = manifest.at.time_since_epoch().count();
  line["log_size"] = static_cast<std::int64_t>(manifest.log_size);
  line["log_root"] = core::to_hex(manifest.log_root);
  for (const BackupCount& one : manifest.counts) line[one.table] = one.rows;
  return line;
}

// Beside whoever serves: it only reads there.
Status back_up(const Context& context) {
  const Arguments& a = context.arguments;
  QABYL_TRY(manifest, make_backup(a.data, a.backup, context.clock.read().wall, context.random));
  print(said_of(manifest));
  return core::Done{};
}

Status restore(const Context& context) {
  const RestoreOptions& options = context.arguments.restore;
  QABYL_TRY(manifest, restore_backup(options, context.clock.read().wall));
  print(said_of(manifest));
  std::cerr << "Serve it and let every kiosk speak: they give back what they hold. Then: qabyl-registry lost, and resume. Until then nothing new is taken. Revoke again whom you revoked since.\n";
  return core::Done{};
}

// What a restored office has not got back.
core::Result<Json> lost_said(Registry& registry) {
  QABYL_TRY(count, lost_count(registry));
  QABYL_TRY(runs, lost_runs(registry));
  QABYL_TRY(adrift, without_case(registry));
  QABYL_TRY(devices, registry.store.devices());
  Json said;
  said["lost"] = count;
  said["records_without_case"] = adrift;
  said["log_ahead"] = !registry.log.ahead().empty();
  Json::Array leaves, kiosks;
  for (const LostRun& run : runs) {
    leaves.push_back(Json::Object{{"first", run.first}, {"last", run.last}, {"from_ms", run.from.time_since_epoch().count()}, {"to_ms", run.to.time_since_epoch().count()}});
  }
  for (const DeviceRow& device : devices) {
    QABYL_TRY(mark, restore_mark(registry, device.device));
    kiosks.push_back(Json::Object{{"device", device.device}, {"records", mark.q}, {"told_of", device.told_q}});
  }
  said["leaves"] = std::move(leaves);
  said["kiosks"] = std::move(kiosks);
  return said;
}

Status initialise(const Context& context) {
  QABYL_TRY_DO(Registry::create(context.arguments.data, context.arguments.origin, context.clock.read().wall, context.random));
  std::cerr << "The offline root key lies in " << context.arguments.data
            << "/keys/root. Carry it to a safe place: serving does not need it.\n";
  return core::Done{};
}

using Action = std::function<Status(const Context&)>;
using Actions = std::vector<std::pair<CLI::App*, Action>>;

CLI::App* command(CLI::App& app, Arguments& arguments, Actions& actions, const char* name, const char* what, Action action) {
  CLI::App* sub = app.add_subcommand(name, what);
  sub->add_option("--data", arguments.data, "the office's data folder")->required();
  sub->add_option("--assets", arguments.assets, "rules, calendar, texts");
  actions.emplace_back(sub, std::move(action));
  return sub;
}

void add_office_commands(CLI::App& app, Arguments& a, Actions& actions) {
  auto* init = command(app, a, actions, "init", "makes keys and an empty office", initialise);
  init->add_option("--origin", a.origin, "name of this registry, its host name");
  auto* serving = command(app, a, actions, "serve", "runs until SIGTERM", [&a](const Context& context) {
    a.serve.folder = a.data;
    a.serve.assets_folder = a.assets;
    a.serve.preview = a.preview;
    a.serve.loopback_only = !a.all_addresses;
    return serve(a.serve, context.clock, context.random);
  });
  serving->add_option("--device-port", a.serve.device_port, "0: the system chooses");
  serving->add_option("--console-port", a.serve.console_port, "0: the system chooses");
  serving->add_option("--originals-port", a.serve.originals_port, "of downloads of strangers' documents, an origin of their own; 0: the system chooses");
  serving->add_flag("--all-addresses", a.all_addresses, "listen beyond the loopback");
  auto* sample = command(app, a, actions, "sample", "fills an empty office with an invented one", make_sample);
  sample->add_option("--secrets", a.secrets, "file for passwords, badges, PINs")->required();
  sample->add_option("--enrolment", a.enrolment, "file for the kiosk")->required();
  sample->add_option("--device-url", a.device_url, "https://host:port of the device port")->required();
  auto* bundle = command(app, a, actions, "bundle", "the evidence of a case as one ZIP", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return bundle_written(r, a, now); });
  });
  bundle->add_option("--case", a.case_id, "id of the case, as in its address in the console")->required();
  bundle->add_option("--out", a.out, "the ZIP to write")->required();
  auto* journal = command(app, a, actions, "journal", "the journal of a device as one file", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return journal_written(r, a, now); });
  });
  journal->add_option("--device", a.device, "AL-03, or registry")->required();
  journal->add_option("--out", a.out, "the file to write")->required();
  auto* journals = command(app, a, actions, "journals", "the journals of all devices and the audit, to be held against the evidence log", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return journals_written(r, a, now); });
  });
  journals->add_option("--out", a.out, "the folder to write them to")->required();
  auto* rotating = command(app, a, actions, "rotate-keys", "makes new keys; needs keys/root back for this one call", rotate);
  rotating->add_flag("--new-acceptance", a.rotated.acceptance, "that signs verdicts, feed and time");
  rotating->add_flag("--new-log", a.rotated.log, "that signs checkpoints of the evidence log; the acceptance key with it");
  rotating->add_flag("--new-assets", a.rotated.assets, "that signs rules and calendars");
  auto* query = command(app, a, actions, "stamp-query", "a query for a time stamp over the newest checkpoint (RFC 3161)", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return stamp_asked(r, a, now); });
  });
  query->add_option("--out", a.out, "the query to write, for a time stamping authority")->required();
  auto* stamp = command(app, a, actions, "add-stamp", "the authority's answer, kept and published beside the log", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return stamp_kept(r, a, now); });
  });
  stamp->add_option("--response", a.response, "the answer")->required();
  stamp->add_option("--tsa", a.tsa, "certificates (PEM) that the answer must hang from")->required();
  auto* pages = command(app, a, actions, "compare-pages", "shows a signed paper again and says which pages differ from what was signed", [&a](const Context& context) {
    return compare_pages(a.data, a.record, a.preview, context.clock, std::cout);
  });
  pages->add_option("--record", a.record, "id of the record that somebody signed on a screen")->required();
  auto* scan = command(app, a, actions, "match-scan", "are these scanned sheets the copy that was sent, whole and in order?", [&a](const Context& context) {
    a.scan.folder = a.data;
    a.scan.assets = a.assets;
    a.scan.preview = a.preview;
    return match_scan(a.scan, context.clock, std::cout);
  });
  scan->add_option("--paper", a.scan.paper, "id of the record that made the paper")->required();
  scan->add_option("--copy", a.scan.copy, "1 or 2")->check(CLI::Range(1, 2));
  scan->add_option("--lang", a.scan.language, "kk, ru or en: the findings in the console's words")->check(CLI::IsMember({"kk", "ru", "en"}));
  scan->add_option("files", a.scan.files, "PDF, PNG or JPEG, in the order of the sheets")->required();
  for (CLI::App* sub : {serving, pages, scan}) sub->add_option("--preview", a.preview, "the program qabyl-preview");
  command(app, a, actions, "show", "records and document digests, one JSON line each",
          [&a](const Context&) { return show_records(a.data, std::cout); });
}

void add_people_commands(CLI::App& app, Arguments& a, Actions& actions) {
  auto* officer = command(app, a, actions, "add-officer", "an officer; prints the password once", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return officer_added(r, a, now); });
  });
  officer->add_option("--login", a.officer.login)->required();
  officer->add_option("--name", a.officer.name)->required();
  officer->add_option("--position", a.officer.position)->required();
  officer->add_option("--role", a.officer.role, "head, deputy, unit_head, unit_deputy, clerk, inspector, auditor, admin")->required();
  auto* bureau = command(app, a, actions, "add-bureau", "a credit bureau", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return done(add_bureau(r, a.bureau, now)); });
  });
  bureau->add_option("--bin", a.bureau.bin)->required();
  bureau->add_option("--name", a.bureau.name)->required();
  bureau->add_option("--address", a.bureau.address)->required();
  bureau->add_option("--head", a.bureau.head)->required();
  bureau->add_flag("--small-business", a.bureau.small_business, "inspected with regard to N 572 where the profile has it switched on");
  auto* staff = command(app, a, actions, "add-staff", "bureau staff; prints badge and PIN once", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return staff_added(r, a, false, now); });
  });
  staff->add_option("--bureau", a.staff.bureau_bin)->required();
  staff->add_option("--capacity", a.staff.capacity, "first_head or deputy of the bureau, else nothing");
  auto* operating = command(app, a, actions, "add-operator", "a kiosk operator; prints badge and PIN once", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return staff_added(r, a, true, now); });
  });
  for (CLI::App* sub : {staff, operating}) {
    sub->add_option("--name", a.staff.name)->required();
    sub->add_option("--position", a.staff.position)->required();
  }
}

void add_kiosk_commands(CLI::App& app, Arguments& a, Actions& actions) {
  auto* kiosk = command(app, a, actions, "add-kiosk", "a kiosk; prints its enrolment file", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return kiosk_added(r, a, now); });
  });
  kiosk->add_option("--device", a.kiosk.device, "AL-03")->required();
  kiosk->add_option("--place-kk", a.kiosk.place.kk)->required();
  kiosk->add_option("--place-ru", a.kiosk.place.ru)->required();
  kiosk->add_option("--place-en", a.kiosk.place.en)->required();
  kiosk->add_option("--profile", a.kiosk.profile)->required();
  kiosk->add_option("--bureau", a.kiosk.bureaus, "BIN; may be repeated");
  kiosk->add_option("--device-url", a.kiosk.url)->required();
  auto* assign = command(app, a, actions, "assign-bureau", "a bureau to a kiosk", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return done(assign_bureau(r, a.device, a.bin, now)); });
  });
  assign->add_option("--bureau", a.bin)->required();
  auto* witness = command(app, a, actions, "add-witness", "a witness of the evidence log, whose cosignatures are taken and served", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return done(add_witness(r, a.witness, now)); });
  });
  witness->add_option("--key", a.witness, "its verifier key, name+id+base64, of cosignature/v1")->required();
  auto* revoke = command(app, a, actions, "revoke-kiosk", "its certificates count no more", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return done(revoke_kiosk(r, a.device, now)); });
  });
  for (CLI::App* sub : {assign, revoke}) sub->add_option("--device", a.device)->required();
}

void add_backup_commands(CLI::App& app, Arguments& a, Actions& actions) {
  auto* key = command(app, a, actions, "backup-key", "makes the key that backups are sealed to", [&a](const Context& context) -> Status {
    QABYL_TRY_DO(make_backup_key(a.data, a.out, context.random));
    std::cerr << "Carry " << a.out << " to a safe place: only who has it can restore a backup.\n";
    return core::Done{};
  });
  key->add_option("--out", a.out, "file for its private half")->required();
  auto* backing = command(app, a, actions, "backup", "a sealed backup, checked by restoring it; also while the office is served", back_up);
  backing->add_option("dest", a.backup, "the new folder to write")->required();
  auto* restoring = app.add_subcommand("restore", "makes an office out of a backup");
  restoring->add_option("backup", a.restore.backup, "the backup's folder")->required();
  restoring->add_option("folder", a.restore.folder, "the new data folder")->required();
  restoring->add_option("--key", a.restore.key_file, "the private half of the backup key")->required();
  restoring->add_option("--root", a.restore.root, "fingerprint of the office's root key")->required();
  actions.emplace_back(restoring, restore);
  command(app, a, actions, "lost", "what a restored office has not got back: acts known by digest and time alone, and how far each kiosk is", [](const Context& context) {
    return in_office(context, [](Registry& r, core::Instant) { return lost_said(r); });
  });
  auto* resuming = command(app, a, actions, "resume", "a restored office takes and signs again: every kiosk has spoken, and none holds more", [&a](const Context& context) {
    return in_office(context, [&a](Registry& r, core::Instant now) { return done(end_restore(r, a.resume, now)); });
  });
  resuming->add_option("--without", a.resume.without, "a kiosk that is not waited for; may be repeated");
  resuming->add_option("--lost", a.resume.lost, "how many acts are known by digest and time alone, as `lost` says");
}

void add_courier_commands(CLI::App& app, Arguments& a, Actions& actions) {
  CLI::App* courier = app.add_subcommand("courier", "bundles that a person carries between a kiosk and this office");
  courier->require_subcommand(1);
  auto* take = command(*courier, a, actions, "take", "takes a kiosk's bundle and writes the answers; while nobody serves", courier_taken);
  take->add_option("file", a.courier, "the bundle from the stick")->required();
  take->add_option("--answers", a.out, "the file to carry back to that kiosk")->required();
}

int run(const Actions& actions, const Context& context) {
  for (const auto& [sub, action] : actions) {
    if (!sub->parsed()) continue;
    const Status status = action(context);
    if (status) return 0;
    std::cerr << "qabyl-registry: " << status.error().detail << "\n";
    return 1;
  }
  return 2;
}

}  // namespace

int run_command(int argc, char** argv, core::Clock& clock, core::Random& random) {
  umask(077);  // whatever this program writes is the office's alone
  CLI::App app{"qabyl-registry: the central office"};
  app.require_subcommand(1);
  Arguments arguments;
  Actions actions;
  add_office_commands(app, arguments, actions);
  add_people_commands(app, arguments, actions);
  add_kiosk_commands(app, arguments, actions);
  add_backup_commands(app, arguments, actions);
  add_courier_commands(app, arguments, actions);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    return app.exit(wrong) == 0 ? 0 : 2;
  }
  return run(actions, {arguments, clock, random});
}

}  // namespace qabyl::sync::registry
