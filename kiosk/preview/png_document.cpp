// PNG by libpng, row by row: memory follows the preview, not the picture. Interlaced ones need the whole
// picture at once and are taken up to page_pixels_max. Text and profile chunks are skipped unread.
#include <png.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kiosk/preview/document.h"

namespace qabyl::preview {
namespace {

constexpr png_uint_32 side_max = 50'000;
constexpr png_alloc_size_t chunk_bytes_max = 8U << 20;

[[noreturn]] void on_error(png_structp, png_const_charp) { give_up(Failure::unreadable); }
void on_warning(png_structp, png_const_charp) {}

struct Decoder {
  png_structp png;
  png_infop info;
  const Bytes& bytes;
  std::size_t at = 0;

  explicit Decoder(const Bytes& source) : bytes(source) {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
    info = png != nullptr ? png_create_info_struct(png) : nullptr;
    if (info == nullptr) give_up(Failure::unreadable);
    png_set_user_limits(png, side_max, side_max);
    png_set_chunk_malloc_max(png, chunk_bytes_max);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, skipped, 4);
    png_set_read_fn(png, this, [](png_structp reader, png_bytep into, png_size_t size) {
      auto* self = static_cast<Decoder*>(png_get_io_ptr(reader));
      if (size > self->bytes.size() - self->at) give_up(Failure::unreadable);
      std::memcpy(into, self->bytes.data() + self->at, size);
      self->at += size;
    });
    check_header();
    png_read_info(png, info);
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { png_destroy_read_struct(&png, &info, nullptr); }

  // The sides stand at a fixed place (PNG, 11.2.2): a bomb is named as one before anything unfolds.
  void check_header() const {
    if (bytes.size() < 33) give_up(Failure::unreadable);
    const auto side = [&](std::size_t from) {
      return std::uint32_t{bytes[from]} << 24 | std::uint32_t{bytes[from + 1]} << 16 | std::uint32_t{bytes[from + 2]} << 8 | bytes[from + 3];
    };
    const std::uint32_t width = side(16), height = side(20);
    if (width == 0 || height == 0) give_up(Failure::unreadable);
    if (width > side_max || height > side_max || std::uint64_t{width} * height > source_pixels_max) give_up(Failure::too_large);
  }

 private:
  static constexpr png_byte skipped[] = "iTXt\0tEXt\0zTXt\0iCCP";
};

void ask_for_rgba(const Decoder& decoder) {
  png_set_expand(decoder.png);
  png_set_scale_16(decoder.png);
  png_set_gray_to_rgb(decoder.png);
  png_set_add_alpha(decoder.png, 0xff, PNG_FILLER_AFTER);
}

class PngDocument final : public Document {
 public:
  explicit PngDocument(const Bytes& bytes) : bytes_(bytes) {
    const Decoder decoder(bytes);
    source_ = {static_cast<int>(png_get_image_width(decoder.png, decoder.info)), static_cast<int>(png_get_image_height(decoder.png, decoder.info))};
    const double named = png_get_x_pixels_per_meter(decoder.png, decoder.info) * 0.0254;
    dpi_ = named >= 72 && named <= 1200 ? named : unnamed_dpi;
    pages_.push_back({static_cast<std::uint32_t>(source_.width * 7200.0 / dpi_), static_cast<std::uint32_t>(source_.height * 7200.0 / dpi_)});
  }

  const std::vector<PageSize>& pages() const override { return pages_; }

  Picture render(int, int width) override {
    Decoder decoder(bytes_);
    ask_for_rgba(decoder);
    const int passes = png_set_interlace_handling(decoder.png);
    png_read_update_info(decoder.png, decoder.info);
    Shrinker shrinker(source_, fit(source_.width, source_.height, std::min(width, source_.width)));
    const std::size_t row_bytes = png_get_rowbytes(decoder.png, decoder.info);
    if (row_bytes != static_cast<std::size_t>(source_.width) * 4) give_up(Failure::unreadable);
    if (passes == 1) {
      Bytes row(row_bytes);
      for (int y = 0; y < source_.height; ++y) {
        png_read_row(decoder.png, row.data(), nullptr);
        shrinker.add_row(row.data());
      }
    } else {
      read_interlaced(decoder, passes, row_bytes, shrinker);
    }
    Picture picture = shrinker.take();
    picture.dpi = static_cast<int>(std::lround(dpi_ * picture.width / source_.width));
    return picture;
  }

 private:
  void read_interlaced(Decoder& decoder, int passes, std::size_t row_bytes, Shrinker& shrinker) const {
    const auto rows = static_cast<std::size_t>(source_.height);
    if (row_bytes * rows > std::size_t{page_pixels_max} * 4) give_up(Failure::too_large);
    Bytes whole(row_bytes * rows);
    for (int pass = 0; pass < passes; ++pass) {
      for (std::size_t y = 0; y < rows; ++y) png_read_row(decoder.png, whole.data() + y * row_bytes, nullptr);
    }
    for (std::size_t y = 0; y < rows; ++y) shrinker.add_row(whole.data() + y * row_bytes);
  }

  const Bytes& bytes_;
  Extent source_;
  double dpi_ = unnamed_dpi;
  std::vector<PageSize> pages_;
};

}  // namespace

std::unique_ptr<Document> open_png(const Bytes& bytes) { return std::make_unique<PngDocument>(bytes); }

}  // namespace qabyl::preview
