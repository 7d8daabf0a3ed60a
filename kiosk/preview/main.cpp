// qabyl-preview: one untrusted document in, page pixels out. Prepares its decoders, closes the door
// behind itself and only then reads the first byte. No keys, no network, no database, no arguments;
// it ends with its document (RELIABILITY, K4; protocol.h).
#include <unistd.h>

#include "kiosk/preview/code_reader.h"
#include "kiosk/preview/document.h"
#include "kiosk/preview/font_shelf.h"
#include "kiosk/preview/sandbox.h"

using namespace qabyl::preview;

namespace {

// False: the kiosk has gone.
bool read_request(Request& request) {
  std::array<std::uint8_t, request_bytes> frame;
  if (!read_whole(frame)) return false;
  const auto decoded = decode_request(frame);
  if (decoded) request = *decoded;
  return decoded.has_value();
}

std::unique_ptr<Document> open_document(Type type, const Bytes& bytes) {
  switch (type) {
    case Type::pdf: return open_pdf(bytes);
    case Type::jpeg: return open_jpeg(bytes);
    case Type::png: return open_png(bytes);
  }
  give_up(Failure::unreadable);
}

bool send_info(const Document& document) {
  Bytes sizes;
  for (const PageSize& size : document.pages()) {
    const auto frame = encode(size);
    sizes.insert(sizes.end(), frame.begin(), frame.end());
  }
  const auto pages = static_cast<std::uint32_t>(document.pages().size());
  return send({.kind = Kind::info, .a = pages, .bytes = static_cast<std::uint32_t>(sizes.size())}) && write_whole(sizes);
}

bool send_page(Document& document, const Request& request) {
  const Picture picture = document.render(static_cast<int>(request.a), static_cast<int>(request.b));
  const Answer answer{.kind = Kind::page, .a = request.a, .b = static_cast<std::uint32_t>(picture.width),
                      .c = static_cast<std::uint32_t>(picture.height), .d = static_cast<std::uint32_t>(picture.dpi),
                      .bytes = static_cast<std::uint32_t>(picture.rgba.size())};
  return send(answer) && write_whole(picture.rgba);
}

bool send_codes(Document& document, const Request& request) {
  const auto texts = codes_on(document.render(static_cast<int>(request.a), static_cast<int>(request.b)));
  Bytes body;
  for (const auto& text : texts) {
    for (int i = 0; i < 4; ++i) body.push_back(static_cast<std::uint8_t>(text.size() >> (8 * i)));
    body.insert(body.end(), text.begin(), text.end());
  }
  return send({.kind = Kind::codes, .a = request.a, .b = static_cast<std::uint32_t>(texts.size()), .bytes = static_cast<std::uint32_t>(body.size())}) && write_whole(body);
}

void serve() {
  Request request;
  if (!read_request(request) || request.verb != Verb::document) return;
  Bytes bytes(request.b);
  if (!read_whole(bytes)) return;
  const auto document = open_document(static_cast<Type>(request.a), bytes);
  if (!send_info(*document)) return;
  while (read_request(request) && request.verb != Verb::document && request.a <= document->pages().size()) {
    if (!(request.verb == Verb::page ? send_page : send_codes)(*document, request)) return;
  }
}

}  // namespace

int main() {
  if (!set_up_fonts()) _exit(2);
  warm_up_pdf();
  (void)seal_shelf();
  const auto layers = close_door(requests_fd, answers_fd);
  if (!layers) _exit(3);
  const auto by = pdf_versions();
  if (send({.kind = Kind::hello, .a = protocol_version, .b = *layers, .c = by.poppler, .d = by.cairo})) serve();
  _exit(0);  // no destructors, no exit handlers: nothing of a library runs after the last answer
}
