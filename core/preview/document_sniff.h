// What a file is by its first bytes, whatever it is called: told before any decoder sees it, and told to
// the decoder, so that both agree. Constant memory; knows no files and parses nothing (RELIABILITY, F8).
#pragma once

#include <string_view>

#include "core/bytes.h"

namespace qabyl::preview {

// No more of a file is looked at.
inline constexpr std::size_t sniff_bytes_max = 1024;

enum class DocumentType { pdf, jpeg, png, zip, other };

// `head`: the first sniff_bytes_max bytes of the file, or all of a shorter one. A PDF's header may stand
// anywhere in them (as readers allow), unless the file already is a picture or an archive.
DocumentType sniff_document(core::ByteView head);

bool can_be_shown(DocumentType type);              // pdf, jpeg, png
std::string_view to_text(DocumentType type);       // pdf, jpeg, png, other (an archive is "other")
std::string_view media_type(DocumentType type);    // application/pdf ... application/octet-stream
// The type of a kept document by its media type; other for one that is not shown.
DocumentType type_of_media(std::string_view media);

}  // namespace qabyl::preview
