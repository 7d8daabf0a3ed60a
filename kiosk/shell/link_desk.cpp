// The loop of the link thread. See link_desk.h. (With worker.h the other file that makes a thread.)
#include "kiosk/shell/link_desk.h"

#include <cstdio>

#include "core/sys/stack.h"
#include "kiosk/shell/worker.h"

namespace qabyl::kiosk {
namespace {

constexpr core::Millis longest_wait{60'000};

}  // namespace

LinkDesk::LinkDesk(sync::UplinkParts parts, core::Keyring keys, sync::CurlTransport& transport, Tell tell, std::function<void(sync::AskedReceipt)> receipt)
    : transport_(transport), clock_(parts.clock), tell_(std::move(tell)), receipt_(std::move(receipt)), uplink_(std::move(parts), std::move(keys)) {
  thread_ = std::thread([this] {
    step_back(nice_link);
    run();
  });
}

LinkDesk::~LinkDesk() {
  ending_ = true;
  transport_.wake();
  thread_.join();
}

void LinkDesk::work_arrived() {
  work_ = true;
  transport_.wake();
}

void LinkDesk::try_now() {
  try_ = true;
  transport_.wake();
}

void LinkDesk::ask_receipt(std::string number, std::string check_code) {
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    asked_.emplace(std::move(number), std::move(check_code));
  }
  transport_.wake();
}

void LinkDesk::pass_on_question() {
  const std::lock_guard<std::mutex> guard(mutex_);
  if (asked_) uplink_.ask_receipt(std::move(asked_->first), std::move(asked_->second));
  asked_.reset();
}

core::Result<sync::CourierBundle> LinkDesk::write_courier() {
  core::Result<sync::CourierBundle> bundle = core::Error{core::ErrorCode::wrong_state, "courier"};
  by_hand([&] { bundle = uplink_.write_courier(); });
  return bundle;
}

core::Result<sync::CourierTaken> LinkDesk::take_courier(core::ByteView file) {
  core::Result<sync::CourierTaken> taken = core::Error{core::ErrorCode::wrong_state, "courier"};
  by_hand([&] { taken = uplink_.take_courier(file); });
  return taken;
}

void LinkDesk::by_hand(const std::function<void()>& work) {
  std::unique_lock<std::mutex> guard(mutex_);
  by_hand_ = &work;
  transport_.wake();
  done_.wait(guard, [this] { return by_hand_ == nullptr; });
}

// True while it waits for the line's own request: nothing new is begun before it.
bool LinkDesk::does_by_hand() {
  const std::function<void()>* work = nullptr;
  {
    const std::lock_guard<std::mutex> guard(mutex_);
    work = by_hand_;
  }
  if (work == nullptr) return false;
  uplink_.finish();
  if (uplink_.in_flight()) return true;
  (*work)();
  const std::lock_guard<std::mutex> guard(mutex_);
  by_hand_ = nullptr;
  done_.notify_one();
  return false;
}

void LinkDesk::run() {
  while (!ending_) {
    if (does_by_hand()) {
      transport_.wait(core::Millis{1'000});
      continue;
    }
    if (work_.exchange(false)) uplink_.work_arrived();
    if (try_.exchange(false)) uplink_.try_now();
    pass_on_question();
    uplink_.tick();
    if (auto receipt = uplink_.take_receipt()) receipt_(*std::move(receipt));
    tell_change();
    const auto left = uplink_.next_due() - clock_.read().steady;
    if (uplink_.in_flight()) {
      transport_.wait(core::Millis{1'000});
    } else if (left.count() > 0) {
      core::sys::wipe_stack_below();  // records went through here in the clear (I13)
      transport_.wait(std::min(left, longest_wait));
    }
  }
}

// Only what a person would see differently is told: every contact renews the time, few change the state.
void LinkDesk::tell_change() {
  const auto& link = uplink_.link();
  if (link.alarm != told_.alarm) std::fprintf(stderr, "link: %s\n", link.alarm.c_str());  // ids and codes only
  const bool same_alarm = link.alarm == told_.alarm;
  told_.alarm = link.alarm;
  if (told_once_ && same_alarm && link.online == told_.online && link.cause == told_.cause && link.next_try == told_.next_try) return;
  if (!told_once_ && same_alarm && !link.online && link.cause.empty()) return;  // nothing is known yet
  told_ = link;
  told_once_ = true;
  LinkView view;
  view.enrolled = true;
  view.online = link.online;
  view.last_contact = link.last_contact;
  view.cause = link.cause;
  view.alarm = link.alarm;
  const auto now = clock_.read();
  if (link.next_try) view.next_try = now.wall + (*link.next_try - now.steady);
  tell_(reply::LinkChanged{view});
}

}  // namespace qabyl::kiosk
