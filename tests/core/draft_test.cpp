// Drafts: through JSON and back, and what is still missing (A20).
// How: one made-up draft, changed answer by answer.
#include "tests/core/cases.h"

using namespace qabyl::core;
using qabyl::test::draft;

namespace {

bool same(const ApplicationDraft& a, const ApplicationDraft& b) { return canonical(to_json(a)) == canonical(to_json(b)); }

}  // namespace

TEST_CASE("a draft comes back from JSON with every answer", "[core][draft]") {
  auto made = draft();
  made.licence_number = "12-3";
  made.procedure = Procedure::duplicate;
  made.step = 5;
  made.question = 3;
  made.items[0].files[0].problem = "blurred";
  made.items[0].files[0].kept_as_is = true;
  const auto back = draft_from_json(*parse_json(canonical(to_json(made)), record_bytes_max));
  REQUIRE(back);
  CHECK(same(*back, made));
  CHECK(back->items == made.items);
  CHECK(back->licence_number == "12-3");
  CHECK(back->procedure == Procedure::duplicate);
  CHECK(back->step == 5);
}

TEST_CASE("files and pages are counted, and found by code", "[core][draft]") {
  const auto made = draft();
  CHECK(made.files() == 3);
  CHECK(made.pages() == 17);
  REQUIRE(made.files_of("LD2"));
  CHECK(made.files_of("LD2")->size() == 2);
  CHECK(made.files_of("LD9") == nullptr);
}

TEST_CASE("missing documents are the mandatory ones without a file, in the order of the list", "[core][draft][A20]") {
  const auto rules = qabyl::test::profile();
  CHECK(missing_documents(rules, draft()) == std::vector<std::string>{"LD5", "LD4"});
  CHECK(missing_documents(rules, {}) == std::vector<std::string>{"LD2", "LD3", "LD5", "LD4"});
  auto emptied = draft();
  emptied.files_of("LD3")->clear();
  CHECK(missing_documents(rules, emptied) == std::vector<std::string>{"LD3", "LD5", "LD4"});
  CHECK(missing_documents(qabyl::test::profile("kz-current"), {}) == std::vector<std::string>{"LD2"});  // the fee's proof is not on that list
}

TEST_CASE("a damaged draft is refused, never half read", "[core][draft]") {
  const auto good = to_json(draft());
  const auto with = [&](std::string_view member, Json value) {
    auto json = good;
    json[member] = std::move(value);
    return static_cast<bool>(draft_from_json(json));
  };
  CHECK(with("step", 99));  // a wrong place is mended
  CHECK_FALSE(with("v", 2));
  CHECK_FALSE(with("id", "x"));
  CHECK_FALSE(with("procedure", "transfer"));
  CHECK_FALSE(with("fee", "cash"));
  CHECK_FALSE(with("address", std::string(5000, 'a')));
  CHECK_FALSE(with("items", Json::Array{Json::Object{{"files", Json::Array{}}}}));
  auto item = good.items("items")[0];
  item["files"] = Json::Array(draft_files_max + 1, item.items("files")[0]);
  CHECK_FALSE(with("items", Json::Array{item}));
  item["files"] = Json::Array{Json::Object{{"name", "x"}, {"bytes", -1}, {"sha256", std::string(64, '0')}}};
  CHECK_FALSE(with("items", Json::Array{item}));
}
