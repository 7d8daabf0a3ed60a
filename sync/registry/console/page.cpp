// See page.h. The style stands in the page itself, allowed by its hash-free 'unsafe-inline' for styles
// alone: scripts are forbidden altogether by the content security policy.
#include "sync/registry/console/page.h"

#include "sync/registry/console/style.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t form_fields_max = 64;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
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

}  // namespace

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

Page& Page::act(std::string_view action, std::string_view heading_html, std::string_view law_html, std::string_view fields_html) {
  const std::string csrf = session_ != nullptr ? "<input type=\"hidden\" name=\"csrf\" value=\"" + session_->csrf + "\">" : std::string();
  const std::string law = law_html.empty() ? std::string() : "<p class=\"law\">" + std::string(law_html) + "</p>";
  return card(heading_html, law + "<form method=\"post\" action=\"" + escaped(action) + "\">" + std::string(fields_html) + csrf + "<button>" +
                                std::string(heading_html) + "</button></form>");
}

std::string Page::navigation() const {
  const auto current = [](bool here) { return std::string(here ? " aria-current=\"page\"" : ""); };
  const auto entry = [&](std::string_view href, std::string_view icon, std::string_view id, Section section) {
    return "<a href=\"" + std::string(href) + "\"" + current(section == section_) + ">" + std::string(icon) + say(id) + "</a>";
  };
  std::string html = "<nav><div class=\"brand\">" + std::string(horn_svg) + "<div><b>" + say("kit.brand") + "</b><small>" + say("console.registry") + "</small></div></div>";
  if (session_ != nullptr) {
    html += entry("/", icon_home, "console.home", Section::home) + entry("/cases", icon_inbox, "console.cases", Section::cases) +
            entry("/kiosks", icon_kiosk, "console.kiosks", Section::kiosks);
  }
  html += "<div class=\"who\">";
  if (session_ != nullptr) {
    html += escaped(session_->name) + "<br>" + escaped(session_->position) + "<form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"csrf\" value=\"" +
            session_->csrf + "\"><button>" + say("console.logout") + "</button></form>";
  }
  html += "<div class=\"lang\">";
  for (const auto language : core::languages) {
    const std::string code(core::to_text(language));
    html += "<a href=\"/language?to=" + code + "\" lang=\"" + code + "\"" + current(language == language_) + ">" + say("hdr.short." + code) + "</a>";
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

Response Page::response(int status) const {
  const std::string html = "<!doctype html><html lang=\"" + std::string(core::to_text(language_)) + "\"><head><meta charset=\"utf-8\">"
                           "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title_ + " · " + say("kit.brand") + "</title><style>" +
                           std::string(console_style) + "</style></head><body><a class=\"skip\" href=\"#main\">" + say("console.skip") + "</a>" + navigation() +
                           "<main id=\"main\">" + body_ + "</main></body></html>";
  Response response;
  response.status = status;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cache-Control", "no-store");
  response.body = html;
  return response;
}

std::string link(std::string_view href, std::string_view html) {
  return "<a href=\"" + escaped(href) + "\">" + std::string(html) + "</a>";
}

std::string input(std::string_view name, std::string_view label_html, std::string_view type, std::string_view value) {
  return "<label>" + std::string(label_html) + "<input name=\"" + escaped(name) + "\" type=\"" + escaped(type) + "\" value=\"" + escaped(value) + "\" required></label>";
}

std::string text_area(std::string_view name, std::string_view label_html, std::string_view hint_html) {
  return "<label>" + std::string(label_html) + "<small>" + std::string(hint_html) + "</small><textarea name=\"" + escaped(name) + "\"></textarea></label>";
}

std::vector<std::pair<std::string, std::string>> form_fields(std::string_view body) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!body.empty() && fields.size() < form_fields_max) {
    const auto part = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), part.size() + 1));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    fields.emplace_back(decoded(part.substr(0, equals)), decoded(part.substr(equals + 1)));
  }
  return fields;
}

std::string form_field(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

Response redirect(std::string location) {
  Response response;
  response.status = 303;
  response.set("Location", std::move(location));
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace qabyl::sync::registry
