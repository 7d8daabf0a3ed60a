// What a receipt proves, from its QR text or its PDF alone: a verdict as a value. Pure; hostile input gets a verdict like
// any other, in time and memory in proportion to its size.
#pragma once

#include "core/receipt_proof.h"
#include "core/registry_receipt.h"
#include "sync/verify/standing.h"
#include "sync/verify/trust.h"

namespace qabyl::sync::verify {

struct ReceiptCheck {
  Standing standing = Standing::refused;
  std::string why;                // stable code of what stopped the check; empty when proved
  int stage = 0;                  // 1: signed at the counter, 2: in the registry's log; 0 when refused
  bool pdf = false;               // the page was checked too
  core::ReceiptFacts facts;       // believed only as far as `standing` says; empty when refused
  std::optional<core::RegistryReceipt> registry;  // stage 2: who signed, and the place in the log
  core::KioskKey kiosk;           // that took the filing; of stage 2 only a PDF names it
  core::KioskKey printer;         // that made the PDF; with pdf
  std::string root, claimed;      // as Trust
};

ReceiptCheck refused_receipt(std::string why);
ReceiptCheck check_receipt_qr(std::string_view qr_text, const Trust& trust);
ReceiptCheck check_receipt_pdf(core::ByteView file, const Trust& trust);

}  // namespace qabyl::sync::verify
