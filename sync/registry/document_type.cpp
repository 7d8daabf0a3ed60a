// Marks at the beginning of files. See document_type.h.
#include "sync/registry/document_type.h"

#include "core/encoding.h"

namespace qabyl::sync::registry {

bool type_differs(core::ByteView head, std::string_view declared) {
  const std::string_view text = core::as_text(head.subspan(0, std::min(head.size(), type_head_bytes)));
  if (declared == "application/pdf") return text.find("%PDF-") == text.npos;  // readers allow a preamble
  if (declared == "image/jpeg") return !text.starts_with("\xFF\xD8\xFF");
  if (declared == "image/png") return !text.starts_with(std::string_view("\x89PNG\r\n\x1A\n", 8));
  return false;
}

}  // namespace qabyl::sync::registry
