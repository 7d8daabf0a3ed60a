// See papers_out.h.
#include "sync/registry/papers_out.h"

#include "core/encoding.h"
#include "sync/registry/case_now.h"
#include "sync/registry/people.h"

namespace qabyl::sync::registry {
namespace {

core::Bytes sealed_file(const core::SealKey& key, core::ByteView plain, core::Random& random) {
  core::FrameSealer sealer(key, random);
  core::Bytes out = sealer.header();
  for (std::size_t at = 0; at == 0 || at < plain.size(); at += core::frame_plain_bytes) {
    const std::size_t bytes = std::min(core::frame_plain_bytes, plain.size() - at);
    const core::Bytes frame = sealer.next(plain.subspan(at, bytes), at + bytes == plain.size());
    out.insert(out.end(), frame.begin(), frame.end());
  }
  return out;
}

}  // namespace

core::LocalText said(const Registry& registry, std::string_view text_id) {
  const core::Texts& texts = registry.assets.texts;
  return {texts.say(core::Language::kk, text_id), texts.say(core::Language::ru, text_id), texts.say(core::Language::en, text_id)};
}

core::LocalText said_with(const Registry& registry, std::string_view text_id, const std::vector<LocalArg>& args) {
  const auto in = [&](core::Language language) {
    core::TextArgs plain;
    for (const auto& arg : args) plain.push_back({arg.name, arg.value.in(language)});
    return registry.assets.texts.say(language, text_id, plain);
  };
  return {in(core::Language::kk), in(core::Language::ru), in(core::Language::en)};
}

core::LocalText as_it_is(const std::string& text) { return {text, text, text}; }

core::LocalText day_in_words(const Registry& registry, std::string_view iso) {
  const auto date = core::parse_iso_date(iso);
  if (!date) return as_it_is(std::string(iso));
  const auto& texts = registry.assets.texts;
  return {core::format_date(texts, core::Language::kk, *date), core::format_date(texts, core::Language::ru, *date), core::format_date(texts, core::Language::en, *date)};
}

core::Json local_json(const core::LocalText& text) { return core::Json::Object{{"kk", text.kk}, {"ru", text.ru}, {"en", text.en}}; }

core::Json office_meta(const core::paper::OfficePaper& content, const core::paper::Paper& made, const core::Digest& body, const core::Id& case_id,
                       const core::Id& about) {
  core::Json meta;
  meta["number"] = content.number;
  meta["date"] = core::iso_date(content.date);
  meta["title"] = local_json(content.title);
  meta["from"] = local_json(content.authority);
  meta["authority"] = content.authority.kk;
  meta["d"] = core::to_hex(body);
  meta["bytes"] = static_cast<std::int64_t>(made.pdf.size());
  meta["pages"] = made.pages;
  meta["deadline"] = "";
  meta["deadline_kind"] = "calendar";
  meta["case"] = case_id;
  meta["about"] = about;
  return meta;
}

core::Status keep_sealed(Registry& registry, const PaperSent& sent, core::Instant now) {
  QABYL_TRY(of, case_now(registry, sent.case_id));
  core::Json meta = sent.meta;  // a kiosk counts by the profile of the case, whatever came into force since
  meta["profile"] = of.book.profile->id;
  meta["profile_version"] = of.book.profile->version;
  const core::SealKey key = core::random_seal_key(registry.random);
  const core::Bytes sealed = sealed_file(key, sent.paper.pdf, registry.random);
  QABYL_TRY(digest, registry.keep_document(sealed, now));
  QABYL_TRY_DO(registry.database.run("INSERT INTO papers(record, case_id, bureau_bin, body, sealed, sealed_bytes, content_key, meta, kind) "
                                     "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                     sent.record, sent.case_id, sent.bin, sent.body, digest, static_cast<std::int64_t>(sealed.size()),
                                     core::ByteView(key.view()), core::canonical(meta), sent.kind));
  return core::Done{};
}

core::Status put_paper_out(Registry& registry, const PaperSent& sent, core::Instant now) {
  QABYL_TRY_DO(keep_sealed(registry, sent, now));
  return feed_new_paper(registry, sent.record, now);
}

}  // namespace qabyl::sync::registry
