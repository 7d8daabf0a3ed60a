// See search_fold.h.
#include "core/search_fold.h"

#include <algorithm>
#include <iterator>

namespace qabyl::core {
namespace {

constexpr std::size_t stem_letters_min = 4, strips_max = 4, bin_digits = 12;

struct Pair { char32_t from, to; };
// Lower case first; letters of Kazakh to the one of the Russian layout that stands in for them.
constexpr Pair letters[] = {{U'ә', U'а'}, {U'ғ', U'г'}, {U'қ', U'к'}, {U'ң', U'н'}, {U'ө', U'о'}, {U'ұ', U'у'},
                            {U'ү', U'у'}, {U'һ', U'х'}, {U'і', U'и'}, {U'ё', U'е'}, {U'й', U'и'}, {U'щ', U'ш'}};
constexpr Pair capitals[] = {{U'Ә', U'ә'}, {U'Ғ', U'ғ'}, {U'Қ', U'қ'}, {U'Ң', U'ң'}, {U'Ө', U'ө'}, {U'Ұ', U'ұ'},
                             {U'Ү', U'ү'}, {U'Һ', U'һ'}, {U'І', U'і'}, {U'Ё', U'ё'}};

// Endings after folding, the longest first where one holds another.
constexpr std::u32string_view endings[] = {
    U"ларын", U"лерин", U"дарын", U"дерин", U"лары", U"лери", U"дары", U"дери", U"тары", U"тери", U"иями", U"ями", U"ами",
    U"сын", U"син", U"нын", U"нин", U"дын", U"дин", U"тын", U"тин", U"лар", U"лер", U"дар", U"дер", U"тар", U"тер",
    U"нда", U"нде", U"дан", U"ден", U"тан", U"тен", U"нан", U"нен", U"мен", U"бен", U"пен", U"ого", U"его", U"ому", U"ему", U"ыми", U"ими", U"иях",
    U"сы", U"си", U"ны", U"ни", U"ды", U"ди", U"ты", U"ти", U"га", U"ге", U"ка", U"ке", U"ки", U"ку", U"на", U"не", U"да", U"де", U"та", U"те",
    U"ои", U"еи", U"ом", U"ем", U"ам", U"ям", U"ах", U"ях", U"ыи", U"ии", U"ая", U"яя", U"ое", U"ее", U"ые", U"ие", U"ию", U"ия", U"ов", U"ев", U"ин",
    U"ы", U"и", U"а", U"е", U"я", U"у", U"ю", U"ь"};

char32_t mapped(const Pair* begin, const Pair* end, char32_t c) {
  const auto found = std::find_if(begin, end, [&](const Pair& pair) { return pair.from == c; });
  return found == end ? c : found->to;
}

char32_t lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= U'А' && c <= U'Я') return c + 32;
  return mapped(std::begin(capitals), std::end(capitals), c);
}

char32_t fold(char32_t c) { return mapped(std::begin(letters), std::end(letters), lower(c)); }

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) {
  const bool latin = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return latin || (c >= 0x400 && c <= 0x52F);
}

// One character and the rest; 0 for a byte that begins none.
char32_t next_char(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t bytes = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
  if (bytes == 0 || bytes > text.size()) {
    text.remove_prefix(1);
    return 0;
  }
  char32_t c = bytes == 1 ? first : first & (0x7F >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3F);
  text.remove_prefix(bytes);
  return c;
}

std::string utf8(std::u32string_view word) {
  std::string out;
  for (const char32_t c : word) {
    if (c < 0x80) out += static_cast<char>(c);
    else out += {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};  // nothing over U+07FF is a letter here
  }
  return out;
}

bool has_digit(std::u32string_view word) { return std::any_of(word.begin(), word.end(), is_digit); }

// One ending after the other, as long as a stem is left.
void stem(std::u32string& word) {
  for (std::size_t i = 0; i < strips_max; ++i) {
    const auto found = std::find_if(std::begin(endings), std::end(endings), [&](std::u32string_view ending) {
      return word.size() >= stem_letters_min + ending.size() && std::u32string_view(word).substr(word.size() - ending.size()) == ending;
    });
    if (found == std::end(endings)) return;
    word.resize(word.size() - found->size());
  }
}

// "0407", "4000", "1238" -> "040740001238".
void join_bins(std::vector<std::string>& words) {
  const auto all_digits = [](const std::string& word) { return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }); };
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string joined;
    std::size_t end = i;
    while (end < words.size() && all_digits(words[end]) && joined.size() < bin_digits) joined += words[end++];
    if (joined.size() != bin_digits || end == i + 1) continue;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.begin() + static_cast<std::ptrdiff_t>(end));
    words[i] = joined;
  }
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  std::u32string word;
  const auto finish = [&] {
    if (word.empty() || words.size() >= search_words_max) return word.clear();
    if (!has_digit(word)) stem(word);
    words.push_back(utf8(word));
    word.clear();
  };
  while (!text.empty()) {
    const char32_t c = next_char(text);
    if (is_letter(c) || is_digit(c)) word += fold(c);
    else finish();
  }
  finish();
  join_bins(words);
  return words;
}

std::string folded(std::string_view text) {
  std::string out;
  for (const auto& word : folded_words(text)) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace qabyl::core
