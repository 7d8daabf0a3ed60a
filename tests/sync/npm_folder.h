// Programs of strangers from npm, installed in the build folder out of a folder of the tests that names their versions and
// digests (package.json, package-lock.json).
#pragma once

#include <string>
#include <vector>

namespace qabyl::test {

struct NpmFolder {
  std::string path;     // where they lie
  std::string missing;  // why this machine cannot have them; empty: they are there
};
// `folder`: below the checkout, its last part names the copy. Fails the test if npm refuses for another reason than that it
// is not there or cannot reach its registry.
NpmFolder npm_folder(const std::string& folder, const std::vector<std::string>& scripts);

}  // namespace qabyl::test
