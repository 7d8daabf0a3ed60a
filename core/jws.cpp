// Compact JWS (RFC 7515) with EdDSA (RFC 8037). One header form only, written canonically, so that
// nothing about a signature is chosen by its text: no alg "none", no key in the header, no crit.
// Knows no key list: the caller says whose key it must be.
#include "core/jws.h"

#include <algorithm>

#include "core/encoding.h"
#include "core/json.h"

namespace qabyl::core {
namespace {

constexpr std::size_t header_bytes_max = 256;

Error invalid(const char* detail) { return {ErrorCode::invalid_input, detail}; }

std::string header_text(std::string_view kid, std::string_view typ) {
  return canonical(Json(Json::Object{{"alg", "EdDSA"}, {"kid", kid}, {"typ", typ}}));
}

bool is_kid(std::string_view text) {
  return text.size() == 16 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Fills kid and typ. The text must be what header_text() writes, to the byte.
Status read_header(std::string_view text, Jws& jws) {
  QABYL_TRY(header, parse_json(text, header_bytes_max));
  jws.kid = header.text("kid");
  jws.typ = header.text("typ");
  if (!is_kid(jws.kid) || jws.typ.empty()) return invalid("JWS: kid or typ");
  if (text != header_text(jws.kid, jws.typ)) return invalid("JWS: header is not alg EdDSA, kid, typ");
  return Done{};
}

}  // namespace

std::string sign_jws(const SigningKey& key, std::string_view typ, ByteView payload) {
  std::string text = to_base64url(as_bytes(header_text(key_id(key.verify_key), typ)));
  text += '.';
  text += to_base64url(payload);
  const Signature signature = sign(key, as_bytes(text));
  text += '.';
  text += to_base64url(signature);
  return text;
}

Result<Jws> parse_jws(std::string_view compact) {
  if (compact.size() > jws_bytes_max) return Error{ErrorCode::too_large, "JWS over its limit"};
  const auto first = compact.find('.');
  const auto second = first == compact.npos ? first : compact.find('.', first + 1);
  if (second == compact.npos) return invalid("JWS: three parts expected");

  Jws jws;
  QABYL_TRY(header, from_base64url(compact.substr(0, first)));
  QABYL_TRY_DO(read_header(as_text(header), jws));
  QABYL_TRY(payload, from_base64url(compact.substr(first + 1, second - first - 1)));
  QABYL_TRY(signature, from_base64url(compact.substr(second + 1)));  // a fourth part is a foreign '.'
  if (signature.size() != jws.signature.size()) return invalid("JWS: signature size");
  std::copy(signature.begin(), signature.end(), jws.signature.begin());
  jws.payload = std::move(payload);
  jws.signing_input = compact.substr(0, second);
  return jws;
}

Status verify_jws(const Jws& jws, std::string_view expected_typ, const VerifyKey& key) {
  if (jws.typ != expected_typ) return Error{ErrorCode::corrupt, "JWS of another typ"};
  if (jws.kid != key_id(key)) return Error{ErrorCode::corrupt, "JWS names another key"};
  if (!verify(key, as_bytes(jws.signing_input), jws.signature)) return Error{ErrorCode::corrupt, "JWS signature"};
  return Done{};
}

}  // namespace qabyl::core
