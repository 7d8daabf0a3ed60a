// See page_host.h. Chromium is driven by its DevTools protocol: a command is a JSON object with an id, its answer bears the
// same id; what bears none is an event.
#include "tests/page/page_host.h"

#include <cstdlib>
#include <filesystem>

#include "tests/page/piped_program.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "tests/support/rig.h"

namespace qabyl::test {
namespace {

using core::Json;
using namespace std::chrono_literals;

constexpr auto patience = 120s;  // the machine may be busy; nothing waits unless something is wrong
constexpr std::size_t answer_bytes_max = 64 * 1024 * 1024;

constexpr const char* firefox_program = "firefox-esr";

bool installed(const std::string& program) { return std::system(("command -v " + program + " >/dev/null").c_str()) == 0; }

// A program of node's that is asked expression by expression.
class NodeProgram : public PageHost {
 public:
  explicit NodeProgram(const std::vector<std::string>& command) : node_(command, 0, 1, log_) {}
  std::string ask(const std::string& expression) override {
    REQUIRE(node_.send(expression));
    const auto answer = node_.receive(patience);
    REQUIRE(answer);
    INFO(rig::read_text(log_));
    if (!answer->starts_with('=')) FAIL("the script threw: " << *answer << "\nin " << expression.substr(0, 500));
    return answer->substr(1);
  }

 protected:
  void end() {
    if (node_.send("")) node_.receive(20s);
  }

 private:
  rig::TemporaryFolder folder_{"page-node"};
  std::string log_ = folder_.path() + "/node.log";
  PipedProgram node_;
};

class NodeHost final : public NodeProgram {
 public:
  NodeHost() : NodeProgram({"node", in_source("/tests/page/node_host.mjs"), page_path}) {}
  std::string_view name() const override { return "node"; }
};

// Its profile goes behind it.
class FirefoxHost final : rig::TemporaryFolder, public NodeProgram {
 public:
  FirefoxHost() : TemporaryFolder("page-firefox"), NodeProgram({"node", "--experimental-websocket", in_source("/tests/page/firefox_host.mjs"), firefox_program, page_path, path()}) {}
  // Let it end by itself, and all that it started.
  ~FirefoxHost() override { end(); }
  std::string_view name() const override { return "firefox"; }
};

class ChromiumPage final : public BrowserPage {
 public:
  ChromiumPage() {
    const auto target = command("Target.createTarget", Json::Object{{"url", "about:blank"}}).text("targetId");
    session_ = command("Target.attachToTarget", Json::Object{{"targetId", target}, {"flatten", true}}).text("sessionId");
    REQUIRE(session_ != "");
    command("Page.enable", {});
    command("Network.enable", {});
    open("");
  }
  // Let it end by itself: its own processes still write to the folder that goes next.
  ~ChromiumPage() override {
    if (!chromium_.send(R"({"id":0,"method":"Browser.close"})")) return;
    while (chromium_.receive(10s)) {}
  }
  std::string_view name() const override { return "chromium"; }

  std::string ask(const std::string& expression) override {
    const Json said = command("Runtime.evaluate", Json::Object{{"expression", "(async () => String(await (" + expression + "\n)))()"}, {"awaitPromise", true}, {"returnByValue", true}});
    if (said.find("exceptionDetails") != nullptr) FAIL("the page threw: " << core::canonical(said) << "\nin " << expression.substr(0, 500));
    return said.member("result").text("value");
  }
  void open(std::string_view fragment) override {
    requests_.clear();
    command("Page.navigate", Json::Object{{"url", "about:blank"}});  // else a change of the fragment alone loads nothing
    event("Page.loadEventFired");
    command("Page.navigate", Json::Object{{"url", "file://" + page_path + std::string(fragment)}});
    event("Page.loadEventFired");
  }
  void resize(int width, int height) override {
    command("Emulation.setDeviceMetricsOverride", Json::Object{{"width", width}, {"height", height}, {"deviceScaleFactor", 1}, {"mobile", false}});
  }
  void prefer_contrast(bool more) override {
    const Json feature(Json::Object{{"name", "prefers-contrast"}, {"value", more ? "more" : "no-preference"}});
    command("Emulation.setEmulatedMedia", Json::Object{{"features", Json::Array{feature}}});
  }
  void show_as_print(bool print) override { command("Emulation.setEmulatedMedia", Json::Object{{"media", print ? "print" : ""}}); }
  void choose_file(const std::string& field_id, const std::string& path) override {
    const Json field = command("Runtime.evaluate", Json::Object{{"expression", "document.getElementById('" + field_id + "')"}});
    command("DOM.setFileInputFiles", Json::Object{{"files", Json::Array{Json(path)}}, {"objectId", field.member("result").text("objectId")}});
  }
  void press(std::string_view key) override {
    Json stroke(Json::Object{{"type", "keyDown"}, {"key", key}, {"code", key}, {"windowsVirtualKeyCode", key == "Tab" ? 9 : 13}});
    if (key == "Enter") stroke["text"] = "\r";
    command("Input.dispatchKeyEvent", stroke);
    stroke["type"] = "keyUp";
    command("Input.dispatchKeyEvent", stroke);
  }
  std::string picture() override {
    return command("Page.captureScreenshot", Json::Object{{"format", "png"}, {"captureBeyondViewport", true}}).text("data");
  }
  std::vector<std::string> requests() override {
    ask("0");  // what was sent before this answer has arrived by now
    return requests_;
  }

 private:
  std::string next() {
    const auto message = chromium_.receive(patience);
    INFO(rig::read_text(log_));
    REQUIRE(message);
    if (message->find("\"method\":\"Network.requestWillBeSent\"") != message->npos) {
      const std::string key = "\"request\":{\"url\":\"";
      const auto at = message->find(key);
      if (at != message->npos) requests_.push_back(message->substr(at + key.size(), message->find('"', at + key.size()) - at - key.size()));
    }
    return *message;
  }
  Json command(const std::string& method, Json parameters) {
    Json message(Json::Object{{"id", ++id_}, {"method", method}, {"params", std::move(parameters)}});
    if (!session_.empty()) message["sessionId"] = session_;
    REQUIRE(chromium_.send(core::canonical(message)));
    const std::string head = "{\"id\":" + std::to_string(id_) + ",";
    std::string answer = next();
    while (!answer.starts_with(head)) answer = next();
    const auto json = core::parse_json(answer, answer_bytes_max);
    INFO(method << ": " << answer.substr(0, 2000));
    REQUIRE(json);
    REQUIRE(json->find("error") == nullptr);
    return json->member("result");
  }
  void event(const std::string& method) {
    while (next().find("\"method\":\"" + method + "\"") == std::string::npos) {}
  }

  rig::TemporaryFolder folder_{"page-chromium"};
  std::string log_ = folder_.path() + "/chromium.log";
  // No sandbox: tests also run as root, where Chromium has none; it opens one file of ours.
  PipedProgram chromium_{{"chromium", "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-extensions",
                          "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--user-data-dir=" + folder_.path() + "/profile", "about:blank"},
                         3, 4, log_};
  std::string session_;
  std::int64_t id_ = 0;
  std::vector<std::string> requests_;
};

template <typename Host>
Host* only_one(const std::string& program) {
  static const std::unique_ptr<Host> host = installed(program) ? std::make_unique<Host>() : nullptr;
  return host.get();
}

}  // namespace

const std::string page_path = qabyl::test::in_source("/assets/verify/verify.html");
std::string page_text() { return rig::read_text(page_path); }

PageHost* node() { return only_one<NodeHost>("node"); }
BrowserPage* chromium() { return only_one<ChromiumPage>("chromium"); }
PageHost* firefox() { return node() == nullptr ? nullptr : only_one<FirefoxHost>(firefox_program); }

std::vector<PageHost*> page_hosts() {
  std::vector<PageHost*> hosts;
  if (node() != nullptr) hosts.push_back(node());
  else WARN("SKIP: no node here, verify.html was not run in it");
  if (chromium() != nullptr) hosts.push_back(chromium());
  else WARN("SKIP: no chromium here, verify.html was not opened in a browser");
  if (std::getenv("QABYL_PAGE_FIREFOX") != nullptr && firefox() != nullptr) hosts.push_back(firefox());
  return hosts;
}

}  // namespace qabyl::test
