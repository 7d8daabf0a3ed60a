// See form_body.h.
#include "sync/registry/form_body.h"

#include "core/encoding.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::string_view left_prefix = "form-";
constexpr std::size_t name_bytes = 16, left_max = 10'000;

std::string_view ending(std::string_view type) {
  if (type == "application/pdf") return ".pdf";
  if (type == "image/jpeg") return ".jpg";
  return type == "image/png" ? ".png" : ".tif";
}

}  // namespace

core::Result<std::unique_ptr<FormBody>> FormBody::begin(Registry& registry, const Request& head, TypeOf type_of) {
  QABYL_TRY(boundary, form_boundary(head.header("Content-Type")));
  if (registry.forms_under_way.load() >= static_cast<int>(forms_under_way_max)) return core::Error{core::ErrorCode::conflict, "form.busy"};
  core::Bytes name(name_bytes);
  registry.random.fill(name);
  const std::string path = registry.documents.upload_path(std::string(left_prefix) + core::to_hex(name));
  return std::unique_ptr<FormBody>(new FormBody(boundary, path, registry.forms_under_way, type_of));
}

FormBody::FormBody(const std::string& boundary, std::string path, std::atomic<int>& under_way, TypeOf type_of)
    : under_way_(under_way), type_of_(type_of), path_(std::move(path)), parts_(boundary, *this) {
  ++under_way_;
}

FormBody::~FormBody() {
  if (out_.open()) (void)core::sys::remove_file(path_);  // taken: it has gone to another name
  --under_way_;
}

void FormBody::write(core::ByteView bytes) {
  if (!sent_.problem.empty()) return;  // what still comes is read and dropped
  if (const auto read = parts_.write(bytes); !read) refuse(read.error().code == core::ErrorCode::invalid_input ? read.error().detail : "file.storage");
}

core::Status FormBody::field(std::string name, std::string value) {
  sent_.fields.emplace_back(std::move(name), std::move(value));
  return core::Done{};
}

core::Status FormBody::file(std::string, std::string file_name) {
  drops_ = file_name.empty();
  if (drops_) return core::Done{};
  if (sent_.file) return core::Error{core::ErrorCode::invalid_input, "file.several"};
  QABYL_TRY(made, core::sys::create_private(path_));
  out_ = std::move(made);
  sent_.file = FormFile{{}, 0, {}, path_};
  return core::Done{};
}

// A file that is refused is read to its end all the same, so that the fields behind it come and can be shown again.
core::Status FormBody::bytes(core::ByteView piece) {
  if (drops_) return core::Done{};
  FormFile& file = *sent_.file;
  if (file.bytes + piece.size() > form_file_bytes_max) {
    drops_ = true;
    file.bytes = form_file_bytes_max + 1;
    return core::Done{};
  }
  QABYL_TRY_DO(core::sys::write_all(out_, piece));
  hash_.update(piece);
  const auto wanted = std::min(piece.size(), type_head_bytes - std::min(head_.size(), type_head_bytes));
  head_.insert(head_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(wanted));
  file.bytes += piece.size();
  return core::Done{};
}

void FormBody::refuse(std::string_view code) {
  if (sent_.problem.empty()) sent_.problem = code;
}

const SentForm& FormBody::finish() {
  if (const auto read = parts_.finish(); !read) refuse("form.cut");
  if (!sent_.file || !sent_.problem.empty()) return sent_;
  FormFile& file = *sent_.file;
  file.sha256 = hash_.finish();
  file.type = std::string(type_of_(head_));
  if (file.bytes > form_file_bytes_max) refuse("file.too_large");
  else if (file.bytes == 0) refuse("file.empty");
  else if (file.type.empty()) refuse("file.type");
  else if (!core::sys::flush(out_)) refuse("file.storage");
  return sent_;
}

core::Result<core::DocumentRef> keep_form_file(Registry& registry, const FormFile& file, std::string_view name, core::Instant now) {
  const core::DocumentRef ref{std::string(name) + std::string(ending(file.type)), file.bytes, file.sha256, file.type};
  QABYL_TRY(known, registry.store.document_folder(file.sha256));
  if (known) return ref;
  const std::string month = DocumentFiles::month_folder(now);
  QABYL_TRY_DO(registry.documents.adopt(file.path, month, file.sha256));
  QABYL_TRY_DO(registry.store.add_document(file.sha256, file.bytes, month, now));
  return ref;
}

core::Status remove_left_forms(const std::string& folder) {
  const std::string uploads = folder + "/uploads/";
  QABYL_TRY(entries, core::sys::list_folder(uploads, left_max));
  for (const auto& entry : entries) {
    if (entry.regular && entry.name.starts_with(left_prefix)) QABYL_TRY_DO(core::sys::remove_file(uploads + entry.name));
  }
  return core::Done{};
}

}  // namespace qabyl::sync::registry
