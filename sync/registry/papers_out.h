// Papers on their way to a bureau: sealed to its staff, entered, put into the feed of its kiosks (ARCHITECTURE, 5.1).
// Knows no act and no page.
#pragma once

#include "core/paper/office_paper.h"
#include "sync/registry/registry.h"

namespace qabyl::sync::registry {

core::LocalText said(const Registry& registry, std::string_view text_id);  // one text in all three languages
// The same with arguments, each in its own language.
struct LocalArg { std::string_view name; core::LocalText value; };
core::LocalText said_with(const Registry& registry, std::string_view text_id, const std::vector<LocalArg>& args);
core::LocalText as_it_is(const std::string& text);                        // a name, a number: one wording for all
core::LocalText day_in_words(const Registry& registry, std::string_view iso);  // what is no date stays as it is
core::Json local_json(const core::LocalText& text);                       // {kk, ru, en}

// What the meta of every office paper says of it; the caller adds what the act knows (inspection, capacities, details).
// `about`: the record that the bureau's acts must name.
core::Json office_meta(const core::paper::OfficePaper& content, const core::paper::Paper& made, const core::Digest& body, const core::Id& case_id,
                       const core::Id& about);

struct PaperSent {
  core::Id record, case_id;
  std::string_view kind;       // of the record: notice.send, request.sign
  std::string bin;             // of the bureau; empty: for an applicant
  const core::paper::Paper& paper;
  core::Digest body{};         // D, of the PDF; kept already (Registry::keep_document)
  core::Json meta;             // what the kiosk's inbox shows; sealed with the paper
};
// Sealed under a key of its own and entered; nobody is told yet. Inside the caller's transaction.
core::Status keep_sealed(Registry& registry, const PaperSent& sent, core::Instant now);
// The same, and to the kiosks of the bureau.
core::Status put_paper_out(Registry& registry, const PaperSent& sent, core::Instant now);

}  // namespace qabyl::sync::registry
