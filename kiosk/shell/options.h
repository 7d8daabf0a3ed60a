// The kiosk's command line, and `qabyl-kiosk enrol`. Described in kiosk/README.md.
#pragma once

#include <string>

#include "core/result.h"

namespace qabyl::kiosk {

struct Options {
  bool enrol = false;         // qabyl-kiosk enrol --data DIR --enrolment FILE
  std::string enrolment;
  bool courier = false;       // qabyl-kiosk courier --data DIR --write FILE | --read FILE
  std::string courier_out, courier_in;
  std::string data;           // data folder
  std::string usb;            // folder that stands for the stick
  std::string assets;         // default: ../assets beside the program's folder
  std::string preview;        // default: qabyl-preview beside the program
  int width = 0, height = 0;  // 0: the screen's own; offscreen: 1920 x 1080
  bool windowed = false, offscreen = false;
  std::string script;         // JSON lines; see kiosk/README.md
  std::string shots;          // folder of the script's pictures
  std::string events;         // one JSON line a durable acceptance
  std::string widgets;        // the widget registry after each drawn frame, for touches from outside
  std::string frames;         // one JSON line a drawn frame, for measuring
};

// invalid_input with a sentence for the terminal; `not_found` when only help was asked for.
core::Result<Options> parse_options(int count, char** words);

}  // namespace qabyl::kiosk
