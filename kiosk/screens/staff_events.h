// What a member of staff or the operator can do on the screens behind the sign-in, beyond the common
// events of input.h. Plain data; the list belongs to the staff screens.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/cases/bureau_acts.h"

namespace qabyl::kiosk::staff {

struct PaperTapped { std::string paper; };                    // a line of the inbox
struct MarkTapped { std::string paper; };                     // the receipt of a mark made here
struct DeadlineTapped { std::string paper; };                 // how its last day was counted
struct TabPressed { int tab = 0; };                           // inbox: needed, all, marked; operator: state, queue, held, locked, courier
struct OtherBadgePressed {};                                  // somebody else signs in
struct PartTurned { int by = 0; };                            // down and up within a page
struct TypeBadgePressed {};                                   // the badge's code on the screen keyboard
struct PageDrawn {  // loaded, and its lower edge is on the screen now
  int page = 0, dpi = 0;
  core::Digest pixels{};
  int width = 0, height = 0;
  std::string renderer = {};
};
struct UnlockPressed { std::string staff; };                  // operator
struct TryLinkPressed {};                                     // operator
struct CourierWritePressed {};                                // operator: the queue onto the stick
struct CourierReadPressed {};                                 // operator: the answers from the stick
struct ForkSavePressed {};                                    // operator: the proof of a log fork onto the stick
struct SignOutPressed {};
struct ActTapped { core::BureauAct act; };                    // one of what can be done with a paper
struct MadeTapped { std::string record; };                    // the receipt of something that was done
struct ReadTapped {};                                         // the paper itself
struct RefuseTapped {};                                       // receipt is refused, before witnesses
struct OptionTapped { int option = 0; };                      // of a question
struct AnswerTapped { int field = 0; };                       // a field of a question
struct DiscardTapped {};                                      // what had been written of a reply is thrown away

struct Event : std::variant<
    PaperTapped, MarkTapped, DeadlineTapped, TabPressed, OtherBadgePressed, PartTurned, TypeBadgePressed,
    PageDrawn, UnlockPressed, TryLinkPressed, CourierWritePressed, CourierReadPressed, ForkSavePressed, SignOutPressed, ActTapped, MadeTapped, ReadTapped,
    RefuseTapped, OptionTapped, AnswerTapped, DiscardTapped> {
  using variant::variant;
  Event(Event&&) noexcept;
  Event(const Event&);
  Event& operator=(Event&&) noexcept;
  Event& operator=(const Event&);
  ~Event();
};

}  // namespace qabyl::kiosk::staff
