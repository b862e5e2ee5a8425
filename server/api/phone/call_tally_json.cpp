#include "server/api/phone/call_tally_json.hpp"

#include "sla/kpi.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

constexpr std::int64_t industry_seconds = 20;

}  // namespace

std::string percent_text(double share) {
    return fmt::format("{:.1f}", share * 100);
}

ticketing::JsonObject call_tally_json(const sla::CallTally& tally) {
    ticketing::JsonObject out;
    const auto soon = sla::answered_within(tally, sla::soon_seconds);
    const auto sooner = sla::answered_within(tally, industry_seconds);
    out.number("asked", tally.asked()).number("answered", tally.answered);
    out.number("abandoned", tally.abandoned).number("flowed_out", tally.flowed_out);
    out.number("within_15", soon).number("within_20", sooner);
    const auto add_share = [&](std::string_view name, std::int64_t calls) {
        if (const auto rate = sla::rate_of(calls, tally.asked())) out.raw(name, text(*rate));
    };
    add_share("answered_percent", tally.answered);
    add_share("within_15_percent", soon);
    add_share("within_20_percent", sooner);
    const auto seconds = [](std::chrono::milliseconds time) {
        return fmt::format("{:.1f}", static_cast<double>(time.count()) / 1000);
    };
    if (const auto wait = sla::mean_wait(tally)) out.raw("mean_wait_seconds", seconds(*wait));
    if (const auto wait = sla::ninth_decile_wait(tally)) out.number("p90_wait_seconds", *wait);
    if (const auto talk = sla::mean_talk(tally)) out.raw("mean_talk_seconds", seconds(*talk));
    return out;
}

}  // namespace hotline::api
