// A PDF of ours with its proof attached: the base as it was drawn, and ONE incremental update (ISO 32000-1, 7.5.6) that
// holds the proof as an attached file, uncompressed. The update's bytes are a pure function of base and proof, so a
// verifier makes them again and compares: every byte of the file is covered, and no PDF library is needed.
// The form of the update stands in sync/log/format-receipts.md. Knows no signature.
#pragma once

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

inline constexpr std::size_t receipt_pdf_bytes_max = 32 * 1024 * 1024;
inline constexpr std::size_t pdf_proof_bytes_max = 128 * 1024;
inline constexpr std::string_view pdf_proof_name = "qabyl-proof.jws";

// What is to be appended to `base`. invalid_input: `base` does not end as cairo 1.16 ends a PDF (one plain cross-reference
// table, a catalogue without attachments), or the proof has other characters than a compact JWS.
Result<Bytes> pdf_proof_update(ByteView base, std::string_view proof);

struct PdfWithProof {  // both point into the file
  ByteView base;
  std::string_view proof;
};
// The two parts of a file that is exactly a base and its update. invalid_input: it is not. too_large. Never crashes on
// hostile bytes, and takes time and memory in proportion to the file.
Result<PdfWithProof> split_pdf_proof(ByteView file);

}  // namespace qabyl::core
