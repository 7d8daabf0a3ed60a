// See sim_line.h.
#include "tests/sim/parts/sim_line.h"

#include "core/record.h"
#include "sync/wire/messages.h"

namespace qabyl::sim {
namespace {

using namespace std::chrono_literals;

constexpr core::Millis patience = 30s;  // of the kiosk's HTTP client

std::string lower_case(std::string text) {
  for (auto& letter : text) letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter);
  return text;
}

}  // namespace

sync::ClientAnswer client_answer(const sync::Response& response) {
  sync::ClientAnswer answer{response.status, {}, core::to_bytes(response.body)};
  for (const auto& header : response.headers) answer.headers.emplace_back(lower_case(header.name), header.value);
  return answer;
}

bool SimLine::happens(Fault fault) {
  return faulty && dice_.chance(swarm_.of(fault)) && journal_.falls(now_, fault);
}

core::Millis SimLine::delay() {
  if (happens(Fault::clog)) return core::Millis{dice_.between(200, 5'000)};
  return core::Millis{dice_.between(10, 120)};
}

void SimLine::start(sync::ClientRequest request) {
  ++requests;
  const auto number = ++current_;
  Post post{kiosk_.station.device, kiosk_.serial, request.method, request.path, request.headers, std::string(core::as_text(request.body)), {}};
  if (now_ < down_until) return give(sync::NoAnswer{"refused"}, number, 5ms);
  if (happens(Fault::forged_answer)) return give(forged(post), number, delay());
  if (happens(Fault::lost_request)) return give(sync::NoAnswer{"timeout"}, number, patience);
  if (happens(Fault::flipped_request)) flip(post.body);
  if (!post.body.empty() && happens(Fault::cut_request)) post.cut = dice_.below(post.body.size());
  if (happens(Fault::duplicate)) {  // a copy that somebody held back
    const core::Millis later{dice_.chance(0.8) ? dice_.between(1, 5'000) : dice_.between(5'000, 3LL * 24 * 3600 * 1000)};
    agenda_.at(now_ + later, [this, post] { arrive(post, 0); });
  }
  agenda_.at(now_ + delay(), [this, post, number] { arrive(post, number); });
}

// number 0: nobody waits for the answer.
void SimLine::arrive(Post post, std::uint64_t number) {
  const bool was_up = office_.up();
  tap_.arriving();
  const auto response = office_.handle(post, now_);
  journal_.note(now_, kiosk_.station.device + " " + post.method + " " + post.target + (response ? " " + std::to_string(response->status) : " -"));
  if (response) tap_.answered(post, *response);
  if (number == 0) return;
  if (!was_up) return give(sync::NoAnswer{"refused"}, number, 20ms);
  if (!response) return give(sync::NoAnswer{"cut"}, number, 20ms);
  if (post.cut) return give(sync::NoAnswer{"cut"}, number, 20ms);
  send_back(*response, number);
}

void SimLine::send_back(const sync::Response& response, std::uint64_t number) {
  if (happens(Fault::lost_answer)) return give(sync::NoAnswer{"timeout"}, number, patience);
  auto answer = client_answer(response);
  if (!answer.body.empty() && happens(Fault::cut_answer)) {
    if (dice_.chance(0.5)) return give(sync::NoAnswer{"cut"}, number, delay());
    answer.body.resize(dice_.below(answer.body.size()));  // a proxy that gives what it has
  }
  if (!answer.body.empty() && happens(Fault::flipped_answer)) answer.body[dice_.below(answer.body.size())] ^= static_cast<std::uint8_t>(1 << dice_.below(8));
  give(std::move(answer), number, delay());
}

void SimLine::give(sync::ClientResult result, std::uint64_t number, core::Millis after) {
  agenda_.at(now_ + after, [this, result = std::move(result), number]() mutable {
    if (number == current_ && !result_) result_ = std::move(result);
  });
}

// Somebody else answers, in the right form: everything accepted, signed by a key of nobody.
sync::ClientAnswer SimLine::forged(const Post& post) {
  DiceRandom random(dice_.fork("forger"));
  const auto key = core::new_signing_key(random);
  sync::Response response;
  response.set("Content-Type", std::string(sync::json_media_type));
  const auto records = sync::decode_batch(post.body);
  std::vector<sync::BatchAnswer> answers;
  for (const auto& text : records ? *records : std::vector<std::string>()) {
    const auto jws = core::parse_jws(text);
    const auto record = jws ? core::decode_record(core::as_text(jws->payload)) : core::Result<core::Record>(jws.error());
    if (!record) continue;
    core::Verdict verdict;
    verdict.id = record->id;
    verdict.digest = core::sha256(jws->payload);
    verdict.outcome = core::Outcome::accepted;
    verdict.at = now_;
    answers.push_back({record->id, core::sign_verdict(verdict, key), {}});
  }
  if (!answers.empty()) response.body = sync::encode(answers);
  else response.body = "{}";
  return client_answer(response);
}

}  // namespace qabyl::sim
