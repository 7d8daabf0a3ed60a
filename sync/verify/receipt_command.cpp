// See receipt_command.h.
#include "sync/verify/receipt_command.h"

#include "sync/verify/files.h"
#include "sync/verify/receipt_words.h"

namespace qabyl::sync::verify {

core::Result<ReceiptCheck> check_receipt_file(const std::string& path, const Trust& trust) {
  const auto file = read_named(path, core::receipt_pdf_bytes_max + 2 * core::pdf_proof_bytes_max);
  if (!file && file.error().code != core::ErrorCode::too_large) return file.error();
  return file ? check_receipt_pdf(core::as_bytes(*file), trust) : refused_receipt("not_a_receipt");
}

core::Result<Answer> answer_receipt(const Arguments& arguments, const Speech& speech) {
  QABYL_TRY(trust, trust_of(arguments));
  QABYL_TRY(found, arguments.file.empty() ? core::Result<ReceiptCheck>(check_receipt_qr(arguments.value("--qr"), trust)) : check_receipt_file(arguments.file, trust));
  const bool json = arguments.has("--json");
  return Answer{json ? receipt_json(found) : receipt_words(found, speech), exit_code(found.standing)};
}

}  // namespace qabyl::sync::verify
