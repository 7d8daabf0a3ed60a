// See sim_office.h.
#include "tests/sim/parts/sim_office.h"

#include "core/sys/files.h"
#include "sync/registry/group_commit.h"
#include "sync/registry/office.h"
#include "sync/registry/revoked_kiosk.h"

namespace qabyl::sim {

namespace reg = sync::registry;

SimOffice::SimOffice(const Ground& ground, Dice dice, Journal& journal)
    : ground_(ground), disk_(ground.office.clone()), random_(dice.fork("registry")), journal_(journal) {
  disk_.dice = dice.fork("office disk");
}

core::Status SimOffice::start() {
  end();
  auto opened = reg::Registry::open({office_root, {}, &random_, core::argon2_minimum, ground_.assets});
  if (!opened) return opened.error();
  registry_ = *std::move(opened);
  api_.emplace(*registry_);
  return core::Done{};
}

void SimOffice::end() {
  api_.reset();
  registry_.reset();
}

namespace {

sync::Request request_of(const Post& post) {
  sync::Request request;
  request.method = post.method;
  request.target = post.target;
  request.device = post.device;
  request.serial = post.serial;
  for (const auto& [name, value] : post.headers) request.set(name, value);
  if (!post.body.empty()) request.set("Content-Length", std::to_string(post.body.size()));
  request.body = post.body;
  return request;
}

// As the server reads it: a body in the answer, from the file where it stands in one.
std::optional<std::string> body_of(const sync::Response& response) {
  if (!response.file) return response.body;
  const auto file = core::sys::open_read(response.file->path);
  if (!file) return std::nullopt;
  const auto bytes = core::sys::read_some(*file, response.file->offset, response.file->length);
  if (!bytes || bytes->size() != response.file->length) return std::nullopt;
  return std::string(core::as_text(*bytes));
}

}  // namespace

// An upload that was cut keeps what came; any other request that was cut never reaches the Api (http_server.cpp).
sync::Response SimOffice::answer(const Post& post, core::Instant now) {
  auto request = request_of(post);
  if (!post.cut || !reg::Api::streams(request)) return api_->handle(request, now);
  reg::AppendStart begun;
  auto refused = reg::run_group(*registry_, {[&](core::Instant at) {
    begun = api_->begin_append(request, at);
    return reg::Answer(begun.append ? sync::Response{} : begun.refusal);
  }}, now).front();
  if (!begun.append || refused.status >= 500) return refused;
  const auto written = begun.append->write(core::as_bytes(std::string_view(post.body).substr(0, *post.cut)));
  (void)written;
  const auto sealed = begun.append->seal(false);
  return reg::run_group(*registry_, {[&](core::Instant at) { return reg::Answer(api_->finish_append(*begun.append, sealed, at)); }}, now).front();
}

std::optional<sync::Response> SimOffice::handle(const Post& post, core::Instant now) {
  if (!up()) return std::nullopt;
  if (post.cut && !reg::Api::streams(request_of(post))) return std::nullopt;
  auto response = answer(post, now);
  auto body = body_of(response);
  const bool dead = disk_.dead();
  const auto problem = sync::problem_in(response);
  journal_.count("answer " + std::to_string(response.status) + (problem ? " " + problem->code : ""));
  if (broken()) end();
  if (dead || !body) return std::nullopt;
  response.body = *std::move(body);
  response.file.reset();
  return response;
}

void SimOffice::publish() {
  if (!up()) return;
  (void)registry_->log_files.publish(registry_->log);
  if (broken()) end();
}

void SimOffice::register_one(core::Instant now, Dice& dice) {
  if (!up()) return;
  std::vector<core::Id> waiting;
  {
    auto rows = registry_->database.prepare("SELECT id FROM cases WHERE kind = 'application' AND number = '' ORDER BY id");
    while (rows) {
      const auto row = rows->step();
      if (!row || !*row) break;
      waiting.push_back(rows->text(0));
    }
  }
  if (waiting.empty()) return;
  const auto chosen = waiting[dice.below(waiting.size())];
  const auto answered = act("clerk", now, [&](const reg::OpenOfficer& officer, core::Instant at) {
    const auto done = reg::register_application(*registry_, officer, chosen, at);
    return done ? core::Status(core::Done{}) : core::Status(done.error());
  });
  journal_.note(now, "office registers " + chosen + " " + std::to_string(answered));
  if (answered == 200) journal_.count("office registered");
}

// As the console does it: the officer's key is opened, and what is done and the audit stand in one transaction.
int SimOffice::act(const std::string& login, core::Instant now, const std::function<core::Status(const reg::OpenOfficer&, core::Instant)>& what) {
  const auto answered = reg::run_group(*registry_, {[&](core::Instant at) {
    const auto officer = reg::open_officer(*registry_, login, ground_.passwords.at(login), at);
    const auto done = officer ? what(*officer, at) : core::Status(officer.error());
    return reg::Answer(sync::json_response(done ? 200 : done.error().code == core::ErrorCode::storage ? 500 : 409, done ? "" : done.error().detail));
  }}, now).front().status;
  if (broken()) end();
  return answered;
}

void SimOffice::renew_keys(core::Instant now, Dice& dice) {
  end();
  const reg::NewKeys which{dice.chance(0.5), dice.chance(0.7), dice.chance(0.3)};
  const auto done = reg::rotate_keys(office_root, which, now, random_);
  journal_.note(now, done ? "office has new keys" : "office has no new keys: " + done.error().detail);
  if (done) journal_.count("office new keys");
}

std::optional<std::int64_t> SimOffice::revoke(const std::string& device, core::Instant now) {
  if (!up()) return std::nullopt;
  std::optional<std::int64_t> records;
  const auto answered = act("admin", now, [&](const reg::OpenOfficer& officer, core::Instant at) -> core::Status {
    const auto row = registry_->store.device(device);
    if (!row || !*row) return core::Error{core::ErrorCode::storage, "device"};
    records = (*row)->q;
    const auto done = reg::revoke_kiosk(*registry_, officer, device, at);
    const bool before = !done && done.error().detail == "kiosk.revoked";  // a COMMIT of unknown outcome had it
    return before ? core::Status(core::Done{}) : done;
  });
  journal_.note(now, "office revokes " + device + " " + std::to_string(answered));
  return answered == 200 ? records : std::nullopt;
}

}  // namespace qabyl::sim
