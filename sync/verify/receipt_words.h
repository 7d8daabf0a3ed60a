// A verdict on a receipt in plain words, or as JSON for programs: what is proved, by which key, at what time and how
// sure, and what is not proved. Pure.
#pragma once

#include "sync/verify/answer.h"
#include "sync/verify/receipt_check.h"

namespace qabyl::sync::verify {

// First line the verdict; then the facts, what is proved and what is not, a line each.
std::string receipt_words(const ReceiptCheck& check, const Speech& speech);
// One JSON object in canonical form and a line end; its members stand in README.md.
std::string receipt_json(const ReceiptCheck& check);

}  // namespace qabyl::sync::verify
