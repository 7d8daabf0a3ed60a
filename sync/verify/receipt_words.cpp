// See receipt_words.h. Says no more than was checked: under an unknown key nothing is called proved.
#include "sync/verify/receipt_words.h"

#include "core/encoding.h"
#include "core/json.h"

namespace qabyl::sync::verify {
namespace {

class Words {
 public:
  Words(const ReceiptCheck& check, const Speech& speech) : check_(check), speech_(speech) {}

  std::string all() {
    line("verify.receipt." + std::string(to_text(check_.standing)));
    if (!check_.why.empty()) line("verify.why." + check_.why);
    if (!check_.claimed.empty()) line("verify.claimed", {{"fingerprint", check_.claimed}});
    if (check_.standing == Standing::refused) return std::move(out_);
    facts();
    keys();
    proved();
    not_proved();
    return std::move(out_);
  }

 private:
  void line(std::string_view id, const core::TextArgs& args = {}) { out_ += speech_.say(id, args) + "\n"; }
  void item(std::string_view id, const core::TextArgs& args = {}) { out_ += "- " + speech_.say(id, args) + "\n"; }

  std::string day(core::Instant at) const { return core::format_date(speech_.texts, speech_.language, speech_.zone.local(at).date); }

  void filing_time() {
    const auto& facts = check_.facts;
    line("verify.filed", {{"device", facts.device}, {"moment", speech_.moment(facts.filed_at)}});
    switch (facts.trust) {
      case core::Trust::trusted: return line("verify.time.trusted", {{"seconds", std::to_string((facts.u_ms + 999) / 1000)}});
      case core::Trust::unconfirmed: return line("verify.time.unconfirmed");
      case core::Trust::untrusted: return line("verify.time.untrusted");
    }
  }

  void facts() {
    out_ += "\n";
    line("verify.number", {{"number", check_.facts.number}});
    filing_time();
    if (check_.registry) place();
    line("verify.record", {{"digest", core::to_hex(check_.facts.record)}});
    line("verify.documents", {{"digest", core::to_hex(check_.facts.documents)}});
  }

  void place() {
    line("verify.registry", {{"moment", speech_.moment(check_.registry->registry_at)}});
    line("verify.log", {{"n", std::to_string(check_.registry->index + 1)}, {"size", std::to_string(check_.registry->size)}});
  }

  void key_line(std::string_view id, const core::KioskKey& kiosk) {
    line(id, {{"device", kiosk.device}, {"kid", core::key_id(kiosk.key)}, {"registry", kiosk.registry_kid}, {"from", day(kiosk.from)}, {"to", day(kiosk.to)}});
  }

  void keys() {
    if (check_.registry) line("verify.key.registry", {{"kid", core::key_id(check_.registry->acceptance)}});
    if (!check_.kiosk.device.empty()) key_line("verify.key.kiosk", check_.kiosk);
    if (check_.pdf && check_.printer != check_.kiosk) key_line("verify.key.printer", check_.printer);
    if (!check_.root.empty()) line("verify.key.root", {{"fingerprint", check_.root}});
  }

  void proved() {
    out_ += "\n";
    line(check_.standing == Standing::proved ? "verify.proved" : "verify.intact");
    if (check_.stage == 1 || check_.pdf) item("verify.proved.facts", {{"device", check_.facts.device}});
    if (check_.registry) item("verify.proved.registry");
    if (check_.pdf) item("verify.proved.page", {{"device", check_.printer.device}});
    if (check_.standing != Standing::proved) return;
    if (check_.registry) item("verify.proved.log");
    item(check_.registry ? "verify.proved.root" : "verify.proved.chain");
  }

  void not_proved() {
    out_ += "\n";
    line("verify.open");
    if (check_.standing != Standing::proved) item("verify.open.key");
    item(check_.stage == 1 ? "verify.open.registry" : "verify.open.witness");
    item(check_.facts.trust == core::Trust::trusted ? "verify.open.clock" : "verify.open.time");
    item("verify.open.content");
  }

  const ReceiptCheck& check_;
  const Speech& speech_;
  std::string out_;
};

core::Json json_of(const core::KioskKey& kiosk) {
  const auto seconds = [](core::Instant at) { return at.time_since_epoch().count() / 1000; };
  return core::Json::Object{{"device", kiosk.device}, {"kid", core::key_id(kiosk.key)}, {"registry_kid", kiosk.registry_kid},
                            {"from_s", seconds(kiosk.from)}, {"to_s", seconds(kiosk.to)}};
}

void add_facts(core::Json& json, const ReceiptCheck& check) {
  const auto& facts = check.facts;
  json["stage"] = check.stage;
  json["number"] = facts.number;
  json["device"] = facts.device;
  json["record"] = core::to_hex(facts.record);
  json["documents"] = core::to_hex(facts.documents);
  json["filed_at_ms"] = facts.filed_at.time_since_epoch().count();
  json["trust"] = core::to_text(facts.trust);
  json["u_ms"] = facts.u_ms;
  if (!check.kiosk.device.empty()) json["kiosk"] = json_of(check.kiosk);
  if (check.registry) {
    json["registry"] = core::Json::Object{{"kid", core::key_id(check.registry->acceptance)}, {"at_ms", check.registry->registry_at.time_since_epoch().count()},
                                          {"index", check.registry->index}, {"size", check.registry->size}};
  }
  json["pdf"] = check.pdf;
  if (check.pdf) json["printer"] = json_of(check.printer);
  core::Json::Array open{"content", facts.trust == core::Trust::trusted ? "clock" : "time"};
  open.push_back(check.stage == 1 ? "registry" : "witness");
  if (check.standing != Standing::proved) open.push_back("key");
  json["not_proved"] = std::move(open);
}

}  // namespace

std::string receipt_words(const ReceiptCheck& check, const Speech& speech) {
  return Words(check, speech).all();
}

std::string receipt_json(const ReceiptCheck& check) {
  core::Json json;
  json["verdict"] = to_text(check.standing);
  json["exit"] = exit_code(check.standing);
  if (!check.why.empty()) json["why"] = check.why;
  if (!check.root.empty()) json["root"] = check.root;
  if (!check.claimed.empty()) json["claimed_root"] = check.claimed;
  if (check.standing != Standing::refused) add_facts(json, check);
  return core::canonical(json) + "\n";
}

}  // namespace qabyl::sync::verify
