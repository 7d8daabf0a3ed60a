// People of a bureau as a kiosk knows them: what the feed brings, keys opened with badge and PIN, acts signed with
// them. Everything goes through Api::handle. For tests only.
#pragma once

#include "tests/sync/registry_rig.h"

namespace qabyl::test {

struct BureauHand {
  TestOffice& office;
  TestKiosk& kiosk;
  const core::Json& secrets;
  core::Id base{};                 // the paper of the feed on which the next acts are done, as a kiosk says it

  std::vector<sync::FeedItem> feed(const TestKiosk& reader, const std::string& after = "0.0") {
    const auto page = sync::decode_feed_page(office.ask(reader.request("GET", "/v1/feed?after=" + after)).body);
    REQUIRE(page);
    std::vector<sync::FeedItem> items;
    for (const auto& jws : page->items) {
      const auto item = sync::open_feed_item(jws, reader.keys, reader.device);
      REQUIRE(item);
      items.push_back(*item);
    }
    return items;
  }
  sync::FeedItem newest(std::string_view kind) {
    std::optional<sync::FeedItem> found;
    for (const auto& item : feed(kiosk)) {
      if (item.kind == kind) found = item;
    }
    REQUIRE(found);
    return *found;
  }
  // The key of a member of staff, from the feed with badge and PIN, as a kiosk opens it.
  core::SigningKey staff_key(const core::Json& person) {
    const std::string badge = person.text("badge");
    for (const auto& item : feed(kiosk)) {
      if (item.kind != sync::feed_kind::staff || item.body.text("id") != person.text("id")) continue;
      core::Salt salt{};
      const auto salt_bytes = *core::from_hex(item.body.text("salt"));
      std::copy(salt_bytes.begin(), salt_bytes.end(), salt.begin());
      const core::Argon2Cost cost{static_cast<std::uint32_t>(item.body.number("argon_passes")),
                                  static_cast<std::uint32_t>(item.body.number("argon_memory_kib"))};
      const auto key = core::key_from_password(badge.substr(badge.rfind(':') + 1) + ":" + person.text("pin"), salt, {}, cost);
      const auto seed = core::unseal(key, *core::from_base64url(item.body.text("sealed_key")), "staff:" + person.text("id"));
      REQUIRE(seed);
      return core::signing_key_from_seed(core::Secret<32>(std::span<const std::uint8_t, 32>(seed->data(), 32)));
    }
    FAIL("no such staff");
    return {};
  }
  core::SealKey content_key(const core::Json& paper, const core::Json& person) {
    const auto box = core::from_base64url(paper.member("envelopes").text(person.text("id")));
    REQUIRE(box);
    const auto plain = core::unseal_with(staff_key(person), *box);
    REQUIRE(plain);
    return core::SealKey(std::span<const std::uint8_t, 32>(plain->data(), 32));
  }
  core::Json meta() { return meta_of(newest("paper").body); }
  core::Json meta_of(const core::Json& paper) {
    const auto key = content_key(paper, secrets.items("staff")[0]);
    const auto plain = core::unseal(key, *core::from_base64url(paper.text("meta")), "paper-meta:" + paper.text("id"));
    REQUIRE(plain);
    return *core::parse_json(core::as_text(*plain), 64 * 1024);
  }
  const core::Json& person(std::size_t index) const { return secrets.items("staff")[index]; }
  // A record of this kiosk, made now and signed by the person: ink over `paper`, every page shown.
  core::SignedRecord act(int n, std::string_view kind, const core::Id& case_id, core::Json body, std::size_t who, const char* capacity, const core::Digest& paper, int pages,
                         std::vector<core::DocumentRef> docs = {}) {
    auto made = record(kind, n, case_id, std::move(body), kiosk.device);
    made.at.utc = office.now;
    made.base = base;
    made.docs = std::move(docs);
    made.actor = {"bureau", person(who).text("id"), person(who).text("name")};
    made.body["staff"] = person(who).text("id");
    made.body["name"] = person(who).text("name");
    made.body["position"] = "қызметкер";
    made.body["capacity"] = capacity;
    made.body["date"] = core::iso_date(office.registry->assets.zone.local(office.now).date);
    made.body["signature"] = core::to_json(signature(paper, pages, n));
    made.body["act"] = core::sign_jws(staff_key(person(who)), core::typ::act, core::as_bytes(core::act_of_bureau(made)));
    return kiosk.next(made);
  }
  // A filing: its document is here before the record is judged.
  core::SignedRecord filing(int n, std::string_view kind, const core::Id& case_id, core::Json body, std::size_t who, const char* capacity) {
    const std::string bytes = "%PDF-1.4 filing " + std::to_string(n);
    REQUIRE(office.registry->keep_document(core::as_bytes(bytes), office.now));
    return act(n, kind, case_id, std::move(body), who, capacity, digest(bytes), 1, {{"filing.pdf", bytes.size(), digest(bytes), "application/pdf"}});
  }
  // Sent and judged; its documents count as come. The verdict's outcome and reason.
  std::string send(const core::SignedRecord& made) {
    const auto response = kiosk.put(made);
    for (std::size_t i = 0; i < made.record.docs.size(); ++i) REQUIRE(office.registry->store.mark_here(made.record.id, static_cast<int>(i)));
    if (!made.record.docs.empty()) REQUIRE(reg::settle(*office.registry, made.record.id, office.now));
    const auto row = office.registry->store.record(made.record.id);
    INFO(response.body);
    REQUIRE(row);
    REQUIRE(*row);
    return std::string(core::to_text((*row)->outcome)) + ((*row)->reason.empty() ? "" : ": " + (*row)->reason);
  }
  core::SignedRecord mark(int n, std::size_t who, const core::Id& case_id, const core::Id& notice, const core::Json& facts, int seed) {
    core::MarkOfReceipt made;
    made.staff_id = person(who).text("id");
    made.full_name = person(who).text("name");
    made.position = "Басқарма төрағасының орынбасары";
    made.date = core::iso_date(office.registry->assets.zone.local(office.now).date);
    made.signature = signature(*core::digest_from_hex(facts.text("d")), static_cast<int>(facts.number("pages")), seed);
    made.act = core::sign_jws(staff_key(person(who)), core::typ::act, core::as_bytes(core::act_payload(case_id, made)));
    auto mark_record = record(core::kind::notice_mark_receipt, n, case_id, core::mark_body(notice, made), "AL-03");
    mark_record.at.utc = office.now;
    mark_record.actor = {"bureau", person(who).text("id"), person(who).text("name")};
    return kiosk.next(mark_record);
  }
};

}  // namespace qabyl::test
