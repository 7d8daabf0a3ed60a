// Layouts as rows of text, and the small machine behind shift and backspace. See keyboard_state.h.
#include "kiosk/ui/keyboard_state.h"

#include <array>
#include <string_view>

#include "kiosk/ui/tokens.h"

namespace qabyl::kiosk::ui {
namespace {

struct Row { std::string_view lower, upper; };  // characters with a space between
struct Letters { std::array<Row, 4> rows; };

constexpr Row russian_2{"й ц у к е н г ш щ з х ъ", "Й Ц У К Е Н Г Ш Щ З Х Ъ"};
constexpr Row russian_3{"ф ы в а п р о л д ж э", "Ф Ы В А П Р О Л Д Ж Э"};
constexpr Row russian_4{"я ч с м и т ь б ю . ,", "Я Ч С М И Т Ь Б Ю . ,"};
constexpr Row digits_1{"1 2 3 4 5 6 7 8 9 0", "1 2 3 4 5 6 7 8 9 0"};

constexpr Letters kazakh{{{{"ә і ң ғ ү ұ қ ө һ ё", "Ә І Ң Ғ Ү Ұ Қ Ө Һ Ё"}, russian_2, russian_3, russian_4}}};
constexpr Letters russian{{{{"1 2 3 4 5 6 7 8 9 0 ё", "1 2 3 4 5 6 7 8 9 0 Ё"}, russian_2, russian_3, russian_4}}};
constexpr Letters english{{{digits_1,
                            {"q w e r t y u i o p", "Q W E R T Y U I O P"},
                            {"a s d f g h j k l", "A S D F G H J K L"},
                            {"z x c v b n m - ' . ,", "Z X C V B N M - ' . ,"}}}};
constexpr Letters signs{{{digits_1,
                          {"№ « » - / ( ) ' \" : ; ?", "№ « » - / ( ) ' \" : ; ?"},
                          {"@ & % + = * # _ ! – ₸", "@ & % + = * # _ ! – ₸"},
                          {". ,", ". ,"}}}};
constexpr std::string_view only_kazakh = "ә і ң ғ ү ұ қ ө һ";
constexpr float units_wide = 12;  // the widest row counts twelve keys

const Letters& letters_of(core::Language layout, Layer layer) {
  if (layer == Layer::digits) return signs;
  return layout == core::Language::kk ? kazakh : layout == core::Language::ru ? russian : english;
}

std::vector<std::string> split(std::string_view row) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < row.size();) {
    const auto end = std::min(row.find(' ', at), row.size());
    parts.emplace_back(row.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::vector<KeyCap> caps_of(const Row& row) {
  const auto lower = split(row.lower), upper = split(row.upper);
  QABYL_CHECK(lower.size() == upper.size());
  std::vector<KeyCap> caps;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const bool kazakh_letter = lower[i].size() > 1 && only_kazakh.find(lower[i]) != std::string_view::npos;
    caps.push_back({Act::character, lower[i], upper[i], kazakh_letter});
  }
  return caps;
}

// Lays keys from left to right; widths in keys, gaps included for wider ones.
struct RowMaker {
  std::vector<PlacedKey>& keys;
  float x, y, key_w, key_h, gap;
  float width(float units) const { return units * key_w + (units - 1) * gap; }
  void skip(float units) { x += units * (key_w + gap); }
  void add(KeyCap cap, float units = 1) {
    keys.push_back({std::move(cap), {x, y, width(units), key_h}});
    skip(units);
  }
};

void place_letters(RowMaker& row, const Letters& letters, std::size_t index, Layer layer) {
  auto caps = caps_of(letters.rows[index]);
  const float count = static_cast<float>(caps.size());
  constexpr std::size_t first = 0, last = 3;
  if (index == last && layer == Layer::letters) row.add({Act::shift, {}, {}, false});
  else if (index == last) row.skip(units_wide - count);  // the point and the comma do not move
  else if (index != first) row.skip((units_wide - count) / 2);
  for (auto& cap : caps) row.add(std::move(cap));
  if (index == first) row.add({Act::backspace, {}, {}, false}, units_wide - count);
}

void place_last_row(RowMaker& row) {
  row.add({Act::layer, {}, {}, false}, 1.35F);
  row.add({Act::layout, {}, {}, false}, 1.85F);
  row.add({Act::space, {}, {}, false}, 4.4F);
  row.add({Act::left, {}, {}, false});
  row.add({Act::right, {}, {}, false});
  row.add({Act::next, {}, {}, false}, 2.4F);
}

float key_gap(bool portrait) { return portrait ? size::gap_key_portrait : size::gap_min; }
float key_height(bool portrait) { return portrait ? size::key_h_portrait : size::key_h; }

}  // namespace

void KeyboardState::begin_field(bool name, bool empty) {
  layer = Layer::letters;
  shift = name && empty ? Shift::once : Shift::off;
  repeat_at.reset();
}

std::optional<KeyPress> KeyboardState::press(const KeyCap& cap, core::Millis now) {
  lit = name_of(cap);
  lit_until = now + key_lit;
  repeat_at.reset();
  switch (cap.act) {
    case Act::shift:
      shift = shift == Shift::off ? Shift::once : shift == Shift::once ? Shift::locked : Shift::off;
      return std::nullopt;
    case Act::layer:
      layer = layer == Layer::letters ? Layer::digits : Layer::letters;
      return std::nullopt;
    case Act::layout:
      layout = core::languages[(static_cast<std::size_t>(layout) + 1) % core::languages.size()];
      layer = Layer::letters;
      return std::nullopt;
    case Act::backspace: repeat_at = now + repeat_after; return KeyPress{Act::backspace, {}};
    case Act::space: return KeyPress{Act::space, " "};
    case Act::character: {
      KeyPress made{Act::character, capital() ? cap.upper : cap.lower};
      if (shift == Shift::once && layer == Layer::letters) shift = Shift::off;
      return made;
    }
    default: return KeyPress{cap.act, {}};
  }
}

bool KeyboardState::repeats(core::Millis now) {
  if (!repeat_at || now < *repeat_at) return false;
  repeat_at = now + repeat_every;  // never several at once after a slow pass
  lit_until = now + key_lit;
  return true;
}

std::optional<core::Millis> KeyboardState::next_due(core::Millis now) const {
  std::optional<core::Millis> due = repeat_at;
  if (!lit.empty() && lit_until > now && (!due || lit_until < *due)) due = lit_until;
  return due;
}

std::string name_of(const KeyCap& cap) {
  switch (cap.act) {
    case Act::character: return "kb." + cap.lower;
    case Act::space: return "kb.space";
    case Act::backspace: return "kb.backspace";
    case Act::shift: return "kb.shift";
    case Act::layer: return "kb.layer";
    case Act::layout: return "kb.lang";
    case Act::left: return "kb.left";
    case Act::right: return "kb.right";
    case Act::next: return "kb.next";
  }
  QABYL_CHECK(false);
  return {};
}

float keyboard_height(bool portrait) {
  return 5 * key_height(portrait) + 4 * key_gap(portrait) + 2 * space::s16;
}

std::vector<PlacedKey> place_keys(core::Language layout, Layer layer, Rect bed, bool portrait) {
  const auto& letters = letters_of(layout, layer);
  const float gap = key_gap(portrait), key_h = key_height(portrait);
  const float key_w = (bed.w - 2 * space::s16 - (units_wide - 1) * gap) / units_wide;
  std::vector<PlacedKey> keys;
  for (std::size_t i = 0; i < 5; ++i) {
    RowMaker row{keys, bed.x + space::s16, bed.y + space::s16 + static_cast<float>(i) * (key_h + gap), key_w, key_h, gap};
    if (i < letters.rows.size()) place_letters(row, letters, i, layer);
    else place_last_row(row);
  }
  return keys;
}

}  // namespace qabyl::kiosk::ui
