// See device_desk.h. A file is copied off the stick first, then judged by the copy (RELIABILITY, K3).
#include "kiosk/shell/device_desk.h"

#include "core/preview/picture_file.h"

namespace qabyl::kiosk {
namespace {

constexpr int first_look_width = 220;

// Words of reply::FileRefused::why.
std::string refusal(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::invalid_input: return "empty";
    case core::ErrorCode::too_large: return "too_large";
    case core::ErrorCode::full: return "full";
    case core::ErrorCode::not_found:
    case core::ErrorCode::gone: return "gone";
    case core::ErrorCode::forbidden: return "unreadable";
    default: return "storage";
  }
}

// What is said of a file that was taken: never a reason to refuse it, but for its number of pages.
std::string problem_of(PreviewProblem problem, DocumentType type) {
  if (!can_be_shown(type)) return "type_differs";
  switch (problem) {
    case PreviewProblem::none:
    case PreviewProblem::unavailable: return "";
    case PreviewProblem::encrypted: return "encrypted";
    default: return "unreadable";
  }
}

}  // namespace

DeviceDesk::DeviceDesk(DeviceDeskParts parts)
    : parts_(std::move(parts)),
      stick_(parts_.usb),
      courier_({stick_, parts_.storage, parts_.desk, parts_.clock, parts_.courier, parts_.tell}),
      preview_(parts_.preview, parts_.clock) {
  preview_.warm();
}

bool DeviceDesk::concerns(const Effect& effect) {
  return std::holds_alternative<effect::ListSource>(effect) || std::holds_alternative<effect::AddFile>(effect) ||
         std::holds_alternative<effect::SaveReceipt>(effect) || std::holds_alternative<effect::WipeScreen>(effect) || CourierDesk::concerns(effect);
}

void DeviceDesk::carry_out(const Effect& effect) {
  if (std::holds_alternative<effect::ListSource>(effect)) return list();
  if (const auto* adding = std::get_if<effect::AddFile>(&effect)) return add(*adding);
  if (const auto* saving = std::get_if<effect::SaveReceipt>(&effect)) return save_receipt(*saving);
  if (CourierDesk::concerns(effect)) return courier_.carry_out(effect);
  if (!std::holds_alternative<effect::WipeScreen>(effect)) return;
  close_document();
  stick_.forget();
  (void)parts_.storage.call([&] { return parts_.desk.shown_pages().wipe(); });
}

void DeviceDesk::list() {
  auto listing = stick_.list();
  reply::SourceListed listed;
  listed.present = listing.present;
  listed.more = listing.more;
  for (auto& file : listing.files) listed.files.push_back({std::move(file.name), file.bytes, std::string(to_text(file.type))});
  parts_.tell(std::move(listed));
}

core::Status DeviceDesk::copy(StickReader& reader, core::KioskStore::BlobWriter& writer) {
  for (;;) {
    if (cancelled_) return core::Error{core::ErrorCode::wrong_state, "cancelled"};
    QABYL_TRY(part, reader.next());
    if (part.empty()) return core::Done{};
    QABYL_TRY_DO(writer.write(part));
  }
}

void DeviceDesk::add(const effect::AddFile& effect) {
  cancelled_ = false;
  const auto refuse = [&](std::string why) {
    if (why == "gone" && stick_.present()) why = "changed";  // the file went or was written to; the stick is still in
    parts_.tell(reply::FileRefused{effect.item, effect.name, std::move(why)});
  };
  auto reader = stick_.open(effect.name);
  if (!reader) return refuse(refusal(reader.error()));
  auto writer = parts_.storage.call([&] { return parts_.desk.store().begin_document(); });
  if (!writer) return refuse(refusal(writer.error()));
  if (const auto copied = copy(**reader, **writer); !copied) return refuse(cancelled_ ? "cancelled" : refusal(copied.error()));
  const auto type = (*reader)->type();
  const auto kept = parts_.storage.call([&] {
    return parts_.desk.store().keep_document(*std::move(writer), effect.draft, effect.name, media_type(type));
  });
  if (!kept) return refuse(refusal(kept.error()));

  core::DraftFile file;
  file.ref = *kept;
  file.source = "usb";
  PreviewProblem problem = PreviewProblem::none;
  if (can_be_shown(type)) {
    parts_.tell(reply::AddProgress{effect.item, 0, 0});
    close_document();
    const auto look = preview_.open(stored_source(kept->sha256, type, kept->bytes), first_look_width);
    problem = look.problem;
    file.pages = static_cast<int>(look.pages.size());
    shown_ = kept->sha256;
    shown_problem_ = problem;
    shown_type_ = type;
    if (problem == PreviewProblem::none) first_ = look.first;
  }
  if (problem == PreviewProblem::too_many_pages) return refuse("too_many_pages");
  file.problem = problem_of(problem, type);
  parts_.tell(reply::AddProgress{effect.item, file.pages, file.pages});
  parts_.tell(reply::FileAdded{effect.item, file});
}

DocumentSource DeviceDesk::stored_source(const core::Digest& digest, DocumentType type, std::uint64_t bytes) {
  return {type, bytes, [this, digest](std::uint64_t offset, std::size_t bytes_max) {
            return parts_.storage.call([&] { return parts_.desk.store().read_document(digest, offset, bytes_max); });
          }};
}

// Papers come whole from the storage desk, which alone can unseal them; they are held no longer than shown.
bool DeviceDesk::open_document(const core::Digest& digest, int width) {
  if (shown_ == digest) return shown_problem_ == PreviewProblem::none;
  close_document();
  auto bytes = parts_.storage.call([&] { return parts_.desk.document(digest); });
  shown_ = digest;
  shown_problem_ = PreviewProblem::source;
  if (!bytes) return false;
  held_ = *std::move(bytes);
  auto source = source_of(held_);
  shown_type_ = source.type;
  const auto look = preview_.open(std::move(source), width);
  shown_problem_ = look.problem;
  if (look.problem == PreviewProblem::none) first_ = look.first;
  return look.problem == PreviewProblem::none;
}

void DeviceDesk::close_document() {
  preview_.close();
  core::wipe(held_);
  if (first_) core::wipe(first_->rgba);
  first_.reset();
  shown_.reset();
  preview_.warm();
}

void DeviceDesk::make_page(const PageWant& want) {
  PageMade made{want, false, 0, 0, 0, {}, {}, {}};
  if (open_document(want.document, want.width)) {
    std::optional<PageImage> image;
    if (want.page == 1 && first_ && first_->width == want.width) image = *first_;
    if (!image) {
      auto look = preview_.page(want.page, want.width);
      if (look.problem == PreviewProblem::none) image = std::move(look.image);
    }
    if (image) {
      if (want.wide) keep_picture(*image);  // before it can be seen, and so before it can be signed
      made.made = true;
      made.width = image->width;
      made.height = image->height;
      made.dpi = image->dpi;
      made.rgba = std::move(image->rgba);
      made.pixels = image->pixels;
      made.renderer = preview_.renderer();
    }
  }
  parts_.made(std::move(made));
}

// What a person may sign on stays at hand until the session ends.
void DeviceDesk::keep_picture(const PageImage& image) {
  if (shown_type_ != DocumentType::pdf) return;
  auto png = preview::png_of(image.width, image.height, image.rgba);
  if (png) (void)parts_.storage.call([&] { return parts_.desk.shown_pages().put(image.pixels, *std::move(png)); });
}

void DeviceDesk::save_receipt(const effect::SaveReceipt& effect) {
  const auto pdf = parts_.storage.call([&] { return parts_.desk.receipt_pdf(effect.record, effect.language); });
  if (!pdf) return parts_.tell(reply::ReceiptSaved{false, "storage"});
  const auto written = stick_.write_new("qabyl-receipt.pdf", *pdf);
  parts_.tell(written ? reply::ReceiptSaved{true, {}} : reply::ReceiptSaved{false, refusal(written.error())});
}

}  // namespace qabyl::kiosk
