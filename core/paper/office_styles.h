// Type of the papers of the authorised body: notices, requests. Knows no words.
#pragma once

#include "core/paper/canvas.h"

namespace qabyl::core::paper {

inline constexpr TextStyle authority_style{Face::serif_bold, 12, colour::ink, 1.3};
inline constexpr TextStyle title_style{Face::serif_bold, 16, colour::ink, 1.3};
inline constexpr TextStyle group_style{Face::serif_bold, 12, colour::ink, 1.3};
inline constexpr TextStyle body_style{Face::serif, 11, colour::ink, 1.4};
inline constexpr TextStyle small_style{Face::sans, 8.5, colour::ink2, 1.4};
inline constexpr double number_hang_pt = mm(8.5), list_hang_pt = mm(7);

}  // namespace qabyl::core::paper
