// HTML of the console: escaping, the frame of every page, tables, forms. Server-rendered, no script; text
// comes in escaped only through text(). Knows no case and no store.
#pragma once

#include <string>
#include <vector>

#include "core/texts.h"
#include "sync/registry/office_sessions.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

std::string escaped(std::string_view text);  // & < > " '

class Page {
 public:
  Page(const core::Texts& texts, core::Language language, const Session* session) : texts_(texts), language_(language), session_(session) {}
  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return escaped(texts_.say(language_, id, args)); }
  Page& title(std::string_view already_escaped);
  Page& paragraph(std::string_view already_escaped);
  Page& table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows);  // cells: HTML
  // A form with the CSRF token; `fields` is HTML.
  Page& form(std::string_view action, std::string_view fields, std::string_view button);
  Response response(int status = 200) const;

 private:
  const core::Texts& texts_;
  core::Language language_;
  const Session* session_;
  std::string title_, body_;
};

std::string link(std::string_view href, std::string_view already_escaped);
std::string input(std::string_view name, std::string_view label, std::string_view type = "text", std::string_view value = {});

// Fields of an application/x-www-form-urlencoded body: names and values decoded. At most 64 fields.
std::vector<std::pair<std::string, std::string>> form_fields(std::string_view body);
std::string form_field(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name);
Response redirect(std::string location);

}  // namespace qabyl::sync::registry
