// The sample office: a small, invented one (assets/sample/office.json), made by the same functions as every
// other office. All passwords, badges and PINs are random. Knows no command line.
#pragma once

#include "sync/registry/office.h"

namespace qabyl::sync::registry {

struct SampleOffice {
  core::Json secrets;        // officers[], staff[], operator, case, notice: for the secrets file only
  EnrolmentFile enrolment;
};

// In the caller's transaction. conflict: this office is not empty.
core::Result<SampleOffice> make_sample_office(Registry& registry, std::string_view device_url, std::string_view json,
                                              core::Instant now);
// The secrets as a person reads them.
std::string readable_secrets(const core::Json& secrets);

// 20 characters of Crockford base32: 100 random bits.
std::string random_password(core::Random& random);
std::string random_pin(core::Random& random);  // 6 digits, no bias

}  // namespace qabyl::sync::registry
