// Where the script of assets/verify/verify.html runs under test: headless Chromium with the page itself, or node with the
// script alone. Both speak over pipes, one text and a zero byte at a time; no port is opened. Firefox is driven by node, over a port of
// its own on loopback. Knows no receipt.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace qabyl::test {

class PageHost {
 public:
  virtual ~PageHost() = default;
  virtual std::string_view name() const = 0;
  // The value of a JavaScript expression, or of its promise, as text. One that throws fails the running test.
  virtual std::string ask(const std::string& expression) = 0;
};

// The page in a browser. What a person does: look at it in a width, choose a file, send keys.
class BrowserPage : public PageHost {
 public:
  virtual void open(std::string_view fragment) = 0;  // loads the page anew: "#ru"
  virtual void resize(int width, int height) = 0;    // CSS pixels
  virtual void prefer_contrast(bool more) = 0;
  virtual void show_as_print(bool print) = 0;
  virtual void choose_file(const std::string& field_id, const std::string& path) = 0;
  virtual void press(std::string_view key) = 0;      // "Tab", "Enter"
  virtual std::string picture() = 0;                 // PNG of the whole page, base64
  virtual std::vector<std::string> requests() = 0;   // addresses asked for since the page was opened
};

extern const std::string page_path;                  // assets/verify/verify.html
std::string page_text();

// One of each for the whole run, started when first asked for. nullptr: not installed here; the caller says SKIP.
PageHost* node();
BrowserPage* chromium();
PageHost* firefox();  // the page itself, open
// Those of the first two that this machine has, node first; says SKIP for one that is missing. QABYL_PAGE_FIREFOX: Firefox too.
std::vector<PageHost*> page_hosts();

}  // namespace qabyl::test
