// Cards, rows and lists: choices, document rows, answers, pager, progress, custody, errors, notes.
// design/DESIGN.md, section 5. They decide nothing: state comes in, a tap comes out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/ui/canvas.h"

namespace qabyl::kiosk::ui {

// Light tint and its ink of a state.
enum class State { neutral, info, ok, warn, bad };
Tone ground_of(State state);
Tone ink_of(State state);

struct ChoiceSpec {
  std::string key, title, sub;
  Icon icon = Icon::none;        // a square with the icon instead of the round mark
  bool selected = false, enabled = true;  // disabled: dashed, with the reason as `sub`
  bool leads_on = false;         // arrow at the right instead of the round mark
  bool dot = false;              // radio dot instead of the tick
};
bool choice_card(Canvas& canvas, Rect box, const ChoiceSpec& spec);
float choice_height(const Canvas& canvas, const ChoiceSpec& spec, float width);  // that its words need

// The tall (portrait: flat) cards of the start screen.
struct HeroSpec { std::string key, title, text, tag; Icon icon = Icon::document; bool first = false; };
bool hero_card(Canvas& canvas, Rect box, const HeroSpec& spec);

// A row: icon square with the state, title, one line under it, at the right a tag or a button.
struct RowSpec {
  std::string key, title, sub;
  Icon icon = Icon::document;
  State state = State::neutral;  // of the icon square
  bool selected = false, bad = false;     // bad: red frame, sub in red
  bool quiet = false;            // nothing to do here: pale edge
  Icon tag_icon = Icon::none;
  std::string tag;               // state word, not a target
  State tag_state = State::neutral;
  std::string action_key, action;         // a button at the right instead of the tag
  Icon action_icon = Icon::none;
  bool action_primary = false;
  bool can_be_tapped = true;
};
enum class RowTap { none, row, action };
float row_height(const Canvas& canvas, const RowSpec& spec, float width);  // at least 102 px
RowTap list_row(Canvas& canvas, Rect box, const RowSpec& spec);

// "Check answers": label, value, "change".
struct AnswerSpec { std::string key, label, value; bool bad = false; std::string change; };  // empty change: no button
float answer_height(const Canvas& canvas, const AnswerSpec& spec, float width);
bool answer_row(Canvas& canvas, Rect box, const AnswerSpec& spec);
void group_title(Canvas& canvas, Rect box, std::string_view title);  // h3 in pri over a 4 px line
float group_title_height(const Canvas& canvas);

// Lists do not scroll by flinging: up and down with what stands there. Keys <key>.up, <key>.down.
struct PagerSpec { std::string key; bool up = false, down = false; std::string up_label, middle, down_label; };
int pager(Canvas& canvas, Rect box, const PagerSpec& spec);  // -1, 0, +1; upright when box is taller than wide

// Blocks below each other. Where they do not all fit, pages of them with up and down below.
// `page` belongs to the caller and is kept within what there is.
struct Block { float height = 0; std::function<void(Rect)> draw; };
float blocks_height(const std::vector<Block>& blocks, float gap);
void paged(Canvas& canvas, Rect room, const std::vector<Block>& blocks, float gap, const std::string& key, int& page);
// First block of each page, when pages are `height` tall and a block too tall for one has it alone.
std::vector<std::size_t> page_starts(const std::vector<Block>& blocks, float gap, float height);

// Real units only: one segment a unit.
void progress(Canvas& canvas, Rect box, const std::vector<State>& units);

// Tinted box with an icon, a bold line and text. `strip`: the 8 px bar at its left edge.
struct NoteSpec { Icon icon = Icon::none; std::string title, text; State state = State::info; bool strip = false; };
float note_height(const Canvas& canvas, const NoteSpec& spec, float width);
float note_box(Canvas& canvas, Rect box, const NoteSpec& spec);  // returns the height taken

struct ErrorLine { std::string key, text; };
float error_summary_height(const Canvas& canvas, std::string_view title, const std::vector<ErrorLine>& errors, float width);
// Index of the error tapped, or -1. The title counts them (err.n).
int error_summary(Canvas& canvas, Rect box, std::string_view title, const std::vector<ErrorLine>& errors);

struct CustodyLine { State state = State::neutral; Icon icon = Icon::check; std::string title, sub; };
float custody_height(const Canvas& canvas, const std::vector<CustodyLine>& lines, float width);
void custody_list(Canvas& canvas, Rect box, const std::vector<CustodyLine>& lines);

// Ticked sentences (what one signs).
float ticks_height(const Canvas& canvas, const std::vector<std::string>& lines, float width);
void ticks(Canvas& canvas, Rect box, const std::vector<std::string>& lines);

}  // namespace qabyl::kiosk::ui
