// See contest.h.
#include "tests/bench/driver/contest.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/result.h"
#include "core/sys/clock.h"

namespace qabyl::bench {
namespace {

core::Json whole(double value) { return core::Json(static_cast<std::int64_t>(std::llround(value))); }

}  // namespace

Spread spread_of(std::vector<double> values) {
  QABYL_CHECK(!values.empty());
  std::ranges::sort(values);
  return {values.front(), values[values.size() / 2], values.back()};
}

core::Json to_json(const Spread& spread, double factor) {
  core::Json json;
  json["least"] = whole(spread.least * factor);
  json["median"] = whole(spread.median * factor);
  json["most"] = whole(spread.most * factor);
  return json;
}

core::Json play(const Contest& contest, const Settings& settings) {
  std::vector<double> products, limits, ratios;
  core::Json::Array rounds;
  for (int round = 0; round < settings.rounds; ++round) {
    double product = 0, limit = 0;
    if (round % 2 == 0) product = contest.product.turn();
    limit = contest.limit.turn();
    if (round % 2 != 0) product = contest.product.turn();
    const double ratio = limit > 0 ? product / limit : 0;
    std::printf("  round %d: %s %.0f, %s %.0f %s, ratio %.2f\n", round + 1, contest.product.name.c_str(), product,
                contest.limit.name.c_str(), limit, contest.unit.c_str(), ratio);
    std::fflush(stdout);
    core::Json line;
    line["product"] = whole(product);
    line["limit"] = whole(limit);
    line["ratio_milli"] = whole(ratio * 1000);
    rounds.push_back(std::move(line));
    products.push_back(product);
    limits.push_back(limit);
    ratios.push_back(ratio);
  }
  const auto ratio = spread_of(ratios);
  std::printf("%s: %s %.0f, %s %.0f %s; ratio %.2f (%.2f-%.2f), must: %s\n", contest.title.c_str(), contest.product.name.c_str(),
              spread_of(products).median, contest.limit.name.c_str(), spread_of(limits).median, contest.unit.c_str(), ratio.median,
              ratio.least, ratio.most, contest.must.c_str());
  core::Json json;
  json["title"] = contest.title;
  json["unit"] = contest.unit;
  json["must"] = contest.must;
  json["product"] = contest.product.name;
  json["limit"] = contest.limit.name;
  json["rounds"] = std::move(rounds);
  json["product_rate"] = to_json(spread_of(products));
  json["limit_rate"] = to_json(spread_of(limits));
  json["ratio_milli"] = to_json(ratio, 1000);
  return json;
}

core::Json tell(const std::string& name, const std::string& unit, const std::string& must, const std::vector<double>& values) {
  const auto spread = spread_of(values);
  std::printf("%s: %.1f %s (%.1f-%.1f)%s%s\n", name.c_str(), spread.median, unit.c_str(), spread.least, spread.most,
              must.empty() ? "" : ", must: ", must.c_str());
  core::Json json;
  json["title"] = name;
  json["unit"] = "1/1000 " + unit;
  json["must"] = must;
  json["value"] = to_json(spread, 1000);
  return json;
}

void tell_peer(const std::string& which) { std::printf("peer %s: not here yet\n", which.c_str()); }

double rate_of(int seconds, std::size_t calls_max, const std::function<void()>& once, std::vector<double>* each_us) {
  const auto began = core::sys::steady_us();
  const auto end = began + std::int64_t{seconds} * 1'000'000;
  auto now = began;
  std::size_t calls = 0;
  for (; calls < calls_max && now < end; ++calls) {
    once();
    const auto after = core::sys::steady_us();
    if (each_us != nullptr) each_us->push_back(static_cast<double>(after - now));
    now = after;
  }
  return static_cast<double>(calls) * 1e6 / static_cast<double>(std::max<std::int64_t>(now - began, 1));
}

}  // namespace qabyl::bench
