// See page.h. The style stands in the page itself, allowed by its hash-free 'unsafe-inline' for styles
// alone: scripts are forbidden altogether by the content security policy.
#include "sync/registry/console/page.h"

namespace qabyl::sync::registry {
namespace {

constexpr std::size_t form_fields_max = 64;

constexpr std::string_view style =
    "body{margin:0;font:17px/1.45 Inter,'PT Sans',sans-serif;background:#F5F1E7;color:#0F272C;display:flex;min-height:100vh}"
    "nav{background:#06313A;color:#fff;width:252px;padding:24px 0;box-sizing:border-box;flex:none}"
    "nav b{font:700 28px 'PT Serif',serif;padding:0 24px;display:block}nav small{color:#C4DCDD;padding:0 24px 20px;display:block}"
    "nav a{display:block;color:#fff;text-decoration:none;padding:12px 24px}nav a:hover,nav a:focus{background:#0A5460;border-left:4px solid #F0B93A;padding-left:20px}"
    "nav form{padding:12px 24px}main{padding:28px 44px;flex:1;min-width:0}h1{font:700 36px/1.2 'PT Serif',serif;margin:0 0 18px}"
    "table{border-collapse:collapse;background:#fff;width:100%;margin:0 0 24px}th{text-align:left;border-bottom:2px solid #0F272C}"
    "th,td{padding:10px 14px;vertical-align:top}td{border-bottom:1px solid #D8D0BD}a{color:#0A5460}code{font-family:'PT Mono',monospace;font-size:14px;overflow-wrap:anywhere}"
    "input,select{font:inherit;padding:9px 12px;border:2px solid #66777B;border-radius:8px;min-width:280px}label{display:block;margin:0 0 12px}"
    "button{font:600 17px Inter,sans-serif;background:#0A5460;color:#fff;border:0;border-bottom:4px solid #06404A;border-radius:10px;padding:10px 20px;min-height:44px}"
    "@media print{nav,form{display:none}body{background:#fff;color:#000}}";

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

Page& Page::title(std::string_view text) {
  title_ = text;
  body_ += "<h1>" + std::string(text) + "</h1>";
  return *this;
}

Page& Page::paragraph(std::string_view text) {
  body_ += "<p>" + std::string(text) + "</p>";
  return *this;
}

Page& Page::table(const std::vector<std::string>& headings, const std::vector<std::vector<std::string>>& rows) {
  body_ += "<table><thead><tr>";
  for (const auto& heading : headings) body_ += "<th scope=\"col\">" + heading + "</th>";
  body_ += "</tr></thead><tbody>";
  for (const auto& row : rows) {
    body_ += "<tr>";
    for (const auto& cell : row) body_ += "<td>" + cell + "</td>";
    body_ += "</tr>";
  }
  body_ += "</tbody></table>";
  return *this;
}

Page& Page::form(std::string_view action, std::string_view fields, std::string_view button) {
  body_ += "<form method=\"post\" action=\"" + escaped(action) + "\">" + std::string(fields);
  if (session_ != nullptr) body_ += "<input type=\"hidden\" name=\"csrf\" value=\"" + session_->csrf + "\">";
  body_ += "<p><button>" + std::string(button) + "</button></p></form>";
  return *this;
}

Response Page::response(int status) const {
  std::string html = "<!doctype html><html lang=\"" + std::string(core::to_text(language_)) + "\"><head><meta charset=\"utf-8\">"
                     "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title_ + " · Qabyl</title><style>" + std::string(style) +
                     "</style></head><body><nav><b>" + say("kit.brand") + "</b><small>" + say("console.registry") + "</small>";
  if (session_ != nullptr) {
    html += link("/", say("console.cases")) + link("/kiosks", say("console.kiosks")) + "<small>" + escaped(session_->name) + "<br>" +
            escaped(session_->position) + "</small><form method=\"post\" action=\"/logout\"><input type=\"hidden\" name=\"csrf\" value=\"" +
            session_->csrf + "\"><button>" + say("console.logout") + "</button></form>";
  }
  html += "<small>" + link("/language?to=kk", say("hdr.short.kk")) + link("/language?to=ru", say("hdr.short.ru")) + link("/language?to=en", say("hdr.short.en")) + "</small>";
  html += "</nav><main>" + body_ + "</main></body></html>";
  Response response;
  response.status = status;
  response.set("Content-Type", "text/html; charset=utf-8");
  response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cache-Control", "no-store");
  response.body = std::move(html);
  return response;
}

std::string link(std::string_view href, std::string_view text) {
  return "<a href=\"" + escaped(href) + "\">" + std::string(text) + "</a>";
}

std::string input(std::string_view name, std::string_view label, std::string_view type, std::string_view value) {
  return "<label>" + std::string(label) + "<br><input name=\"" + escaped(name) + "\" type=\"" + escaped(type) + "\" value=\"" + escaped(value) + "\" required></label>";
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
