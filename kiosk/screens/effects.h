// What the screens ask of the shell (effects) and what comes back (replies). Plain data: no ImGui, no
// I/O. The shell carries effects to the storage, link and device threads; each effect that names a
// reply is answered exactly once, in order, possibly long after.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/cases/bureau_acts.h"
#include "core/cases/draft.h"
#include "core/cases/half_reply.h"
#include "core/cases/inspection.h"
#include "core/signature.h"
#include "core/verdict.h"
#include "kiosk/screens/office_word.h"

namespace qabyl::kiosk {

// One reading of both clocks, taken by the shell at the start of a pass.
struct Now {
  core::Instant wall;    // what is written on paper
  core::Millis steady;   // only for how long something has lasted
};

// --- values that travel ---
struct BureauView { std::string bin, name, address, head; bool licensed = false; core::Instant as_of{}; };
struct DraftView { core::Id id; core::Procedure procedure = core::Procedure::issue; int step = 1; core::Instant saved_at{}; };
struct SourceFile { std::string name; std::uint64_t bytes = 0; std::string type; };  // type: pdf, jpeg, png, other
enum class SendView { queued, sent, accepted, quarantined, superseded };

struct ReceiptView {             // everything a receipt screen or slip shows
  core::Id record;
  std::string kind;              // record kind
  std::string number, check_code, qr;
  core::Instant filed_at{};
  core::Trust trust = core::Trust::unconfirmed;
  std::string organisation;      // or the bureau's name
  core::LocalText title;         // of an act on a paper or on a filing: what it is about; empty: a filing
  std::string paper_number;      // and its number
  std::string timeliness, last_day;  // in_time, late, doubtful, as the kiosk said it, by which last day (ISO); empty: no term
  int files = 0, pages = 0;
  std::vector<std::string> missing;   // codes of documents that the receipt names as missing
  bool fee_open = false;
  SendView custody = SendView::queued;
  std::optional<core::Instant> sent_at, confirmed_at;
  std::string reason;            // quarantined
  std::string case_number;       // given by the office, if known
  std::string proof_qr;          // the registry's receipt of stage 2, verified; empty: none yet
  std::optional<core::Instant> logged_at;  // with proof_qr: the time in the evidence log
  std::string elsewhere;         // the kiosk that took it, if it was another; then the office's word is not here
};

struct ActMade {                 // what was done here with a paper
  core::Id record;
  core::BureauAct act = core::BureauAct::receive;
  core::Instant at{};
  SendView state = SendView::queued;
  std::string reason;            // quarantined
};

struct PaperView {               // one line of a bureau's inbox
  core::Id id, case_id;
  std::string kind;              // notice.send
  core::LocalText title;
  std::string number, date;      // of the paper; date ISO
  std::string authority;
  core::LocalText from;          // who sent it
  int pages = 0;
  std::string deadline;          // ISO date, empty: none
  std::string deadline_kind;     // working, calendar
  int deadline_days = 0;         // days left of that kind, negative: overdue
  bool here = true;              // the paper itself has arrived
  bool marked = false, closed_by_other = false;
  std::optional<core::Instant> marked_at;
  core::Instant received_at{};
  std::vector<core::LocalText> counted;  // how the last day was counted, line by line
  core::Digest digest{};         // D
  std::string deadline_term;     // D17; empty: a day that the paper itself names
  core::Json details;            // what its acts need, by kind (core/cases/bureau_acts.h)
  std::string inspection_number, inspection_start;  // start: ISO
  std::vector<core::ActOffer> acts;  // what the person who is signed in may do next
  std::vector<ActMade> made;     // visas apart, oldest first
  int visas = 0;                 // sheets that have one
};
struct RestDays { std::string from, to; };  // ISO dates, both inclusive; empty: none near
struct StaffView { std::string id, name, position, bureau, bureau_bin; bool is_operator = false; };

// What a person of a bureau does with a paper. `said`: the members of the record's body that the person gave
// (core/cases/*.h), beyond what the paper, the person and the signature say.
struct PaperAct {
  core::Id paper;
  core::BureauAct act = core::BureauAct::receive;
  core::Id filing;               // id of the record to be; empty: acts that bring no documents
  core::Json said;
  std::vector<core::DraftFile> files;  // brought by the person; the letter made here stands before them
};

struct OperatorView {
  std::string device, version;
  std::int64_t queued = 0, sent = 0, quarantined = 0;
  std::optional<core::Instant> oldest_waiting;
  std::uint64_t waiting_bytes = 0, free_bytes = 0, total_bytes = 0;
  struct Line {
    std::string number, kind;
    core::Instant filed_at{};
    SendView state = SendView::queued;
    std::string reason, field;   // quarantined, superseded
    std::optional<core::Instant> decided_at{};  // by the registry, for good
    std::string office_word{};   // quarantined: what the office has done about it, a stable word; empty: nothing yet
    std::optional<core::Instant> office_at{};
    std::string first{};         // superseded: number of the receipt that counts; empty: made elsewhere
  };
  std::vector<Line> lines;       // newest first
  std::vector<Line> held;        // quarantined, then those that an earlier record of another place supersedes
  std::optional<Line> next;      // that the registry is sent next
  struct Locked { std::string id, name, bureau; core::Instant since{}; };
  std::vector<Locked> locked;
  bool chain_whole = true;
  std::int64_t records = 0;
  std::optional<core::Instant> chain_checked_at;
  struct Stored { std::int64_t items = 0; std::optional<core::Instant> finished_at; std::vector<std::string> damaged; };
  Stored stored;                 // the background check: what was read again, when; receipt numbers of what is damaged
  struct Fork { std::string why; std::uint64_t held = 0, shown = 0; core::Instant at{}; };
  std::vector<Fork> forks;       // newest first: sizes of the log that was held and of the one that contradicted it
  int certificate_days = 0;
  std::optional<std::int64_t> clock_offset_ms;
  std::optional<core::Instant> clock_confirmed_at;
};

struct LinkView {                // the header's line and the operator's banner
  bool enrolled = false, online = false;
  std::optional<core::Instant> last_contact, next_try;
  std::string cause;             // refused, timeout, tls, dns, answer, revoked ... stable codes
  std::string alarm = {};        // newest thing that an operator should know of; its first word is a stable code
};

// What the holder of a receipt does with his application. Number and check code are those of its receipt.
struct FollowUp {
  FollowAct act = FollowAct::withdraw;
  core::Id application;
  std::string number, check_code;
  std::string name, position;    // who signs
  core::Id filing;               // of a supplement: id of the record to be, and what is handed in with it
  std::vector<core::DraftItem> items;
};

// --- effects ---
namespace effect {
struct CheckBin { std::string bin; };                                   // -> reply::BinChecked
struct CreateDraft { core::ApplicationDraft draft; std::string pin; };  // -> DraftSaved | DraftRefused
struct OpenDraft { core::Id id; std::string pin; };                     // -> DraftOpened | DraftRefused
struct SaveDraft { core::ApplicationDraft draft; };                     // -> DraftSaved | DraftRefused; latest wins
struct LeaveDraft { core::Id id; };                                     // no reply
struct DropDraft { core::Id id; };                                      // no reply
struct ListSource {};                                                   // -> SourceListed
struct AddFile { core::Id draft; std::string item; std::string name; }; // -> AddProgress*, FileAdded | FileRefused
struct CancelAdd {};                                                    // the running AddFile answers FileRefused{cancelled}
struct MakeForm { core::ApplicationDraft draft; core::Language language; };  // -> FormReady | FormFailed
struct FileApplication {                                                // -> Filed | FilingFailed | FilingUnknown then Filed/FilingFailed
  core::ApplicationDraft draft;
  core::DraftFile form;
  core::ScreenSignature signature;
  core::Language language;
};
struct ReadBadge { std::string badge; };                                // -> BadgeRead
struct SignIn { std::string badge, pin; };                              // -> SignedIn | SignInRefused
struct SignOut {};                                                      // no reply; keys are wiped
struct ListPapers {};                                                   // -> PapersListed
struct OpenPaper { core::Id id; };                                      // -> PaperOpened | PaperFailed
struct ShowMade { core::Id paper, record; };                            // -> MadeShown
struct ListColleagues {};                                               // -> ColleaguesListed
struct BeginFiling {};                                                  // -> FilingBegun; documents of one that was not made go
struct BeginReply { core::Id paper; core::BureauAct act = core::BureauAct::answer; };  // -> FilingBegun, with what this person had written
struct KeepReply { core::HalfReply reply; };                            // no reply; nothing given: what was kept goes
struct DropReply { core::Id paper; core::BureauAct act = core::BureauAct::answer; };   // no reply
struct MakeLetter { PaperAct act; core::Language language; };           // -> FormReady | FormFailed
struct FileAct {                                                        // -> Filed | FilingFailed | FilingUnknown ...
  PaperAct act;
  core::DraftFile letter;                                               // what the signature stands on, where not the paper itself
  core::ScreenSignature signature;                                      // none before witnesses
  core::Language language;
};
struct LookUp { std::string number, check_code; };                      // -> LookedUp
struct OpenFollowPaper { FollowUp follow; core::Language language; };   // the form, or a statement made now -> FormReady | FormFailed
struct ForgetReceipt {};                                                // no reply but for a LookUp under way; of a receipt of another kiosk
struct CloseFollowPaper {};                                             // no reply; what was not filed goes
struct FileFollowUp {                                                   // -> Filed | FilingFailed | FilingUnknown ...
  FollowUp follow;
  core::DraftFile paper;
  core::ScreenSignature signature;
  core::Language language;
};
struct SaveReceipt { core::Id record; core::Language language; };       // to the USB stick -> ReceiptSaved
struct LoadOperator {};                                                 // -> OperatorLoaded
struct CheckStored {};                                                  // the journal read through now -> OperatorLoaded
struct UnlockStaff { std::string id; };                                 // -> OperatorLoaded
struct TryLinkNow {};                                                   // no reply; LinkChanged follows
struct WriteCourier {};                                                 // what waits, onto the stick -> CourierWritten
struct ReadCourier {};                                                  // the answers that are on the stick -> CourierRead
struct SaveForks {};                                                    // what proves a fork of the log, onto the stick -> ForksSaved
struct WipeScreen {};                                                   // end of session: textures, previews, caches
}  // namespace effect
// The special members of these sums stand in model/sums.cpp: inline, every file that touches one instantiates the
// tables of all its kinds (they were half of the time of compiling the kiosk, and 90 % of its objects).
struct Effect : std::variant<
    effect::CheckBin, effect::CreateDraft, effect::OpenDraft, effect::SaveDraft, effect::LeaveDraft,
    effect::DropDraft, effect::ListSource, effect::AddFile, effect::CancelAdd, effect::MakeForm,
    effect::FileApplication, effect::ReadBadge, effect::SignIn, effect::SignOut, effect::ListPapers,
    effect::OpenPaper, effect::ShowMade, effect::ListColleagues, effect::BeginFiling, effect::BeginReply,
    effect::KeepReply, effect::DropReply, effect::MakeLetter, effect::FileAct, effect::LookUp,
    effect::OpenFollowPaper, effect::CloseFollowPaper, effect::FileFollowUp, effect::SaveReceipt, effect::ForgetReceipt,
    effect::LoadOperator, effect::CheckStored, effect::UnlockStaff, effect::TryLinkNow, effect::WriteCourier,
    effect::ReadCourier, effect::SaveForks, effect::WipeScreen> {
  using variant::variant;
  Effect(Effect&&) noexcept;
  Effect(const Effect&);
  Effect& operator=(Effect&&) noexcept;
  Effect& operator=(const Effect&);
  ~Effect();
};
using Effects = std::vector<Effect>;

// --- replies and news ---
namespace reply {
struct BinChecked { std::string bin; std::optional<BureauView> bureau; std::optional<DraftView> draft; };
struct DraftSaved { core::Id id; core::Instant at; };
struct DraftOpened { core::ApplicationDraft draft; };
struct DraftRefused { core::ErrorCode why; int tries_left = 0; std::optional<core::Instant> until; };
struct SourceListed { bool present = false; std::vector<SourceFile> files; bool more = false; };
struct AddProgress { std::string item; int pages_read = 0, pages = 0; };
struct FileAdded { std::string item; core::DraftFile file; };
// why: gone, changed, empty, too_large, too_many_pages, unreadable, full, storage, cancelled
struct FileRefused { std::string item, name, why; };
struct FormReady { core::DraftFile form; };
struct FormFailed { core::ErrorCode why; };
struct Filed { ReceiptView receipt; };            // number empty: an act that has no receipt of its own (a visa)
struct FilingFailed { core::ErrorCode why; };     // nothing was filed; everything typed is kept
struct FilingUnknown {};                          // "being checked" (I7); Filed or FilingFailed follows
struct BadgeRead { std::optional<StaffView> staff; bool locked = false; };
struct SignedIn { StaffView staff; };
struct SignInRefused { core::ErrorCode why; int tries_left = 0; };
struct PapersListed { std::vector<PaperView> papers; RestDays rest; };
struct PaperOpened { core::Id id; core::Digest digest; int pages = 0; };
struct PaperFailed { core::Id id; core::ErrorCode why; };
struct MadeShown { std::optional<ReceiptView> receipt; };
struct ColleaguesListed { std::vector<StaffView> people; };  // of the bureau, who is signed in among them
struct FilingBegun { core::Id filing; std::optional<core::HalfReply> kept = {}; };  // kept: of BeginReply
struct LookedUp {
  std::optional<ReceiptView> receipt;
  OfficeWord word = {};                              // of an application
  enum class Why { none, unreachable, busy } why = Why::none;  // without a receipt: no such, or the registry could not be asked, or not any more
};
struct ReceiptSaved { bool saved = false; std::string why; };  // why: gone, full, storage
struct OperatorLoaded { OperatorView view; bool checked = false; };  // checked: by CheckStored
// why: empty: done; gone (no stick, or pulled out), full, protected, name (every one is taken), key (none of the registry's is valid now), storage
struct CourierWritten { std::string why, name; std::uint64_t bytes = 0; int records = 0, documents = 0, left = 0; };
struct CourierRead {
  struct Refused { std::string name, why; };        // why: other_kiosk, damaged, not_registry, too_large, changed, unreadable, storage
  std::string why;                                  // gone, none (no answers on it); else empty, and something was read or refused
  int bundles = 0;                                  // that were believed
  int accepted = 0, held = 0, superseded = 0;       // records of which the registry's last word is new
  int news = 0, papers = 0;                         // items of the feed, papers that have come whole
  int again = 0, waiting = 0;                       // verdicts that were here already; records that still wait
  std::string alarm;                                // as LinkView::alarm, when an answer raised one
  std::vector<Refused> refused;
};
// why: as CourierWritten. names: of the newest fork, the file of the whole and the checkpoint that was held, for qabyl-verify
struct ForksSaved { std::string why, whole, held; int count = 0; };
// News: nobody asked.
struct LinkChanged { LinkView link; };
struct CustodyChanged { core::Id record; SendView custody; core::Instant at; std::string reason; std::string case_number; };
struct PapersChanged {};                          // the feed brought something: ListPapers again
struct StoredChecked {};                          // the background check has ended a round: LoadOperator again
struct StopIntake { bool stop = false; std::string place; };   // below the reserve or store broken (I15)
struct Interrupted { DraftView draft; core::Instant off_at, on_at; };  // at start, after a power cut
}  // namespace reply
struct Reply : std::variant<
    reply::BinChecked, reply::DraftSaved, reply::DraftOpened, reply::DraftRefused, reply::SourceListed,
    reply::AddProgress, reply::FileAdded, reply::FileRefused, reply::FormReady, reply::FormFailed,
    reply::Filed, reply::FilingFailed, reply::FilingUnknown, reply::BadgeRead, reply::SignedIn,
    reply::SignInRefused, reply::PapersListed, reply::PaperOpened, reply::PaperFailed, reply::MadeShown,
    reply::ColleaguesListed, reply::FilingBegun, reply::LookedUp, reply::ReceiptSaved,
    reply::OperatorLoaded, reply::CourierWritten, reply::CourierRead, reply::ForksSaved, reply::LinkChanged, reply::CustodyChanged, reply::PapersChanged,
    reply::StoredChecked, reply::StopIntake, reply::Interrupted> {
  using variant::variant;
  Reply(Reply&&) noexcept;
  Reply(const Reply&);
  Reply& operator=(Reply&&) noexcept;
  Reply& operator=(const Reply&);
  ~Reply();
};

}  // namespace qabyl::kiosk
