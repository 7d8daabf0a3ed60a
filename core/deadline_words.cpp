// The explanation of a deadline in words. See deadline.h. Knows no rule: everything said was counted before.
#include "core/deadline.h"

namespace qabyl::core {
namespace {

std::string say_day(const Texts& texts, Language language, Date date) {
  return format_date(texts, language, date) + ", " + format_weekday(texts, language, date);
}

std::string say_length(const TermRule& rule, const Texts& texts, Language language) {
  const auto n = std::to_string(rule.length);
  if (rule.unit == TermUnit::stated) return texts.say(language, "term.length.stated");
  if (rule.length == 0) return texts.say(language, "term.length.by_base");
  switch (rule.unit) {
    case TermUnit::working_days: return texts.say(language, "term.length.working_days", {{"n", n}});
    case TermUnit::calendar_days: return texts.say(language, "term.length.calendar_days", {{"n", n}});
    default: return texts.say(language, "term.length.months", {{"n", n}});
  }
}

// "D17" -> "d17": ids of texts are small letters.
std::string text_key(std::string_view term) {
  std::string key(term);
  for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return key;
}

std::string say_side(Side side, const Texts& texts, Language language) {
  switch (side) {
    case Side::body: return texts.say(language, "term.side.body");
    case Side::bureau: return texts.say(language, "term.side.bureau");
    case Side::applicant: return texts.say(language, "term.side.applicant");
  }
  QABYL_CHECK(false);
  return {};
}

std::string say_counted(const CountedDay& day, const Texts& texts, Language language) {
  const auto date = say_day(texts, language, day.date);
  const auto why = say_nature(day.nature, texts, language);
  if (day.n == 0 && day.nature.is_working()) return texts.say(language, "term.day.moved_to", {{"date", date}});
  if (day.n == 0) return texts.say(language, "term.day.skipped", {{"date", date}, {"why", why}});
  if (day.nature.kind == DayKind::working || why.empty()) {
    return texts.say(language, "term.day.counted", {{"date", date}, {"n", std::to_string(day.n)}});
  }
  return texts.say(language, "term.day.counted_why", {{"date", date}, {"n", std::to_string(day.n)}, {"why", why}});
}

std::string say_cutoff(const Deadline& deadline, const Profile& profile, const Texts& texts, Language language) {
  if (deadline.cutoff == Cutoff::midnight) return texts.say(language, "term.cutoff.midnight");
  return texts.say(language, "term.cutoff.closing", {{"time", format_time({{}, profile.closing_hour, profile.closing_minute, 0})}});
}

void say_end(std::vector<std::string>& lines, const Deadline& deadline, const Profile& profile, const Texts& texts, Language language) {
  if (deadline.unrolled) {
    lines.push_back(texts.say(language, "term.rolled", {{"date", say_day(texts, language, *deadline.unrolled)}}));
  } else if (deadline.rule.cap && !deadline.rule.rolls) {
    lines.push_back(texts.say(language, "term.cap"));
  }
  lines.push_back(texts.say(language, "term.due", {{"date", say_day(texts, language, deadline.due)}}));
  if (deadline.cutoff != Cutoff::none) lines.push_back(say_cutoff(deadline, profile, texts, language));
}

}  // namespace

std::string say_term(const TermRule& rule, const Texts& texts, Language language) {
  return texts.say(language, "term.head", {{"term", rule.id}, {"paragraph", rule.paragraph}, {"duty", rule.duty},
                                           {"what", texts.say(language, "term.what." + text_key(rule.id))}});
}

std::string say_nature(const DayNature& nature, const Texts& texts, Language language) {
  const auto other = nature.other.ok() ? say_day(texts, language, nature.other) : std::string();
  const auto& name = nature.name.in(language);
  switch (nature.kind) {
    case DayKind::working: return {};
    case DayKind::made_up: return texts.say(language, "day.made_up", {{"date", other}});
    case DayKind::weekend: return texts.say(language, "day.weekend");
    case DayKind::holiday: return texts.say(language, "day.holiday", {{"name", name}});
    case DayKind::carried: return texts.say(language, "day.carried", {{"name", name}, {"date", other}});
    case DayKind::moved_off: return texts.say(language, "day.moved_off", {{"date", other}});
    case DayKind::kurban: return texts.say(language, nature.provisional ? "day.kurban_provisional" : "day.kurban");
  }
  QABYL_CHECK(false);
  return {};
}

std::vector<std::string> explain(const Deadline& deadline, const Profile& profile, const Texts& texts, Language language) {
  const auto& rule = deadline.rule;
  std::vector<std::string> lines{
      say_term(rule, texts, language),
      texts.say(language, "term.side", {{"side", say_side(rule.owed_by, texts, language)}}),
      texts.say(language, "term.length", {{"length", say_length(rule, texts, language)}})};
  if (rule.unit != TermUnit::stated) {  // a day that a paper names is counted from nothing
    lines.push_back(texts.say(language, "term.base", {{"what", texts.say(language, "term.from." + text_key(rule.id))},
                                                      {"date", say_day(texts, language, deadline.base)}}));
  }
  if (rule.unit != TermUnit::stated && rule.length > 0) lines.push_back(texts.say(language, "term.next_day"));
  for (const auto& day : deadline.days) lines.push_back(say_counted(day, texts, language));
  say_end(lines, deadline, profile, texts, language);
  for (const auto& reading : deadline.readings) {
    lines.push_back(texts.say(language, "term.reading", {{"question", reading.question}, {"setting", reading.setting}, {"value", reading.value}}));
  }
  lines.push_back(texts.say(language, "term.versions", {{"calendar", deadline.calendar_version}, {"profile", deadline.profile},
                                                        {"version", deadline.profile_version}}));
  if (deadline.provisional) lines.push_back(texts.say(language, "term.provisional"));
  return lines;
}

}  // namespace qabyl::core
