// qabyl-verify: answers for anybody, offline. Wires the command line, the assets inside (or files named) and the
// answers. Exit codes: 0 answered, 1 no answer, 2 a wrong command line. See README.md.
#include <fstream>
#include <iostream>
#include <sstream>

#include "sync/verify/arguments.h"
#include "sync/verify/date_answers.h"
#include "sync/verify/embedded.h"

namespace {

using namespace qabyl;
using sync::verify::Arguments;

constexpr std::string_view profile_default = "kz-2004-249";

// The file that `option` names, or the asset of that name inside.
core::Result<std::string> asset(const Arguments& arguments, std::string_view option, const std::string& name) {
  const auto path = arguments.value(option);
  if (path.empty()) {
    const auto inside = sync::verify::embedded(name);
    if (!inside) return core::Error{core::ErrorCode::not_found, "not inside this program: " + name};
    return std::string(*inside);
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return core::Error{core::ErrorCode::not_found, "cannot read " + path};
  return text.str();
}

core::Result<core::Texts> words() {
  return core::Texts::parse(*sync::verify::embedded("kk.mo"), *sync::verify::embedded("ru.mo"), *sync::verify::embedded("en.mo"));
}

core::Result<core::Profile> profile_of(const Arguments& arguments) {
  QABYL_TRY(toml, asset(arguments, "--profile-file", arguments.value("--profile", profile_default) + ".toml"));
  return core::Profile::parse(toml);
}

core::Result<std::string> answer(const Arguments& arguments) {
  QABYL_TRY(texts, words());
  QABYL_TRY(language, core::parse_language(arguments.value("--lang", "en")));
  if (arguments.command == "terms") {
    QABYL_TRY(profile, profile_of(arguments));
    return sync::verify::terms_answer(profile, texts, language);
  }
  QABYL_TRY(csv, asset(arguments, "--calendar-file", "kz.csv"));
  QABYL_TRY(calendar, core::Calendar::parse(csv));
  if (arguments.command == "calendar") return sync::verify::calendar_answer(calendar, texts, language, arguments.value("--year"));
  QABYL_TRY(profile, profile_of(arguments));
  const sync::verify::DateQuestion question{arguments.value("--term"), arguments.value("--from"), arguments.value("--stated")};
  return sync::verify::deadline_answer(profile, calendar, texts, language, question);
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = sync::verify::parse_arguments({argv + 1, argv + argc});
  if (!arguments) {
    std::cerr << "qabyl-verify: " << arguments.error().detail << "\n" << sync::verify::usage();
    return 2;
  }
  const auto text = answer(*arguments);
  if (!text) {
    std::cerr << "qabyl-verify: " << text.error().detail << "\n";
    return 1;
  }
  std::cout << *text;
  return std::cout.good() ? 0 : 1;
}
