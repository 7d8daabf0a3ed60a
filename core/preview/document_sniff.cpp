// Signatures of PDF (ISO 32000, 7.5.2), JPEG (ITU T.81, B.1.1.3), PNG (PNG, 5.2) and ZIP (APPNOTE, 4.3).
#include "core/preview/document_sniff.h"

#include <algorithm>

namespace qabyl::preview {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view pdf_header = "%PDF-", jpeg_start = "\xff\xd8\xff", png_start = "\x89PNG\r\n\x1a\n";
constexpr std::string_view zip_starts[] = {"PK\3\4"sv, "PK\5\6"sv, "PK\7\10"sv};

}  // namespace

DocumentType sniff_document(core::ByteView head) {
  const std::string_view text = core::as_text(head.first(std::min(head.size(), sniff_bytes_max)));
  if (text.starts_with(jpeg_start)) return DocumentType::jpeg;
  if (text.starts_with(png_start)) return DocumentType::png;
  if (std::ranges::any_of(zip_starts, [&](std::string_view start) { return text.starts_with(start); })) return DocumentType::zip;
  return text.find(pdf_header) != text.npos ? DocumentType::pdf : DocumentType::other;
}

bool can_be_shown(DocumentType type) { return type == DocumentType::pdf || type == DocumentType::jpeg || type == DocumentType::png; }

std::string_view to_text(DocumentType type) {
  switch (type) {
    case DocumentType::pdf: return "pdf";
    case DocumentType::jpeg: return "jpeg";
    case DocumentType::png: return "png";
    default: return "other";
  }
}

std::string_view media_type(DocumentType type) {
  switch (type) {
    case DocumentType::pdf: return "application/pdf";
    case DocumentType::jpeg: return "image/jpeg";
    case DocumentType::png: return "image/png";
    default: return "application/octet-stream";
  }
}

DocumentType type_of_media(std::string_view media) {
  for (const auto type : {DocumentType::pdf, DocumentType::jpeg, DocumentType::png}) {
    if (media == media_type(type)) return type;
  }
  return DocumentType::other;
}

}  // namespace qabyl::preview
