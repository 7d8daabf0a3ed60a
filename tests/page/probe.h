// The questions of probe.js, asked of a host: values in, values out.
#pragma once

#include "core/encoding.h"
#include "tests/page/page_host.h"

namespace qabyl::test {

// The value of `expression`, in which `probe` stands for what probe.js defines.
std::string probe(PageHost& host, const std::string& expression);

std::string js(std::string_view text);                       // a JavaScript literal
std::string js(const std::vector<std::string>& texts);
std::vector<std::string> in_hex(const std::vector<std::string>& texts);
std::vector<std::string> lines_of(const std::string& text);  // without their ends

}  // namespace qabyl::test
