// How much a test does. tests/run sets QABYL_TIER to the word it was given; quick is the word of a test program run by hand.
#pragma once

namespace qabyl::test {

enum class Tier { quick, ci, soak };

Tier tier();  // any other word in QABYL_TIER ends the program: a misspelt soak would be a quick run that nobody notices
int at_tier(int quick, int ci, int soak);  // how many seeds, kills, cuts, seconds

}  // namespace qabyl::test
