// Assets that lie inside qabyl-verify, so that one file is all that anybody needs. Made by the build from
// assets/. Views live as long as the program.
#pragma once

#include <optional>
#include <string_view>

namespace qabyl::sync::verify {

// "kz-2004-249.toml", "kz.csv", "kk.mo" ...; nullopt: nothing by that name inside.
std::optional<std::string_view> embedded(std::string_view name);

}  // namespace qabyl::sync::verify
