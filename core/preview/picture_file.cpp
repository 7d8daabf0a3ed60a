// libpng's simplified writer. See picture_file.h.
#include "core/preview/picture_file.h"

#include <png.h>

namespace qabyl::preview {
namespace {

png_image image_of(int width, int height, core::ByteView rgba) {
  QABYL_CHECK(rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  image.flags = PNG_IMAGE_FLAG_FAST;
  return image;
}

}  // namespace

core::Result<core::Bytes> png_of(int width, int height, core::ByteView rgba) {
  auto image = image_of(width, height, rgba);
  png_alloc_size_t bytes = PNG_IMAGE_PNG_SIZE_MAX(image);
  core::Bytes png(bytes);
  if (png_image_write_to_memory(&image, png.data(), &bytes, 0, rgba.data(), 0, nullptr) == 0) {
    return core::Error{core::ErrorCode::too_large, image.message};
  }
  png.resize(bytes);
  png.shrink_to_fit();
  return png;
}

core::Status write_png(const std::string& path, int width, int height, core::ByteView rgba) {
  auto image = image_of(width, height, rgba);
  if (png_image_write_to_file(&image, path.c_str(), 0, rgba.data(), 0, nullptr) == 0) {
    return core::Error{core::ErrorCode::storage, image.message};
  }
  return core::Done{};
}

}  // namespace qabyl::preview
