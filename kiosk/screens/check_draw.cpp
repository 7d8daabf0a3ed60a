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
  lines.push_back(line_of(pen, "representative", pen.say("check.representative"), draft.representative + "\n" + draft.position, Answer::representative));
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

// How many rows of these fit in `height`, by the tallest of them.
int rows_that_fit(const Pen& pen, const Lines& lines, float width, float height) {
  float tallest = 1;
  for (const auto& line : lines) tallest = std::max(tallest, ui::answer_height(pen.canvas, line.spec, width));
  return std::max(1, static_cast<int>(height / tallest));
}

Caused draw_lines(const Pen& pen, Rect room, const Lines& lines, int page, int a_page) {
  Caused caused;
  const int count = static_cast<int>(lines.size());
  for (int i = page * a_page; i < std::min(count, (page + 1) * a_page); ++i) {
    const auto& line = lines[static_cast<std::size_t>(i)];
    const Rect place = room.cut_top(ui::answer_height(pen.canvas, line.spec, room.w));
    if (ui::answer_row(pen.canvas, place, line.spec)) caused = line.caused;
  }
  return caused;
}

struct Pages { int page = 0, last = 0; };

// Two columns where there is room, else one list; both page together.
Caused draw_answers(const Pen& pen, Rect room, const CheckScreen& screen, Pages& pages) {
  auto& canvas = pen.canvas;
  const auto applicant = applicant_lines(pen), documents = document_lines(pen);
  const float title_h = ui::group_title_height(canvas);
  const bool two = pen.side_panel();
  const Rect columns[] = {two ? room.column(0, 2, space::s36) : room, two ? room.column(1, 2, space::s36) : room};
  const int fits[] = {rows_that_fit(pen, applicant, columns[0].w, room.h - title_h), rows_that_fit(pen, documents, columns[1].w, room.h - title_h)};
  const auto last_of = [](const Lines& lines, int fit) { return (static_cast<int>(lines.size()) - 1) / fit; };
  const int last_applicant = last_of(applicant, fits[0]), last_documents = last_of(documents, fits[1]);
  pages.last = two ? std::max(last_applicant, last_documents) : last_applicant + 1 + last_documents;
  pages.page = std::min(screen.list_page, pages.last);
  const bool left = two || pages.page <= last_applicant, right = two || !left;
  Caused caused;
  if (left) {
    Rect column = columns[0];
    ui::group_title(canvas, column.cut_top(title_h), pen.say("check.applicant"));
    caused = draw_lines(pen, column, applicant, pages.page, fits[0]);
  }
  if (right) {
    Rect column = columns[1];
    ui::group_title(canvas, column.cut_top(title_h), pen.say("check.docs"));
    auto tapped = draw_lines(pen, column, documents, two ? pages.page : pages.page - last_applicant - 1, fits[1]);
    if (tapped) caused = tapped;
  }
  return caused;
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

Caused draw_foot(const Pen& pen, Rect room, const ui::NoteSpec& note) {
  auto& canvas = pen.canvas;
  const bool failed = pen.journey().form.state == Form::State::failed;
  const float width = std::min(room.w * 0.38F, canvas.text_width(Type::action, pen.say("check.read")) + 5 * space::s24 + ui::size::icon);
  const Rect button = room.cut_right(width, space::s20);
  ui::note_box(canvas, room, note);
  const Rect place{button.x, button.mid_y() - ui::size::target_normal / 2, button.w, ui::size::target_normal};
  if (failed) {
    const bool again = canvas.button(place, {.key = "check.retry", .label = pen.say("retry"), .icon = Icon::refresh});
    return again ? Caused{person::RetryPressed{}} : Caused{};
  }
  const bool ready = pen.journey().form.state == Form::State::ready;
  const bool read = canvas.button(place, {.key = "check.read", .label = pen.say("check.read"), .icon = Icon::eye, .enabled = ready});
  return read ? Caused{person::ReadFormPressed{}} : Caused{};
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
  if (!caused && picture && !form.seen.contains(screen.page)) caused = person::FormPageShown{screen.page, picture->dpi, picture->pixels};
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
  const auto note = foot_note(pen);
  const float foot_h = std::max(ui::note_height(canvas, note, room.w * 0.62F - space::s20), ui::size::target_normal);
  const Rect foot = room.cut_bottom(foot_h, space::s16);
  Pages pages;
  Rect answers = room;
  const float pager_h = ui::size::target_normal;
  Rect pager = answers.cut_bottom(pager_h, space::s12);
  const auto full = rows_that_fit(pen, applicant_lines(pen), room.w / 2, room.h - ui::group_title_height(canvas));
  const bool needs_pager = !pen.side_panel() || full < static_cast<int>(std::max(applicant_lines(pen).size(), document_lines(pen).size()));
  auto tapped = draw_answers(pen, needs_pager ? answers : room, screen, pages);
  if (tapped) caused = tapped;
  if (pages.last > 0) {
    const auto range = pen.say("check.range", {{"a", number_text(pages.page + 1)}, {"b", number_text(pages.page + 1)}, {"n", number_text(pages.last + 1)}});
    const int by = ui::pager(canvas, pager, {"check", pages.page > 0, pages.page < pages.last, {}, range, {}});
    if (by != 0) caused = person::ListTurned{pages.page + by - screen.list_page};
  }
  if (auto pressed = draw_foot(pen, foot, note)) caused = pressed;
  ui::close_frame(canvas, spec, frame);
  return caused ? caused : frame_caused(frame);
}

}  // namespace qabyl::kiosk
