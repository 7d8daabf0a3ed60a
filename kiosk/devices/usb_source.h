// The stick that a visitor brings: a port, and its driver over a mounted folder. Everything on it is
// hostile (RELIABILITY, K3): only regular files of the folder itself, no link followed, counts and sizes
// limited, names cleaned before anybody sees them. Knows no cases and judges no content.
//
// Used by the device thread alone. Nothing here waits for ever: a FIFO is opened without waiting and
// refused; a stick that stops answering is the kernel's time-out away from `gone`.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "core/preview/document_sniff.h"
#include "core/sys/files.h"

namespace qabyl::kiosk {

using preview::can_be_shown, preview::DocumentType, preview::media_type, preview::sniff_bytes_max, preview::sniff_document, preview::type_of_media;

inline constexpr std::size_t stick_entries_max = 10'000;  // looked at
inline constexpr std::size_t stick_files_max = 200;       // shown: likely types first, then the newest
inline constexpr std::size_t stick_name_bytes_max = 200;  // of a shown name
inline constexpr std::size_t stick_part_bytes_max = 64 * 1024;
inline constexpr std::uint64_t stick_file_bytes_max = 50U << 20;

struct StickFile {
  std::string name;           // as shown: valid UTF-8, nothing hidden, unique in its listing
  std::uint64_t bytes = 0;
  DocumentType type = DocumentType::other;
};
struct StickListing {
  bool present = false;
  std::vector<StickFile> files;  // by name
  bool more = false;             // there were files that are not in the list
};

// One file being copied off. Its bytes are what they were at open(), or the copy fails.
class StickReader {
 public:
  virtual ~StickReader() = default;
  virtual std::uint64_t bytes() const = 0;
  virtual DocumentType type() const = 0;
  // The next part, at most stick_part_bytes_max; empty at the end. gone: the stick or the file vanished,
  // or the file has changed since open(): throw away what you have.
  virtual core::Result<core::Bytes> next() = 0;
};

class UsbDrive {
 public:
  virtual ~UsbDrive() = default;
  virtual bool present() = 0;
  // Only names that end so, whatever their case; empty: all.
  virtual StickListing list(std::string_view ending = {}) = 0;
  // `name` from the last listing. not_found: it is not there; gone: it is there no longer; forbidden: no
  // regular file any more; invalid_input: empty file; too_large: over stick_file_bytes_max.
  virtual core::Result<std::unique_ptr<StickReader>> open(const std::string& name) = 0;
  // A new file, flushed to the stick before it returns; never overwrites: "receipt.pdf" becomes
  // "receipt (2).pdf". Returns the name given. gone, full, storage (write-protected).
  virtual core::Result<std::string> write_new(const std::string& name, core::ByteView bytes) = 0;
};

// A folder that stands for the stick; absent when the folder is.
class FolderDrive final : public UsbDrive {
 public:
  explicit FolderDrive(std::string folder) : folder_(std::move(folder)) {}
  bool present() override;
  StickListing list(std::string_view ending = {}) override;
  core::Result<std::unique_ptr<StickReader>> open(const std::string& name) override;
  core::Result<std::string> write_new(const std::string& name, core::ByteView bytes) override;
  void forget() { raw_names_.clear(); }  // the visitor goes, and the names on their stick with them

 private:
  std::string folder_;
  std::map<std::string, std::string> raw_names_;  // shown -> bytes in the folder
};

// How a name of unknown bytes is shown: bytes that are no UTF-8 as \xNN, controls, direction marks and
// other hidden characters as \uNNNN, the middle of a long one left out. Never empty.
std::string shown_name(std::string_view raw);

}  // namespace qabyl::kiosk
