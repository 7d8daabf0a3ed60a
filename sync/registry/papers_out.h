// Papers on their way to a bureau: sealed to its staff, entered, put into the feed of its kiosks (ARCHITECTURE, 5.1).
// Knows no act and no page.
#pragma once

#include "core/paper/paper.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

core::LocalText said(const Registry& registry, std::string_view text_id);  // one text in all three languages
core::Json local_json(const core::LocalText& text);                       // {kk, ru, en}

struct PaperSent {
  core::Id record, case_id;
  std::string_view kind;       // of the record: notice.send, request.sign
  std::string bin;             // of the bureau
  const core::paper::Paper& paper;
  core::Digest body{};         // D, of the PDF; kept already (Registry::keep_document)
  core::Json meta;             // what the kiosk's inbox shows; sealed with the paper
};
// Inside the caller's transaction.
core::Status put_paper_out(Registry& registry, const PaperSent& sent, core::Instant now);

}  // namespace qabyl::sync::registry
