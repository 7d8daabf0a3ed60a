// What a kiosk reads from a registry that may be hostile, what a registry reads from a kiosk, and the files that come by hand:
// read or refused, never half (RELIABILITY 4.5, F4, F11).
#include "core/calendar.h"
#include "core/profile.h"
#include "core/sys/files.h"
#include "sync/wire/feed.h"
#include "sync/wire/messages.h"
#include "sync/wire/problem.h"
#include "tests/fuzz/target.h"
#include "tests/page/taken_receipt.h"
#include "tests/support/places.h"

namespace qabyl::fuzz {
namespace {

std::vector<core::Bytes> texts(const std::vector<std::string>& all) {
  std::vector<core::Bytes> seeds;
  for (const auto& text : all) seeds.push_back(core::to_bytes(text));
  return seeds;
}

std::string asset(const std::string& name) {
  const auto bytes = core::sys::read_file(test::in_source("/assets/") + name, 1024 * 1024);
  must(bool(bytes), "the asset lies in the checkout");
  return std::string(core::as_text(*bytes));
}

void feed(core::ByteView bytes) {
  const auto page = sync::decode_feed_page(core::as_text(bytes));
  if (page) must(bool(sync::decode_feed_page(sync::encode(*page))), "a page of the feed that was read can be written and read again");
  const auto cursor = sync::parse_feed_cursor(core::as_text(bytes));
  if (cursor) must(sync::to_text(*cursor) == core::as_text(bytes), "a place in the feed has one spelling");
}
const bool feed_added = add({"feed", 8192, feed, [] { return texts({"1.17", R"({"items":[],"next":"1.0","more":false})", sync::encode(sync::FeedPage{})}); }});

void messages(core::ByteView bytes) {
  const auto text = core::as_text(bytes);
  const auto batch = sync::decode_batch(text);
  if (batch) must(sync::decode_batch(sync::encode_batch(*batch)) && *sync::decode_batch(sync::encode_batch(*batch)) == *batch, "a batch of records is read as it was written");
  const auto request = sync::decode_enrol_request(text);
  if (request) must(bool(sync::decode_enrol_request(sync::encode(*request))), "an enrolment is read as it was written");
  (void)sync::decode_batch_answers(text);
  (void)sync::decode_consistency(text);
  (void)sync::decode_enrol_answer(text);
  (void)sync::decode_enrolment_file(text);
  sync::Response response;
  response.status = 400;
  response.set("Content-Type", "application/problem+json");
  response.body = text;
  (void)sync::problem_in(response);
}
const bool messages_added = add({"messages", 8192, messages, [] {
  return texts({sync::encode_batch({"one", "two"}), R"({"proof":[]})", R"({"type":"about:blank","title":"x","status":400,"code":"record"})", R"({"answers":[{"id":"019aaf00000070008000000000000001","verdict":"x"}]})"});
}});

void verdict(core::ByteView bytes) {
  static const test::ReceiptScene scene;
  static const std::string good = test::Taken().answer();
  const auto opened = core::open_verdict(core::as_text(bytes), scene.keys, core::Id(std::string(32, 'a')), test::Taken().receipt.record);
  must(!opened || core::as_text(bytes) == good, "no verdict counts but one that the registry signed");
}
const bool verdict_added = add({"verdict", 8192, verdict, [] { return texts({test::Taken().answer()}); }});

void calendar(core::ByteView bytes) {
  const auto read = core::Calendar::parse(core::as_text(bytes));
  if (read) (void)read->version();
}
const bool calendar_added = add({"calendar", 65'536, calendar, [] { return texts({asset("calendar/kz.csv").substr(0, 6'000)}); }});

void profile(core::ByteView bytes) { (void)core::Profile::parse(core::as_text(bytes)); }
const bool profile_added = add({"profile", 65'536, profile, [] { return texts({asset("rules/kz-2004-249.toml"), asset("rules/kz-current.toml")}); }});

}  // namespace
}  // namespace qabyl::fuzz
