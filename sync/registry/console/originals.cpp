// See originals.h.
#include "sync/registry/console/originals.h"

#include "core/encoding.h"
#include "sync/registry/console/page.h"
#include "sync/registry/office_views.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view path = "/original";
constexpr std::int64_t index_max = 1'000;

// What the key of this run of the program signs; a restart ends every link.
std::string tag_of(const core::SealKey& key, const Original& original, std::int64_t until) {
  const std::string signed_text = original.record + " " + std::to_string(original.index) + " " + original.officer + " " + std::to_string(until);
  return core::to_hex(core::keyed_tag(key, "original-link", core::as_bytes(signed_text)));
}

// Whatever it is, no browser shows it in its place, runs it or guesses another type for it.
void shut_in(Response& response) {
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Cache-Control", "no-store");
}

Response in_words(const Registry& registry, int status, std::string_view text_id) {
  Response response;
  response.status = status;
  response.set("Content-Type", "text/plain; charset=utf-8");
  shut_in(response);
  for (const auto language : core::languages) response.body += registry.assets.texts.say(language, text_id) + "\n";
  return response;
}

}  // namespace

std::string original_link(Registry& registry, std::string_view host, const Original& original, core::Instant now) {
  if (!registry.originals_key) registry.originals_key = core::random_seal_key(registry.random);
  const std::int64_t until = rows::ms(now + original_link_life);
  const std::string port = registry.originals_port > 0 ? ":" + std::to_string(registry.originals_port) : std::string();
  return "https://" + std::string(host) + port + std::string(path) + "?record=" + original.record + "&index=" + std::to_string(original.index) + "&officer=" + percent_encoded(original.officer) +
         "&until=" + std::to_string(until) + "&tag=" + tag_of(*registry.originals_key, original, until);
}

Response serve_original(Registry& registry, const Request& request, core::Instant now) {
  const auto index = parse_decimal(request.query("index")), until = parse_decimal(request.query("until"));
  Original original{core::Id(request.query("record")), 0, std::string(request.query("officer"))};
  if (!registry.originals_key || request.method != "GET" || request.path() != path || !core::valid_id(original.record) || !index || *index > index_max || !until) return in_words(registry, 404, "console.none");
  original.index = static_cast<int>(*index);
  if (!core::equal_constant_time(core::as_bytes(request.query("tag")), core::as_bytes(tag_of(*registry.originals_key, original, *until)))) return in_words(registry, 404, "console.none");
  if (rows::ms(now) > *until) return in_words(registry, 410, "console.original.over");
  const auto bytes = read_case_document(registry, original.record, original.index, original.officer, now);
  if (!bytes) return in_words(registry, 404, "console.none");
  Response response;
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"document-" + std::to_string(original.index) + "\"");
  shut_in(response);
  response.body.assign(bytes->begin(), bytes->end());
  return response;
}

}  // namespace qabyl::sync::registry
