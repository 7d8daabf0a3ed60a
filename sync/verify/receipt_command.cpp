// See receipt_command.h.
#include "sync/verify/receipt_command.h"

#include "sync/verify/files.h"
#include "sync/verify/receipt_words.h"

namespace qabyl::sync::verify {
namespace {

core::Result<ReceiptCheck> check(const Arguments& arguments, const Trust& trust) {
  if (arguments.file.empty()) return check_receipt_qr(arguments.value("--qr"), trust);
  const auto file = read_named(arguments.file, core::receipt_pdf_bytes_max + 2 * core::pdf_proof_bytes_max);
  if (!file && file.error().code != core::ErrorCode::too_large) return file.error();
  return file ? check_receipt_pdf(core::as_bytes(*file), trust) : refused_receipt("not_a_receipt");
}

}  // namespace

core::Result<Answer> answer_receipt(const Arguments& arguments, const Speech& speech) {
  QABYL_TRY(trust, trust_of(arguments));
  QABYL_TRY(found, check(arguments, trust));
  const bool json = arguments.has("--json");
  return Answer{json ? receipt_json(found) : receipt_words(found, speech), exit_code(found.standing)};
}

}  // namespace qabyl::sync::verify
