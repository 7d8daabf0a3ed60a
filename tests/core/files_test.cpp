// Files on a real disk: what is written is there, and what a hostile folder holds cannot trap us.
#include "tests/support/catch.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/sys/files.h"
#include "tests/support/places.h"

using namespace qabyl::core;
using namespace qabyl::core::sys;

namespace {

class Folder {  // a fresh folder below the build folder, gone afterwards
 public:
  Folder() {
    std::string pattern = qabyl::test::in_build("/files-XXXXXX");
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() {
    const std::string command = "rm -rf '" + path_ + "'";
    if (std::system(command.c_str()) != 0) WARN("left behind: " + path_);
  }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

template <typename T>
ErrorCode code_of(const Result<T>& result) {
  REQUIRE_FALSE(result);
  return result.error().code;
}

mode_t mode_of(const std::string& path) {
  struct stat info{};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}

}  // namespace

TEST_CASE("a durable file is there, private, and replaces the one before", "[core][files]") {
  const Folder folder;
  REQUIRE(write_file_durably(folder / "a", as_bytes("first")));
  REQUIRE(write_file_durably(folder / "a", as_bytes("second")));
  const auto bytes = read_file(folder / "a", 100);
  REQUIRE(bytes);
  CHECK(as_text(*bytes) == "second");
  CHECK(mode_of(folder / "a") == 0600);
  CHECK_FALSE(exists(folder / "a.tmp"));
}

TEST_CASE("a temporary file that a killed program left is no obstacle", "[core][files]") {
  const Folder folder;
  REQUIRE(create_private(folder / "a.tmp"));
  CHECK(write_file_durably(folder / "a", as_bytes("x")));
}

TEST_CASE("a durable file costs two flushes", "[core][files]") {
  const Folder folder;
  const auto before = flush_count();
  REQUIRE(write_file_durably(folder / "a", as_bytes("x")));
  CHECK(flush_count() - before == 2);
}

TEST_CASE("a symbolic link, a FIFO, a folder and a device are never opened for reading", "[core][files]") {
  const Folder folder;
  REQUIRE(write_file_durably(folder / "secret", as_bytes("secret")));
  REQUIRE(::symlink((folder / "secret").c_str(), (folder / "scan.pdf").c_str()) == 0);
  REQUIRE(::mkfifo((folder / "pipe.pdf").c_str(), 0600) == 0);
  REQUIRE(make_directories(folder / "folder.pdf"));
  CHECK(code_of(open_read(folder / "scan.pdf")) == ErrorCode::forbidden);
  CHECK(code_of(open_read(folder / "pipe.pdf")) == ErrorCode::forbidden);  // and does not wait for a writer
  CHECK(code_of(open_read(folder / "folder.pdf")) == ErrorCode::forbidden);
  CHECK(code_of(open_read("/dev/zero")) == ErrorCode::forbidden);
  CHECK(code_of(read_file(folder / "scan.pdf", 100)) == ErrorCode::forbidden);
  CHECK(code_of(open_append(folder / "scan.pdf")) == ErrorCode::forbidden);
  CHECK(code_of(open_append(folder / "pipe.pdf")) == ErrorCode::forbidden);
}

TEST_CASE("writing never follows a planted link", "[core][files]") {
  const Folder folder;
  REQUIRE(write_file_durably(folder / "victim", as_bytes("whole")));
  REQUIRE(::symlink((folder / "victim").c_str(), (folder / "a.tmp").c_str()) == 0);
  REQUIRE(::symlink((folder / "victim").c_str(), (folder / "b").c_str()) == 0);
  REQUIRE(write_file_durably(folder / "a", as_bytes("x")));
  CHECK(code_of(create_private(folder / "b")) == ErrorCode::conflict);
  CHECK(as_text(*read_file(folder / "victim", 100)) == "whole");
}

TEST_CASE("what is missing is not_found, what exists is a conflict", "[core][files]") {
  const Folder folder;
  CHECK(code_of(open_read(folder / "none")) == ErrorCode::not_found);
  CHECK(code_of(remove_file(folder / "none")) == ErrorCode::not_found);
  REQUIRE(create_private(folder / "a"));
  CHECK(code_of(create_private(folder / "a")) == ErrorCode::conflict);
  CHECK(code_of(make_directories(folder / "a")) == ErrorCode::conflict);
  CHECK(code_of(open_read(std::string("a\0b", 3))) == ErrorCode::invalid_input);
}

TEST_CASE("a file longer than its limit is too large", "[core][files]") {
  const Folder folder;
  REQUIRE(write_file_durably(folder / "a", Bytes(101, 'a')));
  CHECK(code_of(read_file(folder / "a", 100)) == ErrorCode::too_large);
  CHECK(read_file(folder / "a", 101)->size() == 101);
}

TEST_CASE("parts are read and written at their offsets, short only at the end", "[core][files]") {
  const Folder folder;
  {
    const auto file = create_private(folder / "a");
    REQUIRE(file);
    REQUIRE(write_all(*file, as_bytes("0123456789")));
    REQUIRE(write_at(*file, 3, as_bytes("abc")));
    CHECK(as_text(*read_some(*file, 2, 5)) == "2abc6");
    CHECK(as_text(*read_some(*file, 8, 5)) == "89");
    CHECK(read_some(*file, 10, 5)->empty());
    CHECK(*file_size(*file) == 10);
  }
  const auto file = open_append(folder / "a");
  REQUIRE(file);
  REQUIRE(write_all(*file, as_bytes("end")));
  CHECK(*file_size(*file) == 13);
}

TEST_CASE("a full disk is said as full", "[core][files]") {
  if (!exists("/dev/full")) {
    WARN("SKIP: no /dev/full here");
    return;
  }
  const File full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE(full.open());
  CHECK(code_of(write_all(full, as_bytes("x"))) == ErrorCode::full);
}

TEST_CASE("a folder belongs to one holder at a time", "[core][files]") {
  const Folder folder;
  {
    const auto lock = lock_folder(folder.path());
    REQUIRE(lock);
    CHECK(code_of(lock_folder(folder.path())) == ErrorCode::conflict);
  }
  CHECK(lock_folder(folder.path()));
}

TEST_CASE("folders are made private and listed without following links", "[core][files]") {
  const Folder folder;
  REQUIRE(make_directories(folder / "x/y/z"));
  REQUIRE(make_directories(folder / "x/y/z"));
  CHECK(mode_of(folder / "x/y") == 0700);
  REQUIRE(write_file_durably(folder / "x/b", as_bytes("12345")));
  REQUIRE(::symlink("/etc/passwd", (folder / "x/a").c_str()) == 0);
  const auto entries = list_folder(folder / "x", 100);
  REQUIRE(entries);
  REQUIRE(entries->size() == 3);
  CHECK((*entries)[0].name == "a");
  CHECK_FALSE((*entries)[0].regular);
  CHECK((*entries)[1].bytes == 5);
  CHECK((*entries)[1].regular);
  CHECK_FALSE((*entries)[2].regular);
  CHECK(list_folder(folder / "x", 2)->size() == 2);
  CHECK(code_of(list_folder(folder / "none", 2)) == ErrorCode::not_found);
}

TEST_CASE("the room on a disk is known", "[core][files]") {
  const auto free = free_bytes(qabyl::test::in_build());
  REQUIRE(free);
  CHECK(total_bytes(qabyl::test::in_build()) >= *free);
  CHECK_FALSE(free_bytes("/no/such/folder"));
  CHECK_FALSE(program_folder().empty());
}

TEST_CASE("a descriptor has one owner", "[core][files]") {
  const Folder folder;
  auto made = create_private(folder / "a");
  REQUIRE(made);
  File file = *std::move(made);
  const int fd = file.fd();
  File other = std::move(file);
  CHECK(other.fd() == fd);
  other = File();
  CHECK(::fcntl(fd, F_GETFD) == -1);  // closed
}
