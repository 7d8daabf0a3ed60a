// One time stamp that stays: made once by openssl 3.0 (root on P-256, authority on P-384, over "what was stamped" and a line end), with
// the certificate that it hangs from. For machines without that program, and as the seed of a fuzz target.
#pragma once

#include "core/encoding.h"

namespace qabyl::test {

inline constexpr std::string_view stamp_vector_text = "what was stamped\n";
inline constexpr std::int64_t stamp_vector_unix_s = 1795919318;

inline core::Bytes stamp_vector() {
  return *core::from_base64(
    "MIIDiTADAgEAMIIDgAYJKoZIhvcNAQcCoIIDcTCCA20CAQMxDzANBglghkgBZQMEAgEFADBoBgsqhkiG9w0BCRABBKBZBFcwVQIBAQYEKgMEATAxMA0GCWCGSAFlAwQCAQUABCAiikLeRXe1btcDSc"
    "YUrzubktohO8unCi2nBcAP3uU5uQIBAhgPMjAyNjExMjkwMjI4MzhaMAMCAQGgggGeMIIBmjCCAUGgAwIBAgIBAjAKBggqhkjOPQQDAjAPMQ0wCwYDVQQKDARSb290MB4XDTI2MTEyOTAyMjgzOFoX"
    "DTM1MDIxNTAyMjgzOFowFjEUMBIGA1UEAwwLdHNhLmV4YW1wbGUwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAAQtvmdwwd70VPjn6o1Mz6VH68J0em3GL2xnlruqd6fhzpJt02nH343yKhwLV4MOyxdmRs"
    "n8JaGCmdBxObUI6dHHNbsaLgiCn9hXEAg8qiKP7FndeVbHiOQQ4xplL+FtAe2jajBoMBYGA1UdJQEB/wQMMAoGCCsGAQUFBwMIMA4GA1UdDwEB/wQEAwIHgDAdBgNVHQ4EFgQUx+VaRDNfHBH4WfWZ"
    "ZduYC04uwUMwHwYDVR0jBBgwFoAUyd/fQmsGjk9dXsrD1tXpHKhZwDcwCgYIKoZIzj0EAwIDRwAwRAIgF7nf5ovPcgDdjPqLzchW+kEjLHwpEvAbh3tXKUcxAGECIHkDO7x/RRmj8JIcLuGXXUuGfK"
    "hLztiQeBH+6dAz8aI4MYIBSTCCAUUCAQEwFDAPMQ0wCwYDVQQKDARSb290AgECMA0GCWCGSAFlAwQCAQUAoIGkMBoGCSqGSIb3DQEJAzENBgsqhkiG9w0BCRABBDAcBgkqhkiG9w0BCQUxDxcNMjYx"
    "MTI5MDIyODM4WjAvBgkqhkiG9w0BCQQxIgQg5eU3/IHdz3j/RZvx+PREzAKYpRQYjrxR2329DigvXHcwNwYLKoZIhvcNAQkQAi8xKDAmMCQwIgQgRMHSSTnsfwt64ra+bvSegeXct1Hfqb8TCf/eIS"
    "zSbYIwCgYIKoZIzj0EAwIEaDBmAjEA613ipx/5oUDZEno8/EiAPQRK3h8VJ4B+uzPfIEzKiG+c7UHayYqY9as/WCrGuvLyAjEA3rMSqMNCk5NoC3rD05x47YI424GXXYldBtVw7iGA+bkkFD1Fzt6K"
    "R58S9T19fyaT");
}

inline core::Bytes stamp_vector_root() {
  return *core::from_base64(
    "MIIBgzCCASmgAwIBAgIUZpAil25zLRKifXhZybKh+xpVtVUwCgYIKoZIzj0EAwIwDzENMAsGA1UECgwEUm9vdDAeFw0yNjExMjkwMjI4MzhaFw0zNjExMjYwMjI4MzhaMA8xDTALBgNVBAoMBFJvb3"
    "QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARnICAB3u7enF78LKggvRwtRPUMNrmTeiLnw276EpTZeNrMOM7vIHPTU7Ot62F8Hyc4ae5CoQMDws/jZzN6c47Mo2MwYTAdBgNVHQ4EFgQUyd/fQmsG"
    "jk9dXsrD1tXpHKhZwDcwHwYDVR0jBBgwFoAUyd/fQmsGjk9dXsrD1tXpHKhZwDcwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwCgYIKoZIzj0EAwIDSAAwRQIgOZeUVEcGtphP/HtCvG"
    "h4gm8eY2izMcoCzhR9EVazkvUCIQDnbjpOn0Yq+uKubZjNAOyZwMIG0cfT1XBdoYn4QhGSSg==");
}

}  // namespace qabyl::test
