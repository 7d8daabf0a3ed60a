// See ui_pages.h. Names and numbers are invented.
#include "tests/kiosk/ui_pages.h"

#include <cmath>

#include "kiosk/ui/fields.h"
#include "kiosk/ui/frame.h"
#include "kiosk/ui/ink_pad.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/lists.h"
#include "kiosk/ui/papers.h"
#include "kiosk/ui/privacy.h"

namespace qabyl::kiosk::test {
namespace {

using namespace ui;

FrameSpec frame_of(const Canvas& c, int step, const std::string& screen) {
  FrameSpec spec;
  spec.screen = screen;
  for (int i = 1; i <= 7; ++i) spec.steps.push_back(c.say("step." + std::to_string(i)));
  spec.current = step;
  spec.finish = c.say("finish.clear");
  spec.kiosk = "AL-03";
  spec.time = "14:26";
  spec.back = c.say("back");
  spec.saved = c.say("saved", {{"t", "14:26"}});
  spec.primary = Primary{c.say("next")};
  return spec;
}

void start(Canvas& c) {
  FrameSpec spec;
  spec.screen = "start";
  spec.welcome = c.say("welcome");
  spec.welcome_text = c.say("start.sub");
  spec.promises = {{Icon::shield, c.say("start.privacy")}, {Icon::info, c.say("start.help")}};
  spec.kiosk = "AL-03";
  spec.time = "14:20";
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_bottom(space::s56);
  c.text(room.cut_top(c.line_height(Type::h2), space::s12), Type::h2, Tone::ink, "Тіл · Язык · Language");
  const Rect languages = room.cut_top(size::target_hero, space::s28);
  for (int i = 0; i < 3; ++i) {
    const auto language = core::languages[static_cast<std::size_t>(i)];
    choice_card(c, languages.column(i, 3, space::s20), {"start.lang." + std::string(core::to_text(language)), c.say("lang." + std::string(core::to_text(language))),
                                                       c.say(language == c.language() ? "start.chosen" : "start.choose"), Icon::none, language == c.language()});
  }
  c.text(room.cut_top(c.line_height(Type::h2), space::s12), Type::h2, Tone::ink, c.say("start.q"));
  const char* names[] = {"start.apply", "start.lookup", "start.staff"};
  const Icon icons[] = {Icon::document, Icon::search, Icon::building};
  for (int i = 0; i < 3; ++i) {
    const std::string key = names[i];
    const Rect box = c.portrait() ? room.row(i, 3, space::s28) : room.column(i, 3, space::s24);
    hero_card(c, box, {key, c.say(key), c.say(key + ".sub"), c.say(key + ".tag"), icons[i], i == 0});
  }
  close_frame(c, spec, frame);
}

RowSpec document(const std::string& key, std::string title, std::string sub, State state) {
  RowSpec row;
  row.key = key;
  row.title = std::move(title);
  row.sub = std::move(sub);
  row.state = row.tag_state = state;
  row.icon = state == State::ok ? Icon::check : state == State::bad ? Icon::warning : Icon::document;
  return row;
}

std::vector<RowSpec> documents(const Canvas& c) {
  auto ready = [&](RowSpec row) { row.tag_icon = Icon::check; row.tag = c.say("docs.ready"); row.quiet = true; return row; };
  std::vector<RowSpec> rows{ready(document("docs.row.LD1", "Лицензия беру туралы өтініш", "Осы терминалда толтырылды, 2 бет", State::ok)),
                            ready(document("docs.row.LD2", "Құрылтай құжаттарының көшірмелері", "USB, 14 бет", State::ok)),
                            ready(document("docs.row.LD3", "Мемлекеттік тіркеу туралы куәліктің көшірмесі", "USB, 1 бет", State::ok)),
                            document("docs.row.LD4", "Басшы қызметкерлер туралы мәліметтер", c.say("docs.blur"), State::bad),
                            document("docs.row.LD5", "Үй-жай мен жабдықтың талаптарға сәйкестігі туралы акт", c.say("docs.none"), State::neutral),
                            document("docs.row.LD6", "Алымның төленгенін растайтын құжат", c.say("docs.later", {{"n", "4"}}), State::neutral)};
  rows[3].selected = true;
  rows[3].tag = c.say("docs.retake");
  rows[3].tag_icon = Icon::warning;
  rows[4].action_key = "docs.add.LD5";
  rows[4].action = c.say("docs.add");
  rows[4].action_icon = Icon::plus;
  rows[5].tag = c.say("step.4");
  rows[5].tag_icon = Icon::clock;
  rows[5].quiet = true;
  return rows;
}

void document_panel(Canvas& c, Rect box) {
  c.box(box, Tone::surface, Tone::selected, size::border_selected, size::radius_card);
  Rect room = box.inset(space::s36, space::s24);
  room.cut_top(c.text(room, Type::h3, Tone::ink, "Басшы қызметкерлер туралы мәліметтер"), space::s12);
  Rect buttons = room.cut_bottom(size::target_normal, space::s16);
  const NoteSpec note{Icon::none, c.say("docs.blur"), c.say("docs.retake") + ". " + c.say("docs.keep"), State::bad, true};
  note_box(c, room.cut_bottom(note_height(c, note, room.w), space::s16), note);
  page_picture(c, room.cut_left(room.w * 0.54F, space::s20), "docs.picture", std::nullopt, State::bad);
  room.cut_top(c.text(room, Type::list, Tone::ink, c.say("page.of", {{"p", "2"}, {"n", "3"}})), space::s8);
  for (int i = 0; i < 3; ++i) {
    const Rect cell{room.x + static_cast<float>(i % 2) * (size::thumb_w + space::s16), room.y + static_cast<float>(i / 2) * (size::thumb_h + space::s56), size::thumb_w, size::thumb_h + c.line_height(Type::small)};
    page_thumb(c, cell, {"docs.page." + std::to_string(i + 1), std::to_string(i + 1), std::nullopt, i == 1, i == 1 ? State::bad : State::neutral});
  }
  add_tile(c, {room.x + size::thumb_w + space::s16, room.y + size::thumb_h + space::s56, size::thumb_w, size::thumb_h}, "docs.more", c.say("page.add"));
  c.button(buttons.column(0, 2, space::s16), {"docs.retake", c.say("docs.retake"), Icon::camera, false, Look::choice_filled, true, Type::list});
  c.button(buttons.column(1, 2, space::s16), {"docs.keep", c.say("docs.keep"), Icon::none, false, Look::plain, true, Type::list});
}

void docs(Canvas& c) {
  auto spec = frame_of(c, 3, "docs");
  spec.online = false;
  spec.current_sub = c.say("docs.count", {{"k", "3"}, {"n", "6"}});
  spec.warning = c.say("docs.need", {{"n", "2"}});
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  const float title_h = heading(c, {room.x, room.y, room.w * (c.large() ? 1 : 0.68F), room.h}, c.say("docs.h"));
  if (!c.large() && !c.portrait()) progress(c, {room.right() - 400, room.y + title_h - space::s24, 400, space::s24}, {State::ok, State::ok, State::ok, State::bad, State::neutral, State::neutral});
  room.cut_top(title_h, space::s16);
  auto rows = documents(c);
  if (c.large() && !c.portrait()) {
    pager(c, room.cut_right(260, space::s24), {"docs", true, true, "1–2", "3–5 / 6", "6"});
    rows = {rows[2], rows[3], rows[4]};
  } else if (!c.portrait()) {
    document_panel(c, room.cut_right(610, space::s28));
  }
  for (const auto& row : rows) {
    const float height = row_height(c, row, room.w);
    if (height > room.h) break;
    list_row(c, room.cut_top(height, space::s12), row);
  }
  close_frame(c, spec, frame);
}

void keyboard_page(Canvas& c) {
  auto spec = frame_of(c, 2, "details");
  spec.keyboard = true;
  spec.current_sub = c.say("kit.question", {{"k", "2"}, {"n", "4"}});
  auto frame = open_frame(c, spec);
  const Rect bed = keyboard_bed(c);
  Rect room = frame.content;
  room.h = bed.y - room.y - space::s12;
  Rect fields = room;
  if (!c.portrait()) {
    fields = room.cut_right(room.w * 0.48F, space::s36);
    room.cut_top(heading(c, room, c.say("details.q2"), c.large() ? "" : c.say("details.q2.hint")), space::s24);
    if (room.h > size::target_normal) back_button(c, room.cut_top(size::target_normal).cut_left(220), spec);
  }
  const FieldSpec name{"details.representative", c.say("details.representative"), "", "Нұрланова Айгүл Серікқ", std::string("Нұрланова Айгүл Серікқ").size(), true, false, ""};
  field(c, fields.cut_top(field_height(c, name, fields.w), space::s20), name);
  const FieldSpec position{"details.position", c.say("details.position"), c.large() ? "" : c.say("details.position.hint"), "", 0, false, false, ""};
  if (fields.h > field_height(c, position, fields.w)) field(c, fields, position);
  static KeyboardState state;
  state.layout = c.language();
  state.shift = c.view().contrast ? Shift::locked : Shift::off;
  state.lit = "kb.ы";
  state.lit_until = core::Millis{c.view().now_ms + 50};
  keyboard(c, bed, state);
  close_frame(c, spec, frame);
}

void identify(Canvas& c) {
  auto spec = frame_of(c, 1, "id");
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_top(heading(c, room, c.say("id.q"), c.large() ? "" : c.say("id.hint")), space::s28);
  const Rect pad = c.portrait() ? room.cut_bottom(size::number_pad_h, space::s28) : room.cut_right(size::number_pad_w, space::s56);
  number_pad(c, {pad.x, pad.y, size::number_pad_w, size::number_pad_h}, "id.pad");
  const DigitsSpec bin{"id.bin", c.say("id.label"), "0407400012", {4, 4, 4}, true, "", c.say("id.ok")};
  digits_field(c, room.cut_top(digits_height(c, bin, room.w), space::s28), bin);
  const PinSpec pin{"id.pin", c.say("pin.enter"), 4, 6, true, c.say("pin.bad", {{"n", "3"}})};
  pin_boxes(c, room.cut_top(pin_height(c, pin, room.w)), pin);
  close_frame(c, spec, frame);
}

void check(Canvas& c) {
  auto spec = frame_of(c, 5, "check");
  spec.primary->label = c.say("check.go");
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_top(heading(c, room, c.say("check.h"), c.say("check.sub")), space::s16);
  Rect right = room.cut_right(c.portrait() || c.large() ? 0 : room.w / 2 - space::s20, c.portrait() || c.large() ? 0 : space::s36);
  const auto column = [&](Rect box, std::string_view title, const std::string& prefix, const std::vector<std::pair<std::string, std::string>>& rows) {
    group_title(c, box.cut_top(group_title_height(c)), title);
    int i = 0;
    for (const auto& [label, value] : rows) {
      const AnswerSpec row{prefix + std::to_string(i++), label, value, false, c.say("change")};
      const float height = answer_height(c, row, box.w);
      if (height > box.h) break;
      answer_row(c, box.cut_top(height), row);
    }
  };
  column(room, c.say("check.applicant"), "check.change.a", {{c.say("check.organisation"), "«Дала кредиттік бюросы» ЖШС"}, {c.say("check.bin"), "0407 4000 1238"}, {c.say("check.representative"), "Нұрланова Айгүл Серікқызы"}, {c.say("check.phone"), "+7 701 234 56 78"}, {c.say("check.first_head"), "Қасымов Ерлан Маратұлы"}});
  if (right.w > 0) column(right, c.say("check.docs"), "check.change.d", {{"Құрылтай құжаттары", "14 бет"}, {"Тіркеу куәлігі", "1 бет"}, {c.say("step.4"), "43 250 ₸"}});
  close_frame(c, spec, frame);
}

core::Strokes signature() {
  core::Strokes strokes(2);
  for (int i = 0; i <= 140; ++i) {
    const double t = i / 140.0;
    const double x = 2200 + t * 6200, y = 3300 + std::sin(t * 31) * (1250 - 700 * t) - 300 * t;
    strokes[0].push_back({static_cast<int>(x + std::cos(t * 31) * 240), static_cast<int>(y), i * 8, -1});
  }
  for (int i = 0; i <= 40; ++i) strokes[1].push_back({2100 + i * 140, 4280 - static_cast<int>(std::sin(i / 40.0 * 3) * 180), 1300 + i * 6, -1});
  return strokes;
}

void sign(Canvas& c) {
  auto spec = frame_of(c, 6, "sign");
  spec.primary->label = c.say("sign.go");
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_top(heading(c, room, c.say("sign.h")), space::s16);
  const std::vector<std::string> lines{"мәліметтердің дұрыс екенін растаймын;", "«Дала кредиттік бюросы» ЖШС атынан әрекет ететінімді растаймын;", "6 құжатты, 27 бетті тапсырамын."};
  Rect side = c.portrait() ? room.cut_top(ticks_height(c, lines, room.w - 2 * space::s28) + 2 * space::s20, space::s28) : room.cut_left(420, space::s36);
  if (!c.portrait()) side.h = ticks_height(c, lines, side.w - 2 * space::s28) + 2 * space::s20;
  if (!c.large() || c.portrait()) {
    c.box(side, Tone::surface, Tone::line, size::border, size::radius_card);
    ticks(c, side.inset(space::s28, space::s20), lines);
  }
  room.cut_top(c.text(room, Type::body, Tone::ink2, c.say("sign.hint")), space::s12);
  Rect buttons = room.cut_bottom(size::target_normal, space::s16);
  static InkPadState state;
  ink_pad(c, room, {"sign.pad", "Нұрланова Айгүл Серікқызы", "2026 жылғы 23 қараша"}, signature(), state);
  const ButtonSpec undo{"sign.undo", c.say("sign.undo"), Icon::undo}, clear{"sign.erase", c.say("sign.clear"), Icon::trash};
  c.button(buttons.cut_left(std::min(buttons.w * 0.55F, c.button_width(undo)), space::s16), undo);
  c.button(buttons.cut_left(std::min(buttons.w, c.button_width(clear))), clear);
  close_frame(c, spec, frame);
}

const core::paper::QrMatrix& some_qr() {
  static const auto made = [] {
    core::paper::QrMatrix qr;
    qr.size = 65;
    for (int i = 0; i < qr.size * qr.size; ++i) qr.bits.push_back((i * 7919 + i / 65 * 104729) % 5 < 2);
    return qr;
  }();
  return made;
}

void receipt(Canvas& c) {
  auto spec = frame_of(c, 7, "rcpt");
  spec.online = false;
  spec.back.clear();
  spec.saved = c.say("rcpt.clear") + " " + c.say("rcpt.take");
  spec.saved_icon = Icon::shield;
  spec.primary = Primary{c.say("done"), true, Icon::check};
  spec.steps_can_be_tapped = false;
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_top(space::s12);
  SlipSpec slip;
  slip.word = c.say("rcpt.word");
  slip.number_label = c.say("rcpt.no");
  slip.number = "AL03-26-000417-7";
  slip.lines = {{c.say("rcpt.time"), "23.11.2026, 14:32:08"}, {c.say("rcpt.applicant"), "«Дала кредиттік бюросы» ЖШС"}, {c.say("rcpt.filed"), c.say("rcpt.count", {{"k", "6"}, {"n", "27"}})}, {c.say("rcpt.missing", {{"n", "2"}}), "№ 4, № 5"}};
  slip.qr = &some_qr();
  slip.qr_note = c.say("rcpt.qr");
  slip.code_label = c.say("rcpt.code");
  slip.code = "9F4CK-71DAM-20B8T";
  slip.stamp = c.say("rcpt.stamp");
  slip.stamp_line = "23.11.2026 · AL-03";
  if (c.portrait() || c.large()) receipt_slip(c, c.portrait() ? room.cut_top(c.large() ? 980 : 840, space::s28) : room, slip);
  else receipt_slip(c, room.cut_left(size::slip_w, space::s56), slip);
  if (!c.large()) {
    room.cut_top(heading(c, room, c.say("rcpt.h")), space::s20);
    const std::vector<CustodyLine> lines{{State::ok, Icon::check, c.say("cust.here"), c.say("rcpt.here.sub", {{"t", "14:32:08"}})}, {State::warn, Icon::clock, c.say("cust.queue"), c.say("cust.auto")}, {State::neutral, Icon::shield, c.say("cust.next"), c.say("rcpt.conf.sub")}};
    const float height = custody_height(c, lines, room.w);
    if (height <= room.h) custody_list(c, room.cut_top(height, space::s12), lines);
    if (room.h > size::target_normal) c.button(room.cut_top(size::target_normal), {"rcpt.usb", c.say("rcpt.usb"), Icon::usb});
  }
  close_frame(c, spec, frame);
}

void errors(Canvas& c) {
  auto spec = frame_of(c, 2, "details");
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  const std::vector<ErrorLine> lines{{"details.error.0", c.say("details.phone.empty")}, {"details.error.1", c.say("details.authority.empty")}};
  const auto title = c.say("err.n", {{"n", "2"}});
  const float height = error_summary_height(c, title, lines, room.w);
  error_summary(c, room.cut_top(height, space::s24), title, lines);
  FieldSpec phone{"details.phone", c.say("details.phone"), c.say("details.phone.hint"), "+7 701 234 56 7", 0, false, false, c.say("details.phone.empty")};
  FieldSpec until{"details.authority_until", c.say("details.authority_until"), c.say("details.authority_until.hint"), "", 0, false, false, c.say("details.authority.empty")};
  FieldSpec locked{"ack.date", c.say("rcpt.time"), "", "23.11.2026", 0, false, true, ""};
  const bool stacked = c.portrait() || c.large();
  const Rect fields = room.cut_top(std::max(field_height(c, phone, stacked ? room.w : room.w / 2), field_height(c, until, stacked ? room.w : room.w / 2 - space::s20)), space::s24);
  if (stacked) {
    if (fields.h <= room.h + fields.h) field(c, fields, phone);
  } else {
    field(c, fields.column(0, 2, space::s20), phone);
    field(c, fields.column(1, 2, space::s20), until);
    room.cut_top(note_box(c, room, {Icon::shield, {}, c.say("err.kept"), State::info, false}), space::s20);
    field(c, room.cut_left(400), locked);
  }
  close_frame(c, spec, frame);
}

void inbox(Canvas& c) {
  FrameSpec spec = frame_of(c, 2, "inbox");
  spec.steps.resize(5);
  spec.title = "«Алатау кредиттік бюросы» АҚ";
  spec.sub = "Сүлейменов Б. Т.";
  spec.saved.clear();
  auto frame = open_frame(c, spec);
  Rect room = frame.content;
  room.cut_top(heading(c, room, c.say("inbox.h")), space::s16);
  const BadgeSpec badges[] = {{"inbox.due.0", c.say("dl.late", {{"n", "3"}, {"kind", c.say("dl.kind.working")}}), c.say("dl.last", {{"d", "20.11"}}), State::bad},
                              {"inbox.due.1", c.say("dl.tomorrow"), c.say("dl.work", {{"n", "1"}}), State::warn},
                              {"inbox.due.2", c.say("dl.work", {{"n", "4"}}), c.say("dl.last", {{"d", "27.11"}}), State::neutral},
                              {"inbox.due.3", c.say("cust.conf"), "24.08, 11:05", State::ok}};
  for (const auto& badge : badges) {
    const float width = size::badge_w * c.em();
    if (room.h < size::row) break;
    Rect row = room.cut_top(std::max(size::row, 130.0F * (c.em() - 0.2F)), space::s12);
    c.box(row, Tone::surface, Tone::line, size::border, size::radius_card);
    Rect inside = row.inset(space::s20, space::s8);
    deadline_badge(c, inside.cut_right(width, space::s20), badge);
    c.icon_square(inside.cut_left(size::card_icon, space::s20).row(0, 1, 0), Icon::stamp, Tone::tint, Tone::selected);
    c.text_mid(inside, Type::h3, Tone::ink, "№ 118 тексеру");
  }
  if (room.h > size::target_hero) choice_card(c, room.cut_top(size::target_hero, space::s12), {"src.usb", c.say("docs.usb"), c.say("usb.found", {{"n", "3"}}), Icon::usb, false, true, true});
  if (room.h > size::target_hero) choice_card(c, room.cut_top(size::target_hero), {"src.scan", c.say("docs.scanner"), c.say("scan.off"), Icon::scanner, false, false, false});
  spec.primary->enabled = false;
  close_frame(c, spec, frame);
}

void away(Canvas& c) {
  away_dialog(c, {87, 90, c.say("away.second"), c.say("away"), c.say("away.why"), c.say("away.draft", {{"n", "30"}}), c.say("away.yes"), c.say("away.more"), c.say("away.leave"), c.say("away.hide") + ". " + c.say("kit.kiosk", {{"device", "AL-03"}})});
}

void cleared(Canvas& c) { cleared_screen(c, {"wiped.start", c.say("wiped"), c.say("wiped.sub"), "Бастау · Начать · Start"}); }

void power(Canvas& c) {
  message_screen(c, c.screen(), {Icon::power, false, c.say("power"), c.say("err.kept"), c.say("step.6"), c.say("start.apply"), c.say("power.sign"),
                                 {{"power.notme", c.say("power.notme"), Icon::trash}, {"power.pin", c.say("power.pin"), Icon::right, true, Look::primary}}, c.say("wiped.sub")});
}

void icons(Canvas& c) {
  Rect room = c.screen().inset(size::screen_edge);
  const int all = static_cast<int>(Icon::icons_count), across = c.portrait() ? 6 : 11;
  for (int i = 1; i < all; ++i) {
    const Rect cell{room.x + static_cast<float>((i - 1) % across) * 160, room.y + static_cast<float>((i - 1) / across) * 160, 140, 140};
    c.icon_square({cell.x, cell.y, 64, 64}, static_cast<Icon>(i), Tone::tint, Tone::selected);
    c.icon({cell.x + 80, cell.y + 10, 44, 44}, static_cast<Icon>(i), Tone::ink);
    c.icon({cell.x, cell.y + 80, 24, 24}, static_cast<Icon>(i), Tone::ink);
  }
  c.horn_tile({room.x, room.bottom() - 260, 240, 240});
  c.horn_tile({room.x + 280, room.bottom() - 260, 76, 76}, true);
  c.fill({room.x + 400, room.bottom() - 260, 500, 120}, Tone::rail);
  c.ornament({room.x + 440, room.bottom() - 220, 304, size::ornament_h}, size::ornament_pitch);
  stamp_mark(c, {room.x + 480, room.bottom() - 110, size::stamp_w, size::stamp_h}, c.say("rcpt.stamp"), "23.11.2026 · AL-03");
  c.ring(room.x + 900, room.bottom() - 80, 60, 14, 0.7F, Tone::selected, Tone::sunk);
  c.lamp(room.x + 1000, room.bottom() - 100, true);
  c.lamp(room.x + 1040, room.bottom() - 100, false);
}

}  // namespace

const std::vector<UiPage>& ui_pages() {
  static const std::vector<UiPage> pages{{"start", start}, {"docs", docs}, {"keyboard", keyboard_page}, {"identify", identify}, {"check", check}, {"sign", sign}, {"receipt", receipt},
                                         {"errors", errors}, {"inbox", inbox}, {"away", away}, {"cleared", cleared}, {"power", power}, {"icons", icons}};
  return pages;
}

}  // namespace qabyl::kiosk::test
