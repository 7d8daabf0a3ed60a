// Special members of the kiosk's sums of many kinds, compiled here once (effects.h says why).
#include "kiosk/screens/app.h"

namespace qabyl::kiosk {

Effect::Effect(Effect&&) noexcept = default;
Effect::Effect(const Effect&) = default;
Effect& Effect::operator=(Effect&&) noexcept = default;
Effect& Effect::operator=(const Effect&) = default;
Effect::~Effect() = default;

Reply::Reply(Reply&&) noexcept = default;
Reply::Reply(const Reply&) = default;
Reply& Reply::operator=(Reply&&) noexcept = default;
Reply& Reply::operator=(const Reply&) = default;
Reply::~Reply() = default;

Input::Input(Input&&) noexcept = default;
Input::Input(const Input&) = default;
Input& Input::operator=(Input&&) noexcept = default;
Input& Input::operator=(const Input&) = default;
Input::~Input() = default;

Screen::Screen(Screen&&) noexcept = default;
Screen::Screen(const Screen&) = default;
Screen& Screen::operator=(Screen&&) noexcept = default;
Screen& Screen::operator=(const Screen&) = default;
Screen::~Screen() = default;

namespace staff {
Event::Event(Event&&) noexcept = default;
Event::Event(const Event&) = default;
Event& Event::operator=(Event&&) noexcept = default;
Event& Event::operator=(const Event&) = default;
Event::~Event() = default;
}  // namespace staff

}  // namespace qabyl::kiosk
