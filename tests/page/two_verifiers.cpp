// See two_verifiers.h.
#include "tests/page/two_verifiers.h"

#include <cstdio>
#include <cstdlib>

#include "sync/verify/receipt_words.h"
#include "tests/support/catch.h"

namespace qabyl::test {
namespace {

std::string json_of(const sync::verify::ReceiptCheck& check) {
  std::string line = sync::verify::receipt_json(check);
  REQUIRE(line.ends_with('\n'));
  line.pop_back();
  return line;
}

}  // namespace

sync::verify::Trust Asker::trust() const {
  const auto made = sync::verify::make_trust(root, false, keys);
  REQUIRE(made);
  return *made;
}

std::string program_says(std::string_view qr, const Asker& asker) { return json_of(sync::verify::check_receipt_qr(qr, asker.trust())); }
std::string program_says(core::ByteView pdf, const Asker& asker) { return json_of(sync::verify::check_receipt_pdf(pdf, asker.trust())); }

std::vector<std::string> page_says(PageHost& host, const std::vector<std::string>& texts, const Asker& asker) {
  auto said = lines_of(probe(host, "probe.reports(" + js(in_hex(texts)) + ", " + js(asker.root) + ", " + js(asker.keys) + ")"));
  REQUIRE(said.size() == texts.size());
  return said;
}

std::string verdict_of(const std::string& report) {
  const auto json = core::parse_json(report, 1 << 20);
  REQUIRE(json);
  const auto why = json->text("why");
  return json->text("verdict") + (why.empty() ? "" : " " + why);
}

void Tally::add(const std::string& program, const std::string& page, const std::string& about) {
  ++made;
  accepted_by_program += program.find("\"refused\"") == program.npos ? 1 : 0;
  accepted_by_page += page.find("\"refused\"") == page.npos ? 1 : 0;
  signatures += program.find("\"signature\"") == program.npos ? 0 : 1;
  if (program == page) return;
  if (++disagreed <= 5) told += about + "\n  program: " + program + "\n  page:    " + page + "\n";
}

void Tally::check() const {
  INFO(made << " altered\n" << told);
  CHECK(disagreed == 0);
  CHECK(accepted_by_program == 0);
  CHECK(accepted_by_page == 0);
  std::printf("%zu altered: %zu accepted by qabyl-verify, %zu by the page, %zu judged differently\n", made, accepted_by_program, accepted_by_page, disagreed);
}

std::size_t altered_count(std::size_t usual) {
  const char* wanted = std::getenv("QABYL_PAGE_ALTERED");
  return wanted == nullptr ? usual : static_cast<std::size_t>(std::strtoull(wanted, nullptr, 10));
}

std::uint64_t altered_seed(std::uint64_t usual) {
  constexpr std::uint64_t apart = 1'000'000'007;
  const char* wanted = std::getenv("QABYL_PAGE_SEED");
  return wanted == nullptr ? usual : usual + apart * std::strtoull(wanted, nullptr, 10);
}

}  // namespace qabyl::test
