// What the drawings of the bureau's journey share, and which of them is drawn. See staff_draw.h.
#include "kiosk/screens/staff_draw.h"
#include "kiosk/ui/lists.h"

namespace qabyl::kiosk {

std::string moment(const Pen& pen, core::Instant at) { return pen.date(at) + ", " + pen.clock(at); }

std::string near_day(const Pen& pen, std::string_view iso) {
  const auto day = core::parse_iso_date(iso);
  if (!day) return std::string(iso);
  const bool this_year = day->year() == pen.local(pen.app.now().wall).date.year();
  const auto& texts = pen.canvas.texts();
  return this_year ? core::format_day_month(texts, pen.language(), *day) : core::format_date(texts, pen.language(), *day);
}

std::string paper_name(const Pen& pen, const PaperView& paper) {
  return pen.say("inbox.paper", {{"n", paper.number}, {"t", paper.title.in(pen.language())}});
}

std::vector<std::size_t> page_starts(const std::vector<float>& heights, float room) {
  std::vector<std::size_t> starts{0};
  float used = 0;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (used > 0 && used + heights[i] > room) {
      starts.push_back(i);
      used = 0;
    }
    used += heights[i];
  }
  return starts;
}

ui::Rect cut_pager(const Pen& pen, ui::Rect& room) {
  constexpr float width = 200;
  if (pen.canvas.portrait()) return room.cut_bottom(ui::size::target_normal, ui::space::s16);
  return room.cut_right(width, ui::space::s20);
}

Caused draw_list_pager(const Pen& pen, ui::Rect box, const std::string& key, std::size_t page, std::size_t pages) {
  if (pages <= 1) return {};
  const auto number = [](std::size_t n) { return number_text(static_cast<std::int64_t>(n)); };
  const ui::PagerSpec spec{.key = key, .up = page > 0, .down = page + 1 < pages, .up_label = pen.say("list.up"),
                           .middle = number(page + 1) + " / " + number(pages), .down_label = pen.say("list.down")};
  const int by = ui::pager(pen.canvas, box, spec);
  return by == 0 ? Caused{} : Caused{person::ListTurned{by}};
}

namespace {

// A reply has its own words for the same steps: the list never gains or loses one (DESIGN.md, section 16, 12).
bool replying(const Pen& pen) {
  const auto* journey = std::get_if<StaffJourney>(&pen.app.screen());
  if (journey == nullptr) return false;
  const bool letter = journey->reading && journey->reading->letter;
  return journey->at == StaffPlace::reply || ((journey->at == StaffPlace::reading || journey->at == StaffPlace::acknowledge) && letter);
}

}  // namespace

ui::FrameSpec staff_frame(const Pen& pen, std::string screen, int step) {
  auto spec = frame_spec(pen, std::move(screen));
  spec.steps = {pen.say("staff.step.1"), pen.say("inbox.h"), pen.say(replying(pen) ? "reply.step.3" : "staff.step.3"), pen.say(replying(pen) ? "reply.step.4" : "staff.step.4"), pen.say("step.7")};
  spec.current = step;
  spec.steps_can_be_tapped = false;
  if (!pen.canvas.portrait() && !pen.canvas.large()) spec.finish = pen.say("staff.finish");
  return spec;
}

Caused draw(const StaffJourney& journey, const Pen& pen) {
  const auto* counted = journey.inbox.find(journey.inbox.counted);
  switch (journey.at) {
    case StaffPlace::sign_in: return draw_sign_in(pen, journey.sign_in);
    case StaffPlace::inbox: return counted != nullptr ? draw_counted(pen, *counted, journey.inbox.list_page) : draw_inbox(pen, journey);
    case StaffPlace::reading: return draw_reading(pen, *journey.reading);
    case StaffPlace::paper: return draw_paper(pen, journey.paper);
    case StaffPlace::reply: return draw_reply(pen, journey);
    case StaffPlace::visa: return draw_visa(pen, journey);
    case StaffPlace::acknowledge: return draw_acknowledge(pen, journey);
    case StaffPlace::receipt: return draw_mark_receipt(pen, journey);
    case StaffPlace::operating: return draw_operator(pen, journey);
    case StaffPlace::start:
    case StaffPlace::over: break;
  }
  return {};
}

}  // namespace qabyl::kiosk
