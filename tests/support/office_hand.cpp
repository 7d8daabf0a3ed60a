// See office_hand.h.
#include "tests/support/office_hand.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

namespace qabyl::rig {
namespace {

using namespace std::chrono_literals;

std::string between(std::string_view text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string_view::npos) return {};
  const auto begin = at + from.size();
  return std::string(text.substr(begin, text.find(to, begin) - begin));
}

// Last parts of the addresses that the forms of a page post to.
std::set<std::string> forms_of(std::string_view html) {
  std::set<std::string> forms;
  for (std::size_t at = html.find("action=\"/"); at != std::string_view::npos; at = html.find("action=\"/", at + 1)) {
    const auto address = html.substr(at + 8, html.find('"', at + 8) - at - 8);
    forms.insert("console:" + std::string(address.substr(address.rfind('/') + 1)));
  }
  return forms;
}

}  // namespace

OfficeHand::OfficeHand(Office& office, std::string folder) : office_(office), folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

std::string OfficeHand::password(const std::string& login) const {
  for (const auto& officer : office_.secrets().items("officers")) {
    if (officer.text("login") == login) return officer.text("password");
  }
  return {};
}

std::string OfficeHand::ask(const std::string& path, const Fields& fields, const std::string& file) {
  const auto jar = folder_ + "/cookies", log = folder_ + "/curl.log";
  std::vector<std::string> words{"/usr/bin/curl", "-sS", "--cacert", office_.kiosk_data() + "/ca.pem", "-b", jar, "-c", jar, "-o", file, "-w", "%{http_code} %{redirect_url}\n"};
  const bool brings_file = std::any_of(fields.begin(), fields.end(), [](const auto& field) { return field.first.starts_with('@'); });
  for (const auto& [name, value] : fields) {
    if (name.starts_with('@')) words.insert(words.end(), {"-F", name.substr(1) + "=@" + value});
    else words.insert(words.end(), {brings_file ? "--form-string" : "--data-urlencode", name + "=" + value});
  }
  words.push_back("https://localhost:" + std::to_string(office_.console_port()) + path);
  std::filesystem::remove(log);
  run(words, log, 60s);
  return read_text(log).substr(0, 3);
}

std::string OfficeHand::led_to() const {
  const auto address = between(read_text(folder_ + "/curl.log"), "https://", "\n");
  const auto path = address.find('/');
  return path == std::string::npos ? std::string() : address.substr(path);
}

bool OfficeHand::sign_in(const std::string& login) {
  std::filesystem::remove(folder_ + "/cookies");
  ask("/login", {}, folder_ + "/login.html");
  login_ = login;
  const auto token = between(read_text(folder_ + "/login.html"), "name=\"form\" value=\"", "\"");
  return ask("/login", {{"login", login}, {"password", password(login)}, {"form", token}}, folder_ + "/signed-in.html") == "303";
}

std::string OfficeHand::page(const std::string& path, const std::string& name) {
  const auto file = folder_ + "/" + (name.empty() ? "page" : name) + ".html";
  if (ask(path, {}, file) != "200") return {};
  const auto html = read_text(file);
  opened_.insert("console:" + path.substr(1, path.find('?') - 1));
  opened_.merge(forms_of(html));
  return html;
}

std::string OfficeHand::choice(const std::string& case_id, const std::string& form, const std::string& field, const std::string& words) {
  const auto shown = between(page("/case/" + case_id), "action=\"/case/" + case_id + "/" + form + "\"", "</form>");
  const auto options = between(shown, "name=\"" + field + "\"", "</select>");
  for (std::size_t at = options.find("<option value=\""); at != std::string::npos; at = options.find("<option value=\"", at + 1)) {
    const auto option = options.substr(at, options.find("</option>", at) - at);
    const auto value = between(option, "value=\"", "\"");
    if (!value.empty() && option.find(words) != std::string::npos) return value;
  }
  return {};
}

std::vector<std::string> OfficeHand::fields(const std::string& case_id, const std::string& form, const std::string& prefix) {
  const auto shown = between(page("/case/" + case_id), "action=\"/case/" + case_id + "/" + form + "\"", "</form>");
  const auto mark = "name=\"" + prefix;
  std::vector<std::string> found;
  for (std::size_t at = shown.find(mark); at != std::string::npos; at = shown.find(mark, at + 1)) found.push_back(shown.substr(at + 6, shown.find('"', at + 6) - at - 6));
  return found;
}

std::optional<std::string> OfficeHand::send(const std::string& path, const std::string& address, Fields fields) {
  const auto shown = page(path);
  for (const char* hidden : {"csrf", "version", "seen"}) {
    const auto value = between(shown, "name=\"" + std::string(hidden) + "\" value=\"", "\"");
    if (!value.empty()) fields.emplace_back(hidden, value);
  }
  fields.emplace_back("password", password(login_));
  if (shown.find("action=\"" + address + "\"") == std::string::npos) return std::nullopt;  // formaction of a button too
  return ask(address, fields, folder_ + "/answer.html") == "303" ? std::optional(led_to()) : std::nullopt;
}

std::string OfficeHand::fetches_document(const std::string& case_id) {
  const auto shown = page("/case/" + case_id);
  const auto at = shown.find("/document?record=");
  if (at == std::string::npos) return {};
  auto link = between(page(shown.substr(at, shown.find_first_of("&\"", at) - at) + "&index=0"), "href=\"https://", "\"");
  for (auto coded = link.find("&amp;"); coded != std::string::npos; coded = link.find("&amp;")) link.erase(coded + 1, 4);
  const auto file = folder_ + "/original", log = folder_ + "/curl-original.log";
  std::filesystem::remove(file);
  run({"/usr/bin/curl", "-sS", "--fail", "--cacert", office_.kiosk_data() + "/ca.pem", "-o", file, "https://" + link}, log, 60s);
  return std::filesystem::exists(file) ? read_text(file) : std::string();
}

std::string OfficeHand::said() const { return between(read_text(folder_ + "/answer.html"), "role=\"alert\">", "</p>"); }

std::string OfficeHand::act(const std::string& case_id, const std::string& form, Fields fields) {
  const auto shown = page("/case/" + case_id);
  if (!forms_of(shown).contains("console:" + form)) return "the page of the case shows no form " + form;
  fields.emplace_back("seen", between(between(shown, "/case/" + case_id + "/" + form + "\"", "</form>"), "name=\"seen\" value=\"", "\""));
  fields.emplace_back("csrf", between(shown, "name=\"csrf\" value=\"", "\""));
  fields.emplace_back("password", password(login_));
  const auto status = ask("/case/" + case_id + "/" + form, fields, folder_ + "/answer.html");
  if (status == "303") return {};
  const auto why = between(read_text(folder_ + "/answer.html"), "role=\"alert\">", "</p>");
  return why.empty() ? form + ": status " + status : form + ": " + why;
}

}  // namespace qabyl::rig
