// tus metadata of our uploads. See tus.h.
#include "sync/wire/tus.h"

#include "core/encoding.h"
#include "core/record.h"

namespace qabyl::sync::tus {
namespace {

constexpr std::size_t metadata_pairs_max = 16;

core::Result<std::string> decoded(std::string_view base64) {
  QABYL_TRY(bytes, core::from_base64(base64));
  return std::string(core::as_text(bytes));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string to_metadata(const UploadTarget& target) {
  return "record " + core::to_base64(core::as_bytes(target.record)) + ",index " +
         core::to_base64(core::as_bytes(std::to_string(target.index)));
}

core::Result<UploadTarget> parse_metadata(std::string_view metadata) {
  const core::Error bad{core::ErrorCode::invalid_input, "Upload-Metadata"};
  std::string record, index;
  for (std::size_t pairs = 0; !metadata.empty(); ++pairs) {
    if (pairs == metadata_pairs_max) return bad;
    const std::string_view pair = trimmed(metadata.substr(0, metadata.find(',')));
    const std::size_t comma = metadata.find(',');
    metadata.remove_prefix(comma == std::string_view::npos ? metadata.size() : comma + 1);
    const std::size_t blank = pair.find(' ');
    const std::string_view key = pair.substr(0, blank);
    if (key != "record" && key != "index") continue;
    std::string& into = key == "record" ? record : index;
    if (!into.empty() || blank == std::string_view::npos) return bad;
    QABYL_TRY(value, decoded(pair.substr(blank + 1)));
    into = value;
  }
  const auto number = parse_decimal(index);
  if (!core::valid_id(record) || !number || *number >= static_cast<std::int64_t>(core::record_docs_max)) return bad;
  return UploadTarget{record, static_cast<int>(*number)};
}

}  // namespace qabyl::sync::tus
