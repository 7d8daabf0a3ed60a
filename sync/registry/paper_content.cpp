// See paper_content.h.
#include "sync/registry/paper_content.h"

namespace qabyl::sync::registry {
namespace {

using core::Json;
using core::LocalText;
namespace paper = core::paper;

Json both_json(const LocalText& text) { return Json::Object{{"kk", text.kk}, {"ru", text.ru}}; }
LocalText both_of(const Json& json) { return {json.text("kk"), json.text("ru"), json.text("ru")}; }

Json texts_json(const std::vector<LocalText>& texts) {
  Json::Array list;
  for (const auto& one : texts) list.push_back(both_json(one));
  return Json(std::move(list));
}
std::vector<LocalText> texts_of(const Json::Array& list) {
  std::vector<LocalText> texts;
  for (const auto& one : list) texts.push_back(both_of(one));
  return texts;
}

Json group_json(const paper::OfficeGroup& group) {
  Json::Array points, rows;
  for (const auto& one : group.points) points.push_back(Json::Object{{"text", both_json(one.text)}, {"list", texts_json(one.list)}});
  for (const auto& row : group.table.rows) rows.push_back(texts_json(row));
  Json json = Json::Object{{"heading", both_json(group.heading)}, {"head", texts_json(group.table.head)}};
  json["points"] = std::move(points);
  json["rows"] = std::move(rows);
  return json;
}

paper::OfficeGroup group_of(const Json& json) {
  paper::OfficeGroup group;
  group.heading = both_of(json.member("heading"));
  for (const auto& one : json.items("points")) group.points.push_back({both_of(one.member("text")), texts_of(one.items("list"))});
  group.table.head = texts_of(json.items("head"));
  for (const auto& row : json.items("rows")) {
    if (row.is_array()) group.table.rows.push_back(texts_of(row.array()));
  }
  return group;
}

}  // namespace

Json paper_json(const paper::OfficePaper& content) {
  Json::Array groups, signatures;
  for (const auto& one : content.groups) groups.push_back(group_json(one));
  for (const auto& one : content.signatures) signatures.push_back(Json::Object{{"position", both_json(one.position)}, {"name", one.name}});
  Json json = Json::Object{{"authority", both_json(content.authority)}, {"to", both_json(content.addressee)}, {"title", both_json(content.title)},
                           {"lead", both_json(content.lead)},           {"note", both_json(content.sheet_note)}, {"mark", content.place_for_mark},
                           {"visas", content.place_for_visas}};
  json["groups"] = std::move(groups);
  json["signatures"] = std::move(signatures);
  return json;
}

core::Result<paper::OfficePaper> paper_of_record(const core::Record& made) {
  const Json* says = made.body.find("says");
  if (says == nullptr) return core::Error{core::ErrorCode::not_found, "paper.says"};
  QABYL_TRY(date, core::parse_iso_date(made.body.text("date")));
  paper::OfficePaper content;
  content.paper_id = made.id;
  content.number = made.body.text("number");
  content.date = date;
  content.made_at = made.at.utc;
  content.authority = both_of(says->member("authority"));
  content.addressee = both_of(says->member("to"));
  content.title = both_of(says->member("title"));
  content.lead = both_of(says->member("lead"));
  content.sheet_note = both_of(says->member("note"));
  for (const auto& one : says->items("groups")) content.groups.push_back(group_of(one));
  for (const auto& one : says->items("signatures")) content.signatures.push_back({both_of(one.member("position")), one.text("name")});
  content.place_for_mark = says->flag("mark");
  content.place_for_visas = says->flag("visas");
  return content;
}

}  // namespace qabyl::sync::registry
