// Catch2 v2 behind an own header: the one place that names it, quiet under our warnings.
#pragma once
#pragma GCC system_header
#include <catch2/catch.hpp>
