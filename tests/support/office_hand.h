// An officer at the console of a real registry, through curl and TLS, as a browser without scripts: signs in, reads
// pages, fills the forms that a page shows. What was opened on the way is kept, by the names of core/README.md's table.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/rig.h"

namespace qabyl::rig {

class OfficeHand {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  // Pages, cookies and logs go below `folder`.
  OfficeHand(Office& office, std::string folder);
  bool sign_in(const std::string& login);  // another officer, the same browser
  // The page, empty when the answer is not 200; a copy as `name`.html when it is named.
  std::string page(const std::string& path, const std::string& name = {});
  // An act of the signed-in officer by the form that the case's page shows; what is wrong, empty when it was done.
  std::string act(const std::string& case_id, const std::string& form, Fields fields = {});
  // Fills the form of the page `path` that posts to `address`, with the page's own hidden fields and the officer's password.
  // A name that begins with '@' is a file to be sent, its value the path: then the form goes as one with a file.
  // The address that the console leads to; nullopt: refused, said() is why.
  std::optional<std::string> send(const std::string& path, const std::string& address, Fields fields);
  // The first document of the case, as its page leads to it: what it says it is, then the file from the other origin.
  std::string fetches_document(const std::string& case_id);
  const std::string& folder() const { return folder_; }
  std::string said() const;
  // Value of the first option of `field` in that form of the case's page whose words hold `words`; empty: none.
  std::string choice(const std::string& case_id, const std::string& form, const std::string& field, const std::string& words = {});
  // Names of the fields of that form of the case's page that begin with `prefix`, in the page's order.
  std::vector<std::string> fields(const std::string& case_id, const std::string& form, const std::string& prefix);
  const std::set<std::string>& opened() const { return opened_; }  // console:<form>

 private:
  std::string ask(const std::string& path, const Fields& fields, const std::string& file);  // the status
  std::string led_to() const;  // by the last answer: the path of its redirection
  std::string password(const std::string& login) const;

  Office& office_;
  std::string folder_, login_;
  std::set<std::string> opened_;
};

}  // namespace qabyl::rig
