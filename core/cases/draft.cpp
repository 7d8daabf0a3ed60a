// The draft as JSON and back, and what is still missing from it. Knows no store and no screen; checks
// shape only: whether an answer is good is asked when it is filed (licence_application.cpp).
#include "core/cases/draft.h"

#include <algorithm>

#include "core/cases/draft_file.h"
#include "core/encoding.h"

namespace qabyl::core {
namespace {

constexpr std::size_t items_max = 40;
constexpr std::size_t answer_bytes_max = 4000;
constexpr int pages_of_file_max = 100'000;
constexpr int steps = 7, questions = 4;

Error invalid(std::string_view member) { return {ErrorCode::invalid_input, "draft: " + std::string(member)}; }

// Every plain text answer by its member name, so that reading and writing cannot drift apart.
struct Answer { std::string_view name; std::string ApplicationDraft::* member; };
constexpr Answer answers[] = {
    {"profile", &ApplicationDraft::profile},
    {"bin", &ApplicationDraft::bin},
    {"organisation", &ApplicationDraft::organisation},
    {"address", &ApplicationDraft::address},
    {"first_head", &ApplicationDraft::first_head},
    {"licence_number", &ApplicationDraft::licence_number},
    {"representative", &ApplicationDraft::representative},
    {"position", &ApplicationDraft::position},
    {"phone", &ApplicationDraft::phone},
    {"authority_until", &ApplicationDraft::authority_until},
};

Result<DraftItem> item_from(const Json& json) {
  DraftItem item{json.text("code"), {}};
  if (item.code.empty()) return invalid("code");
  for (const auto& one : json.items("files")) {
    QABYL_TRY(file, draft_file_from_json(one));
    item.files.push_back(std::move(file));
  }
  return item;
}

Result<FeeChoice> parse_fee_choice(std::string_view text) {
  for (const auto choice : {FeeChoice::undecided, FeeChoice::proof, FeeChoice::later}) {
    if (to_text(choice) == text) return choice;
  }
  return invalid("fee");
}

}  // namespace

Json to_json(const DraftFile& file) {
  return Json::Object{{"name", file.ref.name},     {"bytes", file.ref.bytes},     {"sha256", to_hex(file.ref.sha256)},
                      {"type", file.ref.type},     {"pages", file.pages},         {"source", file.source},
                      {"problem", file.problem},   {"kept_as_is", file.kept_as_is}};
}

Result<DraftFile> draft_file_from_json(const Json& json) {
  QABYL_TRY(sha256, digest_from_hex(json.text("sha256")));
  const auto bytes = json.number("bytes", -1), pages = json.number("pages", -1);
  if (bytes < 0 || static_cast<std::uint64_t>(bytes) > document_bytes_max) return invalid("bytes");
  if (pages < 0 || pages > pages_of_file_max) return invalid("pages");
  DraftFile file;
  file.ref = {json.text("name"), static_cast<std::uint64_t>(bytes), sha256, json.text("type")};
  file.pages = static_cast<int>(pages);
  file.source = json.text("source");
  file.problem = json.text("problem");
  file.kept_as_is = json.flag("kept_as_is");
  return file;
}

std::string_view to_text(FeeChoice choice) {
  switch (choice) {
    case FeeChoice::undecided: return "undecided";
    case FeeChoice::proof: return "proof";
    case FeeChoice::later: return "later";
  }
  QABYL_CHECK(false);
  return {};
}

std::vector<DraftFile>* ApplicationDraft::files_of(std::string_view code) {
  const auto item = std::find_if(items.begin(), items.end(), [&](const DraftItem& one) { return one.code == code; });
  return item == items.end() ? nullptr : &item->files;
}

const std::vector<DraftFile>* ApplicationDraft::files_of(std::string_view code) const {
  return const_cast<ApplicationDraft*>(this)->files_of(code);
}

int ApplicationDraft::pages() const {
  int count = 0;
  for (const auto& item : items) {
    for (const auto& file : item.files) count += file.pages;
  }
  return count;
}

int ApplicationDraft::files() const {
  int count = 0;
  for (const auto& item : items) count += static_cast<int>(item.files.size());
  return count;
}

Json to_json(const ApplicationDraft& draft) {
  Json json = Json::Object{{"v", 1},
                           {"id", draft.id},
                           {"procedure", to_text(draft.procedure)},
                           {"fee", to_text(draft.fee)},
                           {"step", draft.step},
                           {"question", draft.question}};
  for (const auto& answer : answers) json[answer.name] = draft.*answer.member;
  Json::Array items;
  for (const auto& item : draft.items) {
    Json::Array files;
    for (const auto& file : item.files) files.push_back(to_json(file));
    items.emplace_back(Json::Object{{"code", item.code}, {"files", std::move(files)}});
  }
  json["items"] = std::move(items);
  return json;
}

Result<ApplicationDraft> draft_from_json(const Json& json) {
  if (json.number("v") != 1) return Error{ErrorCode::unsupported, "draft of another version"};
  ApplicationDraft draft;
  draft.id = json.text("id");
  if (!valid_id(draft.id)) return invalid("id");
  QABYL_TRY(procedure, parse_procedure(json.text("procedure")));
  QABYL_TRY(fee, parse_fee_choice(json.text("fee")));
  draft.procedure = procedure;
  draft.fee = fee;
  for (const auto& answer : answers) {
    draft.*answer.member = json.text(answer.name);
    if ((draft.*answer.member).size() > answer_bytes_max) return invalid(answer.name);
  }
  if (json.items("items").size() > items_max) return invalid("items");
  for (const auto& one : json.items("items")) {
    QABYL_TRY(item, item_from(one));
    draft.items.push_back(std::move(item));
  }
  if (draft.files() > static_cast<int>(draft_files_max)) return invalid("files");
  draft.step = static_cast<int>(std::clamp<std::int64_t>(json.number("step", 1), 1, steps));
  draft.question = static_cast<int>(std::clamp<std::int64_t>(json.number("question", 1), 1, questions));
  return draft;
}

std::vector<std::string> missing_documents(const Profile& profile, const ApplicationDraft& draft) {
  std::vector<std::string> missing;
  for (const auto& document : profile.list(draft.procedure)) {
    const auto* files = draft.files_of(document.code);
    const bool present = document.made_here || (files != nullptr && !files->empty());
    if (document.mandatory && !present) missing.push_back(document.code);
  }
  return missing;
}

}  // namespace qabyl::core
