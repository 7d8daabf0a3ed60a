// Text forms of bytes: hex, base64url, base45, Crockford base32. Decoders are strict: one text for
// one byte string, so that a digest of the text is as good as a digest of the bytes.
#pragma once

#include "core/bytes.h"
#include "core/result.h"

namespace qabyl::core {

std::string to_hex(ByteView bytes);  // lower case
// invalid_input for odd length, upper case or a foreign character.
Result<Bytes> from_hex(std::string_view text);
// The digest whose 64 hex digits `text` is; invalid_input otherwise.
Result<Digest> digest_from_hex(std::string_view text);

std::string to_base64url(ByteView bytes);  // RFC 4648 section 5, without padding
// invalid_input for padding, foreign characters or non-zero trailing bits (not canonical).
Result<Bytes> from_base64url(std::string_view text);

std::string to_base64(ByteView bytes);  // RFC 4648 section 4, padded: tus headers, data links
Result<Bytes> from_base64(std::string_view text);

std::string to_base45(ByteView bytes);  // RFC 9285
Result<Bytes> from_base45(std::string_view text);

// `digits` characters of Crockford base32 from the first 5*digits bits of `bytes`.
std::string to_crockford(ByteView bytes, std::size_t digits);

}  // namespace qabyl::core
