// See application_news.h.
#include "sync/registry/application_news.h"

#include <algorithm>

#include "core/cases/open_terms.h"
#include "core/counter_receipt.h"
#include "core/encoding.h"
#include "sync/registry/feed_out.h"
#include "sync/registry/licence_register.h"
#include "sync/registry/papers_out.h"
#include "sync/registry/people.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::Status;
using S = core::ApplicationState;

constexpr std::string_view form_kind = "licence.form";  // of the paper in the feed

const core::Record* newest_of(const CaseNow& now, std::string_view kind) {
  const auto found = std::find_if(now.history.rbegin(), now.history.rend(), [&](const core::Record& one) { return one.kind == kind; });
  return found == now.history.rend() ? nullptr : &*found;
}

Json grounds_in_words(const Registry& registry, const core::LicenceApplication& application) {
  Json::Array grounds;
  for (const auto& one : application.refusal_grounds) grounds.push_back(local_json(said(registry, "console.ground." + one)));
  return Json(std::move(grounds));
}

// What the state brings with it.
void add_particulars(const Registry& registry, const CaseNow& now, Json& item) {
  const auto& application = now.application;
  if (application.state == S::incomplete) item["missing"] = Json::Array(application.missing.begin(), application.missing.end());
  for (const auto& one : core::open_terms(application)) {
    item["term"] = Json::Object{{"id", one.term.id}, {"base", core::iso_date(one.term.base)}, {"due", core::iso_date(one.term.due)}};
    if (one.term.stated) item["term"]["stated"] = core::iso_date(*one.term.stated);
    item["term"]["moved"] = core::told_json(core::moved_terms({one}, now.history, one.of));
  }
  if (application.state == S::refused) {
    item["grounds"] = grounds_in_words(registry, application);
    item["reason"] = application.refusal_reason;
  }
  if (const auto* returned = newest_of(now, core::kind::application_return); returned != nullptr && application.state == S::returned) item["reason"] = returned->body.text("reason");
}

// The office's file of a form, once: sealed under a key of its own, announced to the kiosk that filed.
core::Result<core::Bytes> form_key(Registry& registry, const core::Record& filing, const core::Record& issued, core::Instant at) {
  QABYL_TRY(query, registry.database.prepare("SELECT content_key FROM papers WHERE record = ?"));
  query.bind(1, issued.id);
  QABYL_TRY(found, query.step());
  if (found) return query.blob(0);
  query.reset();
  QABYL_TRY(pdf, registry.read_document(issued.docs.front().sha256));
  const core::paper::Paper paper{pdf, static_cast<int>(issued.body.number("pages"))};
  Json meta = Json::Object{{"number", issued.body.text("number")}, {"date", issued.body.text("date")}, {"d", issued.body.text("paper")},
                           {"bytes", static_cast<std::int64_t>(pdf.size())}, {"pages", issued.body.number("pages")}};
  QABYL_TRY_DO(keep_sealed(registry, {issued.id, issued.case_id, form_kind, {}, paper, issued.docs.front().sha256, std::move(meta)}, at));
  QABYL_TRY_DO(feed_paper(registry, filing.device, issued.id, at));
  return form_key(registry, filing, issued, at);
}

// The form that was given on this application, with its key for the holder of the receipt.
core::Result<Json> form_of(Registry& registry, const CaseNow& now, core::Instant at) {
  const core::Record& filing = now.history.front();
  QABYL_TRY(licence, case_now(registry, now.form_case));
  const auto issued = std::find_if(licence.history.begin(), licence.history.end(), [&](const core::Record& one) { return one.body.text("application") == now.id && !one.docs.empty(); });
  const auto form = std::find_if(licence.licence.forms.begin(), licence.licence.forms.end(), [&](const core::LicenceForm& one) { return one.application == now.id; });
  if (issued == licence.history.end() || form == licence.licence.forms.end()) return core::Error{core::ErrorCode::not_found, "form"};
  QABYL_TRY(key, form_key(registry, filing, *issued, at));
  const core::SealKey holder = core::receipt_key(filing.body.text("number"), filing.body.text("check_code"));
  Json told = Json::Object{{"paper", issued->id}, {"case", licence.id}, {"licence", licence.licence.number}, {"number", form->paper.number},
                           {"pages", form->paper.pages}, {"d", core::to_hex(form->paper.paper)}, {"valid", form->valid}, {"delivered_to", form->delivered_to}};
  told["key"] = core::to_base64url(core::seal(holder, key, "licence-form:" + issued->id, registry.random));
  told["delivered_on"] = form->delivered_on ? core::iso_date(*form->delivered_on) : std::string();
  return told;
}

Status tell(Registry& registry, const core::Id& id, core::Instant at) {
  QABYL_TRY(now, case_now(registry, id));
  const bool told = now.application.state != S::none && now.application.state != S::submitted;
  if (!told) return core::Done{};
  const core::Record& filing = now.history.front();
  Json item = Json::Object{{"record", filing.id}, {"case", filing.case_id}, {"number", now.application.number}, {"state", state_code(now)},
                           {"since", core::iso_date(registry.assets.zone.local(at).date)}, {"registered_on", now.application.registered_on}, {"officer", now.application.registered_by}};
  item["profile_version"] = now.book.profile->version;
  item["talon"] = Json::Object{{"number", now.application.number}, {"date", now.application.registered_on}, {"officer", now.application.registered_by},
                               {"organisation", filing.body.text("organisation")}};
  add_particulars(registry, now, item);
  if (!now.form_case.empty()) {
    QABYL_TRY(form, form_of(registry, now, at));
    item["form"] = form;
  }
  return feed_device(registry, filing.device, feed_kind::case_state, item, at);
}

}  // namespace

Status tell_filer(Registry& registry, const core::Record& record, core::Instant at) {
  if (core::is_of_application(record.kind)) return tell(registry, record.case_id, at);
  if (!core::is_of_licence(record.kind)) return core::Done{};
  const core::Id asked = record.body.text("application");
  if (!asked.empty()) {
    QABYL_TRY(folded, case_now(registry, asked));
    QABYL_TRY_DO(refresh_case(registry, folded, at));  // it waits for the office no more
    return tell(registry, asked, at);
  }
  if (record.kind != core::kind::licence_deliver) return core::Done{};
  QABYL_TRY(licence, case_now(registry, record.case_id));
  return tell(registry, licence.licence.forms.back().application, at);
}

}  // namespace qabyl::sync::registry
