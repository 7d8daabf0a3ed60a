// What must be true, kept beside the product and out of little: what a screen has promised (ids with a receipt, their digests),
// and what the registry has signed. Shares no code with store or registry: it reads receipts and signed words only.
#pragma once

#include <set>

#include "sync/log/tree.h"
#include "tests/sim/parts/sim_kiosk.h"
#include "tests/sim/parts/sim_office.h"

namespace qabyl::sim {

class Oracle {
 public:
  explicit Oracle(Journal& journal) : journal_(journal) {}

  // A receipt is on a screen. True: for the first time.
  bool receipt_shown(std::size_t kiosk, const kiosk::ReceiptView& receipt);
  // An answer of the registry, as it left it.
  void answered(const Post& post, const sync::Response& response);

  // I1: everything that this kiosk promised can be read, with its documents.
  void check_promises(std::size_t number, SimKiosk& kiosk);
  // After the quiet phase: I19, and the words that the kiosk holds are the registry's own. Of a revoked kiosk only what it was
  // told before.
  void check_settled(std::size_t number, SimKiosk& kiosk, bool revoked);
  struct JournalAt { std::string device; std::int64_t records; bool revoked; };  // at the registry; in the order of the kiosks
  // I4, I6, I9, I10, I14 in the registry.
  void check_office(SimOffice& office, const std::vector<JournalAt>& journals);

  std::size_t promises() const { return promised_.size(); }

 private:
  struct Promise { std::size_t kiosk; core::Digest digest; std::string number, qr; };

  void take_word(const std::string& jws);
  void take_checkpoint(const std::string& note);
  void check_filing(SimOffice& office, const core::Id& id, const Promise& promise, bool revoked);
  void check_strays(SimOffice& office, const JournalAt& journal);
  void check_log(SimOffice& office);
  void fail(const std::string& what) { journal_.fail(what); }

  Journal& journal_;
  std::map<core::Id, Promise> promised_;
  std::map<std::string, core::Id> numbers_;
  std::map<std::string, std::set<core::Digest>> refused_;  // batches of a device after its revocation
  std::map<core::Id, std::string> words_;                  // the final verdict of each, byte for byte
  std::map<std::uint64_t, core::Digest> roots_;            // of every checkpoint that was signed
};

}  // namespace qabyl::sim
