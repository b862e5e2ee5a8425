#include "server/api/phone/call_tally_json.hpp"

#include <fmt/format.h>

namespace hotline::api {
namespace {

constexpr std::int64_t industry_seconds = 20;

std::int64_t answered_within(const sla::CallTally& tally, std::int64_t seconds) {
    std::int64_t soon = 0;
    for (const auto& [waited, calls] : tally.waits) {
        if (waited <= seconds) soon += calls;
    }
    return soon;
}

}  // namespace

std::string percent_text(double share) {
    return fmt::format("{:.1f}", share * 100);
}

ticketing::JsonObject call_tally_json(const sla::CallTally& tally) {
    ticketing::JsonObject out;
    const auto soon = answered_within(tally, sla::soon_seconds);
    const auto sooner = answered_within(tally, industry_seconds);
    out.number("asked", tally.asked()).number("answered", tally.answered);
    out.number("abandoned", tally.abandoned).number("within_15", soon).number("within_20", sooner);
    if (tally.asked() > 0) {
        const auto share = [&tally](std::int64_t calls) {
            return percent_text(static_cast<double>(calls) / static_cast<double>(tally.asked()));
        };
        out.raw("answered_percent", share(tally.answered));
        out.raw("within_15_percent", share(soon)).raw("within_20_percent", share(sooner));
    }
    const auto seconds = [](std::chrono::milliseconds time) {
        return fmt::format("{:.1f}", static_cast<double>(time.count()) / 1000);
    };
    if (const auto wait = sla::mean_wait(tally)) out.raw("mean_wait_seconds", seconds(*wait));
    if (const auto talk = sla::mean_talk(tally)) out.raw("mean_talk_seconds", seconds(*talk));
    return out;
}

}  // namespace hotline::api
