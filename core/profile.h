// A rule profile: what an office asks for and how long things take, as a versioned text asset
// (assets/rules/<id>.toml). Everything that RULES.md marks M is a setting here, never code.
// toml++ stays inside profile.cpp. Knows no files: the caller passes the text in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/term_rule.h"
#include "core/texts.h"

namespace qabyl::core {

enum class Procedure { issue, reissue, duplicate };
std::string_view to_text(Procedure procedure);
Result<Procedure> parse_procedure(std::string_view text);

// One line of the list of documents (RULES.md c2: LD1 ... LD6).
struct RequiredDocument {
  std::string code;      // LD2
  LocalText name, hint;  // as on the documents screen
  bool mandatory = true;
  bool made_here = false;  // the application form itself: filled in and signed at the kiosk
  int step = 3;          // 3 documents, 4 fee
  int pages_max = 300;
  std::vector<Procedure> procedures;
};

struct Fee {
  std::int64_t mci_tenge = 0;       // 0: unknown, the clerk types the amount from the payment paper
  std::int64_t issue_hundredths_mci = 0, reissue_hundredths_mci = 0, duplicate_hundredths_mci = 0;
  bool example = false;             // an invented figure, shown as such
  LocalText receiver;
  std::string receiver_bin, account, purpose_code;
};

struct Profile {
  std::string id;       // kz-2004-249
  std::string version;  // 2026-1
  LocalText title, law_article;  // law_article: "Article 9(1) of the Law on credit bureaus"
  std::string id_scheme;         // bin | rnn
  std::vector<RequiredDocument> documents;
  Fee fee;
  int draft_days = 30;
  int closing_hour = 18, closing_minute = 0;  // A14
  int notice_min_days = 3;     // A08, working days, a warning only
  int notice_return_days = 1;  // A09, working days, a warning only
  Json settings;               // every other key of the asset, "a.b" -> text or integer
  std::vector<TermRule> terms;  // the deadline catalogue of RULES.md, section a

  static Result<Profile> parse(std::string_view toml);
  std::vector<RequiredDocument> list(Procedure procedure) const;
  std::optional<std::int64_t> fee_tenge(Procedure procedure) const;  // nullopt: not known
  const TermRule* term(std::string_view term_id) const;               // "D17"; nullptr: no such term here
};

}  // namespace qabyl::core
