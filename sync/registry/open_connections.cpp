// See open_connections.h.
#include "sync/registry/open_connections.h"

#include <sys/socket.h>

namespace qabyl::sync::registry {

// Its thread wakes, ends the connection and closes the descriptor; until then it takes no room of others.
void OpenConnections::leave(One& one) {
  one.leaving = true;
  if (one.fd >= 0) ::shutdown(one.fd, SHUT_RDWR);
}

bool OpenConnections::admit(std::string_view address, core::Millis now) {
  const std::lock_guard<std::mutex> guard(mutex_);
  std::size_t staying = 0, of_address = 0;
  for (const auto& [key, one] : all_) {
    staying += one.leaving ? 0 : 1;
    of_address += !one.leaving && one.address == address ? 1 : 0;
  }
  const bool address_full = of_address >= limits_.per_address;
  if (!address_full && staying < limits_.all) return true;
  One* stranger = nullptr;
  One* device = nullptr;
  for (auto& [key, one] : all_) {
    if (one.leaving || one.in_request || (address_full && one.address != address)) continue;
    One*& longest = one.called ? device : stranger;
    if (now - one.waiting_since < (one.called ? idle_in_crowd_max : newcomer_grace)) continue;
    if (longest == nullptr || one.waiting_since < longest->waiting_since) longest = &one;
  }
  One* const leaves = stranger != nullptr ? stranger : device;
  if (leaves != nullptr) leave(*leaves);
  return leaves != nullptr;
}

void OpenConnections::opened(Key key, int fd, std::string address, core::Millis now) {
  const std::lock_guard<std::mutex> guard(mutex_);
  all_[key] = {fd, std::move(address), now};
}

void OpenConnections::closed(Key key) {
  const std::lock_guard<std::mutex> guard(mutex_);
  all_.erase(key);
}

void OpenConnections::in_request(Key key, bool in, core::Millis now) {
  const std::lock_guard<std::mutex> guard(mutex_);
  const auto found = all_.find(key);
  if (found == all_.end()) return;
  found->second.waiting_since = now;
  found->second.in_request = in;
}

std::optional<Caller> OpenConnections::caller(Key key, core::Millis now) {
  const std::lock_guard<std::mutex> guard(mutex_);
  const auto found = all_.find(key);
  if (found == all_.end() || !found->second.called || now - *found->second.called >= caller_known_for) return std::nullopt;
  return found->second.caller;
}

void OpenConnections::called(Key key, const Caller& caller, core::Millis now) {
  const std::lock_guard<std::mutex> guard(mutex_);
  const auto found = all_.find(key);
  if (found == all_.end() || caller.device.empty()) return;
  found->second.caller = caller;
  found->second.called = now;
  std::size_t of_device = 0;
  One* longest = nullptr;
  for (auto& [other, one] : all_) {
    if (one.leaving || !one.called || one.caller.device != caller.device) continue;
    ++of_device;
    if (other != key && !one.in_request && (longest == nullptr || one.waiting_since < longest->waiting_since)) longest = &one;
  }
  if (of_device > connections_per_device_max && longest != nullptr) leave(*longest);
}

void OpenConnections::cut_before(core::Millis limit) {
  const std::lock_guard<std::mutex> guard(mutex_);
  for (auto& [key, one] : all_) {
    if (!one.leaving && !one.in_request && one.waiting_since <= limit) leave(one);
  }
}

}  // namespace qabyl::sync::registry
