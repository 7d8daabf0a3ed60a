// Originals of strangers leave the office by a door of their own (RELIABILITY O8): a second port, so that to a browser they are of
// another origin than the console, opened by a link that the console signs for one officer, one document and a few minutes.
// Reads no cookie and sets none; gives nothing but attachments in a sandbox. Knows no page and no session.
#pragma once

#include "sync/registry/registry.h"
#include "sync/wire/http.h"

namespace qabyl::sync::registry {

inline constexpr core::Millis original_link_life{5 * 60 * 1000};

struct Original {
  core::Id record;
  int index = 0;
  std::string officer;  // for whom the link was made: the read is his
};
// An absolute address; `host`: the name under which the officer's browser knows the console, its port cut. The caller has
// decided that the officer may read it.
std::string original_link(Registry& registry, std::string_view host, const Original& original, core::Instant now);

// 404 without saying why: no link of ours, altered, or of a program that has ended; 410: it is over. A read that succeeded is
// audited. Storage thread, inside a transaction.
Response serve_original(Registry& registry, const Request& request, core::Instant now);

}  // namespace qabyl::sync::registry
