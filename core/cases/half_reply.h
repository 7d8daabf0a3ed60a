// A reply of a bureau that is being written: what its author has given so far. The store keeps it sealed, the screens
// edit it. Whether it is good is asked when it is filed. A value; knows no store and no screen.
#pragma once

#include "core/cases/bureau_acts.h"
#include "core/cases/draft.h"

namespace qabyl::core {

struct HalfReply {
  Id paper;                      // that it is about
  BureauAct act = BureauAct::answer;
  Id filing;                     // id of the record to be: its documents are kept under it
  Json answers = Json::Object{};  // as the screen reads it back; empty: nothing was given
  std::vector<DraftFile> files;
  Instant saved_at{};            // the store's word

  bool nothing_given() const { return answers.object().empty() && files.empty(); }
};

// Answers and files: the rest stands beside it in the store.
Json half_reply_json(const HalfReply& reply);
Result<HalfReply> half_reply_from_json(const Json& json);

}  // namespace qabyl::core
