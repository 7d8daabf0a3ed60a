// See journey.h.
#include "kiosk/screens/journey.h"

#include <algorithm>

#include "core/text.h"
#include "kiosk/screens/input.h"

namespace qabyl::kiosk {
namespace {

// The answers alone: where the person stands does not change the form.
std::string form_source(const core::ApplicationDraft& draft, core::Language language) {
  core::Json json = core::to_json(draft);
  json["step"] = 0;
  json["question"] = 0;
  return std::string(core::to_text(language)) + core::canonical(json);
}

void forget_file(core::DraftFile& file) { forget(file.ref.name); }

}  // namespace

void Form::page_shown(const person::FormPageShown& shown) {
  auto& look = seen[shown.page];
  look = {shown.page, look.ms, shown.pixels, shown.width, shown.height};
  dpi = shown.dpi;
  renderer = shown.renderer;
}

core::ScreenSignature Form::signature(const core::Strokes& strokes, int pad_width_tenth_mm, int pad_height_tenth_mm) const {
  core::ScreenSignature made;
  made.strokes = strokes;
  made.pad_width_tenth_mm = pad_width_tenth_mm;
  made.pad_height_tenth_mm = pad_height_tenth_mm;
  made.paper = file.ref.sha256;
  made.renderer = renderer;
  made.dpi = dpi;
  for (const auto& [page, look] : seen) made.pages.push_back(look);
  return made;
}

const core::Profile& Journey::profile(const SetUp& set_up) const {
  const auto* own = draft ? set_up.find_profile(draft->profile) : nullptr;
  return own != nullptr ? *own : set_up.current_profile();
}

void Journey::fields_from_draft() {
  QABYL_CHECK(draft.has_value());
  procedure = draft->procedure;
  field(Field::organisation).set(draft->organisation);
  field(Field::address).set(draft->address);
  field(Field::representative).set(draft->representative);
  field(Field::position).set(draft->position);
  field(Field::phone).set(draft->phone.starts_with("+7") ? draft->phone.substr(2) : draft->phone);
  field(Field::authority_until).set(digits_from_iso(draft->authority_until));
  field(Field::first_head).set(draft->first_head);
  field(Field::licence_number).set(draft->licence_number);
  by_office = draft->authority_until.empty() && draft->step > 2;
}

void Journey::draft_from_fields() {
  QABYL_CHECK(draft.has_value());
  draft->organisation = core::tidy_spaces(field(Field::organisation).text);
  draft->address = core::tidy_spaces(field(Field::address).text);
  draft->representative = core::tidy_spaces(field(Field::representative).text);
  draft->position = core::tidy_spaces(field(Field::position).text);
  const auto& phone = field(Field::phone).text;
  draft->phone = phone.empty() ? "" : "+7" + phone;
  draft->authority_until = by_office ? "" : iso_from_digits(field(Field::authority_until).text);
  draft->first_head = core::tidy_spaces(field(Field::first_head).text);
  draft->licence_number = core::tidy_spaces(field(Field::licence_number).text);
  changed();
}

void Journey::at_step(int step, int question) {
  if (!draft || (draft->step == step && draft->question == question)) return;
  draft->step = step;
  draft->question = question;
  changed();
}

Effects Journey::make_form(core::Language language) {
  QABYL_CHECK(draft.has_value());
  std::string source = form_source(*draft, language);
  const bool at_hand = form.state == Form::State::ready || form.state == Form::State::making;
  if (at_hand && form.of == source) return {};
  forget(form.of);
  form = Form{.state = Form::State::making, .of = std::move(source), .file = {}, .seen = {}, .dpi = 0, .renderer = {}};
  return {effect::MakeForm{*draft, language}};
}

void Journey::wipe() {
  if (draft) forget(*draft);
  for (auto& edit : fields) edit.wipe();
  forget(form.of);
  forget_file(form.file);
  *this = Journey{};
}

std::string iso_from_digits(std::string_view ddmmyyyy) {
  if (ddmmyyyy.size() != date_digits) return {};
  std::string iso;
  iso.append(ddmmyyyy.substr(4, 4)).append("-").append(ddmmyyyy.substr(2, 2)).append("-");
  iso.append(ddmmyyyy.substr(0, 2));
  return core::parse_iso_date(iso) ? iso : std::string{};
}

std::string digits_from_iso(std::string_view iso) {
  if (iso.size() != 10) return {};
  return std::string(iso.substr(8, 2)).append(iso.substr(5, 2)).append(iso.substr(0, 4));
}

std::string digits_as_date(std::string_view ddmmyyyy) {
  std::string text;
  for (std::size_t i = 0; i < ddmmyyyy.size(); ++i) {
    if (i == 2 || i == 4) text += '.';
    text += ddmmyyyy[i];
  }
  return text;
}

std::string digits_as_phone(std::string_view digits) {
  std::string text = "+7";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i == 0 || i == 3 || i == 6 || i == 8) text += ' ';
    text += digits[i];
  }
  return text;
}

std::vector<std::string> missing_in_step(const core::Profile& profile, const core::ApplicationDraft& draft,
                                         int step) {
  std::vector<std::string> missing;
  for (auto& code : core::missing_documents(profile, draft)) {
    const auto* document = find_document(profile, draft.procedure, code);
    if (document != nullptr && document->step == step) missing.push_back(std::move(code));
  }
  return missing;
}

const core::RequiredDocument* find_document(const core::Profile& profile, core::Procedure procedure,
                                            std::string_view code) {
  for (const auto& document : profile.documents) {
    const auto& asked_for = document.procedures;  // empty: for every procedure
    const bool asked = asked_for.empty() || std::ranges::find(asked_for, procedure) != asked_for.end();
    if (asked && document.code == code) return &document;
  }
  return nullptr;
}

void forget(core::ApplicationDraft& draft) {
  for (auto* text : {&draft.bin, &draft.organisation, &draft.address, &draft.first_head, &draft.licence_number,
                     &draft.representative, &draft.position, &draft.phone, &draft.authority_until}) {
    forget(*text);
  }
  for (auto& item : draft.items) {
    for (auto& file : item.files) forget_file(file);
  }
}

}  // namespace qabyl::kiosk
