// Every state of the bureau's and the operator's screens, reached by events as a person would, and the
// people, papers and records that they show. For tests only.
#pragma once

#include "kiosk/screens/staff_events.h"
#include "tests/kiosk/applicant_stages.h"

namespace qabyl::kiosk::test {

inline const std::string sample_badge = "QBB1:S-0001:" + std::string(26, 'A');
StaffView sample_staff(bool is_operator);
// A notice with a last day `days` working days away; ids, numbers and digests follow from `n`.
PaperView sample_paper(int n, int days);
// The same after its receipt at this kiosk: nothing is left to do.
PaperView received_paper(int n);
// A summary report of three sheets that this person has received, `visas` of them visaed; a request for three things;
// a demand for a plan of two breaches. Acts as core offers them.
PaperView sample_summary(int visas);
PaperView sample_request();
PaperView sample_demand();
core::ActOffer offered(core::BureauAct act, bool awaited, std::vector<int> open = {}, std::string why = {});
std::vector<StaffView> sample_colleagues();
OperatorView sample_panel();  // a long queue, many records held, five people locked out

const std::vector<Stage>& staff_stages();

}  // namespace qabyl::kiosk::test
