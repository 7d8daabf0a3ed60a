// File names from and for a visitor's stick: cleaned for showing, numbered where two are alike. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace qabyl::kiosk {

inline constexpr int twin_names_max = 999;

// "a.pdf" for 1, "a (2).pdf" for 2 ...
std::string numbered_name(const std::string& name, int number);
// The first numbered_name() that is not taken.
std::string unique_name(const std::string& name, const std::function<bool(const std::string&)>& taken);
// True for what we may call a file of ours: short, valid UTF-8, nothing hidden, no path, no leading dot.
bool is_plain_name(std::string_view name);

}  // namespace qabyl::kiosk
