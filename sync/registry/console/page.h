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
std::string percent_encoded(std::string_view text);  // RFC 3986: all but unreserved characters

enum class Look { plain, ok, warn, bad };
enum class Section { none, home, cases, assignments, licences, terms, kiosks };

// What stands around every page. Counts are badges of the rail; 0 shows none.
struct Frame {
  const core::Texts& texts;
  core::Language language = core::Language::kk;
  const Session* session = nullptr;      // nullptr: nobody is signed in
  Section section = Section::none;
  std::string target = "/";              // of this page: the language switch comes back to it
  std::int64_t cases_waiting = 0, assignments_waiting = 0, terms_near = 0, kiosks_silent = 0;
};

// What a page is made of. Arguments named `html` are HTML made here; everything else is escaped here.
class Page {
 public:
  explicit Page(Frame frame) : frame_(std::move(frame)) {}
  std::string say(std::string_view id, const core::TextArgs& args = {}) const { return escaped(frame_.texts.say(frame_.language, id, args)); }
  std::string plain(std::string_view id, const core::TextArgs& args = {}) const { return frame_.texts.say(frame_.language, id, args); }  // unescaped
  const core::Texts& texts() const { return frame_.texts; }
  core::Language language() const { return frame_.language; }
  std::string day(std::string_view iso) const;   // a date in words, unescaped; as it is when it is none
  bool knows(std::string_view id) const { return frame_.texts.has(frame_.language, id); }

  Page& title(std::string_view html, std::string_view sub_html = {});
  Page& crumb(std::string_view href, std::string_view html);
  Page& problem(std::string_view html);                      // focus goes here first: it is an alert
  Page& add(std::string_view html);
  Page& open(std::string_view css_class);                    // a <div>, closed by close()
  Page& close();
  Page& stat(std::int64_t number, std::string_view html, std::string_view small_html, Look look);
  Page& card(std::string_view heading_html, std::string_view html);
  // A form with the CSRF token inside a card; `fields` is HTML, `law` the paragraph that it carries out.
  Page& act(std::string_view action, std::string_view heading_html, std::string_view law_html, std::string_view fields_html, bool brings_file = false);
  Page& pictures() { return head_with("; img-src 'self'", {}); }                     // it shows pictures of ours
  Page& again(int seconds) { return head_with({}, "<meta http-equiv=\"refresh\" content=\"" + std::to_string(seconds) + "\">"); }
  std::string csrf() const;                                  // the hidden field of every form
  Response response(int status = 200) const;

 private:
  std::string navigation() const;
  std::string rail() const;
  Page& head_with(std::string_view policy, std::string_view html);
  Frame frame_;
  std::string title_, body_, policy_, head_;
};

std::string table(const std::vector<std::string>& headings_html, const std::vector<std::vector<std::string>>& rows_html);
std::string facts(const std::vector<std::pair<std::string, std::string>>& rows_html);  // a <dl>
std::string tag(Look look, std::string_view html);
std::string link(std::string_view href, std::string_view html);
std::string button(std::string_view html, std::string_view formaction = {}, std::string_view css_class = {});  // submits its form
Response redirect(std::string location);

}  // namespace qabyl::sync::registry
