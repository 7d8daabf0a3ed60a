// See event_file.h.
#include "kiosk/shell/event_file.h"

#include "core/encoding.h"

namespace qabyl::kiosk {

core::Status EventFile::open(const std::string& path) {
  auto file = core::sys::exists(path) ? core::sys::open_append(path) : core::sys::create_private(path);
  if (!file) return file.error();
  file_ = *std::move(file);
  return core::Done{};
}

void EventFile::accepted(const core::StoredRecord& stored) {
  if (!file_.open()) return;
  core::Json::Array documents;
  for (const auto& document : stored.record.record.docs) documents.emplace_back(core::to_hex(document.sha256));
  const auto line = core::canonical(core::Json::Object{{"id", stored.record.record.id},
                                                       {"kind", stored.record.record.kind},
                                                       {"number", stored.receipt.number},
                                                       {"check_code", stored.receipt.check_code},
                                                       {"digest", core::to_hex(stored.record.digest)},
                                                       {"documents", std::move(documents)}}) + "\n";
  (void)core::sys::write_all(file_, core::as_bytes(line));
}

}  // namespace qabyl::kiosk
