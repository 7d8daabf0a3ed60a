// The protocol's client side (core/preview/protocol.h). A worker is believed nothing: frames are decoded
// within their limits, a page may not be wider than was asked, and silence has a deadline.
#include "core/preview/preview_worker.h"

#include <algorithm>
#include <utility>

#include "core/crypto.h"

namespace qabyl::preview {
namespace {

using Io = PreviewProcess::Io;

constexpr std::size_t feed_bytes_max = 256 * 1024;  // of one part
constexpr int greetings_max = 2;                    // a warm worker may have died while it waited

std::uint32_t type_code(DocumentType type) {
  switch (type) {
    case DocumentType::pdf: return static_cast<std::uint32_t>(Type::pdf);
    case DocumentType::jpeg: return static_cast<std::uint32_t>(Type::jpeg);
    case DocumentType::png: return static_cast<std::uint32_t>(Type::png);
    default: return 0;
  }
}

PreviewProblem problem_of(Failure failure) {
  switch (failure) {
    case Failure::encrypted: return PreviewProblem::encrypted;
    case Failure::too_many_pages: return PreviewProblem::too_many_pages;
    case Failure::too_large: return PreviewProblem::too_large;
    default: return PreviewProblem::unreadable;
  }
}

std::string version_text(std::uint32_t code) {
  return std::to_string(code / 10'000) + "." + std::to_string(code / 100 % 100) + "." + std::to_string(code % 100);
}

}  // namespace

std::string_view to_text(PreviewProblem problem) {
  switch (problem) {
    case PreviewProblem::none: return "";
    case PreviewProblem::encrypted: return "encrypted";
    case PreviewProblem::unreadable: return "unreadable";
    case PreviewProblem::too_many_pages: return "too_many_pages";
    case PreviewProblem::too_large: return "too_large";
    case PreviewProblem::timeout: return "timeout";
    case PreviewProblem::source: return "source";
    case PreviewProblem::unavailable: return "unavailable";
  }
  QABYL_CHECK(false);
  return "";
}

DocumentSource source_of(core::ByteView bytes) {
  return {sniff_document(bytes), bytes.size(), [bytes](std::uint64_t offset, std::size_t bytes_max) -> core::Result<core::Bytes> {
            const auto from = static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes.size()));
            const auto part = bytes.subspan(from, std::min(bytes_max, bytes.size() - from));
            return core::Bytes(part.begin(), part.end());
          }};
}

void PreviewWorker::warm() {
  if (!next_) next_ = PreviewProcess::start(program_);
}

void PreviewWorker::close() {
  active_.reset();
  source_ = {};
  pages_.clear();
}

DocumentLook PreviewWorker::open(DocumentSource source, int width) {
  close();
  source_ = std::move(source);
  DocumentLook look;
  const auto by = deadline();
  if (!can_be_shown(source_.type) || source_.bytes == 0) look.problem = PreviewProblem::unreadable;
  else if (source_.bytes > document_bytes_max) look.problem = PreviewProblem::too_large;
  else look.problem = attach(by);
  if (look.problem == PreviewProblem::none) look.problem = ask_page(1, width, by, look.first);
  if (look.problem == PreviewProblem::none) look.pages = pages_;
  else close();
  warm();  // only now: before, it would have taken the processor from this document
  return look;
}

PreviewProblem PreviewWorker::ask(const std::function<PreviewProblem(core::Millis)>& once) {
  const bool tired = active_ && served_ > 0;
  auto problem = active_ ? PreviewProblem::none : attach(deadline());
  if (problem == PreviewProblem::none) problem = once(deadline());
  // The CPU seconds are a worker's, not a page's: one that has shown others gets a successor.
  if (problem != PreviewProblem::none && tired && !active_) {
    const auto by = deadline();
    problem = attach(by);
    if (problem == PreviewProblem::none) problem = once(by);
  }
  return problem;
}

PageLook PreviewWorker::page(int number, int width) {
  QABYL_CHECK(number >= 1 && static_cast<std::size_t>(number) <= pages_.size());
  PageLook look;
  look.problem = ask([&](core::Millis by) { return ask_page(number, width, by, look.image); });
  return look;
}

CodesLook PreviewWorker::codes(int number, int width) {
  QABYL_CHECK(number >= 1 && static_cast<std::size_t>(number) <= pages_.size());
  CodesLook look;
  look.problem = ask([&](core::Millis by) { return ask_codes(number, width, by, look.texts); });
  return look;
}

// The worker is gone or no longer to be trusted.
PreviewProblem PreviewWorker::lost(Io how) {
  const auto end = active_->finish();
  active_.reset();
  if (how == Io::late || end == PreviewProcess::End::cpu_time) return PreviewProblem::timeout;
  return PreviewProblem::unreadable;
}

PreviewProblem PreviewWorker::receive(Answer& answer, core::Millis deadline) {
  std::array<std::uint8_t, answer_bytes> frame;
  if (const auto io = active_->receive(frame, clock_, deadline); io != Io::done) return lost(io);
  const auto decoded = decode_answer(frame);
  if (!decoded) return lost(Io::closed);
  answer = *decoded;
  if (answer.kind != Kind::failed) return PreviewProblem::none;
  (void)lost(Io::closed);  // it has said why and ends
  return problem_of(answer.failure);
}

PreviewProblem PreviewWorker::greet(core::Millis deadline) {
  Answer hello;
  for (int i = 0; i < greetings_max; ++i) {
    active_ = next_ ? std::exchange(next_, std::nullopt) : PreviewProcess::start(program_);
    if (!active_) return PreviewProblem::unavailable;
    const auto problem = receive(hello, deadline);
    if (problem == PreviewProblem::timeout) return problem;
    if (problem == PreviewProblem::none && hello.kind == Kind::hello) {
      layers_ = hello.b;
      renderer_ = "qabyl-preview " QABYL_VERSION " (poppler " + version_text(hello.c) + ", cairo " + version_text(hello.d) + ")";
      return PreviewProblem::none;
    }
    active_.reset();
  }
  return PreviewProblem::unavailable;
}

PreviewProblem PreviewWorker::feed(core::Millis deadline) {
  const Request request{Verb::document, type_code(source_.type), static_cast<std::uint32_t>(source_.bytes)};
  if (const auto io = active_->send(encode(request), clock_, deadline); io != Io::done) return lost(io);
  for (std::uint64_t offset = 0; offset < source_.bytes;) {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(feed_bytes_max, source_.bytes - offset));
    const auto part = source_.read(offset, wanted);
    if (!part || part->empty() || part->size() > wanted) {
      active_.reset();
      return PreviewProblem::source;
    }
    if (const auto io = active_->send(*part, clock_, deadline); io != Io::done) return lost(io);
    offset += part->size();
  }
  return PreviewProblem::none;
}

// A worker that has read the document and counted its pages stands in active_ afterwards.
PreviewProblem PreviewWorker::attach(core::Millis deadline) {
  if (const auto problem = greet(deadline); problem != PreviewProblem::none) return problem;
  served_ = 0;
  if (const auto problem = feed(deadline); problem != PreviewProblem::none) return problem;
  Answer info;
  if (const auto problem = receive(info, deadline); problem != PreviewProblem::none) return problem;
  if (info.kind != Kind::info) return lost(Io::closed);
  core::Bytes sizes(info.bytes);
  if (const auto io = active_->receive(sizes, clock_, deadline); io != Io::done) return lost(io);
  std::vector<PageSize> pages;
  for (std::size_t at = 0; at < sizes.size(); at += page_size_bytes) {
    pages.push_back(decode_page_size(std::span<const std::uint8_t>(sizes).subspan(at).first<page_size_bytes>()));
  }
  // The same document cannot have more or fewer pages in a second worker.
  if (!pages_.empty() && pages.size() != pages_.size()) return lost(Io::closed);
  pages_ = std::move(pages);
  return PreviewProblem::none;
}

PreviewProblem PreviewWorker::ask_page(int number, int width, core::Millis deadline, PageImage& image) {
  const auto asked = static_cast<std::uint32_t>(std::clamp(width, 1, static_cast<int>(page_side_max)));
  const Request request{Verb::page, static_cast<std::uint32_t>(number), asked};
  if (const auto io = active_->send(encode(request), clock_, deadline); io != Io::done) return lost(io);
  Answer answer;
  if (const auto problem = receive(answer, deadline); problem != PreviewProblem::none) return problem;
  const bool as_asked = answer.kind == Kind::page && answer.a == request.a && answer.b <= asked;
  if (!as_asked || answer.d > 100'000) return lost(Io::closed);
  image.rgba.resize(answer.bytes);
  if (const auto io = active_->receive(image.rgba, clock_, deadline); io != Io::done) {
    image = {};
    return lost(io);
  }
  image.width = static_cast<int>(answer.b);
  image.height = static_cast<int>(answer.c);
  image.dpi = static_cast<int>(answer.d);
  image.pixels = core::sha256(image.rgba);
  ++served_;
  return PreviewProblem::none;
}

PreviewProblem PreviewWorker::ask_codes(int number, int width, core::Millis deadline, std::vector<std::string>& texts) {
  const Request request{Verb::codes, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(std::clamp(width, 1, static_cast<int>(page_side_max)))};
  if (const auto io = active_->send(encode(request), clock_, deadline); io != Io::done) return lost(io);
  Answer answer;
  if (const auto problem = receive(answer, deadline); problem != PreviewProblem::none) return problem;
  if (answer.kind != Kind::codes || answer.a != request.a) return lost(Io::closed);
  core::Bytes body(answer.bytes);
  if (const auto io = active_->receive(body, clock_, deadline); io != Io::done) return lost(io);
  texts.clear();
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < answer.b; ++i) {
    if (body.size() - at < 4) return lost(Io::closed);
    const std::size_t size = detail::get(&body[at]);
    at += 4;
    if (size > code_bytes_max || body.size() - at < size) return lost(Io::closed);
    texts.emplace_back(body.begin() + static_cast<std::ptrdiff_t>(at), body.begin() + static_cast<std::ptrdiff_t>(at + size));
    at += size;
  }
  if (at != body.size()) return lost(Io::closed);
  ++served_;
  return PreviewProblem::none;
}

}  // namespace qabyl::preview
