// See page_comparison.h.
#include "sync/registry/page_comparison.h"

#include <algorithm>
#include <map>
#include <ostream>

#include "core/record.h"
#include "sync/registry/document_files.h"
#include "sync/registry/registry.h"
#include "sync/registry/rows.h"

namespace qabyl::sync::registry {
namespace {

using Drawn = PageCompared::Drawn;
using Kept = PageCompared::Kept;

// The picture is shown by the sandbox too: it came from a kiosk.
Kept compare_kept(const core::PageSeen& seen, const std::map<int, core::Bytes>& pictures, preview::PreviewWorker& worker) {
  const auto kept = pictures.find(seen.page);
  if (kept == pictures.end() || seen.width == 0) return Kept::none;
  const auto look = worker.open(preview::source_of(kept->second), seen.width);
  return look.problem == preview::PreviewProblem::none && look.first.pixels == seen.pixels ? Kept::same : Kept::differs;
}

// Precondition: the paper is open in `worker` with that many pages.
Drawn compare_drawn(const core::PageSeen& seen, std::size_t pages, preview::PreviewWorker& worker) {
  if (seen.width == 0) return Drawn::unknown;
  if (static_cast<std::size_t>(seen.page) > pages) return Drawn::not_drawn;
  const auto look = worker.page(seen.page, seen.width);
  if (look.problem != preview::PreviewProblem::none) return Drawn::not_drawn;
  return look.image.pixels == seen.pixels ? Drawn::same : Drawn::differs;
}

const char* words(Drawn drawn) {
  switch (drawn) {
    case Drawn::same: return "same";
    case Drawn::differs: return "DIFFERS from what was shown";
    case Drawn::not_drawn: return "CANNOT BE SHOWN NOW";
    case Drawn::unknown: return "cannot be compared: the record does not say the size of its picture";
  }
  QABYL_CHECK(false);
  return "";
}

const char* words(Kept kept) {
  switch (kept) {
    case Kept::same: return "the kept picture is the one signed";
    case Kept::differs: return "THE KEPT PICTURE IS NOT THE ONE SIGNED";
    case Kept::none: return "no picture is kept";
  }
  QABYL_CHECK(false);
  return "";
}

core::Result<core::Bytes> stored(core::Database& database, const std::string& folder, const core::Digest& sha256) {
  QABYL_TRY(query, database.prepare("SELECT folder FROM documents WHERE sha256 = ?"));
  query.bind(1, sha256);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "the paper, or its pictures, are not here"};
  QABYL_TRY(bytes, core::sys::read_file(DocumentFiles(folder).path(query.text(0), sha256), core::document_bytes_max));
  if (core::sha256(bytes) != sha256) return core::Error{core::ErrorCode::corrupt, "a stored document is not what its name says"};
  return bytes;
}

core::Result<core::ScreenSignature> signature_of(core::Database& database, const core::Id& record) {
  QABYL_TRY(query, database.prepare("SELECT jws FROM records WHERE id = ?"));
  query.bind(1, record);
  QABYL_TRY(found, query.step());
  if (!found) return core::Error{core::ErrorCode::not_found, "no such record"};
  QABYL_TRY(jws, core::parse_jws(query.text(0)));
  QABYL_TRY(decoded, core::decode_record(core::as_text(jws.payload)));
  const auto signature = core::signature_from_json(decoded.body.member("signature"));
  if (!signature) return core::Error{core::ErrorCode::not_found, "nobody signed this record on a screen"};
  return *signature;
}

}  // namespace

PagesCompared compare_pages(const core::ScreenSignature& signature, core::ByteView paper, core::ByteView pictures, preview::PreviewWorker& worker) {
  PagesCompared compared{{}, signature.renderer, {}};
  const auto kept = pictures.empty() ? core::Result<std::map<int, core::Bytes>>(std::map<int, core::Bytes>()) : core::read_pictures(pictures);
  for (const auto& seen : signature.pages) compared.pages.push_back({seen.page, Drawn::unknown, kept ? compare_kept(seen, *kept, worker) : Kept::differs});
  const auto look = worker.open(preview::source_of(paper), 100);
  compared.now = worker.renderer();
  const auto pages = look.problem == preview::PreviewProblem::none ? look.pages.size() : 0;
  for (std::size_t i = 0; i < compared.pages.size(); ++i) compared.pages[i].drawn = compare_drawn(signature.pages[i], pages, worker);
  return compared;
}

bool all_same(const PagesCompared& compared) {
  return std::all_of(compared.pages.begin(), compared.pages.end(), [](const auto& one) { return one.drawn == Drawn::same && one.kept != Kept::differs; });
}

void print(const PagesCompared& compared, std::ostream& out) {
  for (const auto& one : compared.pages) out << "page " << one.page << ": " << words(one.drawn) << "; " << words(one.kept) << "\n";
  if (compared.then != compared.now) {
    out << "drawn then by " << (compared.then.empty() ? "a program that was not named" : compared.then) << ", now by "
        << (compared.now.empty() ? "nothing: qabyl-preview does not run here" : compared.now) << ": pixels may differ for that alone\n";
  }
  if (compared.pages.empty()) {
    out << "no page was on the screen before this signature\n";
    return;
  }
  if (all_same(compared)) {
    out << "same: every page that was shown\n";
    return;
  }
  out << "not the same: pages";
  for (const auto& one : compared.pages) {
    if (one.drawn != Drawn::same || one.kept == Kept::differs) out << " " << one.page;
  }
  out << "\n";
}

core::Status compare_pages(const std::string& folder, const core::Id& record, const std::string& preview, core::Clock& clock, std::ostream& out) {
  QABYL_TRY(database, core::Database::open(database_path(folder), registry_database(true)));
  QABYL_TRY(signature, signature_of(database, record));
  QABYL_TRY(paper, stored(database, folder, signature.paper));
  core::Bytes pictures;
  if (signature.pictures) {
    QABYL_TRY(file, stored(database, folder, *signature.pictures));
    pictures = std::move(file);
  }
  preview::PreviewWorker worker(preview, clock);
  const auto compared = compare_pages(signature, paper, pictures, worker);
  print(compared, out);
  return all_same(compared) ? core::Status(core::Done{}) : core::Status(core::Error{core::ErrorCode::conflict, "pages differ"});
}

}  // namespace qabyl::sync::registry
