// qabyl-verify as anybody runs it: the real program, its first lines, its exit codes.
#include <sstream>

#include "tests/verify/program.h"

namespace {

using qabyl::test::Answer;

// Words of these tests only: nothing here holds a blank of its own.
Answer ask(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  return qabyl::test::ask_verify(all);
}

std::string first_line(const Answer& answer) { return answer.first_line(); }

}  // namespace

TEST_CASE("verify: a deadline stands on the first line in ISO form, its explanation below", "[verify]") {
  const auto answer = ask("deadline --profile kz-2004-249 --term D17 --from 2004-12-14");
  INFO(answer.out);
  CHECK(answer.status == 0);
  CHECK(first_line(answer) == "2004-12-22");
  CHECK(answer.out.find("16 December 2004, Thursday: not counted, a holiday: Independence Day") != std::string::npos);
  CHECK(first_line(ask("deadline --profile kz-current --term D02 --from 2026-03-02")) == "2026-04-03");
  CHECK(first_line(ask("deadline --term D14 --from 2026-11-16 --stated 2026-11-21")) == "2026-11-23");
  CHECK(ask("deadline --term D17 --from 2004-12-14 --lang kk").out.find("Тәуелсіздік күні") != std::string::npos);
}

TEST_CASE("verify: a year's working days stand on the first line, then the days off and the days made up", "[verify]") {
  const auto answer = ask("calendar --year 2005");
  CHECK(answer.status == 0);
  CHECK(first_line(answer) == "250");
  CHECK(answer.out.find("2005-03-05  Saturday: worked, with a day off instead: 7 March 2005, Monday") != std::string::npos);
  CHECK(answer.out.find("2005-03-07  Monday: a day off, with a working day instead: 5 March 2005, Saturday") != std::string::npos);
  CHECK(first_line(ask("calendar --year 2026")) == "247");
}

TEST_CASE("verify: a question without an answer says why and ends with 1, a wrong command line with 2", "[verify]") {
  CHECK(ask("deadline --term D99 --from 2004-12-14").status == 1);
  CHECK(ask("deadline --term D17 --from 2004-02-30").status == 1);
  CHECK(ask("deadline --term D14 --from 2004-12-14").status == 1);
  CHECK(ask("deadline --term D17 --from 2004-12-14 --profile no-such").status == 1);
  CHECK(ask("calendar --year 2099").status == 1);
  CHECK(ask("calendar --year 20055").status == 1);
  for (const char* wrong : {"", "deadlines", "deadline --term D17", "deadline --term D17 --from", "calendar --yaer 2005",
                            "calendar --year 2005 --year 2006"}) {
    INFO(wrong);
    const auto answer = ask(wrong);
    CHECK(answer.status == 2);
    CHECK(answer.out.find("qabyl-verify deadline --term ... --from ...") != std::string::npos);
  }
}

TEST_CASE("verify: the catalogue lists every term with its paragraph", "[verify]") {
  const auto answer = ask("terms");
  CHECK(answer.status == 0);
  std::istringstream lines(answer.out);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) CHECK(line.find("paragraph") != std::string::npos);
  CHECK(count == 19);
}
