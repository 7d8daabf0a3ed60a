// For the leak checker alone: fontconfig keeps patterns by offsets that it cannot follow, as long as
// cairo's cache of faces holds them. The amount is the same after one paper and after hundreds.
#if defined(__SANITIZE_ADDRESS__)
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
#endif
