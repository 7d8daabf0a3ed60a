// The link thread: drives the uplink over curl and tells the screens how the connection stands.
// Sleeps in curl's own wait, so that it wakes for the network, for work and for nothing else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "kiosk/screens/effects.h"
#include "sync/client/curl_transport.h"
#include "sync/client/uplink.h"

namespace qabyl::kiosk {

class LinkDesk {
 public:
  using Tell = std::function<void(Reply)>;
  // `parts.transport` must be `transport`. Everything referred to outlives the desk.
  LinkDesk(sync::UplinkParts parts, core::Keyring keys, sync::CurlTransport& transport, Tell tell, std::function<void(sync::AskedReceipt)> receipt);
  ~LinkDesk();  // ends the thread; a request under way is dropped and comes again after the start

  void work_arrived();  // from any thread
  void try_now();       // from any thread
  // From any thread but the link's: each waits until the request under way has ended, at most as long as curl lets it last, and is
  // done there. What they return: sync::Uplink.
  core::Result<sync::CourierBundle> write_courier();
  core::Result<sync::CourierTaken> take_courier(core::ByteView file);
  // From any thread: the receipt of a record that another kiosk took; what became of it goes to `receipt`.
  void ask_receipt(std::string number, std::string check_code);

 private:
  void run();
  void tell_change();
  void pass_on_question();
  void by_hand(const std::function<void()>& work);  // on the link thread, with no request under way; returns when it is done
  bool does_by_hand();

  sync::CurlTransport& transport_;
  core::Clock& clock_;
  Tell tell_;
  std::function<void(sync::AskedReceipt)> receipt_;
  sync::Uplink uplink_;
  sync::LinkState told_;
  bool told_once_ = false;
  std::mutex mutex_;                                         // of asked_ and by_hand_
  const std::function<void()>* by_hand_ = nullptr;           // waits to be done
  std::condition_variable done_;
  std::optional<std::pair<std::string, std::string>> asked_;  // number and check code
  std::atomic<bool> ending_ = false, work_ = false, try_ = false;
  std::thread thread_;
};

}  // namespace qabyl::kiosk
