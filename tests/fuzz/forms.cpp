// Bodies of the console's forms with a file: however the line cuts them, the same comes out, and the same is wrong with them
// (RELIABILITY 4.5). Only bytes that stand in the body come out.
#include <algorithm>

#include "sync/registry/multipart.h"
#include "tests/fuzz/target.h"

namespace qabyl::fuzz {
namespace {

namespace reg = sync::registry;

const std::string boundary = "b7";

// What came out, in order, and how it ended; pieces of a file follow one another unmarked, for a cut must not show.
struct Heard final : reg::FormParts {
  std::string all;
  std::size_t parts = 0, content = 0;
  core::Status field(std::string name, std::string value) override {
    must(value.size() <= reg::field_bytes_max, "a field is within its limit");
    content += value.size();
    return part("field", name, value);
  }
  core::Status file(std::string name, std::string file_name) override { return part("file", name, file_name); }
  core::Status bytes(core::ByteView piece) override {
    content += piece.size();
    all += core::as_text(piece);
    return core::Done{};
  }

 private:
  core::Status part(const char* kind, const std::string& name, const std::string& value) {
    must(++parts <= reg::parts_max, "the parts of a form are within their limit");
    all += std::string("\n[") + kind + " " + std::to_string(name.size()) + " " + name + "=" + std::to_string(value.size()) + " " + value + "]\n";
    return core::Done{};
  }
};

// `next`: bytes of the piece that begins at this offset.
template <typename Next>
std::string heard(core::ByteView body, Next next) {
  Heard out;
  reg::Multipart parts(boundary, out);
  std::string end;
  for (std::size_t at = 0; at < body.size() && end.empty();) {
    const auto bytes = std::min(body.size() - at, std::max<std::size_t>(next(at), 1));
    if (const auto read = parts.write(body.subspan(at, bytes)); !read) end = read.error().detail;
    at += bytes;
  }
  if (const auto read = end.empty() ? parts.finish() : core::Status(core::Done{}); !read) end = read.error().detail;
  must(out.content <= body.size(), "nothing comes out that did not stand in the body");
  return out.all + "\n" + end;
}

void multipart(core::ByteView bytes) {
  const auto whole = heard(bytes, [&](std::size_t) { return bytes.size(); });
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 1'000U}) must(heard(bytes, [&](std::size_t) { return piece; }) == whole, "a form reads the same in pieces of one size");
  must(heard(bytes, [&](std::size_t at) { return std::size_t{bytes[at]} % 40; }) == whole, "a form reads the same in pieces of many sizes");
  for (std::size_t cut = 1; cut < bytes.size() && bytes.size() <= 400; ++cut) must(heard(bytes, [&](std::size_t at) { return at == 0 ? cut : bytes.size(); }) == whole, "a form reads the same wherever it is cut once");
  const auto read = reg::form_boundary(core::as_text(bytes));
  if (read) must(!read->empty() && read->size() <= 70 && read->find_first_of(" \r\n\"") == std::string::npos, "a boundary is a short token");
}

std::string part(const std::string& head, const std::string& content) { return "--" + boundary + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n"; }

const bool multipart_added = add({"multipart", 12'000, multipart, [] {
  const std::string end = "--" + boundary + "--\r\n", file = part("name=\"scan\"; filename=\"a%22b.pdf\"\r\nContent-Type: application/pdf", "%PDF-\r\n--b\r\n--b7x\r\n\r");
  const std::string padded = "name=\"a\"\r\nX: ";
  const std::string longest(reg::part_head_bytes_max - std::string_view("Content-Disposition: form-data; ").size() - padded.size(), 'x');
  std::vector<core::Bytes> seeds;
  for (const auto& text : {part("name=\"csrf\"", "0123") + part("name=\"empty\"", "") + file + end, part("name=\"a\"; filename=\"\"", "") + end, part(padded + longest, "1") + end,
                           std::string("multipart/form-data; boundary=\"b7\""), part("name=\"a\"", "1")}) {
    seeds.push_back(core::to_bytes(text));
  }
  return seeds;
}});

}  // namespace
}  // namespace qabyl::fuzz
