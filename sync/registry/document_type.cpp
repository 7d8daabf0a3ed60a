// Marks at the beginning of files. See document_type.h.
#include "sync/registry/document_type.h"

#include <algorithm>

#include "core/encoding.h"
#include "sync/wire/courier.h"

namespace qabyl::sync::registry {

namespace {

std::string_view begins(core::ByteView head) { return core::as_text(head.subspan(0, std::min(head.size(), type_head_bytes))); }
bool is_pdf(std::string_view text) { return text.find("%PDF-") != text.npos; }  // readers allow a preamble
bool is_jpeg(std::string_view text) { return text.starts_with("\xFF\xD8\xFF"); }
bool is_png(std::string_view text) { return text.starts_with(std::string_view("\x89PNG\r\n\x1A\n", 8)); }
bool is_tiff(std::string_view text) { return text.starts_with(std::string_view("II*\0", 4)) || text.starts_with(std::string_view("MM\0*", 4)); }

}  // namespace

bool type_differs(core::ByteView head, std::string_view declared) {
  const auto text = begins(head);
  if (declared == "application/pdf") return !is_pdf(text);
  if (declared == "image/jpeg") return !is_jpeg(text);
  return declared == "image/png" && !is_png(text);
}

std::string_view scan_type(core::ByteView head) {
  const auto text = begins(head);
  if (is_jpeg(text)) return "image/jpeg";
  if (is_png(text)) return "image/png";
  if (is_tiff(text)) return "image/tiff";
  return is_pdf(text) ? "application/pdf" : "";
}

std::string_view courier_type(core::ByteView head) { return begins(head).starts_with(courier_first_line) ? "application/x-qabyl-courier" : ""; }

}  // namespace qabyl::sync::registry
