// poppler-utils through a shell (pdf_probe.h).
#include "tests/paper/pdf_probe.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <regex>
#include <sstream>

#include "tests/support/catch.h"

namespace qabyl::test {

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  char buffer[65536];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  REQUIRE(pclose(pipe) == 0);
  return output;
}

PdfProbe::PdfProbe(const core::Bytes& pdf) {
  char name[] = "/tmp/qabyl-paper-XXXXXX";
  const int fd = mkstemp(name);
  REQUIRE(fd >= 0);
  REQUIRE(write(fd, pdf.data(), pdf.size()) == static_cast<ssize_t>(pdf.size()));
  close(fd);
  path_ = name;
}

PdfProbe::~PdfProbe() { unlink(path_.c_str()); }

std::string PdfProbe::text() const {
  std::string text = output_of("pdftotext -raw -enc UTF-8 " + path_ + " -");
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '\f', ' ');
  return text;
}

std::vector<std::string> PdfProbe::fonts() const {
  std::istringstream lines(output_of("pdffonts " + path_));
  std::vector<std::string> names;
  std::string line;
  std::getline(lines, line);
  std::getline(lines, line);  // two lines of heading
  while (std::getline(lines, line)) {
    const std::string name = line.substr(0, line.find(' '));
    names.push_back(name.substr(name.find('+') + 1));
  }
  return names;
}

bool PdfProbe::all_fonts_embedded() const {
  std::istringstream lines(output_of("pdffonts " + path_));
  std::string line;
  std::getline(lines, line);
  const std::size_t column = line.find("emb");
  std::getline(lines, line);
  bool all = true;
  while (std::getline(lines, line)) all = all && line.compare(column, 3, "yes") == 0;
  return all;
}

int PdfProbe::pages() const {
  const std::string info = output_of("pdfinfo " + path_);
  const std::size_t at = info.find("Pages:");
  REQUIRE(at != std::string::npos);
  return std::stoi(info.substr(at + 6));
}

std::vector<Word> PdfProbe::words() const {
  const std::string xml = output_of("pdftotext -bbox " + path_ + " -");
  const std::regex element(R"re(<page |<word xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">([^<]*))re");
  std::vector<Word> words;
  int page = 0;
  for (std::sregex_iterator at(xml.begin(), xml.end(), element), end; at != end; ++at) {
    if (!(*at)[1].matched) ++page;
    else words.push_back({(*at)[5], std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[3]), std::stod((*at)[4]), page});
  }
  return words;
}

namespace {

// One page as binary PGM or PPM: header numbers come back through `image`, the rest is pixels.
std::string render(const std::string& path, const std::string& options, int page, int dpi, int bytes_a_pixel, GrayImage& image) {
  const std::string which = std::to_string(page);
  std::string file = output_of("pdftoppm " + options + " -r " + std::to_string(dpi) + " -f " + which + " -l " + which + " " + path);
  char kind = 0;
  int most = 0, header = 0;
  REQUIRE(std::sscanf(file.c_str(), "P%c %d %d %d%n", &kind, &image.width, &image.height, &most, &header) == 4);
  const auto bytes = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height * bytes_a_pixel);
  REQUIRE(file.size() == static_cast<std::size_t>(header) + 1 + bytes);
  return file.substr(file.size() - bytes);
}

}  // namespace

GrayImage PdfProbe::page_image(int page, int dpi) const {
  GrayImage image;
  const std::string pixels = render(path_, "-gray", page, dpi, 1, image);
  image.pixels.assign(pixels.begin(), pixels.end());
  return image;
}

std::string PdfProbe::page_colours(int page, int dpi) const {
  GrayImage size;
  return render(path_, "", page, dpi, 3, size);
}

}  // namespace qabyl::test
