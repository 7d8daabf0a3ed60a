// Reads a body of multipart/form-data (RFC 7578) piece by piece, as a browser sends it for a form with a file. What is inside
// a file is never looked at. Knows no disk and no HTTP server.
#pragma once

#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::sync::registry {

inline constexpr std::size_t part_head_bytes_max = 4 * 1024;
inline constexpr std::size_t field_bytes_max = 256 * 1024;  // of one field that is no file
inline constexpr std::size_t parts_max = 65;

class FormParts {                  // what comes out, in the order of the body; an error ends the reading
 public:
  virtual ~FormParts() = default;
  virtual core::Status field(std::string name, std::string value) = 0;
  virtual core::Status file(std::string name, std::string file_name) = 0;  // one begins; "" as file_name: none was chosen
  virtual core::Status bytes(core::ByteView piece) = 0;                    // of the file that began last
};

// The boundary in a Content-Type. invalid_input when there is none, or it is no token or quoted string of 1-70 characters.
core::Result<std::string> form_boundary(std::string_view content_type);

class Multipart {
 public:
  Multipart(std::string_view boundary, FormParts& parts) : delimiter_("\r\n--" + std::string(boundary)), parts_(parts) {}
  core::Status write(core::ByteView bytes);  // invalid_input form.malformed; what `parts` said. Not to be called again then.
  core::Status finish();                     // invalid_input form.cut: the end of the body did not come

 private:
  enum class State { after_delimiter, head, field, file, over };
  core::Result<bool> step();                 // false: more bytes are needed
  core::Result<bool> after_delimiter();
  core::Result<bool> head();
  core::Result<bool> content();
  core::Status begin_part(std::string_view head);
  core::Status give(std::string_view piece);

  std::string delimiter_;
  FormParts& parts_;
  State state_ = State::field;
  std::string rest_ = "\r\n";                // before the first delimiter a line end is understood
  std::string name_, value_;                 // of the field that is being read
  std::size_t parts_seen_ = 0;
};

}  // namespace qabyl::sync::registry
