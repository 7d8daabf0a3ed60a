// See bundle_page.h.
#include "sync/registry/console/bundle_page.h"

#include "core/encoding.h"
#include "sync/log/evidence_bundle.h"
#include "sync/registry/console/page.h"

namespace qabyl::sync::registry {
namespace {

namespace path = log::evidence_path;

constexpr std::string_view style = R"(body{margin:0 auto;max-width:1100px;padding:28px 32px 60px;font:17px/1.5 Inter,"PT Sans",sans-serif;background:#F5F1E7;color:#0F272C}
h1{font:700 34px/1.2 "PT Serif",serif;margin:0 0 4px}h2{font:600 21px/1.3 Inter,sans-serif;margin:28px 0 10px}.sub{color:#374A4F;margin:0 0 16px}section{background:#fff;border:2px solid #D8D0BD;border-top:8px solid #0A5460;border-radius:16px;padding:24px 28px;margin:0 0 28px}
a{color:#0A5460}nav a{margin-right:20px;font-weight:600;display:inline-block;padding:10px 0}code{font:14px "PT Mono",monospace;overflow-wrap:anywhere;color:#374A4F}ol{padding-left:28px}ol>li{padding:8px 0;border-bottom:1px solid #D8D0BD}ol>li:last-child{border-bottom:0}
li small{display:block;color:#374A4F;font-size:15px}.tag{border-radius:8px;padding:2px 10px;background:#FFF1CC;color:#573800;font-weight:600;font-size:15px}ul{padding-left:22px;margin:4px 0}.check{background:#DFECEC;border-radius:12px;padding:12px 18px}.check p{margin:0 0 8px}
@media print{body{background:#fff;max-width:none;padding:0}section{border:0;padding:0}nav{display:none}li{break-inside:avoid}}
)";

class Chapter {  // one language of the page
 public:
  Chapter(const Registry& registry, const BundleContent& content, core::Language language) : registry_(registry), content_(content), language_(language) {}

  std::string html() const {
    const std::string code(core::to_text(language_));
    std::string out = "<section id=\"" + code + "\" lang=\"" + code + "\"><h1>" + say("console.bundle.h") + "</h1><p class=\"sub\">" + escaped(content_.line.title) +
                      (content_.line.number.empty() ? "" : ", № " + escaped(content_.line.number)) + "<br>" + say("console.bundle.made", {{"moment", moment(content_.made)}}) + "</p>";
    out += "<div class=\"check\"><p>" + say("console.bundle.check") + "</p><code>qabyl-verify bundle FILE.zip --root FINGERPRINT</code><p>" + say("console.bundle.page") + "</p><p>" +
           say("console.bundle.promise") + "</p></div><h2>" + say("console.bundle.records", {{"n", std::to_string(content_.records.size())}}) + "</h2><ol>";
    for (std::size_t i = 0; i < content_.records.size(); ++i) out += record(content_.records[i], i + 1);
    return out + "</ol></section>";
  }

 private:
  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return escaped(registry_.assets.texts.say(language_, id, args)); }
  std::string moment(core::Instant at) const {
    const auto local = registry_.assets.zone.local(at);
    return core::format_date(registry_.assets.texts, language_, local.date) + ", " + core::format_time_seconds(local);
  }

  std::string record(const CaseRecord& one, std::size_t n) const {
    const auto who = one.record.actor.name.empty() ? say("console.applicant") : escaped(one.record.actor.name);
    std::string out = "<li><b>" + say("console.rec." + one.record.kind) + "</b>";
    if (one.row.outcome != core::Outcome::accepted) out += " <span class=\"tag\">" + say("console.outcome." + std::string(core::to_text(one.row.outcome))) + "</span>";
    out += "<small>" + escaped(moment(one.row.taken)) + " · " + who + (one.row.device == "registry" ? "" : ", " + escaped(one.row.device)) + " · " + say("console.law." + one.record.kind) + "</small><small>" +
           link(path::record(n), say("console.bundle.record")) + " · " + link(path::proof(n), say("console.bundle.proof")) +
           (one.row.verdict.empty() ? "" : " · " + link(path::verdict(n), say("console.bundle.verdict"))) + "<br><code>" + core::to_hex(one.row.digest) + "</code></small>";
    return out + documents(one) + "</li>";
  }

  std::string documents(const CaseRecord& one) const {
    std::string out;
    for (const ManifestRow& document : one.documents) {
      const auto name = escaped(document.ref.name.empty() ? core::to_hex(document.ref.sha256) : document.ref.name);
      out += "<li>" + (document.here ? link(path::document(document.ref.sha256, document.ref.type), name) : name + " <span class=\"tag\">" + say("console.bundle.missing") + "</span>") + "</li>";
    }
    return out.empty() ? out : "<ul>" + out + "</ul>";
  }

  const Registry& registry_;
  const BundleContent& content_;
  core::Language language_;
};

}  // namespace

std::string bundle_page(const Registry& registry, const BundleContent& content) {
  std::string out = "<!doctype html><html lang=\"kk\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>Qabyl</title><style>" +
                    std::string(style) + "</style></head><body><nav>";
  for (const core::Language language : core::languages) {
    const std::string code(core::to_text(language));
    out += "<a href=\"#" + code + "\" lang=\"" + code + "\">" + escaped(registry.assets.texts.say(language, "lang." + code)) + "</a>";
  }
  out += "</nav>";
  for (const core::Language language : core::languages) out += Chapter(registry, content, language).html();
  return out + "</body></html>\n";
}

}  // namespace qabyl::sync::registry
