// What a member of staff or the operator can do on the screens behind the sign-in, beyond the common
// events of input.h. Plain data; the list belongs to the staff screens.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/bytes.h"

namespace qabyl::kiosk::staff {

struct PaperTapped { std::string paper; };                    // a line of the inbox
struct TabPressed { int tab = 0; };                            // of the inbox: needed, all, marked
struct TypeBadgePressed {};                                   // the badge's code on the screen keyboard
struct PageDrawn { int page = 0, dpi = 0; core::Digest pixels{}; };    // a page is wholly on the screen now
struct UnlockPressed { std::string staff; };                  // operator
struct TryLinkPressed {};                                     // operator
struct SignOutPressed {};

using Event = std::variant<PaperTapped, TabPressed, TypeBadgePressed, PageDrawn, UnlockPressed, TryLinkPressed, SignOutPressed>;

}  // namespace qabyl::kiosk::staff
