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

enum class Look { plain, ok, warn, bad };
enum class Section { none, home, cases, kiosks };

// What a page is made of. Arguments named `html` are HTML made here; everything else is escaped here.
class Page {
 public:
  Page(const core::Texts& texts, core::Language language, const Session* session, Section section = Section::none)
      : texts_(texts), language_(language), session_(session), section_(section) {}
  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return escaped(texts_.say(language_, id, args)); }

  Page& title(std::string_view html, std::string_view sub_html = {});
  Page& crumb(std::string_view href, std::string_view html);
  Page& problem(std::string_view html);                      // focus goes here first: it is an alert
  Page& add(std::string_view html);
  Page& open(std::string_view css_class);                    // a <div>, closed by close()
  Page& close();
  Page& stat(std::int64_t number, std::string_view html, std::string_view small_html, Look look);
  Page& card(std::string_view heading_html, std::string_view html);
  // A form with the CSRF token inside a card; `fields` is HTML, `law` the paragraph that it carries out.
  Page& act(std::string_view action, std::string_view heading_html, std::string_view law_html, std::string_view fields_html);
  Response response(int status = 200) const;

 private:
  std::string navigation() const;
  const core::Texts& texts_;
  core::Language language_;
  const Session* session_;
  Section section_;
  std::string title_, body_;
};

std::string table(const std::vector<std::string>& headings_html, const std::vector<std::vector<std::string>>& rows_html);
std::string facts(const std::vector<std::pair<std::string, std::string>>& rows_html);  // a <dl>
std::string tag(Look look, std::string_view html);
std::string link(std::string_view href, std::string_view html);
std::string input(std::string_view name, std::string_view label_html, std::string_view type = "text", std::string_view value = {});
std::string text_area(std::string_view name, std::string_view label_html, std::string_view hint_html);

// Fields of an application/x-www-form-urlencoded body: names and values decoded. At most 64 fields.
std::vector<std::pair<std::string, std::string>> form_fields(std::string_view body);
std::string form_field(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name);
Response redirect(std::string location);

}  // namespace qabyl::sync::registry
