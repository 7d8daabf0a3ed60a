// See reply_form.h.
#include "kiosk/screens/reply_form.h"

#include <algorithm>

#include "core/cases/acts.h"
#include "core/text.h"
#include "kiosk/screens/journey.h"

namespace qabyl::kiosk {
namespace {

using core::BureauAct;
using core::Json;
using Kind = Question::Kind;

std::string text_of(const Json& json) { return json.is_string() ? json.string() : std::string(); }

Question write(std::string text, std::vector<WriteField> fields, std::string about = {}) { return {Kind::write, std::move(text), std::move(about), {}, std::move(fields)}; }
Question date(std::string text, std::string about = {}) { return {Kind::date, std::move(text), std::move(about), {}, {{"due", false, false}}}; }
Question documents() { return {Kind::documents, "reply.q.documents", {}, {}, {}}; }
Question choice(Kind kind, std::string text, std::vector<Option> options) { return {kind, std::move(text), {}, std::move(options), {}}; }

const core::ActOffer* offer_of(const PaperView& paper, BureauAct act) {
  const auto found = std::find_if(paper.acts.begin(), paper.acts.end(), [&](const auto& one) { return one.act == act; });
  return found == paper.acts.end() ? nullptr : &*found;
}

// Items of a request, or measures of a plan, that are still open; ids are their indexes.
std::vector<Option> open_items(const ReplyFacts& facts, BureauAct act) {
  std::vector<Option> options;
  const auto* offer = offer_of(facts.paper, act);
  const auto& items = facts.paper.details.items("items");
  if (offer == nullptr) return options;
  for (const int index : offer->open) {
    if (index < 0 || index >= static_cast<int>(items.size())) continue;
    const auto& item = items[static_cast<std::size_t>(index)];
    const bool plan = item.is_object();
    options.push_back({std::to_string(index), plan ? item.text("measure") : text_of(item), plan ? item.text("executor") : std::string()});
  }
  return options;
}

std::vector<Option> people(const ReplyFacts& facts) {
  std::vector<Option> options;
  for (const auto& one : facts.people) options.push_back({one.id, one.name, one.position});
  return options;
}

std::vector<Question> letter(const ReplyFacts& facts) {
  return {choice(Kind::one, "reply.q.manager", people(facts)), choice(Kind::one, "reply.q.stand_in", people(facts)),
          choice(Kind::many, "reply.q.prepare", people(facts)), choice(Kind::many, "reply.q.hand_over", people(facts)),
          choice(Kind::many, "reply.q.receive_interim", people(facts))};
}

// Two questions a breach; then what the profile's plan holds besides (kz-current: causes, conditions, officials).
std::vector<Question> plan(const ReplyFacts& facts) {
  std::vector<Question> questions;
  for (const auto& breach : facts.paper.details.items("breaches")) {
    questions.push_back(write("reply.q.measure", {{"measure", false, false}, {"executor", false, true}}, text_of(breach)));
    questions.push_back(date("reply.q.measure_due", text_of(breach)));
  }
  for (const auto& field : facts.profile.settings.items("plan.fields")) questions.push_back(write("reply.q.plan." + text_of(field), {{text_of(field), false, false}}));
  return questions;
}

std::vector<Question> witnesses() {
  return {write("reply.q.witness_1", {{"name", false, true}, {"position", false, false}}), write("reply.q.witness_2", {{"name", false, true}, {"position", false, false}})};
}

std::string day_of(const TextEdit& edit) { return iso_from_digits(edit.text); }

bool any_text(const std::vector<Given>& given) {
  return std::any_of(given.begin(), given.end(), [](const Given& one) { return std::any_of(one.texts.begin(), one.texts.end(), [](const TextEdit& edit) { return !edit.text.empty(); }); });
}

Json letter_person(const std::vector<StaffView>& people, int index) {
  const auto& one = people[static_cast<std::size_t>(index)];
  return Json::Object{{"staff", one.id}, {"name", one.name}, {"position", one.position}};
}

// The people of the three duties, each once with all the duties.
Json specialists(const std::vector<Given>& given, const std::vector<StaffView>& people) {
  constexpr const char* duties[] = {"prepare", "hand_over", "receive_interim"};
  Json::Array list;
  for (int index = 0; index < static_cast<int>(people.size()); ++index) {
    Json::Array theirs;
    for (std::size_t duty = 0; duty < std::size(duties); ++duty) {
      if (given[duty + 2].chosen.count(index) != 0) theirs.push_back(duties[duty]);
    }
    if (theirs.empty()) continue;
    auto one = letter_person(people, index);
    one["duties"] = std::move(theirs);
    list.push_back(std::move(one));
  }
  return list;
}

Json plan_items(const ReplyForm& form, const std::vector<Given>& given) {
  Json::Array items;
  for (std::size_t i = 0; i + 1 < form.questions.size() && form.questions[i + 1].kind == Kind::date; i += 2) {
    items.push_back(Json::Object{{"breach", static_cast<std::int64_t>(i / 2)},
                                 {"measure", given[i].texts[0].text},
                                 {"executor", given[i].texts[1].text},
                                 {"due", day_of(given[i + 1].texts[0])}});
  }
  return items;
}

// Every text under the key of its field, every chosen item by its own index; what was left empty is left out.
void add_plain(Json& said, const ReplyForm& form, const std::vector<Given>& given) {
  for (std::size_t i = 0; i < form.questions.size(); ++i) {
    const auto& question = form.questions[i];
    Json::Array chosen;
    for (const int index : given[i].chosen) chosen.push_back(std::stoll(question.options[static_cast<std::size_t>(index)].id));
    if (question.kind == Kind::many) said["items"] = std::move(chosen);
    if (question.kind == Kind::one) said["item"] = chosen.front();
    for (std::size_t field = 0; field < question.fields.size(); ++field) {
      const auto& text = given[i].texts[field].text;
      const auto value = question.kind == Kind::date ? day_of(given[i].texts[field]) : text;
      if (!value.empty()) said[question.fields[field].key] = value;
    }
  }
}

}  // namespace

ReplyForm form_of(BureauAct act, const ReplyFacts& facts) {
  const auto words = [](bool optional) { return write(optional ? "reply.q.words" : "reply.q.explain", {{"text", optional, false}}); };
  switch (act) {
    case BureauAct::letter: return {act, letter(facts), false};
    case BureauAct::answer: return {act, {choice(Kind::many, "reply.q.items", open_items(facts, act)), documents(), words(true)}, true};
    case BureauAct::refuse: return {act, {write("reply.q.reason", {{"reason", false, false}})}, false};
    case BureauAct::submit_plan: return {act, plan(facts), false};
    case BureauAct::report_item: return {act, {choice(Kind::one, "reply.q.item", open_items(facts, act)), documents(), words(true)}, true};
    case BureauAct::explain_item: return {act, {choice(Kind::one, "reply.q.item", open_items(facts, act)), words(false), documents()}, false};
    case BureauAct::ask_extension: return {act, {write("reply.q.reason", {{"reason", false, false}}), date("reply.q.new_due"), documents()}, false};
    case BureauAct::ask_consent: return {act, {write("reply.q.third_party", {{"third_party", false, true}, {"purpose", false, false}})}, false};
    case BureauAct::pass_on: return {act, {write("reply.q.organs", {{"organs", false, false}})}, false};
    case BureauAct::refuse_receipt: return {act, witnesses(), false};
    default: return {act, {documents(), words(true)}, true};  // objections, notice of execution, appeal
  }
}

std::vector<ReplyFault> faults_of(const ReplyForm& form, std::size_t at, const std::vector<Given>& given, std::size_t files, core::Date today) {
  const auto& question = form.questions[at];
  const auto& mine = given[at];
  std::vector<ReplyFault> faults;
  const bool choice = question.kind == Kind::one || question.kind == Kind::many;
  if (choice && mine.chosen.empty()) faults.push_back({0, "reply.err.choose"});
  if (form.act == BureauAct::letter && at == 1 && mine.chosen == given[0].chosen && !mine.chosen.empty()) faults.push_back({0, "reply.err.same_person"});
  for (std::size_t i = 0; i < question.fields.size(); ++i) {
    const auto& text = mine.texts[i].text;
    const int field = static_cast<int>(i);
    if (text.empty() && !question.fields[i].optional) faults.push_back({field, "reply.err.empty"});
    else if (question.kind == Kind::date) {
      const auto day = core::parse_iso_date(day_of(mine.texts[i]));
      if (!day || std::chrono::sys_days{*day} <= std::chrono::sys_days{today}) faults.push_back({field, "reply.err.date"});
    }
  }
  if (form.act == BureauAct::refuse_receipt && at == 1 && faults.empty() && mine.texts[0].text == given[0].texts[0].text) faults.push_back({0, "reply.err.same_witness"});
  const bool last = at + 1 == form.questions.size();
  if (last && form.needs_something && files == 0 && !any_text(given)) faults.push_back({0, "reply.err.nothing"});
  return faults;
}

Json answers_kept(const ReplyForm& form, const std::vector<Given>& given, std::size_t at) {
  Json::Array list;
  for (std::size_t i = 0; i < form.questions.size(); ++i) {
    const auto& question = form.questions[i];
    Json::Array chosen;
    for (const int index : given[i].chosen) chosen.push_back(question.options[static_cast<std::size_t>(index)].id);
    Json::Object texts;
    for (std::size_t field = 0; field < question.fields.size(); ++field) texts.emplace(question.fields[field].key, given[i].texts[field].text);
    list.push_back(Json::Object{{"q", question.text}, {"about", question.about}, {"chosen", std::move(chosen)}, {"texts", std::move(texts)}});
  }
  return Json::Object{{"at", static_cast<std::int64_t>(at)}, {"given", std::move(list)}};
}

std::size_t put_back(const Json& answers, const ReplyForm& form, std::vector<Given>& given) {
  const auto& list = answers.items("given");
  std::size_t as_before = form.questions.size();
  for (std::size_t i = 0; i < form.questions.size(); ++i) {
    const auto& question = form.questions[i];
    const bool same = i < list.size() && list[i].text("q") == question.text && list[i].text("about") == question.about;
    if (!same) as_before = std::min(as_before, i);
    if (!same) continue;
    for (const auto& id : list[i].items("chosen")) {
      const auto found = std::find_if(question.options.begin(), question.options.end(), [&](const Option& one) { return one.id == text_of(id); });
      if (found == question.options.end()) as_before = std::min(as_before, i);
      else given[i].chosen.insert(static_cast<int>(found - question.options.begin()));
    }
    for (std::size_t field = 0; field < question.fields.size(); ++field) given[i].texts[field].set(list[i].member("texts").text(question.fields[field].key));
  }
  return as_before;
}

bool anything_given(const ReplyForm& form, const std::vector<Given>& given) {
  const auto chosen = [&](std::size_t i) { return !given[i].chosen.empty() && form.questions[i].options.size() > 1; };
  for (std::size_t i = 0; i < form.questions.size(); ++i) {
    if (chosen(i)) return true;
  }
  return any_text(given);
}

Json said_of(const ReplyForm& form, const std::vector<Given>& given, const std::vector<StaffView>& people) {
  Json said = Json::Object{};
  switch (form.act) {
    case BureauAct::letter:
      said["manager"] = letter_person(people, *given[0].chosen.begin());
      said["stand_in"] = letter_person(people, *given[1].chosen.begin());
      said["specialists"] = specialists(given, people);
      return said;
    case BureauAct::refuse_receipt: {
      Json::Array two;
      for (const auto& one : given) two.push_back(Json::Object{{"name", one.texts[0].text}, {"position", one.texts[1].text}});
      said["witnesses"] = std::move(two);
      return said;
    }
    case BureauAct::submit_plan: {
      const auto breaches = std::count_if(form.questions.begin(), form.questions.end(), [](const Question& one) { return one.kind == Kind::date; });
      said["items"] = plan_items(form, given);
      for (std::size_t i = 2 * static_cast<std::size_t>(breaches); i < form.questions.size(); ++i) said[form.questions[i].fields[0].key] = given[i].texts[0].text;
      return said;
    }
    default: add_plain(said, form, given); return said;
  }
}

}  // namespace qabyl::kiosk
