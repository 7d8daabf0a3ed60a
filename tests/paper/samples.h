// Invented contents of papers, ordinary and extreme, and the catalogues that the build has compiled.
// Knows no drawing.
#pragma once

#include <chrono>

#include "core/paper/application_paper.h"
#include "core/paper/licence_paper.h"
#include "core/paper/notice_paper.h"
#include "core/paper/office_paper.h"
#include "core/paper/receipt_paper.h"

namespace qabyl::test {

const core::Texts& texts();  // of the build folder
std::string long_name();     // 200 characters, with words as they come and one of 80 letters
core::Strokes drawn_strokes();

core::paper::ReceiptContent plain_receipt(core::Language language = core::Language::kk);
core::paper::ReceiptContent long_receipt();  // 30 documents, 12 missing, names of 200 characters
core::paper::ReceiptContent mark_receipt();

core::paper::ApplicationContent plain_application();
core::paper::ApplicationContent long_application();  // 30 documents of the list, half of them missing

core::paper::NoticeContent plain_notice();
core::paper::NoticeContent long_notice();  // 40 documents to prepare, long names
core::paper::LicenceContent plain_licence(core::Procedure given = core::Procedure::issue);
core::paper::LicenceContent long_licence();  // a duplicate whose names have 200 characters
core::paper::OfficePaper plain_report();  // points, a table, two signatures, places for visas
core::paper::OfficePaper long_report();   // names of 200 characters, 60 rows
core::MarkOfReceipt plain_mark(const core::Digest& paper);
core::MarkOfReceipt long_mark(const core::Digest& paper);

}  // namespace qabyl::test
