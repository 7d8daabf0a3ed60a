// See pdf_proof.h. Reads of the base only what cairo writes at its end: startxref, the trailer, the catalogue.
#include "core/pdf_proof.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace qabyl::core {
namespace {

constexpr std::string_view end_mark = "%%EOF\n";
constexpr std::string_view update_mark = "% Qabyl receipt proof 1\n";
constexpr std::string_view stream_mark = "stream\n", stream_end = "\nendstream\n";
constexpr std::size_t entry_bytes = 20;         // one line of a cross-reference table
constexpr std::size_t catalogue_bytes_max = 4096;
constexpr std::size_t trailer_bytes_max = 1024;
constexpr std::size_t objects_max = 1'000'000;

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

// The end of a PDF as cairo writes it.
struct BaseEnd {
  std::size_t table = 0;            // offset of its cross-reference table
  std::size_t objects = 0;          // /Size
  std::size_t root = 0, info = 0;   // object numbers
  std::string_view catalogue;       // members of the catalogue, between << and >>
};

// The digits at the beginning of `text`, at most nine or ten of them; no digit: no number.
Result<std::size_t> number_at(std::string_view text) {
  std::size_t value = 0;
  const auto digits = text.substr(0, 10);
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (problem != std::errc{}) return invalid("PDF: a number is missing");
  return value;
}

// The number that follows `key` in `dictionary`.
Result<std::size_t> number_after(std::string_view dictionary, std::string_view key) {
  const auto at = dictionary.find(key);
  if (at == dictionary.npos) return invalid("PDF: the trailer is not as cairo writes it");
  return number_at(dictionary.substr(at + key.size()));
}

Status read_trailer(std::string_view base, BaseEnd& end) {
  const auto tail = base.substr(base.size() - std::min(base.size(), trailer_bytes_max));
  const auto trailer = tail.rfind("trailer\n"), start = tail.rfind("startxref\n");
  if (trailer == tail.npos || start == tail.npos || start < trailer) return invalid("PDF: no trailer");
  const auto dictionary = tail.substr(trailer, start - trailer);
  QABYL_TRY(objects, number_after(dictionary, "/Size "));
  QABYL_TRY(root, number_after(dictionary, "/Root "));
  QABYL_TRY(info, number_after(dictionary, "/Info "));
  QABYL_TRY(table, number_at(tail.substr(start + 10)));
  if (objects > objects_max || root == 0 || root >= objects || info == 0 || info >= objects) return invalid("PDF: object numbers");
  end.objects = objects;
  end.root = root;
  end.info = info;
  end.table = table;
  return Done{};
}

// One table from object 0 on; gives the offset that it holds for object `wanted`.
Result<std::size_t> offset_of(std::string_view base, const BaseEnd& end, std::size_t wanted) {
  const std::string head = "xref\n0 " + std::to_string(end.objects) + "\n";
  if (end.table > base.size() || base.substr(end.table, head.size()) != head) return invalid("PDF: no plain cross-reference table");
  const auto at = end.table + head.size() + wanted * entry_bytes;
  if (at + entry_bytes > base.size()) return invalid("PDF: the cross-reference table is cut");
  return number_at(base.substr(at));
}

Result<BaseEnd> read_end(std::string_view base) {
  if (!base.starts_with("%PDF-") || !base.ends_with(end_mark)) return invalid("not a PDF");
  BaseEnd end;
  QABYL_TRY_DO(read_trailer(base, end));
  QABYL_TRY(offset, offset_of(base, end, end.root));
  if (offset >= base.size()) return invalid("PDF: the catalogue is outside");
  const auto object = base.substr(offset, catalogue_bytes_max);
  const std::string head = std::to_string(end.root) + " 0 obj\n<<";
  const auto close = object.find("\n>>\nendobj\n");
  if (!object.starts_with(head) || close == object.npos || close < head.size()) return invalid("PDF: no catalogue");
  end.catalogue = object.substr(head.size(), close - head.size());
  if (end.catalogue.find("/Names") != end.catalogue.npos || end.catalogue.find("/AF") != end.catalogue.npos) return invalid("PDF: has attachments of its own");
  return end;
}

bool is_compact_jws(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

// Objects and their table, appended behind `base_bytes` bytes.
class Update {
 public:
  explicit Update(std::size_t base_bytes) : base_bytes_(base_bytes), text_(update_mark) {}

  void object(std::size_t number, std::string_view body) {
    offsets_.push_back({number, base_bytes_ + text_.size()});
    text_ += std::to_string(number) + " 0 obj\n";
    text_ += body;
    text_ += "\nendobj\n";
  }
  std::string finish(const BaseEnd& base, std::size_t objects) {
    const auto table = base_bytes_ + text_.size();
    text_ += "xref\n";
    for (const auto& [number, offset] : offsets_) {
      char line[48];
      std::snprintf(line, sizeof line, "%zu 1\n%010zu 00000 n \n", number, offset);
      text_ += line;
    }
    text_ += "trailer\n<< /Size " + std::to_string(objects) + "\n   /Root " + std::to_string(base.root) + " 0 R\n   /Info " +
             std::to_string(base.info) + " 0 R\n   /Prev " + std::to_string(base.table) + "\n>>\nstartxref\n" + std::to_string(table) + "\n";
    text_ += end_mark;
    return std::move(text_);
  }

 private:
  std::size_t base_bytes_;
  std::string text_;
  std::vector<std::pair<std::size_t, std::size_t>> offsets_;  // object number, offset in the file
};

}  // namespace

Result<Bytes> pdf_proof_update(ByteView base, std::string_view proof) {
  if (base.size() > receipt_pdf_bytes_max || proof.size() > pdf_proof_bytes_max) return Error{ErrorCode::too_large, "receipt over its limit"};
  if (!is_compact_jws(proof)) return invalid("proof: not a compact JWS");
  QABYL_TRY(end, read_end(as_text(base)));
  const std::string file = std::to_string(end.objects), stream = std::to_string(end.objects + 1), bytes = std::to_string(proof.size());
  const std::string name = "(" + std::string(pdf_proof_name) + ")";
  Update update(base.size());
  update.object(end.root, "<<" + std::string(end.catalogue) + "\n   /Names << /EmbeddedFiles << /Names [ " + name + " " + file +
                              " 0 R ] >> >>\n   /AF [ " + file + " 0 R ]\n>>");
  update.object(end.objects, "<< /Type /Filespec\n   /F " + name + "\n   /UF " + name + "\n   /AFRelationship /Data\n   /EF << /F " + stream +
                                 " 0 R /UF " + stream + " 0 R >>\n>>");
  update.object(end.objects + 1, "<< /Type /EmbeddedFile\n   /Subtype /application#2Fjose\n   /Length " + bytes + "\n   /Params << /Size " + bytes +
                                     " >>\n>>\n" + std::string(stream_mark) + std::string(proof) + "\nendstream");
  return to_bytes(update.finish(end, end.objects + 2));
}

Result<PdfWithProof> split_pdf_proof(ByteView file) {
  if (file.size() > receipt_pdf_bytes_max + 2 * pdf_proof_bytes_max) return Error{ErrorCode::too_large, "receipt over its limit"};
  const auto text = as_text(file);
  const std::string seam = std::string(end_mark) + std::string(update_mark);
  const auto at = text.rfind(seam);
  if (at == text.npos) return invalid("PDF without a proof of Qabyl");
  const auto base_bytes = at + end_mark.size();
  const auto update = text.substr(base_bytes);
  const auto from = update.find(stream_mark);
  const auto to = from == update.npos ? from : update.find(stream_end, from);
  if (to == update.npos) return invalid("PDF: the attached proof is cut");
  const auto begin = from + stream_mark.size();
  const PdfWithProof parts{file.first(base_bytes), to < begin ? std::string_view() : update.substr(begin, to - begin)};
  QABYL_TRY(again, pdf_proof_update(parts.base, parts.proof));
  if (as_text(again) != update) return Error{ErrorCode::corrupt, "PDF: something else than the proof was added"};
  return parts;
}

}  // namespace qabyl::core
