// Databases of every released version (tests/golden) meet the programs of today (RELIABILITY 4.10): each migrates to what a fresh
// database holds with the same rows, whenever it is killed meanwhile, after a copy that was compared; and a program that is
// older than its database refuses, says so, and leaves every byte.
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include <fstream>
#include <set>

#include "core/encoding.h"
#include "core/store/database_copy.h"
#include "core/store/kiosk_schema.h"
#include "sync/registry/backup.h"
#include "tests/store/shim_vfs.h"
#include "tests/support/rig.h"
#include "tests/support/tier.h"
#include "tests/sync/registry_rig.h"

using namespace qabyl;
using namespace qabyl::test;
namespace fs = std::filesystem;

namespace {

constexpr int points_max = 2000;
constexpr int registry_log_version = 8;  // from here on every record has its leaf

struct Base {  // a raw connection, for what no program of ours would do
  sqlite3* handle = nullptr;
  explicit Base(const std::string& path) { REQUIRE(sqlite3_open(path.c_str(), &handle) == SQLITE_OK); }
  ~Base() { sqlite3_close(handle); }
  Base(const Base&) = delete;
  Base& operator=(const Base&) = delete;
  void run(const std::string& sql) const {
    char* why = nullptr;
    const int rc = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &why);
    INFO(sql.substr(0, 200) << ": " << (why ? why : ""));
    sqlite3_free(why);
    REQUIRE(rc == SQLITE_OK);
  }
  std::vector<std::string> texts(const std::string& sql) const {
    sqlite3_stmt* statement = nullptr;
    INFO(sql);
    REQUIRE(sqlite3_prepare_v2(handle, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::vector<std::string> all;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
      all.emplace_back(text ? text : "");
    }
    sqlite3_finalize(statement);
    return all;
  }
};

struct Golden {
  std::string path, kind, state;  // .../kiosk-3-half.sql
  int version = 0;
  core::DatabaseOptions options() const {
    if (kind == "registry") return reg::registry_database(false);
    core::DatabaseOptions kiosk;
    kiosk.application_id = core::kiosk_application_id;
    kiosk.migrations = core::kiosk_migrations();
    return kiosk;
  }
  int newest() const { return options().migrations.back().version; }
};

std::vector<Golden> goldens() {
  std::vector<Golden> all;
  for (const auto& file : fs::directory_iterator(in_source("/tests/golden"))) {
    if (file.path().extension() != ".sql") continue;
    const auto name = file.path().stem().string();
    const auto first = name.find('-'), second = name.find('-', first + 1);
    all.push_back({file.path().string(), name.substr(0, first), name.substr(second + 1), std::stoi(name.substr(first + 1, second - first - 1))});
  }
  std::sort(all.begin(), all.end(), [](const Golden& a, const Golden& b) { return a.path < b.path; });
  return all;
}

// In memory where there is room for that: what is killed here is a process, never the power.
struct Ground {
  std::string path = (fs::exists("/dev/shm") ? std::string("/dev/shm") : fs::temp_directory_path().string()) + "/qabyl-golden-" + std::to_string(getpid());
  Ground() { clear(); }
  ~Ground() { fs::remove_all(path); }
  void clear() const {
    fs::remove_all(path);
    fs::create_directories(path);
  }
};

void load(const Golden& golden, const std::string& to) {
  const Base base(to);
  base.run("PRAGMA page_size=16384; PRAGMA journal_mode=WAL;");
  base.run("BEGIN;" + file_text(golden.path) + "COMMIT;");
}

std::vector<std::string> tables_of(const Base& base, const std::string& schema = "main") {
  return base.texts("SELECT name FROM " + schema + ".sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_words_%' AND name NOT LIKE 'sqlite_%' ORDER BY name");
}
std::vector<std::string> columns_of(const Base& base, const std::string& table, const std::string& schema = "main") {
  return base.texts("SELECT name FROM pragma_table_info('" + table + "', '" + schema + "')");
}
std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : between) + word;
  return all;
}

// The schema and every row of every table, in an order of its own.
std::string dump(const std::string& path) {
  const Base base(path);
  std::string all = joined(base.texts("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name"), "\n");
  all += "\nversion " + base.texts("PRAGMA user_version").front() + " of " + base.texts("PRAGMA application_id").front() + "\n";
  for (const auto& table : tables_of(base)) {
    std::vector<std::string> quoted;
    for (const auto& column : columns_of(base, table)) quoted.push_back("quote(" + column + ")");
    all += table + "\n" + joined(base.texts("SELECT " + joined(quoted, "||','||") + " FROM " + table + " ORDER BY 1"), "\n") + "\n";
  }
  return all;
}

// A new database of today, and the old one's rows brought into it by hand.
std::string expected(const Golden& golden, const Ground& ground) {
  const std::string fresh = ground.path + "/fresh.db", old = ground.path + "/old.db";
  for (const auto& file : {fresh, old}) fs::remove(file);
  load(golden, old);
  REQUIRE(core::Database::open(fresh, golden.options()));
  {
    const Base base(fresh);
    base.run("ATTACH '" + old + "' AS old");
    for (const auto& table : tables_of(base, "old")) {
      const auto now = columns_of(base, table);
      std::vector<std::string> common;
      for (const auto& column : columns_of(base, table, "old")) {
        if (std::find(now.begin(), now.end(), column) != now.end()) common.push_back(column);
      }
      base.run("DELETE FROM main." + table + "; INSERT INTO main." + table + "(" + joined(common, ",") + ") SELECT " + joined(common, ",") + " FROM old." + table);
    }
    if (golden.kind == "registry" && golden.version < registry_log_version) {  // in the order in which they were taken
      std::set<std::tuple<std::string, std::string, std::string, std::string>> order;
      for (const auto& id : base.texts("SELECT id FROM old.records")) {
        const auto of = [&](const std::string& what) { return base.texts("SELECT " + what + " FROM old.records WHERE id = '" + id + "'").front(); };
        order.insert({of("printf('%020d', taken_at)"), of("device"), of("printf('%020d', q)"), id});
      }
      int index = 0;
      for (const auto& [at, device, q, id] : order) base.run("INSERT INTO log_leaves(idx, record, digest, at) SELECT " + std::to_string(index++) + ", id, digest, taken_at FROM records WHERE id = '" + id + "'");
    }
  }
  return dump(fresh);
}

bool has_copies(const std::string& folder) {
  for (const auto& file : fs::directory_iterator(folder)) {
    if (file.path().filename().string().find(".before-") != std::string::npos) return true;
  }
  return false;
}

// True: the migration came to its end in a process that dies at its `point`-th write, flush or cut of the database.
bool migrate_and_die(const Golden& golden, const std::string& path, int point) {
  const pid_t pid = fork();
  REQUIRE(pid >= 0);
  if (pid == 0) {
    auto options = golden.options();
    options.vfs = qabyl::tests::shim_vfs_name;
    qabyl::tests::shim_vfs().kill_at = point;
    const bool opened = core::Database::open(path, options).has_value();
    _exit(opened ? 0 : 4);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
  return !WIFSIGNALED(status);
}

std::map<std::string, std::string> bytes_of(const std::string& folder) {
  std::map<std::string, std::string> all;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) all[file.path().string()] = core::to_hex(core::sha256(core::as_bytes(file_text(file.path().string()))));
  }
  return all;
}

}  // namespace

TEST_CASE("a database of every released version becomes what a fresh one holds with the same rows", "[sync][golden]") {
  const auto all = goldens();
  REQUIRE(all.size() >= 36);
  for (const auto& golden : all) {
    INFO(golden.path);
    const Ground ground;
    const auto wanted = expected(golden, ground);
    const auto path = ground.path + "/it.db";
    load(golden, path);
    std::ofstream(path + ".before-" + std::to_string(std::max(1, golden.version - 1))) << "left by a start that was cut";
    {
      auto opened = core::Database::open(path, golden.options());
      if (!opened) FAIL(opened.error().detail);
      CHECK(opened->version() == golden.newest());
    }
    CHECK(dump(path) == wanted);
    CHECK_FALSE(has_copies(ground.path));  // what is wiped later must be nowhere else
    if (golden.state != "empty") CHECK(wanted.find("«Ә»") != std::string::npos);
  }
}

TEST_CASE("a migration that is killed at any write or flush leaves a database that migrates to the same", "[sync][golden][kill]") {
  int cuts = 0;
  for (const auto& golden : goldens()) {
    if (golden.version == golden.newest() || golden.state == "empty") continue;
    const bool first_half = golden.version == 1 && golden.state == "half";
    const int step = at_tier(first_half ? 3 : 0, 1, 1);  // quick: the longest way of each program, each third point
    if (step == 0) continue;
    const Ground ground;
    const auto wanted = expected(golden, ground);
    load(golden, ground.path + "/start.db");
    bool ended = false;
    for (int point = 1; point < points_max && !ended; point += step) {
      const std::string folder = ground.path + "/run", path = folder + "/it.db";
      fs::remove_all(folder);
      fs::create_directories(folder);
      fs::copy_file(ground.path + "/start.db", path);
      ended = migrate_and_die(golden, path, point);
      INFO(golden.path << ", killed at " << point);
      {
        auto opened = core::Database::open(path, golden.options());
        if (!opened) FAIL(opened.error().detail);
      }
      if (dump(path) != wanted) FAIL("another content");
      if (has_copies(folder)) FAIL("a copy is left");
      cuts += ended ? 0 : 1;
    }
    CHECK(ended);
  }
  std::printf("golden: %d cuts of migrations\n", cuts);
  CHECK(cuts >= at_tier(20, 400, 400));
}

TEST_CASE("a copy of a database is compared row by row with it", "[sync][golden]") {
  const Ground ground;
  const auto all = goldens();
  const auto full = std::find_if(all.begin(), all.end(), [](const Golden& one) { return one.kind == "kiosk" && one.state == "full"; });
  const std::string path = ground.path + "/it.db", copy = ground.path + "/copy.db";
  load(*full, path);
  REQUIRE(core::copy_database(path, copy));
  CHECK(core::same_rows(path, copy));
  CHECK(core::copy_database(path, copy).error().code == core::ErrorCode::conflict);
  const char* sql = GENERATE("UPDATE records SET bytes = bytes + 1 WHERE q = 2", "DELETE FROM strays WHERE seen_ms % 2 = 1", "PRAGMA user_version = 2", "DROP INDEX records_held",
                             "UPDATE settings SET value = 'other' WHERE name = (SELECT min(name) FROM settings)");
  Base(copy).run(sql);
  CHECK(core::same_rows(path, copy).error().code == core::ErrorCode::corrupt);
}

TEST_CASE("a registry that is older than its database refuses, says so, and leaves every byte of the folder", "[sync][golden]") {
  TestOffice office;
  office.fill();
  REQUIRE(reg::make_backup_key(office.folder(), office.folder() + "/keys/backup.key", office.random));
  office.registry.reset();
  const int newest = reg::registry_database(false).migrations.back().version;
  Base(office.folder() + "/registry.sqlite").run("PRAGMA user_version=" + std::to_string(newest + 1) + "; CREATE TABLE of_a_newer_program(a);");
  const auto before = bytes_of(office.folder());
  const std::string said = office.folder() + "-said", program = rig::program("qabyl-registry");
  const std::vector<std::vector<std::string>> commands{{program, "serve", "--data", office.folder()}, {program, "add-bureau", "--data", office.folder(), "--bin", "040740001238", "--name", "n", "--address", "a", "--head", "h"},
                                                       {program, "show", "--data", office.folder()}, {program, "backup", office.folder() + "-backup", "--data", office.folder()},
                                                       {program, "journal", "--data", office.folder(), "--device", "AL-03", "--out", office.folder() + "-journal"}};
  for (const auto& command : commands) {
    fs::remove(said);
    INFO(command[1]);
    CHECK(rig::run(command, said, std::chrono::seconds{20}) == 1);
    INFO(file_text(said));
    CHECK(file_text(said).find("version " + std::to_string(newest + 1) + " is newer") != std::string::npos);
    CHECK(bytes_of(office.folder()) == before);
  }
  fs::remove(said);
  CHECK_FALSE(fs::exists(office.folder() + "-backup"));
}
