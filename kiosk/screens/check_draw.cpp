// Step 5: every answer with "change", what is missing, the whole application to read. See draw.h; picture 06.
#include <algorithm>

#include "kiosk/screens/draw.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"

namespace qabyl::kiosk {
namespace {

using person::Answer;
using ui::Icon;
using ui::Rect;
using ui::State;
using ui::Tone;
using ui::Type;
namespace space = ui::space;

struct Line { ui::AnswerSpec spec; Input caused; };
using Lines = std::vector<Line>;

Line line_of(const Pen& pen, const std::string& key, std::string label, std::string value, Answer answer) {
  return {{"check.change." + key, std::move(label), std::move(value), false, pen.say("change")}, person::ChangePressed{answer, {}}};
}

std::string contact(const Pen& pen, const core::ApplicationDraft& draft) {
  const auto phone = digits_as_phone(pen.journey().field(Field::phone).text);
  if (draft.authority_until.empty()) return phone + "\n" + pen.say("check.by_office");
  return phone + "\n" + pen.say("check.authority") + ": " + pen.say("check.authority.until", {{"d", pen.iso_day(draft.authority_until)}});
}

Lines applicant_lines(const Pen& pen) {
  const auto& draft = *pen.journey().draft;
  Lines lines{line_of(pen, "organisation", pen.say("check.organisation"), draft.organisation, Answer::organisation)};
  lines.push_back({{"check.bin", pen.say("check.bin"), core::format_bin(draft.bin), false, {}}, person::Touched{}});
  lines.push_back(line_of(pen, "address", pen.say("details.address"), draft.address, Answer::address));
  lines.push_back(line_of(pen, "first_head", pen.say("check.first_head"), draft.first_head, Answer::first_head));
  if (draft.procedure != core::Procedure::issue) {
    lines.push_back(line_of(pen, "licence_number", pen.say("details.licence_number"), draft.licence_number, Answer::licence_number));
  }
  constexpr std::size_t together_max = 160;  // bytes; longer ones are a row each, so that a row never outgrows a page
  const bool apart = draft.representative.size() + draft.position.size() > together_max;
  lines.push_back(line_of(pen, "representative", pen.say("check.representative"), apart ? draft.representative : draft.representative + "\n" + draft.position, Answer::representative));
  if (apart) lines.push_back(line_of(pen, "position", pen.say("details.position"), draft.position, Answer::position));
  lines.push_back(line_of(pen, "phone", pen.say("check.phone"), contact(pen, draft), Answer::phone));
  return lines;
}

std::string fee_value(const Pen& pen, const core::ApplicationDraft& draft) {
  const auto amount = pen.profile().fee_tenge(draft.procedure);
  const bool paid = draft.fee == core::FeeChoice::proof && missing_in_step(pen.profile(), draft, 4).empty();
  const std::string text = paid ? "check.fee.proof" : "check.fee.later";
  return amount ? pen.say(text, {{"sum", core::format_money(*amount)}}) : pen.say(text + ".only");
}

Lines document_lines(const Pen& pen) {
  const auto& draft = *pen.journey().draft;
  const auto missing = core::missing_documents(pen.profile(), draft);
  Lines lines;
  for (const auto& document : pen.profile().list(draft.procedure)) {
    if (document.made_here || document.step != 3) continue;
    int pages = 0;
    if (const auto* files = draft.files_of(document.code)) {
      for (const auto& file : *files) pages += file.pages;
    }
    const bool absent = std::ranges::find(missing, document.code) != missing.end();
    const auto value = absent ? pen.say("docs.none") : pen.say("docs.pages", {{"n", number_text(pages)}});
    lines.push_back({{"check.change." + document.code, document.name.in(pen.language()), value, absent, pen.say("change")},
                     person::ChangePressed{Answer::document, document.code}});
  }
  lines.push_back(line_of(pen, "fee", pen.say("step.4"), fee_value(pen, draft), Answer::fee));
  return lines;
}

std::vector<ui::Block> blocks_of(const Pen& pen, const Lines& lines, float width) {
  std::vector<ui::Block> blocks;
  for (const auto& line : lines) blocks.push_back({ui::answer_height(pen.canvas, line.spec, width), {}});
  return blocks;
}

// One column under its title, a page of it.
struct Column {
  Lines lines;
  std::vector<ui::Block> blocks;
  std::vector<std::size_t> starts;
  int pages() const { return static_cast<int>(starts.size()); }
};

Column column_of(const Pen& pen, Lines lines, Rect room) {
  Column column{std::move(lines), {}, {}};
  column.blocks = blocks_of(pen, column.lines, room.w);
  column.starts = ui::page_starts(column.blocks, 0, room.h - ui::group_title_height(pen.canvas));
  return column;
}

Caused draw_column(const Pen& pen, Rect room, const Column& column, std::string_view title, int page) {
  Caused caused;
  ui::group_title(pen.canvas, room.cut_top(ui::group_title_height(pen.canvas)), pen.say(title));
  if (page >= column.pages()) return caused;
  const std::size_t from = column.starts[static_cast<std::size_t>(page)];
  const std::size_t to = page + 1 < column.pages() ? column.starts[static_cast<std::size_t>(page) + 1] : column.lines.size();
  for (std::size_t i = from; i < to; ++i) {
    if (ui::answer_row(pen.canvas, room.cut_top(column.blocks[i].height), column.lines[i].spec)) caused = column.lines[i].caused;
  }
  return caused;
}

struct Pages { int page = 0, last = 0; };

// Two columns where there is room, else one list; both page together.
Caused draw_answers(const Pen& pen, Rect room, const CheckScreen& screen, Pages& pages) {
  const bool two = pen.side_panel();
  const Rect left = two ? room.column(0, 2, space::s36) : room, right = two ? room.column(1, 2, space::s36) : room;
  const auto applicant = column_of(pen, applicant_lines(pen), left), documents = column_of(pen, document_lines(pen), right);
  pages.last = (two ? std::max(applicant.pages(), documents.pages()) : applicant.pages() + documents.pages()) - 1;
  pages.page = std::min(screen.list_page, pages.last);
  if (!two && pages.page >= applicant.pages()) return draw_column(pen, right, documents, "check.docs", pages.page - applicant.pages());
  auto caused = draw_column(pen, left, applicant, "check.applicant", pages.page);
  if (!two) return caused;
  auto tapped = draw_column(pen, right, documents, "check.docs", pages.page);
  return tapped ? tapped : caused;
}

ui::NoteSpec foot_note(const Pen& pen) {
  const auto& draft = *pen.journey().draft;
  const auto missing = core::missing_documents(pen.profile(), draft).size();
  const auto form_pages = pen.journey().form.file.pages;
  const auto total = pen.say("check.total", {{"k", number_text(draft.files() + 1)}, {"n", number_text(draft.pages() + form_pages)}});
  if (pen.journey().form.state == Form::State::failed) return {Icon::warning, pen.say("check.failed"), pen.say("sign.failed.form"), State::bad};
  if (missing == 0) return {Icon::document, total, pen.say("check.total.read"), State::info};
  const auto without = pen.say("check.without", {{"n", number_text(static_cast<std::int64_t>(missing))}});
  return {Icon::warning, without + ". " + total, pen.say("docs.missing.later"), State::warn};
}

ui::ButtonSpec foot_button(const Pen& pen) {
  const auto state = pen.journey().form.state;
  if (state == Form::State::failed) return {.key = "check.retry", .label = pen.say("retry"), .icon = Icon::refresh};
  return {.key = "check.read", .label = pen.say("check.read"), .icon = Icon::eye, .enabled = state == Form::State::ready};
}

float foot_button_width(const Pen& pen, float width) { return std::min(width * 0.38F, pen.canvas.button_width(foot_button(pen))); }

constexpr float foot_pager_w = 3 * ui::size::target_normal + 2 * space::s16;

float foot_height(const Pen& pen, float width) {
  const float pager = pen.side_panel() ? foot_pager_w + space::s20 : 0;
  const float words = width - foot_button_width(pen, width) - space::s20 - pager;
  return std::max(ui::note_height(pen.canvas, foot_note(pen), words), ui::size::target_normal);
}

// Left of the foot's button.
Rect foot_pager(const Pen& pen, Rect foot) {
  const float button = foot_button_width(pen, foot.w) + space::s20;
  return {foot.right() - button - foot_pager_w, foot.mid_y() - ui::size::target_normal / 2, foot_pager_w, ui::size::target_normal};
}

Caused draw_foot(const Pen& pen, Rect room, bool with_pager) {
  auto& canvas = pen.canvas;
  const Rect button = room.cut_right(foot_button_width(pen, room.w), space::s20);
  if (with_pager) room.cut_right(foot_pager_w, space::s20);
  ui::note_box(canvas, room, foot_note(pen));
  const Rect place{button.x, button.mid_y() - ui::size::target_normal / 2, button.w, ui::size::target_normal};
  const auto spec = foot_button(pen);
  if (!canvas.button(place, spec)) return {};
  return spec.key == "check.retry" ? Input{person::RetryPressed{}} : Input{person::ReadFormPressed{}};
}

// Title, or what a draft from elsewhere still lacks.
float draw_heading(const Pen& pen, Rect room, const CheckScreen& screen, Caused& caused) {
  if (screen.errors.empty()) return ui::heading(pen.canvas, room, pen.say("check.h"), pen.say("check.sub"));
  std::vector<ui::ErrorLine> lines;
  for (const auto& error : screen.errors) {
    lines.push_back({"check.error." + number_text(static_cast<std::int64_t>(lines.size())), pen.say(error.text, {{"n", number_text(error.number)}})});
  }
  const auto title = pen.say("err.n", {{"n", number_text(static_cast<std::int64_t>(lines.size()))}});
  const int tapped = ui::error_summary(pen.canvas, room, title, lines);
  if (tapped >= 0) caused = person::ChangePressed{static_cast<Answer>(screen.errors[static_cast<std::size_t>(tapped)].field), {}};
  return ui::error_summary_height(pen.canvas, title, lines, room.w);
}

const char* reader_title(core::Procedure procedure) {
  if (procedure == core::Procedure::issue) return "reader.h";
  return procedure == core::Procedure::reissue ? "reader.h.reissue" : "reader.h.duplicate";
}

Caused draw_reader(const CheckScreen& screen, const Pen& pen) {
  auto& canvas = pen.canvas;
  const auto& form = pen.journey().form;
  auto spec = frame_spec(pen, "read");
  spec.back = pen.say("back");
  if (screen.before_signing) {
    spec.primary = ui::Primary{pen.say("follow.to_sign"), form.every_page_shown()};
    if (!form.every_page_shown()) spec.warning = pen.say(form.state == Form::State::ready ? "read.before_sign" : "check.making");
  }
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  const float wide = canvas.portrait() ? room.w : room.w * 0.32F;
  Rect side = canvas.portrait() ? room.cut_bottom(room.h * 0.26F, space::s20) : room.cut_right(wide, space::s28);
  const auto title = pen.say(reader_title(pen.journey().procedure));
  side.cut_top(canvas.text(side, Type::h2, Tone::ink, title), space::s12);
  side.cut_top(canvas.text(side, Type::body, Tone::ink2, pen.say("page.of", {{"p", number_text(screen.page)}, {"n", number_text(form.file.pages)}})), space::s20);
  const auto place = [&](int i) { return canvas.portrait() ? Rect{side.x, side.y, side.w, ui::size::target_normal}.column(i, 2, space::s16) : side.cut_top(ui::size::target_normal, space::s16); };
  Caused caused;
  if (canvas.button(place(0), {.key = "read.prev", .label = pen.say("page.prev"), .icon = Icon::up, .enabled = screen.page > 1})) caused = person::PageTurned{-1};
  if (canvas.button(place(1), {.key = "read.next", .label = pen.say("page.next"), .icon = Icon::down, .enabled = screen.page < form.file.pages})) caused = person::PageTurned{1};
  const auto picture = form.state == Form::State::ready ? pen.pages.page(form.file.ref.sha256, screen.page, true) : std::nullopt;
  ui::page_picture(canvas, room, "read.page", picture);
  ui::close_frame(canvas, spec, frame);
  if (!caused && picture && !form.seen.contains(screen.page)) caused = person::FormPageShown{screen.page, picture->dpi, picture->pixels, picture->width, picture->height, picture->renderer};
  return caused ? caused : frame_caused(frame);
}

}  // namespace

Caused draw(const CheckScreen& screen, const Pen& pen) {
  if (screen.reading) return draw_reader(screen, pen);
  auto& canvas = pen.canvas;
  auto spec = frame_spec(pen, "check");
  spec.back = pen.say("back");
  const auto state = pen.journey().form.state;
  spec.primary = ui::Primary{pen.say("check.go"), screen.primary_enabled(pen.journey())};
  if (state == Form::State::failed) spec.warning = pen.say("check.failed");
  else if (state != Form::State::ready) spec.warning = pen.say("check.making");
  auto frame = ui::open_frame(canvas, spec);
  Rect room = frame.content;
  Caused caused;
  room.cut_top(draw_heading(pen, room, screen, caused), space::s16);
  if (!screen.errors.empty() && !pen.side_panel()) {  // large: the summary is a screen of its own
    ui::close_frame(canvas, spec, frame);
    return caused ? caused : frame_caused(frame);
  }
  const Rect foot = room.cut_bottom(foot_height(pen, room.w), space::s12);
  // One list of the two at a time needs a pager at once; two columns find room for one in the foot.
  Rect turn;
  if (canvas.portrait()) turn = room.cut_bottom(ui::size::target_normal, space::s12);
  else if (!pen.side_panel()) turn = room.cut_right(ui::size::pager_w, space::s20);
  Pages pages;
  if (auto tapped = draw_answers(pen, room, screen, pages)) caused = tapped;
  if (pen.side_panel() && pages.last > 0) turn = foot_pager(pen, foot);
  if (pages.last > 0) {
    const auto at = number_text(pages.page + 1) + " / " + number_text(pages.last + 1);
    const int by = ui::pager(canvas, turn, {"check", pages.page > 0, pages.page < pages.last, {}, at, {}});
    if (by != 0) caused = person::ListTurned{pages.page + by - screen.list_page};
  }
  if (auto pressed = draw_foot(pen, foot, pen.side_panel() && pages.last > 0)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
