// What a search brings together and what it keeps apart: the table that decides it (issue 3, point 6).
#include "core/search_fold.h"

#include "tests/support/catch.h"

using namespace qabyl::core;

namespace {

struct Pair { const char* a; const char* b; };
constexpr Pair together[] = {
    {"бюро", "бюросының"}, {"бюро", "БЮРО"}, {"бюро", "бюросы"}, {"бюро", "бюроға"}, {"бюро", "бюродан"}, {"бюро", "бюролар"}, {"бюро", "бюролары"},
    {"Нұрланова", "Нурланова"}, {"Нұрлановаға", "Нурланов"}, {"Нурлановой", "Нұрланова"}, {"Нурлановым", "Нурлановым"}, {"қала", "кала"}, {"Қазақстан", "Казакстан"},
    {"іс", "ис"}, {"Әлімбеков", "Алимбеков"}, {"Ғалым", "Галым"}, {"Өтегенова", "Отегенова"}, {"Ұлытау", "Улытау"}, {"Үкімет", "Укимет"}, {"Һауа", "Хауа"},
    {"Ңғыл", "нгыл"}, {"Сәуле", "Сауле"}, {"Еңлік", "Енлик"}, {"ёлка", "елка"}, {"Семёнов", "Семенова"}, {"Байжанов", "Баижанов"}, {"кредиттік", "кредиттик"},
    {"тарих", "тарихтың"}, {"тарих", "тарихы"}, {"лицензия", "лицензияға"}, {"лицензия", "лицензию"}, {"лицензия", "лицензии"}, {"заявление", "заявления"},
    {"заявление", "заявлению"}, {"проверка", "проверки"}, {"проверка", "проверке"}, {"тексеру", "тексеруді"}, {"тексеру", "тексерудің"}, {"хабарлама", "хабарламаның"},
    {"хабарлама", "хабарламаны"}, {"өтініш", "өтініштер"}, {"өтініш", "отинишке"}, {"Алматы", "Алматыда"}, {"Алматы", "алматыдан"}, {"Ахметов", "Ахметова"},
    {"Ибраева", "Ибраев"}, {"0407 4000 1238", "040740001238"}, {"№ 2026-17", "2026 17"}, {"ТОО «Дала»", "тоо дала"}, {"Dala Credit", "dala CREDIT"}};
constexpr Pair apart[] = {{"бюро", "бюджет"}, {"Нұрланов", "Нұрбеков"}, {"лицензия", "лимит"}, {"тексеру", "тексті"}, {"2026-17", "2026-18"}, {"Алматы", "Астана"},
                          {"040740001238", "050240002170"}, {"тарих", "тариф"}, {"иск", "ис"}, {"1", "11"}};

}  // namespace

TEST_CASE("search: letters that people swap and endings of both languages fold together", "[core][search]") {
  CHECK(std::size(together) >= 40);
  for (const auto& [a, b] : together) {
    INFO(a << " / " << b << " -> " << folded(a) << " / " << folded(b));
    CHECK(folded(a) == folded(b));
    CHECK_FALSE(folded(a).empty());
  }
}

TEST_CASE("search: other words stay apart", "[core][search]") {
  for (const auto& [a, b] : apart) {
    INFO(a << " / " << b);
    CHECK(folded(a) != folded(b));
  }
}

TEST_CASE("search: whatever bytes come, words come out or none", "[core][search][abuse]") {
  CHECK(folded("").empty());
  CHECK(folded("\"*()^:-+ .,;'\xFF\xC0\x80").empty());
  CHECK(folded("а\xD0") == "а");
  CHECK(folded("\xF0\x9F\x98\x80 сау") == "сау");
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "a ";
  CHECK(folded_words(many).size() == search_words_max);
}
