// See form.h.
#include "sync/registry/console/form.h"

#include <algorithm>

#include "core/text.h"
#include "sync/registry/console/page.h"

namespace qabyl::sync::registry {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string attribute(std::string_view name, std::string_view value) { return " " + std::string(name) + "=\"" + escaped(value) + "\""; }

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') out += ' ';
    else if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else out += text[i];
  }
  return out;
}

Fields::Fields(std::string_view body) {
  while (!body.empty() && fields_.size() < form_fields_max) {
    const auto part = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), part.size() + 1));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    fields_.emplace_back(percent_decoded(part.substr(0, equals)), percent_decoded(part.substr(equals + 1)));
    readable_ = readable_ && core::valid_utf8(fields_.back().second);
  }
}

Fields::Fields(std::vector<std::pair<std::string, std::string>> decoded) : fields_(std::move(decoded)) {
  fields_.resize(std::min(fields_.size(), form_fields_max));
  readable_ = std::all_of(fields_.begin(), fields_.end(), [](const auto& field) { return core::valid_utf8(field.second); });
}

std::string Fields::secret(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (key == name) return value;
  }
  return {};
}

std::string Fields::text(std::string_view name) const {
  const std::string value = secret(name);
  const auto from = value.find_first_not_of(" \t\r\n");
  return from == std::string::npos ? std::string() : value.substr(from, value.find_last_not_of(" \t\r\n") + 1 - from);
}

std::string Fields::paragraph(std::string_view name) const { return core::tidy_spaces(text(name)); }

std::vector<std::string> Fields::texts(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : fields_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

std::vector<std::string> Fields::lines(std::string_view name) const {
  const std::string whole = text(name);
  std::vector<std::string> lines;
  for (std::string_view rest = whole; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (const auto tidy = core::tidy_spaces(line); !tidy.empty()) lines.push_back(tidy);
  }
  return lines;
}

std::string input(std::string_view name, std::string_view label, std::string_view type, std::string_view value, bool required) {
  return "<label>" + std::string(label) + "<input" + attribute("name", name) + attribute("type", type) + attribute("value", value) + (required ? " required" : "") + "></label>";
}

std::string file_input(std::string_view name, std::string_view label, std::string_view hint, std::string_view accept) {
  return "<label>" + std::string(label) + "<small>" + std::string(hint) + "</small><input" + attribute("name", name) + " type=\"file\"" + attribute("accept", accept) + "></label>";
}

std::string text_area(std::string_view name, std::string_view label, std::string_view hint, std::string_view value) {
  const std::string small = hint.empty() ? std::string() : "<small>" + std::string(hint) + "</small>";
  return "<label>" + std::string(label) + small + "<textarea" + attribute("name", name) + ">" + escaped(value) + "</textarea></label>";
}

std::string tick(std::string_view name, std::string_view value, std::string_view label, bool on) {
  return "<label class=\"tick\"><input type=\"checkbox\"" + attribute("name", name) + attribute("value", value) + (on ? " checked" : "") + "><span>" +
         std::string(label) + "</span></label>";
}

std::string select(std::string_view name, std::string_view label, const Options& options, std::string_view chosen) {
  std::string html = "<label>" + std::string(label) + "<select" + attribute("name", name) + ">";
  for (const auto& [value, text] : options) {
    html += "<option" + attribute("value", value) + (value == chosen ? " selected" : "") + ">" + escaped(text) + "</option>";
  }
  return html + "</select></label>";
}

std::string hidden(std::string_view name, std::string_view value) {
  return "<input type=\"hidden\"" + attribute("name", name) + attribute("value", value) + ">";
}

}  // namespace qabyl::sync::registry
