// What is asked of a person for each act that hands a letter in (picture 14): questions one a screen, and what the
// answers say in the record. Built from the paper; a value without a screen. No ImGui, no I/O. RULES.md f3 ... f9; A10.
#pragma once

#include <set>

#include "kiosk/screens/session.h"
#include "kiosk/screens/text_edit.h"

namespace qabyl::kiosk {

struct Option { std::string id, title, sub; };
struct WriteField {
  std::string key;               // member of the record's body; also ends the label's text id: reply.f.<key>
  bool optional = false, name = false;  // name: begins with a capital
};

struct Question {
  enum class Kind { one, many, write, date, documents };
  Kind kind = Kind::write;
  std::string text;              // text id of the title; `.hint` may follow
  std::string about;             // the breach or measure that it is about, in the paper's words
  std::vector<Option> options;   // one, many
  std::vector<WriteField> fields;  // write: 1 or 2; date: 1
};

struct Given {                   // to the question of the same index
  std::set<int> chosen;          // of its options
  std::vector<TextEdit> texts;   // of its fields
};

struct ReplyForm {
  core::BureauAct act = core::BureauAct::answer;
  std::vector<Question> questions;
  bool needs_something = false;  // at least a text or a document in all: each is optional alone
};

struct ReplyFacts {
  const PaperView& paper;
  const std::vector<StaffView>& people;  // for the letter of paragraph 13
  const core::Profile& profile;
  core::Language language;
};
// Precondition: the act hands something in, and the paper offers it.
ReplyForm form_of(core::BureauAct act, const ReplyFacts& facts);

// Text id of what is wrong with the answer, by field (0 for a choice); empty: nothing.
struct ReplyFault { int field = 0; std::string text; };
std::vector<ReplyFault> faults_of(const ReplyForm& form, std::size_t question, const std::vector<Given>& given, std::size_t files, core::Date today);

// What has been given so far, for a kiosk that goes dark: by question and the options' own ids, so that it finds its place
// in a form that has other items by then.
core::Json answers_kept(const ReplyForm& form, const std::vector<Given>& given, std::size_t at);
// How many questions, from the first on, are as they were.
std::size_t put_back(const core::Json& answers, const ReplyForm& form, std::vector<Given>& given);
bool anything_given(const ReplyForm& form, const std::vector<Given>& given);  // beyond what the form chose by itself

// PaperAct::said. Precondition: no question has a fault.
core::Json said_of(const ReplyForm& form, const std::vector<Given>& given, const std::vector<StaffView>& people);

}  // namespace qabyl::kiosk
