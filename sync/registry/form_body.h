// A form of the console that brings a file: its fields in memory, the file straight to the disk while it is hashed, opaque
// from the first byte to the last (R6): the registry looks at the first bytes for its type and parses nothing. Three steps
// as an upload of a kiosk has them: begin and keep on the storage thread, write and finish on the connection's own.
#pragma once

#include <atomic>
#include <utility>
#include <vector>

#include "core/crypto.h"
#include "core/record.h"
#include "sync/registry/document_type.h"
#include "sync/registry/multipart.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

inline constexpr std::uint64_t form_file_bytes_max = 50 * 1024 * 1024;
inline constexpr std::size_t forms_under_way_max = 8;     // of the whole office: each may grow to a file

struct FormFile {
  std::string type;                // by its first bytes (document_type.h); "": none that is taken
  std::uint64_t bytes = 0;
  core::Digest sha256{};
  std::string path;                // under the data folder's uploads; FormBody removes it, unless keep_form_file() took it
};

struct SentForm {
  std::vector<std::pair<std::string, std::string>> fields;  // as they came, not yet checked for UTF-8
  std::optional<FormFile> file;
  std::string problem;             // form.malformed, form.cut, file.too_large, file.empty, file.type, file.several, file.storage; "": none
};

class FormBody : private FormParts {
 public:
  // What a file is, by its first type_head_bytes; "": none that this form takes.
  using TypeOf = std::string_view (*)(core::ByteView head);
  // Storage thread. invalid_input form.malformed: no boundary; conflict form.busy: too many are being sent.
  static core::Result<std::unique_ptr<FormBody>> begin(Registry& registry, const Request& head, TypeOf type_of = scan_type);
  ~FormBody() override;
  void write(core::ByteView bytes);            // what is wrong is told by finish(): a form is read to its end
  const SentForm& finish();          // flushes the file. Called once.

 private:
  FormBody(const std::string& boundary, std::string path, std::atomic<int>& under_way, TypeOf type_of);
  core::Status field(std::string name, std::string value) override;
  core::Status file(std::string name, std::string file_name) override;
  core::Status bytes(core::ByteView piece) override;
  void refuse(std::string_view code);          // the first problem stays

  std::atomic<int>& under_way_;
  TypeOf type_of_;
  std::string path_;
  Multipart parts_;
  SentForm sent_;
  core::sys::File out_;
  core::Sha256 hash_;
  core::Bytes head_;                           // the first type_head_bytes
  bool drops_ = false;                         // this file part is not kept: none was chosen, or it is refused
};

// Storage thread, inside the caller's transaction: the file becomes a document of the office, to be named by a record as
// `name` and the ending of its type. What the sender called it is not kept.
core::Result<core::DocumentRef> keep_form_file(Registry& registry, const FormFile& file, std::string_view name, core::Instant now);
// Storage thread, at start: what a program that ended in the middle left.
core::Status remove_left_forms(const std::string& folder);

}  // namespace qabyl::sync::registry
