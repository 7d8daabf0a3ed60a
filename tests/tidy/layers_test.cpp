// The layers of ARCHITECTURE.md, section 3: who may include whom, which library ends in which file,
// and which calls nobody makes but the operating system's own corner.
#include "tests/support/catch.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/tidy/source_tree.h"

using namespace qabyl::tidy;

namespace {

bool any_prefix(std::string_view text, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& prefix) { return text.starts_with(prefix); });
}

// --- own headers ---

bool is_case_header(const std::string& include) { return include.starts_with("core/cases/"); }
bool is_core_header(const std::string& include) {
  return include.starts_with("core/") && include.find('/', 5) == include.npos;
}

// What files of a folder may include of ours; the longest folder that fits a path counts.
struct Layer {
  std::string folder;
  std::vector<std::string> may;   // prefixes
  bool core = true;               // headers directly in core/
  bool cases = true;              // and those in core/cases/
};
const std::vector<Layer> layers{
    {"core", {}, true, false},
    {"core/cases", {"core/cases/"}},
    {"core/paper", {"core/paper/"}},
    {"core/preview", {"core/preview/", "core/sys/"}, true, false},
    {"core/store", {"core/store/", "core/sys/"}},
    {"core/sys", {"core/sys/", "core/bytes.h", "core/result.h", "core/ports.h"}, false, false},
    {"sync/wire", {"sync/wire/", "sync/log/"}},
    {"sync/log", {"sync/log/"}},
    {"sync/client", {"sync/client/", "sync/wire/", "sync/log/", "core/sys/"}},
    {"sync/registry", {"sync/registry/", "sync/wire/", "sync/log/", "core/sys/", "core/store/", "core/paper/", "core/preview/"}},
    {"sync/verify", {"sync/verify/", "sync/log/"}},
    {"kiosk/screens", {"kiosk/screens/"}},
    {"kiosk/ui", {"kiosk/ui/", "core/paper/qr.h", "kiosk/screens/page_source.h"}, true, false},
    {"kiosk/devices", {"kiosk/devices/", "core/sys/", "core/preview/"}, true, false},
    {"kiosk/preview", {"kiosk/preview/", "core/preview/protocol.h"}, false, false},
    {"kiosk/shell", {"kiosk/", "core/sys/", "core/store/", "core/paper/", "core/preview/", "sync/client/", "sync/wire/", "sync/log/"}},
    {"kiosk", {"kiosk/", "core/sys/", "core/store/", "core/paper/", "core/preview/", "sync/client/", "sync/wire/", "sync/log/"}}};

const Layer* layer_of(const SourceFile& file) {
  const Layer* best = nullptr;
  for (const auto& layer : layers) {
    if (file.below(layer.folder) && (!best || layer.folder.size() > best->folder.size())) best = &layer;
  }
  return best;
}

bool may_include(const SourceFile& file, const Layer& layer, const std::string& include) {
  if (any_prefix(include, layer.may)) return true;
  const auto name = file.name();
  const bool drawing = name == "draw.h" || file.path.ends_with("_draw.cpp") || file.path.ends_with("_draw.h");
  if (layer.folder == "kiosk/screens" && drawing && (include.starts_with("kiosk/ui/") || include == "core/paper/qr.h")) return true;
  if (is_case_header(include)) return layer.core && layer.cases;
  return layer.core && is_core_header(include);
}

// --- libraries of others ---

struct Library {
  std::vector<std::string> includes;  // prefixes of what stands in <>
  std::vector<std::string> may;       // prefixes of paths
  std::string draw = "";              // "yes": files that end in _draw.cpp too
};
const std::vector<Library> libraries{
    {{"nlohmann/"}, {"core/json.cpp"}},
    {{"toml"}, {"core/profile.cpp"}},
    {{"sodium"}, {"core/crypto.cpp"}},
    {{"openssl/"}, {"core/crypto.cpp", "sync/registry/tls_", "sync/client/tls_", "sync/registry/checksum.cpp", "sync/registry/time_stamp.cpp"}},  // the last: SHA-1 for tus
    {{"nettle/", "gmp"}, {"sync/verify/foreign_signature.cpp"}},
    {{"sqlite3"}, {"core/store/"}},
    {{"cairo", "pango/", "qrencode", "hb"}, {"core/paper/"}},
    {{"fontconfig/"}, {"core/paper/", "kiosk/ui/", "kiosk/preview/"}},
    {{"imgui"}, {"kiosk/ui/", "kiosk/shell/"}, "yes"},
    {{"misc/freetype", "ft2build", "freetype"}, {"kiosk/ui/"}},
    {{"GLFW/", "X11/"}, {"kiosk/shell/"}},
    {{"GL/", "EGL/"}, {"kiosk/shell/", "kiosk/ui/gl_view.cpp"}},
    {{"poppler", "jpeglib", "seccomp", "linux/", "ZXing/"}, {"kiosk/preview/"}},
    {{"png.h"}, {"kiosk/preview/", "core/preview/"}},  // here pictures are written, never read
    {{"curl/"}, {"sync/client/"}},
    {{"microhttpd", "gnutls/"}, {"sync/registry/http_"}},
    {{"CLI/", "spdlog/"}, {"kiosk/main.cpp", "kiosk/shell/", "sync/registry/"}},
    {{"catch2/", "rapidcheck", "benchmark/"}, {}}};

// Standard headers that bring files, threads, randomness or streams of the process.
const std::set<std::string> worldly{"<fstream>", "<filesystem>", "<thread>", "<mutex>", "<condition_variable>", "<future>", "<random>",
                                    "<iostream>", "<atomic>", "<unistd.h>", "<fcntl.h>", "<pthread.h>", "<semaphore>", "<shared_mutex>"};

bool is_pure(const SourceFile& file) {
  return file.directly_in("core") || file.below("sync/wire") || file.below("sync/log") || file.below("kiosk/screens");
}

// --- calls ---

bool may_touch_the_world(const SourceFile& file) {
  return file.below("core/sys") || file.name() == "main.cpp" || file.name().starts_with("worker.");
}
// The threads of ARCHITECTURE.md, section 4, that are no Worker: the link's, the registry's storage, and the one that waits for the
// sandbox to look at scans.
bool owns_a_thread(const SourceFile& file) {
  return file.path.starts_with("kiosk/shell/link_desk.") || file.path == "sync/registry/group_commit.cpp" || file.path == "sync/registry/scan_matcher.cpp";
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Whether the word before offset `at` makes it a declaration: "hh_mm_ss time(...)".
bool is_declared(const std::string& code, std::size_t at) {
  auto end = at;
  while (end > 0 && code[end - 1] == ' ') --end;
  auto begin = end;
  while (begin > 0 && is_word(code[begin - 1])) --begin;
  const std::string before = code.substr(begin, end - begin);
  return !before.empty() && before != "return" && before != "else";
}

// Offsets where `word` is used plainly: not part of a name, no member, no other scope, no declaration.
std::vector<std::size_t> plain_uses(const std::string& code, const std::string& word) {
  std::vector<std::size_t> uses;
  for (auto at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : code[at - 1];
    if (!is_word(before) && std::string(".>:").find(before) == std::string::npos && !is_declared(code, at)) uses.push_back(at);
  }
  return uses;
}

}  // namespace

TEST_CASE("every source of the product belongs to a layer", "[tidy]") {
  REQUIRE(product_sources().size() > 20);
  for (const auto& file : product_sources()) {
    INFO(file.path);
    CHECK(layer_of(file) != nullptr);
  }
}

TEST_CASE("a layer includes only the layers that it may know", "[tidy]") {
  for (const auto& file : product_sources()) {
    const Layer* layer = layer_of(file);
    if (!layer) continue;
    for (const auto& include : file.includes) {
      if (include.starts_with('<')) continue;
      INFO(file.path << " includes " << include);
      CHECK(may_include(file, *layer, include));
    }
  }
}

TEST_CASE("a library of others ends in the files that may know it", "[tidy]") {
  for (const auto& file : product_sources()) {
    for (const auto& include : file.includes) {
      if (!include.starts_with('<')) continue;
      for (const auto& library : libraries) {
        if (!any_prefix(include.substr(1), library.includes)) continue;
        INFO(file.path << " includes " << include);
        CHECK((any_prefix(file.path, library.may) || (!library.draw.empty() && file.path.ends_with("_draw.cpp"))));
      }
    }
  }
}

TEST_CASE("curl and the HTTP server library stand in one file each", "[tidy]") {
  std::map<std::string, std::set<std::string>> users;
  for (const auto& file : product_sources()) {
    for (const auto& include : file.includes) {
      if (include.starts_with("<curl/")) users["curl"].insert(file.path);
      if (include.starts_with("<microhttpd")) users["microhttpd"].insert(file.path);
    }
  }
  for (const auto& [library, files] : users) {
    INFO(library << " in " << files.size() << " files");
    CHECK(files.size() == 1);
  }
}

TEST_CASE("core, messages and screen models include no files, threads or randomness", "[tidy]") {
  for (const auto& file : product_sources()) {
    if (!is_pure(file)) continue;
    for (const auto& include : file.includes) {
      INFO(file.path << " includes " << include);
      CHECK((worldly.count(include) == 0 && !include.starts_with("<sys/")));
    }
  }
}

TEST_CASE("clocks, randomness, threads and the environment are touched in few places", "[tidy]") {
  for (const auto& file : product_sources()) {
    if (may_touch_the_world(file)) continue;
    INFO(file.path);
    for (const std::string call : {"system_clock::now", "steady_clock::now", "high_resolution_clock", "random_device", "sleep_for", "sleep_until",
                                   "std::thread", "std::jthread", "std::async", "std::time(", "std::rand(", "std::getenv"}) {
      if (call == "std::thread" && owns_a_thread(file)) continue;
      const auto at = file.code.find(call);
      INFO(call << " in line " << line_of(file.code, at));
      CHECK(at == std::string::npos);
    }
    for (const char* call : {"time(", "rand(", "srand(", "getenv(", "usleep(", "nanosleep(", "sleep(", "clock_gettime(", "gettimeofday(", "pthread_create("}) {
      const auto uses = plain_uses(file.code, call);
      INFO(call << " in line " << (uses.empty() ? 0 : line_of(file.code, uses.front())));
      CHECK(uses.empty());
    }
  }
}

TEST_CASE("nothing of ours is thrown", "[tidy]") {
  for (const auto& file : product_sources()) {
    if (file.path == "core/profile.cpp") continue;  // an assertion of toml++'s, caught in the same file
    const auto uses = plain_uses(file.code, "throw ");
    INFO(file.path << " line " << (uses.empty() ? 0 : line_of(file.code, uses.front())));
    CHECK(uses.empty());
  }
}

TEST_CASE("the rules of layers see a wrong include and a banned call", "[tidy]") {
  const auto file = source_from("core/x.cpp", "// a\n#include <sqlite3.h>\n#include \"core/store/kiosk_store.h\"\nint a = time(nullptr); int b = x.time(1); // rand(\nhms time(2);\n");
  CHECK(file.includes == std::vector<std::string>{"<sqlite3.h>", "core/store/kiosk_store.h"});
  CHECK_FALSE(may_include(file, *layer_of(file), "core/store/kiosk_store.h"));
  CHECK(may_include(file, *layer_of(file), "core/json.h"));
  CHECK(plain_uses(file.code, "time(").size() == 1);
  CHECK(plain_uses(file.code, "rand(").empty());
}
