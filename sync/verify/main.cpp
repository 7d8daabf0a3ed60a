// qabyl-verify: answers for anybody, offline. Wires the command line, the assets inside (or files named) and the
// answers. Exit codes: 0 answered or proved, 1 no answer, 2 a wrong command line, 3 intact by an unknown key, 4 refused,
// 5 proved but not confirmed by every witness or authority that was asked for.
// See README.md.
#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

#include "sync/verify/bundle_command.h"
#include "sync/verify/date_answers.h"
#include "sync/verify/embedded.h"
#include "sync/verify/files.h"
#include "sync/verify/journal_command.h"
#include "sync/verify/log_command.h"
#include "sync/verify/proof_command.h"
#include "sync/verify/receipt_command.h"

namespace {

using namespace qabyl;
using sync::verify::Answer;
using sync::verify::Arguments;

constexpr std::string_view profile_default = "kz-2004-249";
constexpr int kept_bytes = 64 * 1024 * 1024;
constexpr std::size_t asset_bytes_max = 16 * 1024 * 1024;

// The file that `option` names, or the asset of that name inside.
core::Result<std::string> asset(const Arguments& arguments, std::string_view option, const std::string& name) {
  const auto path = arguments.value(option);
  if (path.empty()) {
    const auto inside = sync::verify::embedded(name);
    if (!inside) return core::Error{core::ErrorCode::not_found, "not inside this program: " + name};
    return std::string(*inside);
  }
  return sync::verify::read_named(path, asset_bytes_max);
}

core::Result<core::Texts> words() {
  return core::Texts::parse(*sync::verify::embedded("kk.mo"), *sync::verify::embedded("ru.mo"), *sync::verify::embedded("en.mo"));
}

core::Result<core::Profile> profile_of(const Arguments& arguments) {
  QABYL_TRY(toml, asset(arguments, "--profile-file", arguments.value("--profile", profile_default) + ".toml"));
  return core::Profile::parse(toml);
}

// As many threads as the machine has cores; each takes the next number that nobody has taken.
void all_hands(std::size_t count, const std::function<void(std::size_t)>& each) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) each(i);
  };
  const std::size_t others = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count) - (count > 0 ? 1 : 0);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < others; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
}

core::Result<std::string> date_answer(const Arguments& arguments, const core::Texts& texts, core::Language language) {
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

core::Result<Answer> answer(const Arguments& arguments) {
  QABYL_TRY(texts, words());
  QABYL_TRY(language, core::parse_language(arguments.value("--lang", "en")));
  QABYL_TRY(zone, core::TimeZone::parse(*sync::verify::embedded("almaty.csv")));
  const sync::verify::Speech speech{zone, texts, language};
  if (arguments.command == "receipt") return sync::verify::answer_receipt(arguments, speech);
  if (arguments.command == "log") return sync::verify::answer_log(arguments, speech, all_hands);
  if (arguments.command == "journal") return sync::verify::answer_journal(arguments, speech);
  if (arguments.command == "proof") return sync::verify::answer_proof(arguments, speech);
  if (arguments.command == "bundle") return sync::verify::answer_bundle(arguments, speech);
  QABYL_TRY(text, date_answer(arguments, texts, language));
  return Answer{text, 0};
}

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_TRIM_THRESHOLD, kept_bytes);  // what a bundle of entries needed, the next one gets: nothing goes back to the system
  const auto arguments = sync::verify::parse_arguments({argv + 1, argv + argc});
  if (!arguments) {
    std::cerr << "qabyl-verify: " << arguments.error().detail << "\n" << sync::verify::usage();
    return 2;
  }
  const auto found = answer(*arguments);
  if (!found) {
    std::cerr << "qabyl-verify: " << found.error().detail << "\n";
    return 1;
  }
  std::cout << found->text << std::flush;
  return std::cout.good() ? found->exit : 1;
}
