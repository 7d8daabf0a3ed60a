// See app.h. The order of one update: what is common, the time-out, the screen, then saving.
#include "kiosk/screens/app.h"

#include <algorithm>

namespace qabyl::kiosk {
namespace {

template <typename Event, typename Variant>
bool is(const Variant& value) {
  return std::holds_alternative<Event>(value);
}

void append(Effects& effects, Effects more) {
  for (auto& effect : more) effects.push_back(std::move(effect));
}

TextSize next(TextSize size) {
  return size == TextSize::normal ? TextSize::large : size == TextSize::large ? TextSize::largest : TextSize::normal;
}

bool as_begun(const Session& session) {
  return session.language == core::Language::kk && session.text == TextSize::normal && !session.contrast &&
         session.patience == 1;
}

}  // namespace

Effects App::update(const Input& input, Now now) {
  now_ = now;
  Effects effects;
  awaited_counted_ = 0;
  if (const auto* reply = std::get_if<Reply>(&input)) answered(*reply, effects);
  else if (is<Tick>(input)) tick(effects);
  else if (!away_input(input, effects)) {
    touched_at_ = now.steady;
    if (!common(input, effects)) to_screen(input, effects);
  }
  save(effects);
  awaited_.sent(effects, awaited_counted_);
  return effects;
}

// What is on every screen. The language goes on to the screen, which may have papers to make anew.
bool App::common(const Input& input, Effects& effects) {
  if (const auto* chosen = std::get_if<person::LanguageChosen>(&input)) {
    session_.language = chosen->language;
    return false;
  }
  if (is<person::TextSizePressed>(input)) session_.text = next(session_.text);
  else if (is<person::ContrastPressed>(input)) session_.contrast = !session_.contrast;
  else if (is<person::FinishPressed>(input)) end_session(effects);
  else if (const auto* tapped = std::get_if<person::StepTapped>(&input)) step_tapped(tapped->step, effects);
  else return false;
  return true;
}

// While the time-out dialog hides the screen every touch is for the dialog.
bool App::away_input(const Input& input, Effects& effects) {
  if (!away_since_) return false;
  away_since_.reset();
  touched_at_ = now_.steady;
  const auto* answered = std::get_if<person::AwayAnswered>(&input);
  if (answered == nullptr || answered->answer == AwayAnswer::yes) return true;
  if (answered->answer == AwayAnswer::leave) end_session(effects);
  else session_.patience = std::min(session_.patience * 3, patience_max);
  return true;
}

void App::to_screen(const Input& input, Effects& effects) {
  if (auto* staff = std::get_if<StaffJourney>(&screen_)) {
    append(effects, staff->update(input, set_up_, session_, now_));
    if (staff->finished) end_session(effects);
    else if (staff->gone_back) show(Place::start, effects);
    return;
  }
  const auto outcome = std::visit([&](auto& screen) -> Outcome {
    if constexpr (std::is_same_v<std::decay_t<decltype(screen)>, StaffJourney>) return {};
    else return screen.update(input, desk());
  }, screen_);
  carry_out(outcome, effects);
  if (const auto* pressed = std::get_if<person::ChangePressed>(&input)) change(*pressed, effects);
  if (const auto* pressed = std::get_if<person::FollowPressed>(&input)) follow(*pressed, effects);
}

void App::carry_out(Outcome outcome, Effects& effects) {
  if (outcome.leave_draft) {
    const auto procedure = journey_.procedure;
    leave_draft(effects);
    forget_answers(effects);
    journey_.wipe();
    journey_.procedure = procedure;
  }
  append(effects, std::move(outcome.effects));
  if (outcome.go) show(*outcome.go, effects);
}

void App::answered(const Reply& reply, Effects& effects) {
  if (!awaited_.take(reply)) return;  // of a visitor who has left
  if (const auto* link = std::get_if<reply::LinkChanged>(&reply)) link_ = link->link;
  if (const auto* intake = std::get_if<reply::StopIntake>(&reply)) {
    intake_ = *intake;
    const bool not_begun = is<StartScreen>(screen_) || is<StopScreen>(screen_) || is<KindScreen>(screen_) ||
                           is<IdentifyScreen>(screen_);
    if (not_begun && !journey_.draft) show(Place::start, effects);  // a started filing has its room reserved
  }
  if (const auto* cut = std::get_if<reply::Interrupted>(&reply); cut != nullptr && is<StartScreen>(screen_)) {
    interrupted_ = *cut;
    return show(Place::power, effects);
  }
  if (draft_answered(reply, effects)) return;
  if (is<SignScreen>(screen_) || is<FollowScreen>(screen_) || is<reply::AddProgress>(reply)) touched_at_ = now_.steady;
  to_screen(reply, effects);
  if (const auto* filed = std::get_if<reply::Filed>(&reply); filed != nullptr && (is<SignScreen>(screen_) || is<FollowScreen>(screen_))) {
    wipe_screen();
    journey_.wipe();  // the draft has become the record; only the receipt is left to show
    screen_ = ReceiptScreen{.receipt = filed->receipt, .copy = {}, .copy_problem = {}, .slip_alone = false};
    touched_at_ = now_.steady;
  }
}

// Creating and opening belong to the identify screen, saving to the journey. True: dealt with.
bool App::draft_answered(const Reply& reply, Effects& effects) {
  auto& saving = journey_.saving;
  if (const auto* opened = std::get_if<reply::DraftOpened>(&reply)) {
    show_draft(opened->draft, effects);
    return true;
  }
  if (const auto* saved = std::get_if<reply::DraftSaved>(&reply)) {
    auto* identify = std::get_if<IdentifyScreen>(&screen_);
    if (identify != nullptr && identify->creating) {
      auto draft = *std::exchange(identify->creating, std::nullopt);
      draft.id = saved->id;
      show_draft(draft, effects);
    }
    saving.under_way = false;
    saving.failed.reset();
    saving.saved_at = saved->at;
    return true;
  }
  const auto* refused = std::get_if<reply::DraftRefused>(&reply);
  if (refused == nullptr || !saving.under_way) return false;
  saving.under_way = false;
  saving.failed = refused->why;
  saving.wanted = true;  // nothing typed is lost: it stands on the screen and is tried again
  saving.retry_at = now_.steady + waits::save_retry;
  return true;
}

void App::show_draft(const core::ApplicationDraft& draft, Effects& effects) {
  wipe_screen();
  journey_.draft = draft;
  journey_.fields_from_draft();
  interrupted_.reset();
  const int step = std::clamp(draft.step, 2, 6);
  constexpr std::array places{Place::details, Place::documents, Place::fee, Place::check, Place::sign};
  show(places[static_cast<std::size_t>(step - 2)], effects);
}

// "Change" leads to the one question or document; the screens know the rest by change_from_check.
void App::change(const person::ChangePressed& change, Effects& effects) {
  if (auto* details = std::get_if<DetailsScreen>(&screen_)) {
    details->focus = static_cast<Field>(change.answer);  // the same order up to licence_number
    details->question = question_of(details->focus);
    journey_.at_step(2, details->question);
  }
  if (auto* documents = std::get_if<DocumentsScreen>(&screen_)) {
    documents->selected = change.item;
    documents->panel = true;
    if (documents->shown_file(journey_) == nullptr) append(effects, documents->intake.show(now_));
  }
}

// What was looked up goes along: its receipt opens the paper.
void App::follow(const person::FollowPressed& pressed, Effects& effects) {
  const auto* look = std::get_if<LookUpScreen>(&screen_);
  if (look == nullptr || !look->receipt || !look->offers(pressed.act)) return;
  FollowScreen next;
  next.act = pressed.act;
  next.receipt = *look->receipt;
  next.word = look->word;
  append(effects, next.begin(desk()));
  wipe_screen();
  screen_ = std::move(next);
  touched_at_ = now_.steady;
}

void App::step_tapped(int step, Effects& effects) {
  if (step < 1 || step >= this->step() || !journey_.draft || is<ReceiptScreen>(screen_)) return;
  const auto* sign = std::get_if<SignScreen>(&screen_);
  if (sign != nullptr && sign->stage != SignScreen::Stage::signing) return;
  constexpr std::array places{Place::identify, Place::details, Place::documents, Place::fee, Place::check};
  journey_.change_from_check = false;
  if (step == 2) journey_.at_step(2, 1);
  if (auto* documents = std::get_if<DocumentsScreen>(&screen_)) append(effects, documents->intake.close());
  if (auto* fee = std::get_if<FeeScreen>(&screen_)) append(effects, fee->intake.close());
  show(places[static_cast<std::size_t>(step - 1)], effects);
}

Screen App::screen_of(Place place) const {
  switch (place) {
    case Place::start: return intake_.stop ? Screen{StopScreen{}} : Screen{StartScreen{}};
    case Place::kind: {
      KindScreen kind;
      if (journey_.draft) kind.chosen = journey_.procedure;
      return intake_.stop ? Screen{StopScreen{}} : Screen{kind};
    }
    case Place::identify: {
      IdentifyScreen identify;
      if (journey_.draft) identify.bin = journey_.draft->bin;
      else if (interrupted_) {
        identify.stage = IdentifyScreen::Stage::pin_open;
        identify.open_id = interrupted_->draft.id;
        identify.after_power_cut = true;
      }
      return identify;
    }
    case Place::details: {
      DetailsScreen details;
      details.question = journey_.draft->step == 2 ? std::clamp(journey_.draft->question, 1, questions_count) : 1;
      details.focus = fields_of(details.question, journey_.procedure).front();
      return details;
    }
    case Place::documents: return DocumentsScreen{};
    case Place::fee: {
      FeeScreen fee;
      fee.item = fee_item(journey_.profile(set_up_), journey_.procedure);
      return fee;
    }
    case Place::check: return CheckScreen{};
    case Place::sign: return SignScreen{};
    case Place::receipt: return ReceiptScreen{};
    case Place::look_up: return LookUpScreen{};
    case Place::follow: return StartScreen{};  // only by follow(), with what was looked up
    case Place::staff: return StaffJourney{};
    case Place::power: return PowerScreen{*interrupted_, now_.steady};
    case Place::stop: return StopScreen{};
    case Place::wiped: return WipedScreen{now_.steady};
  }
  return StartScreen{};
}

void App::show(Place place, Effects& effects) {
  if (place == Place::wiped) return end_session(effects);
  if (place == Place::sign && !journey_.form.every_page_shown()) place = Place::check;  // a draft that was left at the signature: read first
  if (place == Place::start) {
    if (journey_.draft) effects.push_back(effect::WipeScreen{});
    leave_draft(effects);
    forget_answers(effects);
    journey_.wipe();
    interrupted_.reset();
  }
  wipe_screen();
  screen_ = screen_of(place);
  touched_at_ = now_.steady;
  const auto* details = std::get_if<DetailsScreen>(&screen_);
  if (step() >= 2 && step() <= 6) journey_.at_step(step(), details != nullptr ? details->question : 1);
  if (place == Place::check) journey_.change_from_check = false;
  if (place == Place::check || place == Place::sign) append(effects, journey_.make_form(session_.language));
}

void App::tick(Effects& effects) {
  const auto quiet = now_.steady - touched_at_;
  if (is<StartScreen>(screen_) || is<StopScreen>(screen_)) {
    if (quiet >= waits::start_reset && !as_begun(session_)) session_ = Session{.number = session_.number + 1};
    return;
  }
  const auto limits = waiting();
  if (away_since_ && now_.steady - *away_since_ >= limits.warning) return end_session(effects);
  if (!away_since_ && limits.quiet.count() > 0 && quiet >= limits.quiet) away_since_ = now_.steady;
  to_screen(Tick{}, effects);
}

void App::save(Effects& effects) {
  auto& saving = journey_.saving;
  if (!journey_.draft || !saving.wanted || saving.under_way) return;
  if (saving.failed && now_.steady < saving.retry_at) return;
  saving.wanted = false;
  saving.under_way = true;
  effects.push_back(effect::SaveDraft{*journey_.draft});
}

// The last changes first, then the key goes. After a filing there is no draft any more.
void App::leave_draft(Effects& effects) {
  if (!journey_.draft) return;
  if (journey_.saving.wanted) effects.push_back(effect::SaveDraft{*journey_.draft});
  effects.push_back(effect::LeaveDraft{journey_.draft->id});
}

void App::forget_answers(const Effects& effects) {
  awaited_.sent(effects, awaited_counted_);
  awaited_counted_ = effects.size();
  awaited_.forget_all();
}

void App::end_session(Effects& effects) {
  if (auto* documents = std::get_if<DocumentsScreen>(&screen_)) append(effects, documents->intake.close());
  if (auto* fee = std::get_if<FeeScreen>(&screen_)) append(effects, fee->intake.close());
  if (auto* staff = std::get_if<StaffJourney>(&screen_)) append(effects, staff->close());
  const bool draft_kept = journey_.draft.has_value();
  leave_draft(effects);
  if (is<StaffJourney>(screen_)) effects.push_back(effect::SignOut{});
  if (auto* follow = std::get_if<FollowScreen>(&screen_)) {
    append(effects, follow->intake.close());
    effects.push_back(effect::CloseFollowPaper{});
  }
  if (const auto* look = std::get_if<LookUpScreen>(&screen_); look != nullptr && look->has_elsewhere()) effects.push_back(effect::ForgetReceipt{});
  effects.push_back(effect::WipeScreen{});
  forget_answers(effects);
  wipe_screen();
  journey_.wipe();
  interrupted_.reset();
  away_since_.reset();
  session_ = Session{.number = session_.number + 1};
  screen_ = WipedScreen{now_.steady, draft_kept};
  touched_at_ = now_.steady;
}

void App::wipe_screen() {
  if (auto* identify = std::get_if<IdentifyScreen>(&screen_)) identify->wipe();
  if (auto* sign = std::get_if<SignScreen>(&screen_)) sign->wipe();
  if (auto* receipt = std::get_if<ReceiptScreen>(&screen_)) forget(receipt->receipt);
  if (auto* look = std::get_if<LookUpScreen>(&screen_); look != nullptr && look->receipt) forget(*look->receipt);
  if (auto* follow = std::get_if<FollowScreen>(&screen_)) follow->wipe();
  if (auto* staff = std::get_if<StaffJourney>(&screen_)) staff->wipe();
}

Waiting App::waiting() const {
  Waiting row = waits::questions;
  if (is<WipedScreen>(screen_) || is<PowerScreen>(screen_)) return waits::never;
  if (is<StartScreen>(screen_) || is<StopScreen>(screen_)) return waits::never;
  if (const auto* check = std::get_if<CheckScreen>(&screen_); check != nullptr && check->reading) row = waits::signing;
  if (const auto* sign = std::get_if<SignScreen>(&screen_)) {
    if (sign->stage != SignScreen::Stage::signing) return waits::never;  // not while the outcome is open
    row = waits::signing;
  }
  if (const auto* follow = std::get_if<FollowScreen>(&screen_)) {
    if (follow->ink.stage != SignScreen::Stage::signing) return waits::never;
    row = waits::signing;
  }
  if (is<ReceiptScreen>(screen_)) row = waits::receipt;
  if (const auto* staff = std::get_if<StaffJourney>(&screen_)) row = staff->waiting();
  row.quiet *= session_.patience;
  return row;
}

int App::step() const {
  if (is<IdentifyScreen>(screen_)) return 1;
  if (is<DetailsScreen>(screen_)) return 2;
  if (is<DocumentsScreen>(screen_)) return 3;
  if (is<FeeScreen>(screen_)) return 4;
  if (is<CheckScreen>(screen_)) return 5;
  if (is<SignScreen>(screen_)) return 6;
  const auto* receipt = std::get_if<ReceiptScreen>(&screen_);
  return receipt != nullptr && !follow_act_of(receipt->receipt) ? 7 : 0;
}

int App::away_seconds_max() const { return static_cast<int>(waiting().warning / std::chrono::seconds{1}); }

int App::away_seconds() const {
  if (!away_since_) return 0;
  const auto left = waiting().warning - (now_.steady - *away_since_);
  return static_cast<int>(std::max(core::Millis{0}, left + core::Millis{999}) / std::chrono::seconds{1});
}

core::Millis App::next_due() const {
  const core::Millis minute{60'000};  // the clock of the rail shows minutes
  const auto shown_until = now_.steady + minute - now_.wall.time_since_epoch() % minute;
  const auto second = now_.steady + core::Millis{1000};
  if (away_since_ || is<WipedScreen>(screen_)) return second;
  if (is<StartScreen>(screen_) || is<StopScreen>(screen_)) {
    return as_begun(session_) ? shown_until : std::min(shown_until, touched_at_ + waits::start_reset);
  }
  const auto* documents = std::get_if<DocumentsScreen>(&screen_);
  const auto* fee = std::get_if<FeeScreen>(&screen_);
  const auto* staff = std::get_if<StaffJourney>(&screen_);
  if (is<PowerScreen>(screen_) || journey_.saving.failed) return second;
  if ((documents != nullptr && documents->intake.open) || (fee != nullptr && fee->intake.open)) return second;
  if (const auto* follow = std::get_if<FollowScreen>(&screen_); follow != nullptr && follow->intake.open) return second;
  if (staff != nullptr && staff->at == StaffPlace::reply && staff->answering.intake.open) return second;
  const auto limits = waiting();
  auto due = limits.quiet.count() == 0 ? shown_until : std::min(shown_until, touched_at_ + limits.quiet);
  if (staff != nullptr) due = std::min(due, staff->next_due().value_or(due));
  return due;
}

}  // namespace qabyl::kiosk
