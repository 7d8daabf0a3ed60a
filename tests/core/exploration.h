// Walks a machine through everything that can happen to it: from its first state, every move is tried in every
// state reached, until nothing new comes. Counts states and transitions, keeps which guard refused what, and
// says from where the body alone can still reach an end. For tests only.
#pragma once

#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "tests/support/catch.h"

#include "core/record.h"

namespace qabyl::test {

using Refusals = std::map<std::string, std::set<std::string>>;  // kind -> codes of the guards that refused

// Of each machine's whole exploration; guards_test.cpp compares them with the codes in the sources.
Refusals notice_refusals();
Refusals request_refusals();
Refusals inspection_refusals();
Refusals interim_refusals();
Refusals summary_refusals();
Refusals meeting_refusals();
Refusals disclosure_refusals();
Refusals remedy_refusals();
Refusals outcome_refusals();
Refusals application_refusals();
Refusals licence_refusals();
Refusals recount_refusals();
Refusals scan_refusals();

inline constexpr std::size_t explored_states_max = 200'000;

struct Move {
  core::Record record;
  bool by_body = true;     // the body can make it happen alone
  std::string never = {};  // the code of the one guard that this act breaks: refused by it, wherever it comes that far
};

template <typename Machine>
struct Exploration {
  std::map<std::string, Machine> states;                             // by key
  std::map<std::string, std::set<std::string>> transitions;          // "sent -notice.file->" -> "filed", by names of states
  Refusals refusals;
  std::map<std::string, std::set<std::string>> leads_here_by_body;   // key -> keys before it
  std::size_t edges = 0;
  std::set<std::string> accepted_wrongly;  // moves with a `never` that were accepted
};

// `key` tells states apart as far as guards do; `name` is what RULES.md calls the state.
template <typename Machine, typename Apply, typename Key, typename Name>
Exploration<Machine> explore(const Machine& first, const std::vector<Move>& moves, Apply apply, Key key, Name name) {
  Exploration<Machine> found;
  std::deque<std::string> waiting{key(first)};
  found.states.emplace(key(first), first);
  while (!waiting.empty() && found.states.size() < explored_states_max) {
    const auto from = waiting.front();
    waiting.pop_front();
    const Machine before = found.states.at(from);
    for (const auto& move : moves) {
      const auto next = apply(before, move.record);
      if (!next) {
        found.refusals[move.record.kind].insert(next.error().detail);
        continue;
      }
      if (!move.never.empty()) found.accepted_wrongly.insert(move.record.kind + " in " + std::string(name(before)) + " despite " + move.never);
      const auto to = key(*next);
      ++found.edges;
      found.transitions[std::string(name(before)) + " -" + move.record.kind + "->"].insert(std::string(name(*next)));
      if (move.by_body) found.leads_here_by_body[to].insert(from);
      if (found.states.emplace(to, *next).second) waiting.push_back(to);
    }
  }
  return found;
}

// Keys of states from which the body alone reaches no state that `is_end` names.
template <typename Machine, typename IsEnd>
std::vector<std::string> stuck(const Exploration<Machine>& found, IsEnd is_end) {
  std::set<std::string> good;
  std::deque<std::string> waiting;
  for (const auto& [key, state] : found.states) {
    if (is_end(state)) waiting.push_back(key), good.insert(key);
  }
  while (!waiting.empty()) {
    const auto to = waiting.front();
    waiting.pop_front();
    const auto before = found.leads_here_by_body.find(to);
    if (before == found.leads_here_by_body.end()) continue;
    for (const auto& from : before->second) {
      if (good.insert(from).second) waiting.push_back(from);
    }
  }
  std::vector<std::string> left;
  for (const auto& [key, state] : found.states) {
    if (good.count(key) == 0) left.push_back(key);
  }
  return left;
}

// "<key> value value" lines, so that a test states in plain text what there is.
inline std::string lines_of(const std::map<std::string, std::set<std::string>>& sets, std::string_view colon) {
  std::string lines = "\n";
  for (const auto& [key, values] : sets) {
    lines += key + std::string(colon);
    for (const auto& value : values) lines += " " + value;
    lines += "\n";
  }
  return lines;
}
template <typename Machine>
std::string ways(const Exploration<Machine>& found) { return lines_of(found.transitions, ""); }
template <typename Machine>
std::string guards(const Exploration<Machine>& found) { return lines_of(found.refusals, ":"); }

template <typename Machine>
void report(const char* machine, const Exploration<Machine>& found) {
  std::size_t seen = 0;
  for (const auto& [kind, codes] : found.refusals) seen += codes.size();
  std::cout << machine << ": " << found.states.size() << " states, " << found.edges << " transitions, " << seen << " guards seen\n";
  CHECK(found.states.size() < explored_states_max);
  CHECK(found.accepted_wrongly == std::set<std::string>{});
}

}  // namespace qabyl::test
