// Asks qabyl-preview for pages of one document at a time. Feeds it, checks every figure that comes back,
// replaces it when it dies, and keeps the next worker warm. Knows no decoder and trusts no worker.
//
// Used by the device thread alone. A call returns within preview_millis_max, and at most twice that when
// a worker has spent itself on earlier pages and a fresh one is asked again.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/ports.h"
#include "core/result.h"
#include "core/preview/document_sniff.h"
#include "core/preview/preview_process.h"
#include "core/preview/protocol.h"

namespace qabyl::preview {

inline constexpr core::Millis preview_millis_max{10'000};

// Why there is no picture. The words of to_text() are stable: texts and tests go by them.
enum class PreviewProblem {
  none,
  encrypted,       // opens only with a password
  unreadable,      // damaged, unknown, or it brought the worker down
  too_many_pages,  // over pages_max
  too_large,       // over document_bytes_max, or more pixels than can be shown
  timeout,         // more than preview_millis_max, or the worker's CPU seconds
  source,          // the document itself could not be read
  unavailable,     // no worker can be started here: the document may be kept unseen
};
std::string_view to_text(PreviewProblem problem);

struct PageImage {
  int width = 0, height = 0, dpi = 0;
  core::Bytes rgba;        // width * height * 4
  core::Digest pixels{};   // SHA-256 of rgba
};
struct PageLook {
  PreviewProblem problem = PreviewProblem::none;
  PageImage image;         // when there is no problem
};
struct CodesLook {
  PreviewProblem problem = PreviewProblem::none;
  std::vector<std::string> texts;  // of the QR codes that stand on the page, as a stranger wrote them
};
struct DocumentLook {
  PreviewProblem problem = PreviewProblem::none;
  std::vector<PageSize> pages;  // one each, from page 1, in 1/100 point; empty with a problem
  PageImage first;                       // page 1: a document counts as readable only when it can be shown
};

// A document that can be read again, part by part, as long as it is open (a worker may have to be fed
// twice). read(): short only at the end.
struct DocumentSource {
  DocumentType type = DocumentType::other;
  std::uint64_t bytes = 0;
  std::function<core::Result<core::Bytes>(std::uint64_t offset, std::size_t bytes_max)> read;
};
DocumentSource source_of(core::ByteView bytes);  // of bytes that outlive it, type by sniff_document()

class PreviewWorker {
 public:
  PreviewWorker(std::string program, core::Clock& clock) : program_(std::move(program)), clock_(clock) {}

  void warm();   // starts a worker ahead of the next document, unless one waits
  // Ends what is open and opens this: counts its pages and renders the first at `width` pixels.
  DocumentLook open(DocumentSource source, int width);
  // Precondition: the last open() had no problem and close() was not called; page from 1.
  PageLook page(int number, int width);
  // The same for the codes on it, looked for in a picture of that width.
  CodesLook codes(int number, int width);
  void close();  // the worker ends with all it knew of the document

  std::uint32_t layers() const { return layers_; }  // layer bits of the last worker that said hello
  // "qabyl-preview 0.1.0 (poppler 22.12.0, cairo 1.16.0)" of that worker; empty before the first.
  const std::string& renderer() const { return renderer_; }
  pid_t pid() const { return active_ ? active_->pid() : -1; }  // for tests

 private:
  PreviewProblem attach(core::Millis deadline);
  PreviewProblem greet(core::Millis deadline);
  PreviewProblem feed(core::Millis deadline);
  PreviewProblem receive(Answer& answer, core::Millis deadline);
  PreviewProblem ask(const std::function<PreviewProblem(core::Millis)>& once);
  PreviewProblem ask_codes(int number, int width, core::Millis deadline, std::vector<std::string>& texts);
  PreviewProblem ask_page(int number, int width, core::Millis deadline, PageImage& image);
  PreviewProblem lost(PreviewProcess::Io how);
  core::Millis deadline() { return clock_.read().steady + preview_millis_max; }

  std::string program_;
  core::Clock& clock_;
  DocumentSource source_;
  std::optional<PreviewProcess> active_, next_;
  std::vector<PageSize> pages_;
  int served_ = 0;  // pages by the active worker
  std::uint32_t layers_ = 0;
  std::string renderer_;
};

}  // namespace qabyl::preview
