// cairo and pango behind canvas.h. Every input of the bytes is pinned: fonts by file, language,
// hinting, creation date; nothing is read from the environment.
#include "core/paper/canvas.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <cmath>

namespace qabyl::core::paper {
namespace {

constexpr std::size_t text_bytes_max = 64 * 1024;
constexpr std::size_t pdf_bytes_max = 32 * 1024 * 1024;

template <typename T>
using Object = std::unique_ptr<T, void (*)(T*)>;

template <typename T>
Object<T> own(T* object) { return {object, [](T* gone) { g_object_unref(gone); }}; }

// A fontconfig that holds our five files and has read no configuration of the machine.
using FontConfig = std::unique_ptr<FcConfig, void (*)(FcConfig*)>;

FontConfig make_private_fonts(const FontFiles& files) {
  FontConfig config(FcConfigCreate(), FcConfigDestroy);
  FcConfigSetRescanInterval(config.get(), 0);
  for (const std::string& path : files.paths) {
    QABYL_CHECK(FcConfigAppFontAddFile(config.get(), reinterpret_cast<const FcChar8*>(path.c_str())));
  }
  return config;
}

// One a thread for all its papers: opened faces and their measures are in it, and cost more than drawing a page.
Result<PangoFontMap*> private_fonts() {
  const Result<FontFiles>& files = font_files();
  if (!files) return files.error();
  static const FontConfig config = make_private_fonts(*files);
  thread_local const Object<PangoFontMap> map = [] {
    auto made = own(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(made.get()), config.get());
    return made;
  }();
  return map.get();
}

std::string pdf_time(Instant at) {  // 2026-11-23T09:32:08Z
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(second - day);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

bool hidden(gunichar c) {  // nothing that a paper may show, or that could turn its text around
  return (g_unichar_iscntrl(c) && c != '\n') || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

std::string printable(std::string_view utf8) {
  const auto length = static_cast<gssize>(std::min(utf8.size(), text_bytes_max));
  const std::unique_ptr<char, void (*)(void*)> valid(g_utf8_make_valid(utf8.data(), length), g_free);
  std::string kept;
  for (const char* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) {
    const char* next = g_utf8_next_char(at);
    if (!hidden(g_utf8_get_char(at))) kept.append(at, next);
  }
  return kept;
}

// True where a line must not end at the blank or hyphen between `before` and `after`: after a number
// ("31 наурыз", "7-тармағы"), after №, between initials, before a dash.
bool binds(gunichar earlier, gunichar before, gunichar mark, gunichar after) {
  if (mark == '-') return g_unichar_isdigit(before) || g_unichar_isdigit(after);
  if (mark != ' ') return false;
  if (before == 0x2116 || after == 0x2013) return true;
  if (before == '.') return g_unichar_isupper(earlier) && g_unichar_isupper(after);
  return g_unichar_isdigit(before) && g_unichar_isalpha(after);
}

constexpr guint bound_bytes_max = 40;  // a longer chain may break again: text never leaves its width

void bind_words(PangoAttrList* attributes, const std::string& text) {
  guint chain_start = 0, chain_end = 0;
  gunichar earlier = 0, before = 0;
  const char* before_at = text.c_str();
  for (const char* at = text.c_str(); *at != '\0';) {
    const char* next = g_utf8_next_char(at);
    const gunichar mark = g_utf8_get_char(at);
    if (*next != '\0' && binds(earlier, before, mark, g_utf8_get_char(next))) {
      const auto start = static_cast<guint>(before_at - text.c_str());
      const auto end = static_cast<guint>(g_utf8_next_char(next) - text.c_str());
      if (start >= chain_end) chain_start = start;
      if (end - chain_start <= bound_bytes_max) {
        PangoAttribute* whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = start;
        whole->end_index = chain_end = end;
        pango_attr_list_insert(attributes, whole);
      }
    }
    earlier = before;
    before = mark;
    before_at = at;
    at = next;
  }
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  auto& pdf = *static_cast<Bytes*>(closure);
  if (pdf.size() + length > pdf_bytes_max) return CAIRO_STATUS_WRITE_ERROR;
  pdf.insert(pdf.end(), data, data + length);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment pango_align(Align align) {
  if (align == Align::centre) return PANGO_ALIGN_CENTER;
  return align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

// PT Serif and PT Mono lack the tenge sign: Inter stands second in every list (DESIGN.md 3.2).
PangoFontDescription* description_of(const TextStyle& style) {
  const FaceName name = face_name(style.face);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, (std::string(name.family) + ",Inter").c_str());
  const PangoWeight bold = style.face == Face::sans_bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_BOLD;
  pango_font_description_set_weight(font, name.bold ? bold : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, style.size_pt * PANGO_SCALE);
  return font;
}

void set_colour(cairo_t* cr, Colour colour) { cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue); }

void round_box(cairo_t* cr, const Box& box, double radius) {
  const double right = box.x_pt + box.width_pt, bottom = box.y_pt + box.height_pt;
  cairo_new_sub_path(cr);
  cairo_arc(cr, right - radius, box.y_pt + radius, radius, -M_PI_2, 0);
  cairo_arc(cr, right - radius, bottom - radius, radius, 0, M_PI_2);
  cairo_arc(cr, box.x_pt + radius, bottom - radius, radius, M_PI_2, M_PI);
  cairo_arc(cr, box.x_pt + radius, box.y_pt + radius, radius, M_PI, 3 * M_PI_2);
  cairo_close_path(cr);
}

}  // namespace

struct Text::State {
  Object<PangoLayout> layout;
  TextStyle style;
  int lines = 1;
};

struct Canvas::State {
  Bytes pdf;  // first member: cairo writes into it until the surface is gone
  Object<PangoContext> context{nullptr, nullptr};
  cairo_surface_t* surface = nullptr;
  cairo_t* cr = nullptr;
  int pages = 1;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (cr) cairo_destroy(cr);
    if (surface) cairo_surface_destroy(surface);
  }
};

int Text::lines() const { return state_->lines; }
double Text::line_height_pt() const { return state_->style.size_pt * state_->style.leading; }
double Text::width_pt() const {
  PangoRectangle logical;
  pango_layout_get_extents(state_->layout.get(), nullptr, &logical);
  return static_cast<double>(logical.width) / PANGO_SCALE;
}

Canvas::Canvas(std::unique_ptr<State> state) : state_(std::move(state)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::create(const PaperInfo& info) {
  QABYL_TRY(map, private_fonts());
  auto state = std::make_unique<State>();
  state->context = own(pango_font_map_create_context(map));
  pango_cairo_context_set_resolution(state->context.get(), 72);
  pango_context_set_language(state->context.get(),
                             pango_language_from_string(std::string(to_text(info.language)).c_str()));
  pango_context_set_round_glyph_positions(state->context.get(), FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(state->context.get(), options);
  cairo_font_options_destroy(options);

  state->surface = cairo_pdf_surface_create_for_stream(append, &state->pdf, page_width_pt, page_height_pt);
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(state->surface, key, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, printable(info.title));
  set(CAIRO_PDF_METADATA_CREATOR, "Qabyl");
  set(CAIRO_PDF_METADATA_CREATE_DATE, pdf_time(info.made_at));
  set(CAIRO_PDF_METADATA_MOD_DATE, pdf_time(info.made_at));
  state->cr = cairo_create(state->surface);
  return Canvas(std::move(state));
}

Text Canvas::text(std::string_view utf8, const TextStyle& style, double width_pt) const {
  auto state = std::make_shared<Text::State>(
      Text::State{own(pango_layout_new(state_->context.get())), style, 1});
  PangoLayout* layout = state->layout.get();
  PangoFontDescription* font = description_of(style);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout, static_cast<int>(width_pt * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_alignment(layout, pango_align(style.align));
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  if (style.spacing_pt > 0) {
    pango_attr_list_insert(attributes, pango_attr_letter_spacing_new(static_cast<int>(style.spacing_pt * PANGO_SCALE)));
  }
  const std::string shown = printable(utf8);
  bind_words(attributes, shown);
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_text(layout, shown.data(), static_cast<int>(shown.size()));
  state->lines = pango_layout_get_line_count(layout);
  Text text;
  text.state_ = std::move(state);
  return text;
}

void Canvas::draw(const Text& text, double x_pt, double y_pt) { draw_lines(text, 0, text.lines(), x_pt, y_pt); }

void Canvas::draw_lines(const Text& text, int first, int count, double x_pt, double y_pt) {
  const Text::State& state = *text.state_;
  const double width = static_cast<double>(pango_layout_get_width(state.layout.get())) / PANGO_SCALE;
  set_colour(state_->cr, state.style.colour);
  for (int i = 0; i < count; ++i) {
    PangoLayoutLine* line = pango_layout_get_line_readonly(state.layout.get(), first + i);
    PangoRectangle logical;
    pango_layout_line_get_extents(line, nullptr, &logical);
    const double spare = width - static_cast<double>(logical.width) / PANGO_SCALE;
    const double shift = state.style.align == Align::left ? 0 : state.style.align == Align::right ? spare : spare / 2;
    // Capitals stand in the middle of the line: 0.35 em is half a cap height of both families.
    const double baseline = y_pt + (i + 0.5) * text.line_height_pt() + 0.35 * state.style.size_pt;
    cairo_move_to(state_->cr, x_pt + shift, baseline);
    pango_cairo_show_layout_line(state_->cr, line);
  }
  cairo_new_path(state_->cr);
}

void Canvas::fill(const Box& box, double radius_pt, Colour colour) {
  set_colour(state_->cr, colour);
  round_box(state_->cr, box, radius_pt);
  cairo_fill(state_->cr);
}

void Canvas::frame(const Box& box, double radius_pt, double line_pt, Colour colour) {
  set_colour(state_->cr, colour);
  cairo_set_line_width(state_->cr, line_pt);
  round_box(state_->cr, box, radius_pt);
  cairo_stroke(state_->cr);
}

void Canvas::line(Point from, Point to, double line_pt, Colour colour) {
  set_colour(state_->cr, colour);
  cairo_set_line_width(state_->cr, line_pt);
  cairo_set_line_cap(state_->cr, CAIRO_LINE_CAP_BUTT);
  cairo_move_to(state_->cr, from.x_pt, from.y_pt);
  cairo_line_to(state_->cr, to.x_pt, to.y_pt);
  cairo_stroke(state_->cr);
}

void Canvas::straight(const std::vector<Point>& points, double line_pt, Colour colour) {
  set_colour(state_->cr, colour);
  cairo_set_line_width(state_->cr, line_pt);
  cairo_set_line_cap(state_->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(state_->cr, CAIRO_LINE_JOIN_ROUND);
  for (const Point& point : points) cairo_line_to(state_->cr, point.x_pt, point.y_pt);
  cairo_stroke(state_->cr);
}

void Canvas::curve(const std::vector<Point>& points, double line_pt, Colour colour) {
  if (points.size() < 3) return straight(points, line_pt, colour);
  set_colour(state_->cr, colour);
  cairo_set_line_width(state_->cr, line_pt);
  cairo_set_line_cap(state_->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(state_->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(state_->cr, points[0].x_pt, points[0].y_pt);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {  // Catmull-Rom as cubic Bezier pieces
    const Point& before = points[i == 0 ? 0 : i - 1];
    const Point& from = points[i];
    const Point& to = points[i + 1];
    const Point& after = points[i + 2 < points.size() ? i + 2 : i + 1];
    cairo_curve_to(state_->cr, from.x_pt + (to.x_pt - before.x_pt) / 6, from.y_pt + (to.y_pt - before.y_pt) / 6,
                   to.x_pt - (after.x_pt - from.x_pt) / 6, to.y_pt - (after.y_pt - from.y_pt) / 6, to.x_pt, to.y_pt);
  }
  cairo_stroke(state_->cr);
}

void Canvas::dot(Point at, double radius_pt, Colour colour) {
  set_colour(state_->cr, colour);
  cairo_arc(state_->cr, at.x_pt, at.y_pt, radius_pt, 0, 2 * M_PI);
  cairo_fill(state_->cr);
}

void Canvas::modules(const QrMatrix& matrix, Point corner, double module_pt) {
  // One path: neighbouring modules then leave no hair line where a viewer smooths edges.
  set_colour(state_->cr, colour::black);
  for (int y = 0; y < matrix.size; ++y) {
    for (int x = 0; x < matrix.size; ++x) {
      if (!matrix.dark(x, y)) continue;
      int run = 1;
      while (x + run < matrix.size && matrix.dark(x + run, y)) ++run;
      cairo_rectangle(state_->cr, corner.x_pt + x * module_pt, corner.y_pt + y * module_pt, run * module_pt, module_pt);
      x += run;
    }
  }
  cairo_fill(state_->cr);
}

void Canvas::turned(Point centre, double degrees_left, const std::function<void()>& body) {
  cairo_save(state_->cr);
  cairo_translate(state_->cr, centre.x_pt, centre.y_pt);
  cairo_rotate(state_->cr, -degrees_left * M_PI / 180);
  cairo_translate(state_->cr, -centre.x_pt, -centre.y_pt);
  body();
  cairo_restore(state_->cr);
}

void Canvas::tagged(Tag tag, const std::function<void()>& body) {
  const char* name = tag == Tag::heading ? "H1" : "P";
  if (tag != Tag::none) cairo_tag_begin(state_->cr, name, nullptr);
  body();
  if (tag != Tag::none) cairo_tag_end(state_->cr, name);
}

void Canvas::next_page() {
  cairo_show_page(state_->cr);
  ++state_->pages;
}

Result<Paper> Canvas::finish() {
  cairo_show_page(state_->cr);
  const cairo_status_t drawn = cairo_status(state_->cr);
  cairo_surface_finish(state_->surface);
  const cairo_status_t written = cairo_surface_status(state_->surface);
  if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS) {
    return Error{ErrorCode::storage, std::string("cairo: ") + cairo_status_to_string(drawn ? drawn : written)};
  }
  return Paper{std::move(state_->pdf), state_->pages};
}

}  // namespace qabyl::core::paper
