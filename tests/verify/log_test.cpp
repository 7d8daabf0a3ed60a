// qabyl-verify log: a whole evidence log out of its plain files; whatever is changed in them is named by file (I9, G18).
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "core/encoding.h"
#include "core/json.h"
#include "sync/log/leaf.h"
#include "sync/log/tiles.h"
#include "sync/verify/log_check.h"
#include "sync/verify/log_witness.h"
#include "tests/support/receipt_scene.h"
#include "tests/support/whole_files.h"
#include "tests/verify/program.h"

using namespace qabyl;
using sync::verify::check_log;
using sync::verify::Standing;
namespace tlog = sync::log;

namespace {

const std::string origin = "log.example.kz";

// A log in memory, its files made by another way than the verifier reads them: every node out of a whole tree.
struct MadeLog final : test::WholeFiles {
  std::map<std::string, core::Bytes> files;
  std::size_t reads = 0;

  core::Result<core::Bytes> whole(const std::string& path) override {
    ++reads;
    const auto found = files.find(path);
    if (found == files.end()) return core::Error{core::ErrorCode::not_found, path};
    return found->second;
  }
};

const test::ReceiptScene& scene() {
  static const test::ReceiptScene made;
  return made;
}
sync::verify::Trust trust() { return *sync::verify::make_trust(core::fingerprint(scene().root.verify_key), false, scene().keys_json()); }

std::string entry(std::uint64_t i) {
  return tlog::leaf_entry({core::sha256(core::as_bytes(std::to_string(i))), scene().filed + core::Millis(static_cast<std::int64_t>(i / 3))});
}

MadeLog made_log(std::uint64_t size, const std::map<std::uint64_t, std::string>& other = {}) {
  MadeLog log;
  tlog::Tree tree;
  for (std::uint64_t i = 0; i < size; ++i) {
    const auto at = other.find(i);
    const std::string text = at == other.end() ? entry(i) : at->second;
    tree.append(tlog::hash_leaf(core::as_bytes(text)));
    tlog::append_entry(log.files[tlog::tile_path({true, 0, i / 256, tlog::width_in(size, 0, i / 256)})], core::as_bytes(text));
  }
  for (unsigned level = 0; level < tlog::tile_levels_max; ++level) {
    for (std::uint64_t index = 0; tlog::width_in(size, level, index) > 0; ++index) {
      tlog::Hashes hashes;
      for (std::size_t i = 0; i < tlog::width_in(size, level, index); ++i) hashes.push_back(*tree.node({level * tlog::tile_height, index * 256 + i}));
      log.files[tlog::tile_path({false, level, index, hashes.size()})] = tlog::hash_tile_bytes(hashes);
    }
  }
  const auto note = tlog::sign_checkpoint({origin, size, *tlog::root_of(tree, size)}, scene().log);
  log.files["checkpoint"] = core::to_bytes(note);
  return log;
}

}  // namespace

TEST_CASE("verify log: a whole log of any size is proved", "[verify][log]") {
  for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 511, 600, 65'536, 66'000}) {
    INFO(size);
    auto log = made_log(size);
    const auto check = check_log(log, trust());
    INFO(check.why << " " << check.where);
    CHECK(check.standing == Standing::proved);
    CHECK(check.checkpoint.size == size);
    if (size > 0) CHECK(check.last == scene().filed + core::Millis(static_cast<std::int64_t>((size - 1) / 3)));
  }
}

TEST_CASE("verify log: of every file that has one bit changed, the verifier says which file it is", "[verify][log]") {
  const auto good = made_log(1'000);
  std::size_t tried = 0;
  for (const auto& [path, bytes] : good.files) {
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += path == "checkpoint" ? 1 : 509, ++tried) {
      auto log = good;
      log.files[path][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
      const auto check = check_log(log, trust());
      INFO(path << " bit " << bit << ": " << check.why << " " << check.where);
      if (path == "checkpoint") {
        CHECK(check.standing != Standing::proved);  // a changed name of the signer is a signature by nobody known
        continue;
      }
      CHECK(check.standing == Standing::refused);
      // Where no tile above it is there to decide, the entries are named for the pair of them.
      const bool last = path.find(".p/") != path.npos && path.starts_with("tile/0/");
      CHECK(check.where == (last ? "tile/entries/003.p/232" : path));
    }
  }
  CHECK(tried > 2'000);
}

TEST_CASE("verify log: an entry taken out, put in, swapped or replaced by another is found", "[verify][log]") {
  const auto good = made_log(700);
  const auto forged = [&](std::uint64_t i, const std::string& text) {
    auto log = good;  // the entry bundle as a forger writes it, everything else as it was
    const auto path = tlog::tile_path({true, 0, i / 256, tlog::width_in(700, 0, i / 256)});
    log.files[path] = made_log(700, {{i, text}}).files[path];
    return check_log(log, trust());
  };
  CHECK(forged(300, entry(301)).index == 300);
  CHECK(forged(300, entry(301)).where == "tile/entries/001");
  auto cut = good;
  cut.files.erase("tile/entries/001");
  CHECK(check_log(cut, trust()).why == "log_unreadable");
  // A forger who makes all tiles again, but has not the log's key.
  auto whole = made_log(700, {{300, entry(301)}});
  whole.files["checkpoint"] = good.files.at("checkpoint");
  CHECK(check_log(whole, trust()).why == "log_root");
}

TEST_CASE("verify log: an entry of another form or of an earlier time is refused even under the log's own signature", "[verify][log]") {
  const std::string good = entry(5);
  std::string named = good;
  named.insert(1, "\"name\":\"x\",");
  for (const auto& text : {named, " " + good, good + " ", std::string("{}"), std::string(), core::to_hex(core::sha256({})), good.substr(0, good.size() - 1) + "]"}) {
    auto log = made_log(10, {{5, text}});
    CHECK(check_log(log, trust()).why == "log_entry");
    CHECK(check_log(log, trust()).index == 5);
  }
  auto log = made_log(10, {{5, tlog::leaf_entry({{}, scene().filed - core::Millis(1)})}});
  CHECK(check_log(log, trust()).why == "log_time");
}

TEST_CASE("verify log: the quick reader of an entry's time takes what the log's own reader takes", "[verify][log]") {
  for (const std::int64_t at_ms : {std::int64_t{0}, std::int64_t{7}, std::int64_t{1'795'000'000'000}, core::json_integer_max}) {
    auto log = made_log(1, {{0, tlog::leaf_entry({{}, core::Instant(core::Millis(at_ms))})}});
    CHECK(check_log(log, trust()).standing == Standing::proved);
    CHECK(check_log(log, trust()).first == core::Instant(core::Millis(at_ms)));
  }
  const std::string digest(64, 'a');
  for (const std::string& digits : std::vector<std::string>{"", "01", "-1", "1e3", "9007199254740992", "99999999999999999999"}) {
    const auto text = "{\"at_ms\":" + digits + ",\"sha256\":\"" + digest + "\",\"v\":1}";
    CHECK_FALSE(tlog::parse_leaf(text));
    auto log = made_log(1, {{0, text}});
    CHECK(check_log(log, trust()).why == "log_entry");
  }
}

TEST_CASE("verify log: a checkpoint that claims 2^63 leaves ends at the first file that is not there", "[verify][log]") {
  auto log = made_log(300);
  log.files["checkpoint"] = core::to_bytes(tlog::sign_checkpoint({origin, std::uint64_t{1} << 63, {}}, scene().log));
  const auto check = check_log(log, trust());
  CHECK(check.standing == Standing::refused);
  CHECK(check.where == "tile/entries/001");
  CHECK(log.reads < 600);  // as many bundles as are checked at once, and no more
}

TEST_CASE("verify log: without a root it is whole by an unknown key; by the key of another log, too", "[verify][log]") {
  auto log = made_log(300);
  CHECK(check_log(log, *sync::verify::make_trust({}, false, {})).standing == Standing::unknown_key);
  log.files["checkpoint"] = core::to_bytes(tlog::sign_checkpoint(*tlog::parse_checkpoint(tlog::parse_note(core::as_text(log.files["checkpoint"]))->text), scene().kiosk));
  CHECK(check_log(log, trust()).why == "key_not_listed");
}

TEST_CASE("verify log: the program reads a folder, and names the file that was changed", "[verify][log]") {
  const test::VerifyFolder folder;
  for (const auto& [path, bytes] : made_log(600).files) folder.file("log/" + path, bytes);
  const auto keys = folder.file("keys.json", scene().keys_json());
  const std::vector<std::string> words{"log", folder.path() + "/log", "--root", core::fingerprint(scene().root.verify_key), "--keys", keys};
  const auto good = test::ask_verify(words);
  INFO(good.out);
  CHECK(good.status == 0);
  CHECK(good.first_line() == "Genuine: the whole log is proved up to the office's root key.");
  CHECK(good.out.find("Entries: 600") != std::string::npos);
  auto bundle = made_log(600).files.at("tile/entries/001");
  bundle[700] ^= 1;
  folder.file("log/tile/entries/001", bundle);
  const auto bad = test::ask_verify(words);
  INFO(bad.out);
  CHECK(bad.status == 4);
  CHECK(bad.out.find("First wrong file: tile/entries/001") != std::string::npos);
  auto json = words;
  json.push_back("--json");
  CHECK(core::parse_json(test::ask_verify(json).first_line(), 10'000)->text("where") == "tile/entries/001");
  CHECK(test::ask_verify({"log", folder.path() + "/none"}).status == 1);
  CHECK(test::ask_verify({"log", folder.path()}).status == 4);
  CHECK(test::ask_verify({"log"}).status == 2);
}

TEST_CASE("verify log: a kept checkpoint of any size is the beginning of the log, or the log is refused", "[verify][log]") {
  const auto kept = [](MadeLog log) { return sync::verify::KeptCheckpoint{"kept", *tlog::parse_checkpoint(tlog::parse_note(core::as_text(log.files["checkpoint"]))->text)}; };
  constexpr std::uint64_t size = 600;
  auto log = made_log(size);
  for (const std::uint64_t seen : {0, 1, 2, 255, 256, 257, 511, 512, 600}) {
    INFO(seen);
    const auto check = check_log(log, trust(), {{kept(made_log(seen))}, {}});
    CHECK(check.standing == Standing::proved);
    CHECK(check.agreed == seen);
    if (seen == 0) continue;
    // The same size, its last entry another one.
    const auto forked = check_log(log, trust(), {{kept(made_log(seen, {{seen - 1, entry(9'999)}})), kept(made_log(seen - 1))}, {}});
    CHECK(forked.why == "log_forked");
    CHECK(forked.where == "kept");
    CHECK(forked.agreed == seen - 1);
  }
  const auto shorter = check_log(log, trust(), {{kept(made_log(601)), kept(made_log(300))}, {}});
  CHECK(shorter.standing == Standing::refused);
  CHECK(shorter.why == "log_shorter");
  CHECK(shorter.agreed == 300);
}

TEST_CASE("verify log: the program reads kept checkpoints from a file or a folder, and takes nothing else for one", "[verify][log]") {
  const test::VerifyFolder folder;
  for (const auto& [path, bytes] : made_log(600).files) folder.file("log/" + path, bytes);
  const auto keys = folder.file("keys.json", scene().keys_json());
  const auto ask = [&](const std::string& kept, const std::string& more = "--json") {
    return test::ask_verify({"log", folder.path() + "/log", "--kept", kept, "--root", core::fingerprint(scene().root.verify_key), "--keys", keys, more});
  };
  const auto file = folder.file("kept/a", made_log(257).files.at("checkpoint"));
  folder.file("kept/b", made_log(400).files.at("checkpoint"));
  CHECK(core::parse_json(ask(file).first_line(), 10'000)->number("agreed", 0) == 257);
  const auto both = ask(folder.path() + "/kept");
  INFO(both.out);
  CHECK(both.status == 0);
  CHECK(core::parse_json(both.first_line(), 10'000)->number("kept", 0) == 2);
  // By another key it says nothing against this log; it is not passed over in silence either.
  const auto foreign = folder.file("foreign", tlog::sign_checkpoint({origin, 5, {}}, scene().kiosk));
  CHECK(ask(foreign).status == 1);
  CHECK(ask(foreign).out.find("foreign is no checkpoint that this log signed") != std::string::npos);
  for (const auto& text : std::vector<std::string>{"", "hello\n", std::string(100'000, 'x'), core::as_text(made_log(257).files.at("checkpoint")).substr(1).data()}) CHECK(ask(folder.file("odd", text)).status == 1);
  CHECK(ask(folder.path() + "/none").status == 1);
  folder.file("kept/c", made_log(500, {{450, entry(9'999)}}).files.at("checkpoint"));
  const auto forked = ask(folder.path() + "/kept");
  INFO(forked.out);
  CHECK(forked.status == 4);
  const auto said = core::parse_json(forked.first_line(), 10'000);
  CHECK(said->text("why") == "log_forked");
  CHECK(said->text("where") == folder.path() + "/kept/c");
  CHECK(said->number("agreed", 0) == 400);
}

namespace {

using Seconds = std::chrono::duration<double>;

// Of this process, or of the programs that it has started and awaited: on all cores together.
double cpu_seconds(int whose) {
  rusage usage{};
  getrusage(whose, &usage);
  const auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}
double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

}  // namespace

// Measured, not judged: build/dev/bin/qabyl-test-verify "[.speed]" prints both (PERFORMANCE, goal 21). The program reads the log's
// files; raw is one SHA-256 over the same bytes in memory, by one core. Two ratios: work against work (processor seconds on both
// sides, what one core would do alone) and time against time, where the program has all cores.
TEST_CASE("verify log: ten to the six leaves against raw SHA-256 of the same bytes", "[.speed]") {
  const auto log = made_log(1'000'000);
  const test::VerifyFolder folder;
  core::Bytes raw;
  for (const auto& [path, bytes] : log.files) {
    raw.insert(raw.end(), bytes.begin(), bytes.end());
    folder.file("log/" + path, bytes);
  }
  const auto keys = folder.file("keys.json", scene().keys_json());
  std::vector<double> works, times;
  std::printf("%zu bytes on both sides; raw on 1 core, qabyl-verify on %u\n", raw.size(), std::thread::hardware_concurrency());
  for (int round = 0; round < 9; ++round) {
    const auto start = std::chrono::steady_clock::now();
    const double start_cpu = cpu_seconds(RUSAGE_SELF), start_children = cpu_seconds(RUSAGE_CHILDREN);
    CHECK(core::sha256(raw) != core::Digest{});
    const double raw_s = Seconds(std::chrono::steady_clock::now() - start).count(), raw_cpu = cpu_seconds(RUSAGE_SELF) - start_cpu;
    const auto middle = std::chrono::steady_clock::now();
    CHECK(test::ask_verify({"log", folder.path() + "/log", "--root", core::fingerprint(scene().root.verify_key), "--keys", keys}).status == 0);
    const double checked_s = Seconds(std::chrono::steady_clock::now() - middle).count(), checked_cpu = cpu_seconds(RUSAGE_CHILDREN) - start_children;
    works.push_back(raw_cpu / checked_cpu);
    times.push_back(raw_s / checked_s);
    std::printf("raw %.3f s of a core (%.3f s), qabyl-verify log of 1,000,000 leaves %.3f s of a core (%.3f s): ratio %.2f of a core, %.2f in time\n", raw_cpu, raw_s, checked_cpu, checked_s, works.back(), times.back());
  }
  std::printf("median ratio %.2f core against core, %.2f in time with all cores (wanted: >= 0.5)\n", median(works), median(times));
}

namespace {

struct Watcher {
  test::SeededRandom random{5};
  core::SigningKey key = core::new_signing_key(random);
  tlog::NoteKey name{"witness.example/w1", key.verify_key, tlog::NoteAlgorithm::cosignature_v1};

  // The first `size` entries as the log would have signed them, cosigned; `other`: of another log under the same key.
  core::Bytes note(std::uint64_t size, bool other = false) const {
    tlog::Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(tlog::hash_leaf(core::as_bytes(entry(other ? i + 1 : i))));
    auto made = *tlog::parse_note(tlog::sign_checkpoint({origin, size, *tlog::root_of(tree, size)}, scene().log));
    made.signatures.push_back(tlog::cosign(made.text, name.name, key, 1'795'000'000));
    return core::to_bytes(tlog::write_note(made));
  }
  // As the command does: what it cosigned is held against the log.
  sync::verify::LogCheck check(MadeLog log) const {
    auto notes = sync::verify::read_witnesses(log, trust(), {name});
    if (notes.why.empty()) return check_log(log, trust(), {notes.cosigned, {}});
    sync::verify::LogCheck refused;
    refused.why = notes.why;
    refused.where = notes.where;
    return refused;
  }
  sync::verify::WitnessSaid said(MadeLog log) const { return sync::verify::read_witnesses(log, trust(), {name}).said.at(0); }
};

}  // namespace

TEST_CASE("verify log: a witness confirms the log up to where it cosigned it", "[verify][log][witness]") {
  const Watcher watcher;
  for (const std::uint64_t size : {1, 5, 255, 256, 257, 511, 512, 700}) {
    INFO(size);
    auto log = made_log(700);
    log.files[tlog::witness_path(watcher.name)] = watcher.note(size);
    const auto check = watcher.check(log);
    INFO(check.why << " " << check.where);
    CHECK(check.standing == Standing::proved);
    CHECK(check.agreed == size);
    CHECK(watcher.said(log).size == size);
    CHECK(watcher.said(log).unix_s == 1'795'000'000);
  }
  auto log = made_log(700);
  log.files["checkpoint"] = watcher.note(700);  // its line under the newest of all
  CHECK(watcher.check(log).standing == Standing::proved);
  CHECK(watcher.said(log).size == 700);
}

TEST_CASE("verify log: a witness that saw another log, or a longer one, refuses it; a silent one has not confirmed it", "[verify][log][witness]") {
  const Watcher watcher;
  const auto path = tlog::witness_path(watcher.name);
  auto log = made_log(300);
  CHECK(watcher.said(log).unix_s == 0);
  CHECK(watcher.check(log).standing == Standing::proved);
  log.files[path] = watcher.note(301);
  CHECK(watcher.check(log).why == "log_shorter");
  for (const std::uint64_t size : {7, 256, 300}) {
    log.files[path] = watcher.note(size, true);
    CHECK(watcher.check(log).standing == Standing::refused);
    CHECK(watcher.check(log).why == "log_forked");
    CHECK(watcher.check(log).where == path);
  }
}

TEST_CASE("verify log: no bit of what a witness signed can change", "[verify][log][witness]") {
  const Watcher watcher;
  const auto path = tlog::witness_path(watcher.name);
  const auto good = watcher.note(300);
  for (std::size_t bit = 0; bit < good.size() * 8; bit += 3) {
    auto log = made_log(300);
    log.files[path] = good;
    log.files[path][bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    const auto notes = sync::verify::read_witnesses(log, trust(), {watcher.name});
    INFO(bit << " " << notes.why);
    CHECK((!notes.why.empty() || notes.said[0].unix_s == 0));
  }
}

TEST_CASE("verify log: the program names its witnesses, in words and as JSON, and ends with 5 where one is missing", "[verify][log][witness]") {
  const Watcher watcher;
  test::VerifyFolder folder;
  auto log = made_log(300);
  log.files[tlog::witness_path(watcher.name)] = watcher.note(290);
  for (const auto& [path, bytes] : log.files) folder.file("log/" + path, bytes);
  const auto keys = folder.file("keys.json", scene().keys_json());
  const std::string root = core::fingerprint(scene().root.verify_key);
  test::SeededRandom random{8};
  const auto silent = tlog::to_vkey({"witness.example/w2", core::new_signing_key(random).verify_key, tlog::NoteAlgorithm::cosignature_v1});
  std::vector<std::string> words{"log", folder.path() + "/log", "--root", root, "--keys", keys, "--witness", tlog::to_vkey(watcher.name)};
  const auto one = test::ask_verify(words);
  CHECK(one.status == 0);
  CHECK(one.out.find("Witness witness.example/w1 confirmed the first 290 entries") != std::string::npos);
  words.insert(words.end(), {"--witness", silent});
  CHECK(test::ask_verify(words).status == 5);
  CHECK(test::ask_verify(words).out.find("Witness witness.example/w2 has confirmed nothing") != std::string::npos);
  words.emplace_back("--json");
  const auto json = core::parse_json(core::as_text(core::as_bytes(test::ask_verify(words).out)), 4096);
  REQUIRE(json);
  CHECK(json->number("exit") == 5);
  CHECK(json->text("verdict") == "proved");
  REQUIRE(json->items("witnesses").size() == 2);
  CHECK(json->items("witnesses")[0].number("size") == 290);
  CHECK(json->items("witnesses")[1].flag("confirmed") == false);
  CHECK(test::ask_verify({"log", folder.path() + "/log", "--witness", "nonsense"}).status == 1);
  const auto log_key = tlog::to_vkey({origin, scene().log.verify_key});
  CHECK(test::ask_verify({"log", folder.path() + "/log", "--witness", log_key}).status == 1);  // no witness's
}
