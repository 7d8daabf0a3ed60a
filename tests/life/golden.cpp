// See golden.h.
#include "tests/life/golden.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <regex>
#include <sstream>

#include "sync/registry/case_now.h"
#include "sync/registry/intake.h"
#include "tests/paper/pdf_probe.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"

namespace qabyl::life {
namespace {

constexpr std::size_t line_chars_max = 110;  // of the golden file: a word that changes shows as a few lines
constexpr int grid_width = 32, grid_height = 45, picture_dpi = 36, darkest = 9;
constexpr int foot_rows = 2;  // not looked at: digests stand there, another one each time the program draws other numbers

std::string without_ids(const std::string& text) {
  static const std::regex uuid("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), digest("[0-9a-f]{16,64}");
  return std::regex_replace(std::regex_replace(text, uuid, "<id>"), digest, "<digest>");
}

struct PaperOfCase { std::string head; core::Bytes pdf; };

void each_paper(sync::registry::Registry& registry, const core::Id& case_id, const std::function<void(const std::string& head, const test::PdfProbe&)>& look) {
  const auto history = sync::registry::case_history(registry, case_id);
  REQUIRE(history);
  for (const auto& record : *history) {
    if (record.device != "registry" || record.docs.empty() || record.body.find("paper") == nullptr) continue;
    const auto bytes = registry.read_document(record.docs.front().sha256);
    REQUIRE(bytes);
    const test::PdfProbe probe(*bytes);
    CHECK(probe.pages() == record.body.number("pages"));
    look(record.kind + " № " + record.body.text("number", record.body.text("journal_number")) + ", " + record.body.text("date"), probe);
  }
}

// Mean darkness of the picture's part under one field of the grid: 0 for white, `darkest` from a third of black on, which no
// line of text reaches. So text is some steps away from none.
int darkness(const test::GrayImage& image, int column, int row) {
  const int left = column * image.width / grid_width, right = (column + 1) * image.width / grid_width;
  const int top = row * image.height / grid_height, bottom = (row + 1) * image.height / grid_height;
  long ink = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) ink += 255 - static_cast<unsigned char>(image.pixels[static_cast<std::size_t>(y * image.width + x)]);
  }
  const long fields = static_cast<long>(right - left) * (bottom - top);
  return static_cast<int>(std::min<long>(darkest, (ink * 2 * 3 * darkest / 255 + fields) / (2 * fields)));
}

std::string picture_of(const test::PdfProbe& probe, int page) {
  const auto image = probe.page_image(page, picture_dpi);
  std::string lines;
  for (int row = 0; row < grid_height - foot_rows; ++row) {
    for (int column = 0; column < grid_width; ++column) lines += static_cast<char>('0' + darkness(image, column, row));
    lines += '\n';
  }
  return lines;
}

std::string golden_file(const std::string& name) { return qabyl::test::in_source("/tests/life/golden/") + name + ".txt"; }

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

using Alike = std::function<bool(const std::string&, const std::string&)>;

// The first line in which the two differ.
std::string difference(const std::string& expected, const std::string& made, const Alike& alike) {
  std::istringstream a(expected), b(made);
  std::string left, right;
  for (int line = 1;; ++line) {
    const bool more_left = static_cast<bool>(std::getline(a, left)), more_right = static_cast<bool>(std::getline(b, right));
    if (!more_left && !more_right) return {};
    if (more_left != more_right || !alike(left, right)) return "line " + std::to_string(line) + ":\n- " + (more_left ? left : "(end)") + "\n+ " + (more_right ? right : "(end)");
  }
}

void hold(const std::string& name, const std::string& made, const Alike& alike) {
  if (std::getenv("QABYL_GOLDEN_WRITE") != nullptr) {
    std::ofstream(golden_file(name), std::ios::binary) << made;
    WARN("written anew: " << golden_file(name));
  }
  INFO(name);
  CHECK(difference(file_text(golden_file(name)), made, alike) == "");
}

bool nearly(const std::string& expected, const std::string& made) {
  if (expected.size() != static_cast<std::size_t>(grid_width) || expected.size() != made.size() || expected.front() == '=') return expected == made;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::abs(expected[i] - made[i]) > 1) return false;
  }
  return true;
}

}  // namespace

std::string readable(const std::string& text) {
  std::istringstream words(without_ids(text));
  std::string out, line;
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + word.size() >= line_chars_max) out += line + "\n", line.clear();
    line += (line.empty() ? "" : " ") + word;
  }
  return out + line + "\n";
}

std::string papers_of(sync::registry::Registry& registry, const core::Id& case_id) {
  std::string all;
  each_paper(registry, case_id, [&](const std::string& head, const test::PdfProbe& probe) {
    all += "=== " + head + ", pages " + std::to_string(probe.pages()) + "\n" + readable(probe.text()) + "\n";
  });
  return all;
}

std::string pages_of(sync::registry::Registry& registry, const core::Id& case_id) {
  std::string all;
  each_paper(registry, case_id, [&](const std::string& head, const test::PdfProbe& probe) {
    for (int page = 1; page <= probe.pages(); ++page) all += "=== " + head + ", page " + std::to_string(page) + "\n" + picture_of(probe, page);
  });
  return all;
}

std::string terms_of(sync::registry::Registry& registry, const core::Id& case_id) {
  const auto now = sync::registry::case_now(registry, case_id);
  REQUIRE(now);
  std::string all = sync::registry::state_code(*now) + "\n";
  for (const auto& one : sync::registry::open_terms(*now)) {
    const char* side = one.owed_by == core::Side::body ? "body" : one.owed_by == core::Side::bureau ? "bureau" : "applicant";
    all += "  " + one.term.id + " from " + core::iso_date(one.term.base) + " to " + core::iso_date(one.term.due) + ", " + side + "\n";
  }
  return all;
}

void hold_words(const std::string& name, const std::string& made) { hold(name, made, [](const auto& a, const auto& b) { return a == b; }); }
void hold_pages(const std::string& name, const std::string& made) { hold(name, made, nearly); }

}  // namespace qabyl::life
