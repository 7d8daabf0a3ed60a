// Forms with a file (sync/registry/form_body.h): read in pieces of any size, kept as they came, refused by what the first bytes
// and the length say, and nothing of a refused or abandoned one stays on the disk.
#include "sync/registry/document_type.h"
#include "tests/sync/console_desk.h"

using namespace qabyl;
using namespace qabyl::test;

namespace {

const std::string boundary = "----desk7MA4";
const std::string pdf = "%PDF-1.7\r\n--" + boundary.substr(2) + "\r\n\r\n--almost\r\n" + std::string("\0\xFF\r\n-", 5) + std::string(3'000, 'x');

struct Collected final : reg::FormParts {
  std::string all;
  core::Status field(std::string name, std::string value) override {
    all += "[" + name + "=" + value + "]";
    return core::Done{};
  }
  core::Status file(std::string name, std::string file_name) override {
    all += "<" + name + ":" + file_name + ">";
    return core::Done{};
  }
  core::Status bytes(core::ByteView piece) override {
    all += core::as_text(piece);
    return core::Done{};
  }
};

std::string read(const std::string& body, std::size_t piece) {
  Collected out;
  reg::Multipart parts(boundary, out);
  for (std::size_t at = 0; at < body.size(); at += piece) {
    if (const auto done = parts.write(core::as_bytes(std::string_view(body).substr(at, piece))); !done) return done.error().detail;
  }
  const auto done = parts.finish();
  return done ? out.all : done.error().detail;
}

std::string part(const std::string& head, const std::string& content) { return "--" + boundary + "\r\n" + head + "\r\n\r\n" + content + "\r\n"; }
const std::string end = "--" + boundary + "--\r\n";

struct FormDesk {
  Desk desk;
  sync::Request head;
  FormDesk() { head.set("Content-Type", "multipart/form-data; boundary=\"" + boundary + "\""); }
  reg::SentForm send(const std::string& body, std::size_t piece = 4'096) {
    auto begun = reg::FormBody::begin(*desk.office.registry, head);
    REQUIRE(begun);
    for (std::size_t at = 0; at < body.size(); at += piece) (*begun)->write(core::as_bytes(std::string_view(body).substr(at, piece)));
    return (*begun)->finish();
  }
  std::size_t left() { return core::sys::list_folder(desk.office.folder() + "/uploads", 100)->size(); }
};

}  // namespace

TEST_CASE("a form with a file reads the same in pieces of every size, whatever the file holds", "[sync][console][form]") {
  const auto body = form_with_file(boundary, {{"number", "КБ-1"}, {"empty", ""}}, {"scan", "a%22b.pdf", pdf});
  const auto whole = read(body, body.size());
  CHECK(whole == "[number=КБ-1][empty=]<scan:a\"b.pdf>" + pdf);
  for (std::size_t piece = 1; piece < 200; ++piece) CHECK(read(body, piece) == whole);
  const std::string head = "Content-Disposition: form-data; name=\"a\"\r\nX: ";
  const auto longest = part(head + std::string(reg::part_head_bytes_max - head.size(), 'x'), "1") + end;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, reg::part_head_bytes_max + 4, longest.size()}) CHECK(read(longest, piece) == "[a=1]");
}

TEST_CASE("a form that is cut or made by no browser is refused", "[sync][console][form][abuse]") {
  const auto body = form_with_file(boundary, {{"number", "1"}}, {"scan", "a.pdf", "%PDF-"});
  for (std::size_t cut = 0; cut < body.size() - 3; ++cut) CHECK(read(body.substr(0, cut), 7) == "form.cut");
  const std::string disposition = "Content-Disposition: form-data; name=\"a\"";
  CHECK(read(part(disposition, "1") + end, 7) == "[a=1]");
  CHECK(read("preamble" + part(disposition, "1") + end, 7) == "form.malformed");
  CHECK(read(part("Content-Disposition: form-data", "1") + end, 7) == "form.malformed");
  CHECK(read(part("Content-Disposition: attachment; name=\"a\"", "1") + end, 7) == "form.malformed");
  CHECK(read(part("Content-Type: text/plain", "1") + end, 7) == "form.malformed");
  CHECK(read(part(disposition + "\r\n" + disposition, "1") + end, 7) == "form.malformed");
  CHECK(read(part(disposition + "\r\nContent-Transfer-Encoding: base64", "1") + end, 7) == "form.malformed");
  CHECK(read(part(disposition + "\r\nX: " + std::string(reg::part_head_bytes_max, 'x'), "1") + end, 1'000) == "form.malformed");
  CHECK(read(part(disposition, std::string(reg::field_bytes_max + 1, 'x')) + end, 10'000) == "form.malformed");
  std::string many;
  for (std::size_t i = 0; i <= reg::parts_max; ++i) many += part(disposition, "1");
  CHECK(read(many + end, 1'000) == "form.malformed");
  for (const char* type : {"", "multipart/mixed; boundary=x", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b\"", "multipart/form-data; boundary=\"a"}) {
    INFO(type);
    CHECK_FALSE(reg::form_boundary(type));
  }
  CHECK(*reg::form_boundary("Multipart/Form-Data; charset=utf-8; boundary=abc") == "abc");
  CHECK_FALSE(reg::form_boundary("multipart/form-data; boundary=" + std::string(71, 'b')));
}

TEST_CASE("a file is taken by its first bytes and its length, never by its name", "[sync][console][form][abuse]") {
  FormDesk office;
  const auto problem_of = [&](const std::string& bytes) { return office.send(form_with_file(boundary, {}, {"scan", "a.pdf", bytes}), 65'536).problem; };
  CHECK(problem_of("") == "file.empty");
  CHECK(problem_of("<html>") == "file.type");
  CHECK(problem_of(std::string(2'000, ' ') + "%PDF-") == "file.type");
  CHECK(problem_of("PK\x03\x04") == "file.type");
  CHECK(problem_of("%PDF-" + std::string(reg::form_file_bytes_max - 5, 'x')) == "");
  CHECK(problem_of("%PDF-" + std::string(reg::form_file_bytes_max - 4, 'x')) == "file.too_large");
  CHECK(office.send(form_with_file(boundary, {}, {"scan", "a.pdf", "%PDF-"}).substr(2)).problem == "form.malformed");
  const auto twice = part("Content-Disposition: form-data; name=\"a\"; filename=\"1\"", "%PDF-") + part("Content-Disposition: form-data; name=\"b\"; filename=\"2\"", "%PDF-") + end;
  CHECK(office.send(twice).problem == "file.several");
  const auto none = office.send(form_with_file(boundary, {{"a", "1"}}, {"scan", "", ""}));
  CHECK(none.problem == "");
  CHECK_FALSE(none.file);
  CHECK(none.fields.size() == 1);
  for (const auto& [bytes, type] : {std::pair{std::string("\xFF\xD8\xFF\xE0 %PDF-"), "image/jpeg"}, std::pair{std::string("\x89PNG\r\n\x1A\n"), "image/png"},
                                    std::pair{std::string("II*\0", 4), "image/tiff"}, std::pair{std::string("MM\0*", 4), "image/tiff"}, std::pair{std::string("x%PDF-1.4"), "application/pdf"}}) {
    CHECK(reg::scan_type(core::as_bytes(bytes)) == type);
  }
  CHECK(office.left() == 0);
}

TEST_CASE("a kept file is a document of the office byte by byte; an abandoned one leaves nothing; few come at once", "[sync][console][form]") {
  FormDesk office;
  auto& registry = *office.desk.office.registry;
  auto begun = reg::FormBody::begin(registry, office.head);
  REQUIRE(begun);
  (*begun)->write(core::as_bytes(form_with_file(boundary, {{"a", "1"}}, {"scan", "../../etc/passwd", pdf})));
  const auto& sent = (*begun)->finish();
  REQUIRE(sent.problem == "");
  REQUIRE(sent.file);
  const auto ref = reg::keep_form_file(registry, *sent.file, "licence-scan", office.desk.office.now);
  REQUIRE(ref);
  CHECK(ref->name == "licence-scan.pdf");
  CHECK(ref->bytes == pdf.size());
  const auto kept = registry.read_document(ref->sha256);
  REQUIRE(kept);
  CHECK(core::as_text(*kept) == pdf);
  begun->reset();
  CHECK(office.left() == 0);
  {
    const auto abandoned = *reg::FormBody::begin(registry, office.head);
    abandoned->write(core::as_bytes(form_with_file(boundary, {}, {"scan", "a.pdf", pdf}).substr(0, 900)));
    CHECK(office.left() == 1);
  }
  CHECK(office.left() == 0);
  std::vector<std::unique_ptr<reg::FormBody>> many;
  for (std::size_t i = 0; i < reg::forms_under_way_max; ++i) many.push_back(*reg::FormBody::begin(registry, office.head));
  CHECK(reg::FormBody::begin(registry, office.head).error().detail == "form.busy");
  many.pop_back();
  CHECK(reg::FormBody::begin(registry, office.head));
}

TEST_CASE("what a program left of a form when it ended is gone at the next start", "[sync][console][form]") {
  FormDesk office;
  auto* left = reg::FormBody::begin(*office.desk.office.registry, office.head)->release();
  left->write(core::as_bytes(form_with_file(boundary, {}, {"scan", "a.pdf", pdf}).substr(0, 900)));
  REQUIRE(office.left() == 1);
  const std::string uploads = office.desk.office.folder() + "/uploads/";
  const auto name = core::sys::list_folder(uploads, 10)->front().name;
  std::filesystem::copy(uploads + name, uploads + name + "0");
  delete left;
  REQUIRE(office.left() == 1);
  office.desk.restart();
  CHECK(office.left() == 0);
}

TEST_CASE("nobody but who is signed in may send a form with a file, and not without the page's token", "[sync][console][form][abuse]") {
  Desk desk;
  const SentFile file{"scan", "a.pdf", "%PDF-"};
  const auto stranger = desk.post_form("/licence_enter", {}, file);
  CHECK(stranger.status == 303);
  CHECK(stranger.header("Location") == "/login");
  desk.sign_in("clerk");
  auto head = plain_request("POST", "/licence_enter");
  head.set("Content-Type", "multipart/form-data; boundary=" + boundary);
  head.set("Cookie", "__Host-qabyl=" + desk.cookie);
  std::unique_ptr<reg::FormBody> body;
  (void)desk.console->begin_form(head, desk.office.now, body);
  REQUIRE(body);
  body->write(core::as_bytes(form_with_file(boundary, {{"csrf", "wrong"}}, file)));
  CHECK(desk.console->finish_form(head, body->finish(), desk.office.now).status == 403);
}
