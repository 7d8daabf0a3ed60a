// The one main of every test program; Catch2's implementation is compiled only here.
#define CATCH_CONFIG_MAIN
#include "tests/support/catch.h"
