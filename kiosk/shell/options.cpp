// CLI11 stands here. See options.h.
#include "kiosk/shell/options.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wconversion"
#include <CLI/CLI.hpp>
#pragma GCC diagnostic pop

#include "core/sys/files.h"

namespace qabyl::kiosk {
namespace {

// "1920x1080"; false when it is anything else or no screen that a person could use.
bool parse_size(const std::string& text, Options& options) {
  char end = 0;
  const int read = std::sscanf(text.c_str(), "%dx%d%c", &options.width, &options.height, &end);
  return read == 2 && options.width >= 640 && options.width <= 7680 && options.height >= 640 && options.height <= 7680;
}

}  // namespace

core::Result<Options> parse_options(int count, char** words) {
  Options options;
  std::string size;
  CLI::App app{"Qabyl: the counter where licence documents are filed and notices acknowledged"};
  app.add_option("--data", options.data, "data folder of this kiosk")->required();
  app.add_option("--usb", options.usb, "folder that stands for the USB drive");
  app.add_option("--assets", options.assets, "texts, calendars and rule profiles");
  app.add_option("--preview", options.preview, "the preview program");
  app.add_option("--size", size, "WIDTHxHEIGHT in pixels");
  app.add_flag("--windowed", options.windowed, "a window instead of the full screen");
  app.add_flag("--offscreen", options.offscreen, "no window at all (EGL)");
  app.add_option("--script", options.script, "JSON lines that play a person");
  app.add_option("--shots", options.shots, "folder for the script's pictures");
  app.add_option("--events", options.events, "file that gets one line a durable acceptance");
  app.add_option("--widgets", options.widgets, "file that holds what is on the screen");
  app.add_option("--frames", options.frames, "file that gets one line a drawn frame");
  auto* enrol = app.add_subcommand("enrol", "make this data folder a kiosk of a registry");
  enrol->fallthrough();
  enrol->add_option("--enrolment", options.enrolment, "file printed by qabyl-registry add-kiosk")->required();
  auto* courier = app.add_subcommand("courier", "what waits here as a bundle for the registry, or its answers (no line; while the screen is not running)");
  courier->fallthrough();
  auto* ways = courier->add_option_group("way");
  ways->add_option("--write", options.courier_out, "the bundle to write, to be carried to the registry");
  ways->add_option("--read", options.courier_in, "the answers that qabyl-registry courier take has written");
  ways->require_option(1);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    const auto code = app.exit(error);
    return core::Error{code == 0 ? core::ErrorCode::not_found : core::ErrorCode::invalid_input, error.what()};
  }
  options.enrol = enrol->parsed();
  options.courier = courier->parsed();
  if (!size.empty() && !parse_size(size, options)) {
    return core::Error{core::ErrorCode::invalid_input, "--size wants WIDTHxHEIGHT, 640 to 7680 each"};
  }
  const auto beside = core::sys::program_folder();
  if (options.assets.empty()) options.assets = beside + "/../assets";
  if (options.preview.empty()) options.preview = beside + "/qabyl-preview";
  return options;
}

}  // namespace qabyl::kiosk
