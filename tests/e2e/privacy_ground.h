// A visitor in the real kiosk, by touch, with words that nobody else would type: a virtual display, an office, a stick.
// Each visitor brings other words, so what is found later says whose it is. Knows no test library.
#pragma once

#include <random>

#include "tests/e2e/remains.h"
#include "tests/support/officer_by_touch.h"
#include "tests/support/x_finger.h"

namespace qabyl::rig {

enum class Step { identified, details, documents, fee, check, sign, signed_, receipt };  // how far a visitor comes

class PrivacyGround {
 public:
  explicit PrivacyGround(unsigned seed);

  Office& office() { return office_; }
  Program& kiosk() { return kiosk_; }
  XFinger& finger() { return *finger_; }
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string stick_file() const { return stick_file_; }

  void start_kiosk();            // with what stands in the folders; on the display
  void kill_kiosk();
  // The visitor's filing is confirmed by the registry; nullopt: within a minute it was not.
  struct Held { std::string number, check_code; };
  std::optional<Held> confirmed_receipt();
  // Another kiosk of the office stands here from now on; what the first one told the test is gone.
  void go_to_another_kiosk(const std::string& device);
  bool look_up(const Held& receipt);  // from the start screen until it is found
  // New words, a new file on the stick; nothing of it is in the kiosk's memory or folders yet.
  void next_visitor();
  // From the start screen; false: a touch found nothing, and trouble() says which.
  bool come_to(Step step);
  const std::string& trouble() const { return trouble_; }
  void let_pass(int seconds);    // for the kiosk's clocks; it wakes up
  std::string shown() const { return read_text(path("widgets.json")); }

  // Whose words these are: the present visitor's, or all visitors' until now.
  const Remains& theirs() const { return remains_; }
  std::vector<std::string> words() const { return words_; }
  // Memory of the kiosk and its workers, and every folder that it can write to, but for the stick.
  std::vector<std::string> search_all();
  std::vector<std::string> search_folders();

 private:
  bool tap(const std::string& key);
  bool wait(const std::string& key, int seconds = 30);
  bool pad(const std::string& name, const std::string& digits);
  bool field(const std::string& key, std::initializer_list<std::string> words);
  bool type(const std::string& text);
  bool press_and_see(const std::string& key);
  bool type_letter(const std::string& letter);
  bool identify();
  bool details();
  bool documents();
  bool fee();
  bool read_form();
  std::string word(const char* alphabet, std::size_t letters);
  std::string digits(std::size_t count);

  TemporaryFolder folder_{"privacy"};
  Office office_{folder_.path() + "/office"};
  VirtualDisplay display_{folder_.path(), "1280x720"};
  Program kiosk_;
  std::optional<XFinger> finger_;
  std::mt19937 random_;
  Remains remains_;
  std::vector<std::string> words_;
  std::string bin_, pin_, stick_file_, trouble_, device_;
  int visitor_ = 0, passed_seconds_ = 0;
};

}  // namespace qabyl::rig
