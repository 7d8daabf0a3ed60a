// What folds to what in a search: letters of Kazakh and Russian that people swap at a keyboard (қ/к, і/и, ұ/у, ё/е), case,
// and the endings of both languages (бюро, бюросының; Нұрлановаға, Нурланов). A light stemmer, not a dictionary: it may
// bring two words together that a linguist keeps apart, never the other way for the pairs of its test. Knows no index.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qabyl::core {

inline constexpr std::size_t search_words_max = 2000;  // of one text; the rest is left out

// The folded words of a text, in order: letters and digits only. Groups of digits that make a BIN (12) are one word, as
// people write it "0407 4000 1238". Bytes that are no UTF-8 end a word.
std::vector<std::string> folded_words(std::string_view text);
std::string folded(std::string_view text);  // the same, with a blank between

}  // namespace qabyl::core
