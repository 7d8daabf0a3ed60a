// Carries the precompiled header of the tests (tests/CMakeLists.txt): catch_main.cpp cannot, it configures Catch first.
#include "tests/support/catch.h"
