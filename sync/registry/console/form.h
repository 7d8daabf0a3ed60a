// Forms of the console: the fields of a body that came in, and the controls that go out. What was typed comes
// back into its control when the office refuses (never a password). Knows no case and no store.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qabyl::sync::registry {

inline constexpr std::size_t form_fields_max = 64;

// Fields of an application/x-www-form-urlencoded body, names and values decoded; at most form_fields_max.
class Fields {
 public:
  Fields() = default;
  explicit Fields(std::string_view body);
  explicit Fields(std::vector<std::pair<std::string, std::string>> decoded);  // of a form with a file
  std::string text(std::string_view name) const;                // of the first field of that name; blanks around it cut
  std::string paragraph(std::string_view name) const;           // the same, each run of blanks and line ends one blank
  std::string secret(std::string_view name) const;              // the same as it was typed
  std::vector<std::string> texts(std::string_view name) const;  // of every field of that name
  std::vector<std::string> lines(std::string_view name) const;  // its lines that are not empty, tidied
  bool ticked(std::string_view name) const { return !text(name).empty(); }
  bool readable() const { return readable_; }                   // false: some value is no UTF-8

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
  bool readable_ = true;
};

std::string percent_decoded(std::string_view text);  // '+' is a blank, as in forms

// --- controls; `label` and `hint` are HTML made here, `name` and `value` are escaped ---
std::string input(std::string_view name, std::string_view label, std::string_view type = "text", std::string_view value = {}, bool required = true);
std::string file_input(std::string_view name, std::string_view label, std::string_view hint, std::string_view accept = ".pdf,.jpg,.jpeg,.png,.tif,.tiff");  // in a form that brings a file
std::string text_area(std::string_view name, std::string_view label, std::string_view hint, std::string_view value = {});
std::string tick(std::string_view name, std::string_view value, std::string_view label, bool on);
using Options = std::vector<std::pair<std::string, std::string>>;  // value, text: both escaped here
std::string select(std::string_view name, std::string_view label, const Options& options, std::string_view chosen);
std::string hidden(std::string_view name, std::string_view value);

}  // namespace qabyl::sync::registry
