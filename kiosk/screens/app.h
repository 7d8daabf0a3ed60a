// The whole kiosk as one value: update(input, now) -> effects. Deterministic; no ImGui, no I/O, no
// clock. The shell hands in what people, threads and time do, in order, and carries out the effects.
//
// The App itself knows what is the same everywhere: language, text size, contrast, the time-out,
// "finish and clear", saving by itself, and replies that come for a visitor who has left. Each screen
// is a model of its own in *_screen(s).h; bureau staff and the operator are StaffJourney.
//
// Contract with the shell beyond effects.h:
//  - CreateDraft's draft has an empty id: the shell makes one and names it in DraftSaved.
//  - DraftRefused::conflict says that a draft for that BIN came to be meanwhile.
//  - Tick at next_due() (once a second is enough); nothing happens by itself in between.
//  - WipeScreen comes once a session's end; `session().number` changes with it.
#pragma once

#include "kiosk/screens/awaited.h"
#include "kiosk/screens/details_screen.h"
#include "kiosk/screens/documents_screen.h"
#include "kiosk/screens/filing_screens.h"
#include "kiosk/screens/follow_screen.h"
#include "kiosk/screens/identify_screen.h"
#include "kiosk/screens/opening_screens.h"
#include "kiosk/screens/staff_screen.h"

namespace qabyl::kiosk {

struct Screen : std::variant<
    StartScreen, KindScreen, IdentifyScreen, DetailsScreen, DocumentsScreen, FeeScreen, CheckScreen,
    SignScreen, ReceiptScreen, LookUpScreen, FollowScreen, StaffJourney, PowerScreen, StopScreen,
    WipedScreen> {
  using variant::variant;
  Screen(Screen&&) noexcept;
  Screen(const Screen&);
  Screen& operator=(Screen&&) noexcept;
  Screen& operator=(const Screen&);
  ~Screen();
};

class App {
 public:
  // `set_up` outlives the App.
  App(const SetUp& set_up, Now now) : set_up_(set_up), touched_at_(now.steady), now_(now) {}

  Effects update(const Input& input, Now now);
  // The next steady instant at which a Tick changes something that is shown, at most a minute away.
  core::Millis next_due() const;

  // What a drawer reads.
  const Screen& screen() const { return screen_; }
  const SetUp& set_up() const { return set_up_; }
  const Session& session() const { return session_; }
  const Journey& journey() const { return journey_; }
  const LinkView& link() const { return link_; }
  const reply::StopIntake& intake() const { return intake_; }
  Now now() const { return now_; }
  bool asking_away() const { return away_since_.has_value(); }  // the time-out dialog hides all else
  int away_seconds() const;        // left of the warning
  int away_seconds_max() const;    // of a whole warning
  int step() const;                // 1 ... 7 of the applicant's journey, 0 outside it

 private:
  bool common(const Input& input, Effects& effects);  // true: dealt with
  bool away_input(const Input& input, Effects& effects);
  void to_screen(const Input& input, Effects& effects);
  void carry_out(Outcome outcome, Effects& effects);
  void answered(const Reply& reply, Effects& effects);
  bool draft_answered(const Reply& reply, Effects& effects);
  void step_tapped(int step, Effects& effects);
  void change(const person::ChangePressed& change, Effects& effects);
  void follow(const person::FollowPressed& pressed, Effects& effects);
  void show(Place place, Effects& effects);
  void show_draft(const core::ApplicationDraft& draft, Effects& effects);
  Screen screen_of(Place place) const;
  void tick(Effects& effects);
  void save(Effects& effects);
  void leave_draft(Effects& effects);
  void forget_answers(const Effects& effects);  // to what was asked so far, this update included
  void end_session(Effects& effects);
  void wipe_screen();              // overwrites what the present screen's model holds
  Desk desk() { return {journey_, set_up_, session_, now_}; }
  Waiting waiting() const;         // of the present screen, times the person's patience

  const SetUp& set_up_;
  Session session_;
  Screen screen_ = StartScreen{};
  Journey journey_;
  Awaited awaited_;
  std::size_t awaited_counted_ = 0;  // effects of this update that awaited_ knows already
  LinkView link_;
  reply::StopIntake intake_;
  std::optional<reply::Interrupted> interrupted_;
  core::Millis touched_at_;
  std::optional<core::Millis> away_since_;
  Now now_;
};

}  // namespace qabyl::kiosk
