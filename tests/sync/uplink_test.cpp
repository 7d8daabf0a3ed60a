// What the uplink believes, keeps and does next. How: uplink_rig.h; the test plays the registry. Rows of RELIABILITY 4.7 are
// played over TLS (wire_line.h).
#include "tests/sync/wire_line.h"

using namespace qabyl;
using namespace std::chrono_literals;
using sync::ClientAnswer;
using test::KioskLine;
using test::Line;

TEST_CASE("the first exchange sets the trusted time to the middle of the round trip", "[sync][uplink]") {
  Line line;
  line.uplink.tick();
  const auto nonce = line.transport.asked->path.substr(line.transport.asked->path.find('=') + 1);
  line.clock.pass(200ms);
  line.answer(200, sync::encode_time_answer(line.clock.now.wall, nonce, line.acceptance));
  REQUIRE(line.outbox.time);
  CHECK(line.outbox.time->half_round_trip_ms == 100);
  CHECK(line.uplink.link().online);
}

TEST_CASE("a signed time that was long under way is not believed, and holds up nothing", "[sync][uplink][clock]") {
  Line line;
  const auto id = line.file();
  line.uplink.tick();
  REQUIRE(line.transport.asked);
  const auto nonce = line.transport.asked->path.substr(line.transport.asked->path.find('=') + 1);
  const auto signed_at = line.clock.now.wall;
  line.clock.pass(24h);  // the machine slept, or its host moved both of its clocks
  line.answer(200, sync::encode_time_answer(signed_at, nonce, line.acceptance));
  CHECK_FALSE(line.outbox.time);
  CHECK(line.uplink.link().online);
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records");  // what waits goes on
  line.answer(200, line.batch_answer(id, core::Outcome::accepted));
  line.settle_feed();
  CHECK_FALSE(line.transport.asked);
  line.clock.pass(sync::time_retry);
  line.settle_time();
  CHECK(line.outbox.time);
}

TEST_CASE("an old signed time under another nonce is not the time now", "[sync][uplink]") {
  Line line;
  line.uplink.tick();
  line.answer(200, sync::encode_time_answer(line.clock.now.wall, std::string(32, '0'), line.acceptance));
  CHECK_FALSE(line.outbox.time);
  CHECK_FALSE(line.uplink.link().online);
  CHECK(line.uplink.link().cause == "answer");
}

TEST_CASE("row 50 and row 51: a record counts as accepted only on the registry's signed verdict", "[sync][uplink][abuse]") {
  Line line;
  KioskLine wire(line);
  const auto id = line.file();
  line.settle_time();
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records");

  SECTION("a verdict signed by the registry") {
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK(line.outbox.find(id).state == core::SendState::accepted);
  }
  SECTION("a captive portal's page under status 200") {
    line.answer(200, "<html>Welcome to the hotel</html>", {{"content-type", "text/html"}});
    CHECK(line.outbox.find(id).state == core::SendState::queued);
    CHECK(line.uplink.link().cause == "answer");
  }
  SECTION("a verdict signed by somebody else") {
    line.acceptance = core::new_signing_key(line.random);
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
  SECTION("a verdict on another record") {
    const auto other = line.file();
    line.answer(200, "{\"answers\":[{\"id\":\"" + id + "\",\"verdict\":\"" + line.verdict(other, core::Outcome::accepted) + "\"}]}");
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
  SECTION("a verdict about other bytes") {
    line.outbox.find(id).digest[0] ^= 1;
    const auto foreign = line.batch_answer(id, core::Outcome::accepted);
    line.outbox.find(id).digest[0] ^= 1;
    line.answer(200, foreign);
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
  SECTION("status 500, a redirect, nothing at all") {
    const int status = GENERATE(500, 302, 503);
    line.answer(status, "");
    CHECK(line.outbox.find(id).state == core::SendState::queued);
    CHECK(line.uplink.link().next_try);
  }
}

TEST_CASE("a document goes up in pieces and the verdict is asked for when all of it is there", "[sync][uplink]") {
  Line line;
  const auto id = line.file(sync::upload_chunk_bytes + 10);
  line.settle_time();
  line.settle_record(id);
  REQUIRE(line.transport.asked->method == "POST");
  line.answer(201, "", {{"location", "https://localhost:8443/v1/uploads/u1"}});
  REQUIRE(line.transport.asked->method == "PATCH");
  CHECK(line.transport.asked->path == "/v1/uploads/u1");
  CHECK(line.transport.asked->body.size() == sync::upload_chunk_bytes);
  line.answer(204, "", {{"upload-offset", std::to_string(sync::upload_chunk_bytes)}});
  CHECK(line.transport.asked->body.size() == 10);
  line.answer(204, "", {{"upload-offset", std::to_string(sync::upload_chunk_bytes + 10)}});
  REQUIRE(line.transport.asked->path == "/v1/records/" + id);
  line.answer(200, sync::encode_verdict_answer(line.verdict(id, core::Outcome::accepted)));
  CHECK(line.outbox.find(id).state == core::SendState::accepted);
}

TEST_CASE("after a cut in mid-piece the offset is asked for and at most that piece goes twice", "[sync][uplink]") {
  Line line;
  const auto id = line.file(3 * sync::upload_chunk_bytes);
  line.settle_time();
  line.settle_record(id);
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  line.transport.answer(sync::NoAnswer{"cut"});
  line.uplink.tick();
  CHECK_FALSE(line.transport.asked);
  line.clock.pass(2s);
  line.uplink.tick();
  REQUIRE(line.transport.asked->method == "HEAD");
  line.answer(200, "", {{"upload-offset", std::to_string(2 * sync::upload_chunk_bytes)}});
  REQUIRE(line.transport.asked->method == "PATCH");
  CHECK(line.transport.asked->body.size() == sync::upload_chunk_bytes);
}

TEST_CASE("an upload that expired at the registry begins anew", "[sync][uplink]") {
  Line line;
  const auto id = line.file(100);
  line.outbox.items[0].docs[0].upload = "/v1/uploads/old";
  line.outbox.items[0].state = core::SendState::sent;
  line.settle_time();
  line.settle_feed();
  REQUIRE(line.transport.asked->method == "HEAD");
  line.answer(410, "");
  REQUIRE(line.transport.asked->method == "POST");
  CHECK(line.transport.asked->path == "/v1/uploads");
  CHECK(line.outbox.find(id).docs[0].upload.empty());
}

TEST_CASE("row 53: failures back off from a second to a quarter of an hour, and Retry-After is capped", "[sync][uplink][abuse]") {
  Line line;
  KioskLine wire(line);
  line.uplink.tick();
  core::Millis longest{0};
  for (int i = 0; i < 20; ++i) {
    line.transport.answer(sync::NoAnswer{"refused"});
    line.uplink.tick();
    REQUIRE(line.uplink.link().next_try);
    const auto wait = *line.uplink.link().next_try - line.clock.now.steady;
    CHECK(wait >= 500ms);
    CHECK(wait <= sync::backoff_max);
    longest = std::max(longest, wait);
    line.clock.pass(wait - 1ms);
    line.uplink.tick();
    CHECK_FALSE(line.transport.asked);
    line.clock.pass(1ms);
    line.uplink.tick();
    REQUIRE(line.transport.asked);
  }
  CHECK(longest >= sync::backoff_max / 2);
  line.answer(429, "", {{"retry-after", GENERATE(as<std::string>(), "999999999", "1000000000", "99999999999999999999")}});
  CHECK(*line.uplink.link().next_try - line.clock.now.steady == sync::retry_after_max);
  line.uplink.try_now();
  line.uplink.tick();
  CHECK(line.transport.asked);
}

TEST_CASE("row 53: a Retry-After of nothing, below nothing or in the past does not shorten the back-off", "[sync][uplink][abuse]") {
  Line line;
  KioskLine wire(line);
  line.uplink.tick();
  const auto status = GENERATE(429, 500, 502, 503, 504);
  line.answer(status, "", {{"retry-after", GENERATE(as<std::string>(), "0", "-1", "Mon, 01 Jan 2001 00:00:00 GMT", "soon")}});
  const auto wait = *line.uplink.link().next_try - line.clock.now.steady;
  CHECK(wait >= 500ms);
  CHECK(wait <= sync::backoff_first);
  CHECK(line.uplink.link().cause == "busy");
}

TEST_CASE("feed items are kept whole or not at all", "[sync][uplink]") {
  Line line;
  line.settle_time();
  REQUIRE(line.transport.asked->path.find("/v1/feed?after=0.0") == 0);
  const auto bureau = [&](std::int64_t index, std::string device = "AL-03") {
    return line.item(index, "bureau", core::Json::Object{{"bin", "040740001238"}}, std::move(device));
  };
  SECTION("two items for us") {
    line.answer_feed({bureau(1), bureau(2)});
    CHECK(line.inbox.kept.size() == 2);
    CHECK(line.inbox.cursor == "1.2");
  }
  SECTION("the second is for another kiosk") {
    line.answer_feed({bureau(1), bureau(2, "AL-04")});
    CHECK(line.inbox.kept.empty());
    CHECK(line.inbox.cursor == "0.0");
  }
  SECTION("items that were read before are played again") {
    line.answer_feed({bureau(2), bureau(1)});
    CHECK(line.inbox.kept.empty());
    CHECK(line.inbox.cursor == "0.0");
  }
  SECTION("the page ends beyond its last item") {
    line.answer(200, sync::encode(sync::FeedPage{1, {bureau(1)}, {1, 9}, line.clock.now.wall}));
    CHECK(line.inbox.kept.empty());
  }
  SECTION("a new epoch is read from the start") {
    line.inbox.cursor = "1.17";
    line.answer(410, "");
    CHECK(line.inbox.cursor == "0.0");
  }
}

TEST_CASE("an asset counts only under the assets key, and the feed goes on past a forged one", "[sync][uplink]") {
  Line line;
  line.settle_time();
  const auto signed_by = [&](const core::SigningKey& key, std::string version = "2026-2") {
    return core::Json(core::Json::Object{{"jws", core::sign_asset({"kz", std::move(version), "dates"}, key)}});
  };
  const auto bureau = line.item(2, "bureau", core::Json::Object{{"bin", "040740001238"}});
  const auto kind = GENERATE(sync::feed_kind::profile, sync::feed_kind::calendar);
  SECTION("signed by the assets key") {
    line.answer_feed({line.item(1, kind, signed_by(line.assets)), bureau});
    CHECK(line.inbox.kept.size() == 2);
    CHECK(line.uplink.link().alarm == "");
  }
  SECTION("signed by the acceptance key: the feed's own signature is not enough") {
    line.answer_feed({line.item(1, kind, signed_by(line.acceptance)), bureau});
    REQUIRE(line.inbox.kept.size() == 1);
    CHECK(line.inbox.kept[0].text("kind") == "bureau");
    CHECK(line.inbox.cursor == "1.2");
    CHECK(line.uplink.link().alarm == "asset.forged " + std::string(kind));
  }
  SECTION("an older version than the one we hold") {
    line.inbox.assets["kz"] = core::sign_asset({"kz", "2026-10", "dates"}, line.assets);
    line.answer_feed({line.item(1, kind, signed_by(line.assets)), bureau});
    CHECK(line.inbox.kept.size() == 1);
    CHECK(line.uplink.link().alarm == "asset.older kz 2026-2");
  }
  SECTION("an older version that we hold, as after a new epoch, and the same with another text") {
    line.inbox.assets["kz"] = core::sign_asset({"kz", "2026-10", "dates"}, line.assets);
    const auto held = GENERATE(as<std::string>(), "dates", "other dates");
    line.inbox.assets["kz@2026-2"] = core::sign_asset({"kz", "2026-2", held}, line.assets);
    line.answer_feed({line.item(1, kind, signed_by(line.assets)), bureau});
    CHECK(line.inbox.kept.size() == (held == "dates" ? 2u : 1u));
    CHECK(line.uplink.link().alarm == (held == "dates" ? "" : "asset.altered kz 2026-2"));
  }
  SECTION("the same version again, as after a new epoch") {
    line.inbox.assets["kz"] = core::sign_asset({"kz", "2026-2", "dates"}, line.assets);
    line.answer_feed({line.item(1, kind, signed_by(line.assets)), bureau});
    CHECK(line.inbox.kept.size() == 2);
  }
}

TEST_CASE("only the root replaces the keys, and never by an older list", "[sync][uplink]") {
  Line line;
  line.settle_time();
  const auto now = line.clock.now.wall;
  const auto keys = [&](std::string jws) { return line.item(1, "keys", core::Json::Object{{"jws", std::move(jws)}}); };
  const auto old_keys = line.keys_signed_by(line.root, now - 1h);
  const auto other_office = line.keys_signed_by(line.root, now + 1h, "elsewhere.example");
  const auto by_acceptance = line.keys_signed_by(line.acceptance, now + 1h);
  SECTION("an older list") {
    line.answer_feed({keys(old_keys)});
    CHECK(line.inbox.kept.empty());
    CHECK(line.uplink.link().alarm == "keys.older");
  }
  SECTION("another office's list") {
    line.answer_feed({keys(other_office)});
    CHECK(line.inbox.kept.empty());
    CHECK(line.uplink.link().alarm == "keys.forged");
  }
  SECTION("a list signed by the acceptance key") {
    line.answer_feed({keys(by_acceptance)});
    CHECK(line.inbox.kept.empty());
    CHECK(line.inbox.cursor == "1.1");
    CHECK(line.uplink.link().alarm == "keys.forged");
  }
}

TEST_CASE("keys change from one list to the next without a break", "[sync][uplink]") {
  Line line;
  const auto id = line.file();
  line.outbox.items[0].state = core::SendState::sent;
  line.settle_time();
  const auto old_key = line.acceptance;
  line.acceptance = core::new_signing_key(line.random);
  const auto next = line.keys_signed_by(line.root, line.clock.now.wall + 1h);
  const auto under_new_key = line.verdict(id, core::Outcome::accepted);
  const auto behind = line.item(2, "bureau", core::Json::Object{{"bin", "040740001238"}});
  line.acceptance = old_key;
  line.answer_feed({line.item(1, "keys", core::Json::Object{{"jws", next}}), behind});
  CHECK(line.inbox.kept.size() == 2);
  line.settle_feed();
  REQUIRE(line.transport.asked->path == "/v1/records/" + id);
  line.answer(200, sync::encode_verdict_answer(under_new_key));
  CHECK(line.outbox.find(id).state == core::SendState::accepted);
}

TEST_CASE("an answer by a key that is not listed makes the kiosk ask for a newer list, which only the root can make", "[sync][uplink][keys]") {
  Line line;
  const auto id = line.file();
  line.settle_time();
  line.acceptance = core::new_signing_key(line.random);  // the office has rotated
  line.answer(200, line.batch_answer(id, core::Outcome::accepted));
  CHECK(line.outbox.find(id).state == core::SendState::queued);
  REQUIRE(line.transport.asked);
  REQUIRE(line.transport.asked->path == "/v1/keys.json");
  SECTION("the root's newer list") {
    const auto list = line.keys_signed_by(line.root, line.clock.now.wall + 1h);
    line.answer(200, list);
    CHECK(line.inbox.kept.back().member("body").text("jws") == list);
    CHECK(line.inbox.cursor == "0.0");
    REQUIRE(line.transport.asked->path == "/v1/records");
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK(line.outbox.find(id).state == core::SendState::accepted);
  }
  SECTION("another's list, an older one, another office's, or none") {
    const auto body = GENERATE_REF(line.keys_signed_by(line.assets, line.clock.now.wall + 1h), line.keys_signed_by(line.root, line.clock.now.wall - 24h * 300),
                                   line.keys_signed_by(line.root, line.clock.now.wall + 1h, "other.example"), std::string("<html>"));
    line.answer(200, body);
    CHECK(line.inbox.kept.empty());
    CHECK(line.uplink.link().cause == "answer");
    line.clock.pass(sync::backoff_first);
    line.uplink.tick();
    REQUIRE(line.transport.asked->path == "/v1/records");
    line.answer(200, line.batch_answer(id, core::Outcome::accepted));
    CHECK_FALSE(line.transport.asked);  // not asked for again within the minute
    CHECK(line.outbox.find(id).state == core::SendState::queued);
  }
}

TEST_CASE("row 51: three unbelievable answers in a row are an alarm, and one is not", "[sync][uplink][abuse]") {
  Line line;
  KioskLine wire(line);
  const auto id = line.file();
  line.settle_time();
  for (int n = 1; n <= 3; ++n) {
    line.answer(200, "{\"answers\":[{\"id\":\"" + id + "\",\"verdict\":\"a.b.c\"}]}");
    CHECK(line.uplink.link().alarm == (n < 3 ? "" : "answer.forged"));
    CHECK(line.outbox.find(id).state == core::SendState::queued);
    line.clock.pass(sync::backoff_max);
    line.uplink.tick();
    if (line.transport.asked->path.starts_with("/v1/time")) line.settle_time();  // believable, and no excuse
  }
}

TEST_CASE("row 60: a registry that speaks another version stops nothing here: the queue waits", "[sync][uplink][abuse]") {
  Line line;
  KioskLine wire(line);
  const auto id = line.file();
  line.settle_time();
  line.answer(426, "");
  CHECK(line.uplink.link().cause == "upgrade");
  CHECK(line.outbox.find(id).state == core::SendState::queued);
  CHECK(line.uplink.link().next_try);
}

TEST_CASE("a journal that the registry does not know, or knows more of, waits for a person", "[sync][uplink]") {
  Line line;
  const auto id = line.file();
  line.settle_time();
  line.answer(409, core::canonical(sync::to_json(sync::Problem{409, GENERATE("fork", "behind"), "not this journal", {}, {}})));
  CHECK(line.uplink.link().cause == "fork");
  CHECK(line.outbox.find(id).state == core::SendState::queued);
  CHECK(line.uplink.link().next_try);
}

TEST_CASE("a document that cannot be read, or is refused, holds up nothing else", "[sync][uplink]") {
  Line line;
  const auto poisoned = line.file(100);
  const auto healthy = line.file(100);
  for (auto& item : line.outbox.items) item.state = core::SendState::sent;
  line.settle_time();
  line.settle_feed();
  REQUIRE(line.transport.asked->method == "POST");
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  SECTION("its bytes are not what the manifest says") {
    line.answer(422, "");
  }
  SECTION("the disk gives it back damaged") {
    line.answer(409, "", {{"upload-offset", "50"}});
    line.outbox.damaged = true;
    line.answer(200, "", {{"upload-offset", "50"}});
    line.outbox.damaged = false;
  }
  CHECK(line.uplink.link().alarm == "document.damaged " + poisoned);
  line.uplink.tick();
  REQUIRE(line.transport.asked->path == "/v1/uploads");
  const auto& headers = line.transport.asked->headers;
  const auto metadata = std::find_if(headers.begin(), headers.end(), [](const auto& one) { return one.first == "Upload-Metadata"; });
  REQUIRE(metadata != headers.end());
  CHECK(metadata->second == sync::tus::to_metadata({healthy, 0}));
}

TEST_CASE("a journal that the registry refuses is told to the operator, and the feed goes on", "[sync][uplink]") {
  Line line;
  const auto id = line.file();
  line.settle_time();
  const sync::Problem gap{409, "gap", "records before this one are missing", {}, {}};
  line.answer(200, sync::encode(std::vector<sync::BatchAnswer>{{id, {}, gap}}));
  CHECK(line.uplink.link().alarm == "journal.refused gap");
  CHECK(line.outbox.find(id).state == core::SendState::queued);
  line.settle_feed();
  CHECK_FALSE(line.transport.asked);
  SECTION("it is tried again after a while") {
    line.clock.pass(sync::aside_for);
    line.settle_time();
  }
  SECTION("or when the operator says so") {
    line.uplink.try_now();
    line.uplink.tick();
  }
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records");
}

TEST_CASE("a record that the registry has forgotten holds up nothing else", "[sync][uplink]") {
  Line line;
  const std::size_t document_bytes = GENERATE(std::size_t{0}, std::size_t{100});  // asked for its verdict, or for an upload
  const auto forgotten = line.file(document_bytes);
  const auto other = line.file();
  for (auto& item : line.outbox.items) item.state = core::SendState::sent;
  line.settle_time();
  line.settle_feed();
  line.answer(404, "");
  CHECK(line.uplink.link().alarm == "record.unknown " + forgotten);
  line.uplink.tick();
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records/" + other);
}

TEST_CASE("a record that waits for an earlier act of its case is no failure of the line, and is asked for again later", "[sync][uplink]") {
  Line line;
  const auto waiting = line.file();
  const auto other = line.file();
  for (auto& item : line.outbox.items) item.state = core::SendState::sent;
  line.settle_time();
  line.settle_feed();
  REQUIRE(line.transport.asked->path == "/v1/records/" + waiting);
  line.answer(200, sync::encode_verdict_answer(line.verdict(waiting, core::Outcome::received)));
  CHECK(line.uplink.link().online);
  line.uplink.tick();
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/records/" + other);
}

TEST_CASE("an append that is refused again and again backs off instead of spinning", "[sync][uplink]") {
  Line line;
  const auto id = line.file(100);
  line.settle_time();
  line.settle_record(id);
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  line.answer(409, "", {{"upload-offset", "0"}});
  line.answer(200, "", {{"upload-offset", "0"}});
  REQUIRE(line.transport.asked->method == "PATCH");
  line.answer(409, "", {{"upload-offset", "0"}});
  CHECK(line.uplink.link().next_try);
}

TEST_CASE("an empty document is whole as soon as it is created", "[sync][uplink]") {
  Line line;
  const auto id = line.file(1);
  line.outbox.items[0].docs[0].bytes = 0;
  line.settle_time();
  line.settle_record(id);
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  CHECK(line.outbox.find(id).docs[0].sent);
}

TEST_CASE("a paper comes in pieces from where it stopped, and one that is gone or damaged holds up nothing", "[sync][uplink]") {
  Line line;
  const auto first = core::sha256(core::as_bytes("first")), second = core::sha256(core::as_bytes("second"));
  line.inbox.papers = {{first, 10, 4}, {second, 10, 0}};
  line.settle_time();
  line.settle_feed();
  REQUIRE(line.transport.asked->path == "/v1/documents/" + core::to_hex(first));
  SECTION("the rest of it") {
    line.answer(206, "456789", {{"content-range", "bytes 4-9/10"}});
    REQUIRE(line.inbox.papers.size() == 1);
  }
  SECTION("another part than the one asked for is not kept") {
    line.answer(206, "012345", {{"content-range", "bytes 0-5/10"}});
    CHECK(line.inbox.papers[0].have == 4);
    CHECK(line.uplink.link().next_try);
    return;
  }
  SECTION("no longer ours to read") { line.answer(404, ""); }
  SECTION("damaged: the store threw it away") {
    line.inbox.damaged = true;
    line.answer(206, "456789", {{"content-range", "bytes 4-9/10"}});
    CHECK(line.uplink.link().alarm == "paper.damaged " + core::to_hex(first));
  }
  REQUIRE(line.transport.asked);
  CHECK(line.transport.asked->path == "/v1/documents/" + core::to_hex(second));
}

TEST_CASE("the feed is asked for in the middle of a long upload", "[sync][uplink]") {
  Line line;
  const auto id = line.file(3 * sync::upload_chunk_bytes);
  line.settle_time();
  line.settle_record(id);
  line.answer(201, "", {{"location", "/v1/uploads/u1"}});
  line.clock.pass(sync::feed_interval);
  line.answer(204, "", {{"upload-offset", std::to_string(sync::upload_chunk_bytes)}});
  CHECK(line.transport.asked->path.starts_with("/v1/feed"));
}
