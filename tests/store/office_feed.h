// What a registry sends down to a kiosk, with the same seals: members of staff with their keys, papers. For tests only.
#pragma once

#include "core/encoding.h"
#include "tests/store/store_rig.h"

namespace qabyl::tests {

using core::Json;

inline constexpr auto day = core::Millis{24LL * 3600 * 1000};

struct Person {
  core::SigningKey key;
  std::string badge;
  Json body;
};

struct Office {  // what the registry would send
  FakeRandom random{4711};
  std::int64_t index = 0;

  Json item(std::string_view kind, Json body, core::Instant at) {
    return Json::Object{{"v", 1}, {"epoch", 1}, {"index", ++index}, {"device", "AL-03"}, {"kind", kind},
                        {"at_ms", at.time_since_epoch().count()}, {"body", std::move(body)}};
  }

  Person person(const std::string& id, std::string_view pin, core::Instant now, std::string_view bin = "040140000018", std::string_view role = "bureau") {
    Person person;
    person.key = core::new_signing_key(random);
    core::Salt salt{};
    random.fill(salt);
    const std::string secret = "0123456789ABCDEFGHJKMNPQRS";
    const auto key = core::key_from_password(secret + ":" + std::string(pin), salt, {}, core::argon2_minimum);
    person.badge = "QBB1:" + id + ":" + secret;
    person.body = Json::Object{{"id", id}, {"name", "Айгүл Нұрланова"}, {"position", "бас бухгалтер"}, {"bureau_bin", bin}, {"bureau_name", "Бюро"},
        {"role", role}, {"from_ms", (now - day).time_since_epoch().count()}, {"to_ms", (now + 300 * day).time_since_epoch().count()},
        {"verify_key", core::to_hex(person.key.verify_key)}, {"salt", core::to_hex(salt)},
        {"sealed_key", core::to_base64url(core::seal(key, person.key.seed.view(), "staff:" + id, random))},
        {"argon_passes", 1}, {"argon_memory_kib", 8}};
    return person;
  }
};

struct SentPaper {
  core::Id id;
  Json body;
  core::Bytes pdf, sealed;
  core::Digest sealed_sha256{};
};

// `more`: members of the meta beyond what every paper has.
inline SentPaper send_paper(Office& office, const core::Id& id, const std::vector<Person>& readers, std::size_t bytes = 150'000,
                            std::string_view paper_kind = "notice.send", const Json& more = Json()) {
  SentPaper paper{id, {}, some_bytes(bytes, 5), {}, {}};
  const auto key = core::random_seal_key(office.random);
  core::FrameSealer sealer(key, office.random);
  paper.sealed = sealer.header();
  for (std::size_t at = 0; at < bytes; at += core::frame_plain_bytes) {
    const auto take = std::min(core::frame_plain_bytes, bytes - at);
    const auto frame = sealer.next(core::ByteView(paper.pdf).subspan(at, take), at + take == bytes);
    paper.sealed.insert(paper.sealed.end(), frame.begin(), frame.end());
  }
  paper.sealed_sha256 = core::sha256(paper.sealed);
  Json meta = Json::Object{{"number", "17-5/204"}, {"d", core::to_hex(core::sha256(paper.pdf))}, {"bytes", bytes}, {"pages", 2},
                                 {"title", Json::Object{{"kk", "Тексеру туралы хабарлама"}}}};
  for (const auto& [member, value] : more.object()) meta[member] = value;
  Json::Object envelopes;
  for (const auto& reader : readers) {
    envelopes.emplace(reader.body.text("id"), core::to_base64url(*core::seal_to(reader.key.verify_key, key.view(), office.random)));
  }
  paper.body = Json::Object{{"id", id}, {"case", id}, {"kind", paper_kind}, {"bureau_bin", "040140000018"},
      {"sealed_sha256", core::to_hex(paper.sealed_sha256)}, {"sealed_bytes", paper.sealed.size()}, {"envelopes", envelopes},
      {"meta", core::to_base64url(core::seal(key, core::as_bytes(core::canonical(meta)), "paper-meta:" + id, office.random))}};
  return paper;
}

inline core::Status arrive(core::KioskStore& store, const SentPaper& paper, std::size_t piece = 60'000) {
  for (std::size_t at = 0; at < paper.sealed.size(); at += piece) {
    const auto take = std::min(piece, paper.sealed.size() - at);
    auto kept = store.keep_part(paper.sealed_sha256, at, core::ByteView(paper.sealed).subspan(at, take), at + take == paper.sealed.size());
    if (!kept) return kept;
  }
  return core::Done{};
}

}  // namespace qabyl::tests
