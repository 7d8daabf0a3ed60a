// JPEG by libjpeg: decoded at the smallest of its 1/8 ... 8/8 scales that still fills the wanted width,
// then averaged down; turned as Exif says the camera was held. Other metadata (place, time) is not read.
#include <cstdio>
// libjpeg's header needs FILE and size_t before it.
#include <jpeglib.h>

#include <algorithm>
#include <cmath>

#include "kiosk/preview/document.h"

namespace qabyl::preview {
namespace {

constexpr long decoder_bytes_max = 300L << 20;  // progressive pictures are held whole

[[noreturn]] void on_error(j_common_ptr) { give_up(Failure::unreadable); }
void on_message(j_common_ptr, int) {}  // warnings: what can be shown of a damaged picture is shown

struct Decoder {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors{};
  explicit Decoder(const Bytes& bytes) {
    jpeg.err = jpeg_std_error(&errors);
    errors.error_exit = on_error;
    errors.emit_message = on_message;
    jpeg_create_decompress(&jpeg);
    jpeg.mem->max_memory_to_use = decoder_bytes_max;
    jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xffff);
    jpeg_mem_src(&jpeg, bytes.data(), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
  }
  ~Decoder() { jpeg_destroy_decompress(&jpeg); }
};

// Tag 0x0112 of the first directory of an Exif block (TIFF 6.0); 1 for anything else or out of bounds.
int orientation_in(const std::uint8_t* data, std::size_t size) {
  if (size < 14 || !std::equal(data, data + 6, "Exif\0")) return 1;
  const std::uint8_t* tiff = data + 6;
  const std::size_t length = size - 6;
  const bool little = tiff[0] == 'I';
  const auto number = [&](std::size_t at, std::size_t bytes) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | tiff[at + (little ? bytes - 1 - i : i)];
    return value;
  };
  const std::size_t directory = number(4, 4);
  if (directory > length || length - directory < 2) return 1;
  const std::size_t entries = std::min(number(directory, 2), (length - directory - 2) / 12);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (number(entry, 2) == 0x0112) return static_cast<int>(number(entry + 8, 2));
  }
  return 1;
}

int orientation_of(const jpeg_decompress_struct& jpeg) {
  for (auto* marker = jpeg.marker_list; marker != nullptr; marker = marker->next) {
    const int found = orientation_in(marker->data, marker->data_length);
    if (found != 1) return found;
  }
  return 1;
}

double dpi_of(const jpeg_decompress_struct& jpeg) {
  const double named = jpeg.density_unit == 1 ? jpeg.X_density : jpeg.density_unit == 2 ? jpeg.X_density * 2.54 : 0;
  return named >= 72 && named <= 1200 ? named : unnamed_dpi;
}

// One decoded row as RGBA. CMYK is Adobe's: inverted.
void to_rgba(const std::uint8_t* from, int pixels, int components, std::uint8_t* to) {
  for (int x = 0; x < pixels; ++x, from += components, to += 4) {
    for (int i = 0; i < 3; ++i) {
      to[i] = components == 1 ? from[0] : components == 3 ? from[i] : static_cast<std::uint8_t>(from[i] * from[3] / 255);
    }
    to[3] = 255;
  }
}

class JpegDocument final : public Document {
 public:
  explicit JpegDocument(const Bytes& bytes) : bytes_(bytes) {
    const Decoder decoder(bytes);
    source_ = {static_cast<int>(decoder.jpeg.image_width), static_cast<int>(decoder.jpeg.image_height)};
    if (std::uint64_t{decoder.jpeg.image_width} * decoder.jpeg.image_height > source_pixels_max) give_up(Failure::too_large);
    orientation_ = orientation_of(decoder.jpeg);
    dpi_ = dpi_of(decoder.jpeg);
    PageSize size{static_cast<std::uint32_t>(source_.width * 7200.0 / dpi_), static_cast<std::uint32_t>(source_.height * 7200.0 / dpi_)};
    if (lies()) std::swap(size.width, size.height);
    pages_.push_back(size);
  }

  const std::vector<PageSize>& pages() const override { return pages_; }

  Picture render(int, int width) override {
    const double shape = static_cast<double>(source_.height) / source_.width;
    const int wanted = lies() ? static_cast<int>(std::min(width / shape, 1e6)) : width;  // its height becomes the width
    const Extent target = fit(source_.width, source_.height, std::clamp(wanted, 1, source_.width));
    Decoder decoder(bytes_);
    auto& jpeg = decoder.jpeg;
    jpeg.out_color_space = jpeg.num_components == 1   ? JCS_GRAYSCALE
                           : jpeg.num_components == 4 ? JCS_CMYK
                                                      : JCS_RGB;
    jpeg.scale_denom = 8;
    jpeg.scale_num = static_cast<unsigned>(std::clamp(static_cast<int>(std::ceil(8.0 * target.width / source_.width)), 1, 8));
    jpeg_start_decompress(&jpeg);
    const Extent decoded{static_cast<int>(jpeg.output_width), static_cast<int>(jpeg.output_height)};
    Shrinker shrinker(decoded, {std::min(target.width, decoded.width), std::min(target.height, decoded.height)});
    Bytes row(static_cast<std::size_t>(decoded.width) * 4), rgba(row.size());
    while (jpeg.output_scanline < jpeg.output_height) {
      JSAMPROW into = row.data();
      jpeg_read_scanlines(&jpeg, &into, 1);
      to_rgba(row.data(), decoded.width, jpeg.output_components, rgba.data());
      shrinker.add_row(rgba.data());
    }
    Picture picture = shrinker.take();
    picture.dpi = static_cast<int>(std::lround(dpi_ * picture.width / source_.width));
    return turned(std::move(picture), orientation_);
  }

 private:
  bool lies() const { return orientation_ >= 5 && orientation_ <= 8; }

  const Bytes& bytes_;
  Extent source_;
  int orientation_ = 1;
  double dpi_ = unnamed_dpi;
  std::vector<PageSize> pages_;
};

}  // namespace

std::unique_ptr<Document> open_jpeg(const Bytes& bytes) { return std::make_unique<JpegDocument>(bytes); }

}  // namespace qabyl::preview
