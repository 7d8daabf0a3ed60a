// Who gives a thing of OpenSSL back: std::unique_ptr<X509, Release<X509_free>>. Knows none of its types.
#pragma once

namespace qabyl::sync::registry {

template <auto release>
struct Release {
  template <typename T> void operator()(T* pointer) const { release(pointer); }
};

}  // namespace qabyl::sync::registry
