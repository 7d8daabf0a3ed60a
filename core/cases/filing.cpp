// What a filing must hold (RULES f1, paragraphs 1 and 6). An incomplete application is a filing too (A20); an unsigned
// form is not.
#include "core/cases/filing.h"

#include <algorithm>
#include <set>

#include "core/bin_number.h"
#include "core/encoding.h"
#include "core/receipt_number.h"
#include "core/text.h"

namespace qabyl::core {
namespace {

constexpr std::size_t code_chars_max = 20, phone_chars_max = 40, licence_number_chars_max = 60;
constexpr std::size_t profile_chars_max = 60, check_code_chars = 17;
constexpr std::size_t items_max = 40, document_name_bytes_max = 255;

// A file's name as people may see it: hidden characters replaced, so that a strange stick cannot make
// a filing that the registry has to hold back.
std::string visible_name(std::string_view name) {
  std::string out;
  for (const auto point : code_points(mended_utf8(name))) {
    const auto shown = to_utf8({point});
    out += has_hidden_characters(shown) ? "_" : shown;
  }
  out = mended_utf8(tidy_spaces(out), document_name_bytes_max);
  return out.empty() ? "_" : out;
}

struct Bundle {  // items and documents while they are put in order
  Json::Array items;
  std::vector<DocumentRef> docs;

  void add(std::string_view code, const std::vector<const DraftFile*>& files) {
    Json::Array indexes;
    int pages = 0;
    for (const auto* file : files) {
      indexes.emplace_back(docs.size());
      docs.push_back(file->ref);
      docs.back().name = visible_name(file->ref.name);
      pages += file->pages;
    }
    Json::Object item{{"code", code}, {"pages", pages}};
    item.emplace("docs", std::move(indexes));
    items.emplace_back(std::move(item));
  }
};

std::vector<const DraftFile*> files_for(const Submission& submission, std::string_view code, bool made_here) {
  std::vector<const DraftFile*> files;
  if (made_here) files.push_back(&submission.form);
  if (const auto* added = submission.draft.files_of(code)) {
    for (const auto& file : *added) files.push_back(&file);
  }
  return files;
}

Bundle bundle_of(const Profile& profile, const Submission& submission) {
  Bundle bundle;
  std::set<std::string, std::less<>> listed;
  auto list = profile.list(submission.draft.procedure);
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.made_here && !b.made_here; });
  for (const auto& document : list) {
    bundle.add(document.code, files_for(submission, document.code, document.made_here));
    listed.insert(document.code);
  }
  for (const auto& item : submission.draft.items) {  // added under an older list: still filed
    if (!listed.contains(item.code) && !item.files.empty()) bundle.add(item.code, files_for(submission, item.code, false));
  }
  return bundle;
}

Json representative_json(const ApplicationDraft& draft) {
  Json json = Json::Object{{"name", tidy_spaces(draft.representative)}, {"position", tidy_spaces(draft.position)},
                           {"phone", tidy_spaces(draft.phone)}};
  if (!draft.authority_until.empty()) json["authority_until"] = draft.authority_until;
  return json;
}

Json body_of(const Profile& profile, const Submission& submission) {
  const auto& draft = submission.draft;
  Json body = Json::Object{{"procedure", to_text(draft.procedure)},
                           {"profile", profile.id},
                           {"profile_version", profile.version},
                           {"bin", draft.bin},
                           {"organisation", tidy_spaces(draft.organisation)},
                           {"address", tidy_spaces(draft.address)},
                           {"first_head", tidy_spaces(draft.first_head)},
                           {"number", submission.number},
                           {"check_code", submission.check_code}};
  if (!draft.licence_number.empty()) body["licence_number"] = tidy_spaces(draft.licence_number);
  Json::Array missing;
  for (auto& code : missing_documents(profile, draft)) missing.emplace_back(std::move(code));
  body["missing"] = std::move(missing);
  body["fee"] = Json::Object{{"choice", to_text(draft.fee)}};
  body["representative"] = representative_json(draft);
  body["signature"] = to_json(submission.signature);
  return body;
}

std::optional<Finding> examine_answers(const Json& body) {
  const bool bin_good = check_bin(body.text("bin")) == BinProblem::none;
  return first_of({
      parse_procedure(body.text("procedure")) ? std::nullopt : std::optional(Finding{"procedure.unknown", "procedure"}),
      check_line(body, "profile", profile_chars_max),
      check_line(body, "profile_version", profile_chars_max, Presence::optional),
      bin_good ? std::nullopt : std::optional(Finding{"bin.wrong", "bin"}),
      check_line(body, "organisation", name_chars_max),
      check_line(body, "address", line_chars_max),
      check_line(body, "first_head", name_chars_max),
      check_line(body, "licence_number", licence_number_chars_max, Presence::optional),
      check_line(body, "representative.name", name_chars_max),
      check_line(body, "representative.position", line_chars_max),
      check_line(body, "representative.phone", phone_chars_max, Presence::optional),
      check_date(body, "representative.authority_until", Presence::optional),
  });
}

// Each document belongs to exactly one item, and the first of all to the form (LD1 is always there).
std::optional<Finding> examine_items(const Json& body, std::size_t docs) {
  const auto& items = body.items("items");
  if (items.empty() || items.size() > items_max) return Finding{"items.absurd", "items"};
  std::set<std::int64_t> used;
  std::set<std::string> codes;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = "items." + std::to_string(i);
    if (check_line(items[i], "code", code_chars_max)) return Finding{"items.absurd", path + ".code"};
    if (!codes.insert(items[i].text("code")).second) return Finding{"items.absurd", path + ".code"};
    for (const auto& index : items[i].items("docs")) {
      const bool known = index.is_integer() && index.integer() >= 0 && static_cast<std::uint64_t>(index.integer()) < docs;
      if (!known || !used.insert(index.integer()).second) return Finding{"items.absurd", path + ".docs"};
    }
  }
  const auto& form = items[0].items("docs");
  if (form.empty() || form[0] != Json(0)) return Finding{"application.form_missing", "items.0.docs"};
  return used.size() == docs ? std::nullopt : std::optional(Finding{"items.absurd", "items"});
}

std::optional<Finding> examine_missing(const Json& body) {
  for (const auto& code : body.items("missing")) {
    if (!code.is_string() || check_text(code.string(), code_chars_max) != TextProblem::none) return Finding{"items.absurd", "missing"};
  }
  const auto choice = body.member("fee").text("choice");
  const bool known = choice == "undecided" || choice == "proof" || choice == "later";
  return known ? std::nullopt : std::optional(Finding{"fee.absurd", "fee.choice"});
}

std::optional<Finding> examine_signature(const Json& body, const std::vector<DocumentRef>& docs) {
  const auto signature = signature_from_json(body.member("signature"));
  if (!signature) return Finding{signature.error().detail, "signature"};
  const auto problem = check_ink(signature->strokes, signature->pad_width_tenth_mm);
  if (problem != InkProblem::none) return Finding{std::string(reason_of(problem)), "signature"};
  if (docs.empty()) return Finding{"application.form_missing", "docs"};
  if (signature->paper != docs[0].sha256) return Finding{"signature.other_paper", "signature.paper"};
  return std::nullopt;
}

std::optional<Finding> examine_numbers(const Json& body) {
  if (!valid_receipt_number(body.text("number"))) return Finding{"number.absurd", "number"};
  if (body.text("check_code").size() != check_code_chars) return Finding{"number.absurd", "check_code"};
  return std::nullopt;
}

}  // namespace

std::optional<Finding> examine_submission(const Json& body, const std::vector<DocumentRef>& docs) {
  return first_of({examine_answers(body), examine_items(body, docs.size() - pictures_in(body, docs)), examine_missing(body),
                   examine_signature(body, docs), examine_numbers(body)});
}

Result<SubmissionParts> submission_parts(const Profile& profile, const Submission& submission) {
  SubmissionParts parts;
  parts.body = body_of(profile, submission);
  auto bundle = bundle_of(profile, submission);
  parts.body["items"] = std::move(bundle.items);
  parts.docs = std::move(bundle.docs);
  if (submission.pictures) parts.docs.push_back(*submission.pictures);
  if (parts.docs.size() > record_docs_max) return Error{ErrorCode::too_large, "docs"};
  if (const auto finding = examine_submission(parts.body, parts.docs)) return Error{ErrorCode::invalid_input, finding->field};
  return parts;
}

}  // namespace qabyl::core
