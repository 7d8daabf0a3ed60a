// See page.h. The style stands in the page itself, allowed by its hash-free 'unsafe-inline' for styles
// alone: scripts are forbidden altogether by the content security policy.
#include "sync/registry/console/page.h"

#include "sync/registry/console/style.h"
#include "sync/registry/powers.h"

namespace qabyl::sync::registry {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    const auto byte = static_cast<unsigned char>(c);
    if (plain) out += c;
    else out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string Page::day(std::string_view iso) const {
  const auto date = core::parse_iso_date(iso);
  return date ? core::format_date(frame_.texts, frame_.language, *date) : std::string(iso);
}

Page& Page::title(std::string_view html, std::string_view sub_html) {
  title_ = html;
  body_ += "<h1>" + std::string(html) + "</h1>";
  body_ += sub_html.empty() ? "" : "<p class=\"sub\">" + std::string(sub_html) + "</p>";
  return *this;
}

Page& Page::crumb(std::string_view href, std::string_view html) { return add("<p class=\"crumb\">" + link(href, html) + "</p>"); }

Page& Page::problem(std::string_view html) { return add("<p class=\"problem\" role=\"alert\">" + std::string(html) + "</p>"); }

Page& Page::add(std::string_view html) {
  body_ += html;
  return *this;
}

Page& Page::open(std::string_view css_class) { return add("<div class=\"" + std::string(css_class) + "\">"); }

Page& Page::close() { return add("</div>"); }

Page& Page::stat(std::int64_t number, std::string_view html, std::string_view small_html, Look look) {
  const char* colour = look == Look::bad ? " bad" : look == Look::warn ? " warn" : "";
  return add("<div class=\"stat" + std::string(colour) + "\"><b>" + std::to_string(number) + "</b><span>" + std::string(html) + "</span><small>" +
             std::string(small_html) + "</small></div>");
}

Page& Page::card(std::string_view heading_html, std::string_view html) {
  return add("<section class=\"card\"><h2>" + std::string(heading_html) + "</h2>" + std::string(html) + "</section>");
}

Page& Page::act(std::string_view action, std::string_view heading_html, std::string_view law_html, std::string_view fields_html, bool brings_file) {
  const std::string law = law_html.empty() ? std::string() : "<p class=\"law\">" + std::string(law_html) + "</p>";
  return card(heading_html, law + "<form method=\"post\" action=\"" + escaped(action) + "\"" + (brings_file ? " enctype=\"multipart/form-data\">" : ">") + std::string(fields_html) + csrf() +
                                button(heading_html) + "</form>");
}

std::string Page::csrf() const {
  return frame_.session != nullptr ? "<input type=\"hidden\" name=\"csrf\" value=\"" + frame_.session->csrf + "\">" : std::string();
}

// The entries that this officer can use; a number where something waits.
std::string Page::rail() const {
  const auto entry = [&](std::string_view href, std::string_view icon, std::string_view id, Section section, std::int64_t waiting) {
    return "<a href=\"" + std::string(href) + "\"" + (section == frame_.section ? " aria-current=\"page\"" : "") + ">" + std::string(icon) + say(id) +
           (waiting > 0 ? "<i>" + std::to_string(waiting) + "</i>" : std::string()) + "</a>";
  };
  const std::string_view role = frame_.session->role;
  std::string html = entry("/", icon_home, "console.home", Section::home, 0);
  if (reach(role) != Reach::none) html += entry("/cases", icon_inbox, "console.cases", Section::cases, frame_.cases_waiting);
  if (may(role, Power::prepare_assignment) || may(role, Power::sign_assignment) || role == role::auditor) {
    html += entry("/assignments", icon_stamp, "console.assignments", Section::assignments, frame_.assignments_waiting);
  }
  if (reach(role) != Reach::none) html += entry("/licences", icon_paper, "console.licences", Section::licences, 0);
  if (reach(role) != Reach::none) html += entry("/terms", icon_clock_large, "console.terms", Section::terms, frame_.terms_near);
  return html + entry("/kiosks", icon_kiosk, "console.kiosks", Section::kiosks, frame_.kiosks_silent);
}

std::string Page::navigation() const {
  std::string html = "<nav><div class=\"brand\">" + std::string(horn_svg) + "<div><b>" + say("kit.brand") + "</b><small>" + say("console.registry") + "</small></div></div>" +
                     std::string(ornament_svg);
  if (frame_.session != nullptr && reach(frame_.session->role) != Reach::none) {
    html += "<form class=\"find\" method=\"get\" action=\"/search\" role=\"search\"><label>" + say("console.search") +
            "<input name=\"q\" type=\"search\" maxlength=\"100\"></label></form>";
  }
  if (frame_.session != nullptr) html += rail();
  html += "<div class=\"who\">";
  if (frame_.session != nullptr) {
    html += escaped(frame_.session->name) + "<br>" + escaped(frame_.session->position) + "<form method=\"post\" action=\"/logout\">" + csrf() +
            "<button>" + say("console.logout") + "</button></form>";
  }
  html += "<div class=\"lang\">";
  for (const auto language : core::languages) {
    const std::string code(core::to_text(language));
    html += "<a href=\"/language?to=" + code + "&amp;back=" + percent_encoded(frame_.target) + "\" lang=\"" + code + "\" hreflang=\"" + code + "\"" +
            (language == frame_.language ? " aria-current=\"true\"" : "") + ">" + say("hdr.short." + code) + "</a>";
  }
  return html + "</div></div></nav>";
}

std::string table(const std::vector<std::string>& headings_html, const std::vector<std::vector<std::string>>& rows_html) {
  std::string html = "<table><thead><tr>";
  for (const auto& heading : headings_html) html += "<th scope=\"col\">" + heading + "</th>";
  html += "</tr></thead><tbody>";
  for (const auto& row : rows_html) {
    html += "<tr>";
    for (const auto& cell : row) html += "<td>" + cell + "</td>";
    html += "</tr>";
  }
  return html + "</tbody></table>";
}

std::string facts(const std::vector<std::pair<std::string, std::string>>& rows_html) {
  std::string html = "<dl>";
  for (const auto& [name, value] : rows_html) html += "<dt>" + name + "</dt><dd>" + value + "</dd>";
  return html + "</dl>";
}

std::string tag(Look look, std::string_view html) {
  const std::string_view colour = look == Look::ok ? "ok" : look == Look::warn ? "warn" : look == Look::bad ? "bad" : "plain";
  const std::string_view icon = look == Look::ok ? icon_check : look == Look::bad ? icon_warning : icon_clock;
  return "<span class=\"tag " + std::string(colour) + "\">" + std::string(icon) + std::string(html) + "</span>";
}

Page& Page::head_with(std::string_view policy, std::string_view html) {
  policy_ += policy;
  head_ += html;
  return *this;
}

Response Page::response(int status) const {
  const std::string html = "<!doctype html><html lang=\"" + std::string(core::to_text(frame_.language)) + "\"><head><meta charset=\"utf-8\">"
                           "<meta name=\"viewport\" content=\"width=device-width\">" + head_ + "<title>" + title_ + " · " + say("kit.brand") + "</title><style>" +
                           std::string(console_style) + "</style></head><body><a class=\"skip\" href=\"#main\">" + say("console.skip") + "</a>" + navigation() +
                           "<main id=\"main\">" + body_ + "</main></body></html>";
  Response response;
  response.status = status;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'" + policy_);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cache-Control", "no-store");
  response.body = html;
  return response;
}

std::string button(std::string_view html, std::string_view formaction, std::string_view css_class) {
  const std::string action = formaction.empty() ? std::string() : " formaction=\"" + escaped(formaction) + "\"";
  const std::string look = css_class.empty() ? std::string() : " class=\"" + std::string(css_class) + "\"";
  return "<button" + look + action + ">" + std::string(html) + "</button>";
}

std::string link(std::string_view href, std::string_view html) {
  return "<a href=\"" + escaped(href) + "\">" + std::string(html) + "</a>";
}

Response redirect(std::string location) {
  Response response;
  response.status = 303;
  response.set("Location", std::move(location));
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace qabyl::sync::registry
