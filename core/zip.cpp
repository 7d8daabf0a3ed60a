// See zip.h. What is read is not searched for: each part must stand where the writer would have put it.
#include "core/zip.h"

#include <algorithm>
#include <array>
#include <limits>

namespace qabyl::core {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50, central_mark = 0x02014b50, end_mark = 0x06054b50;
constexpr std::uint16_t version = 20, names_are_utf8 = 0x0800, stored = 0, no_time = 0, first_day = 0x21;  // 1980-01-01
constexpr std::size_t local_bytes = 30, central_bytes = 46, end_bytes = 22;
constexpr std::uint64_t offset_max = std::numeric_limits<std::uint32_t>::max() - 1;  // all ones would mean ZIP64

constexpr auto crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t c = i;
    for (int bit = 0; bit < 8; ++bit) c = (c >> 1) ^ ((c & 1) != 0 ? 0xEDB88320U : 0U);
    table[i] = c;
  }
  return table;
}();

std::uint32_t crc32(ByteView bytes) {
  std::uint32_t c = 0xFFFFFFFFU;
  for (const std::uint8_t byte : bytes) c = (c >> 8) ^ crc_table[(c ^ byte) & 0xFFU];
  return ~c;
}

void put_number(Bytes& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

std::uint32_t number_at(ByteView file, std::size_t at, int bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < bytes; ++i) value |= static_cast<std::uint32_t>(file[at + static_cast<std::size_t>(i)]) << (8 * i);
  return value;
}

// What local and central header share.
void put_facts(Bytes& out, std::string_view path, std::uint32_t crc, std::uint32_t size) {
  for (const std::uint16_t two : {version, names_are_utf8, stored, no_time, first_day}) put_number(out, two, 2);
  for (const std::uint32_t four : {crc, size, size}) put_number(out, four, 4);
  put_number(out, static_cast<std::uint32_t>(path.size()), 2);
  put_number(out, 0, 2);  // no extra field
}

Bytes local_header(std::string_view path, std::uint32_t crc, std::uint32_t size) {
  Bytes out;
  put_number(out, local_mark, 4);
  put_facts(out, path, crc, size);
  out.insert(out.end(), path.begin(), path.end());
  return out;
}

Bytes central_header(std::string_view path, std::uint32_t crc, std::uint32_t size, std::uint32_t offset) {
  Bytes out;
  put_number(out, central_mark, 4);
  put_number(out, version, 2);  // made by
  put_facts(out, path, crc, size);
  for (int i = 0; i < 3; ++i) put_number(out, 0, 2);  // no comment, disk 0, no internal attributes
  put_number(out, 0, 4);                              // no external attributes
  put_number(out, offset, 4);
  out.insert(out.end(), path.begin(), path.end());
  return out;
}

Bytes end_record(std::size_t files, std::uint64_t central_size, std::uint64_t central_offset) {
  Bytes out;
  put_number(out, end_mark, 4);
  put_number(out, 0, 4);  // disks
  for (int i = 0; i < 2; ++i) put_number(out, static_cast<std::uint32_t>(files), 2);
  put_number(out, static_cast<std::uint32_t>(central_size), 4);
  put_number(out, static_cast<std::uint32_t>(central_offset), 4);
  put_number(out, 0, 2);  // no comment
  return out;
}

Error not_ours() { return {ErrorCode::invalid_input, "not a plain ZIP"}; }

// True: `part` stands at `at`; it is then behind it.
bool passes(ByteView file, std::size_t& at, const Bytes& part) {
  if (at > file.size() || file.size() - at < part.size() || !std::equal(part.begin(), part.end(), file.begin() + static_cast<std::ptrdiff_t>(at))) return false;
  at += part.size();
  return true;
}

struct Stated {  // by a local header
  std::uint32_t crc = 0, size = 0, offset = 0;
};

// The file whose local header stands at `at`.
Result<std::pair<ZipFile, Stated>> local_file(ByteView file, std::size_t& at) {
  if (file.size() - at < local_bytes) return not_ours();
  const auto path_bytes = number_at(file, at + 26, 2);
  const Stated stated{number_at(file, at + 14, 4), number_at(file, at + 18, 4), static_cast<std::uint32_t>(at)};
  if (path_bytes > zip_path_bytes_max || file.size() - at - local_bytes < path_bytes) return not_ours();
  const auto name = file.subspan(at + local_bytes, path_bytes);
  ZipFile found{std::string(name.begin(), name.end()), {}};
  if (!is_zip_path(found.path) || !passes(file, at, local_header(found.path, stated.crc, stated.size))) return not_ours();
  if (file.size() - at < stated.size) return not_ours();
  found.bytes = file.subspan(at, stated.size);
  at += stated.size;
  if (crc32(found.bytes) != stated.crc) return Error{ErrorCode::corrupt, found.path};
  return std::pair{std::move(found), stated};
}

}  // namespace

bool is_zip_path(std::string_view path) {
  if (path.empty() || path.size() > zip_path_bytes_max || path.back() == '/') return false;
  char before = '/';
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!plain && c != '.' && c != '/') return false;
    if (!plain && before == '/') return false;
    before = c;
  }
  return true;
}

Status ZipWriter::put(const Bytes& bytes) {
  offset_ += bytes.size();
  return sink_(bytes);
}

Status ZipWriter::add(std::string_view path, ByteView bytes) {
  QABYL_CHECK(is_zip_path(path));
  const auto same = [&](const Entry& entry) { return entry.path == path; };
  if (std::any_of(entries_.begin(), entries_.end(), same)) return Error{ErrorCode::conflict, std::string(path)};
  const std::uint64_t room = (entries_.size() + 1) * (central_bytes + zip_path_bytes_max) + end_bytes + local_bytes + path.size();
  if (entries_.size() == zip_files_max || offset_ + bytes.size() + room > offset_max) return Error{ErrorCode::too_large, "bundle"};
  const Entry entry{std::string(path), crc32(bytes), static_cast<std::uint32_t>(bytes.size()), static_cast<std::uint32_t>(offset_)};
  QABYL_TRY_DO(put(local_header(entry.path, entry.crc, entry.size)));
  offset_ += bytes.size();
  QABYL_TRY_DO(sink_(bytes));
  entries_.push_back(entry);
  return Done{};
}

Status ZipWriter::finish() {
  const auto begin = offset_;
  for (const Entry& entry : entries_) QABYL_TRY_DO(put(central_header(entry.path, entry.crc, entry.size, entry.offset)));
  return put(end_record(entries_.size(), offset_ - begin, begin));
}

Result<std::vector<ZipFile>> read_zip(ByteView file) {
  if (file.size() > offset_max) return Error{ErrorCode::too_large, "bundle"};
  std::vector<ZipFile> files;
  std::vector<Stated> stated;
  std::size_t at = 0;
  while (file.size() - at >= local_bytes && number_at(file, at, 4) == local_mark) {
    QABYL_TRY(found, local_file(file, at));
    if (files.size() == zip_files_max) return not_ours();
    files.push_back(found.first);
    stated.push_back(found.second);
  }
  const auto central = at;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!passes(file, at, central_header(files[i].path, stated[i].crc, stated[i].size, stated[i].offset))) return not_ours();
  }
  if (!passes(file, at, end_record(files.size(), at - central, central)) || at != file.size()) return not_ours();
  std::vector<std::string_view> paths;
  for (const auto& one : files) paths.push_back(one.path);
  std::sort(paths.begin(), paths.end());
  if (std::adjacent_find(paths.begin(), paths.end()) != paths.end()) return not_ours();
  return files;
}

}  // namespace qabyl::core
