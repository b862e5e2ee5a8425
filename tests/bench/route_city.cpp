#include "tests/bench/route_city.hpp"

#include "server/city/cards.hpp"
#include "server/city/enterprises.hpp"
#include "server/city/officials.hpp"

#include <fmt/core.h>

#include <cstdlib>

namespace hotline::bench {
namespace {

constexpr std::uint64_t seed = 1;

reference::Reference delivered() {
    auto reference = reference::parse(reference::embedded_files());
    if (reference) return std::move(*reference);
    fmt::print(stderr, "{}\n", reference.error().detail);
    std::exit(1);
}

std::vector<ticketing::Official> staff(const reference::Reference& reference, std::size_t copies) {
    const auto once = city::make_officials(reference, seed);
    std::vector<ticketing::Official> all;
    for (std::size_t copy = 0; copy < copies; ++copy) {
        for (ticketing::Official official : once) {
            official.id.value += copy * once.size();
            if (official.deputy) official.deputy.value += copy * once.size();
            all.push_back(std::move(official));
        }
    }
    return all;
}

// Every county's unit gave the topics of its function back, twice: as much as a decision can have
// to look through.
ticketing::Misroutes learned(const ticketing::Directory& directory) {
    std::vector<ticketing::Misroute> returns;
    const ticketing::Instant then{};
    for (const auto& duty : directory.duties) {
        for (const auto& unit : directory.units) {
            const auto* office = directory.unit_for("gov_office", unit.division);
            if (unit.function != duty.function || !office || office == &unit) continue;
            returns.insert(
                returns.end(), 2, {duty.topic, unit.division, unit.id, office->id, then}
            );
        }
    }
    return {returns, {}, then};
}

}  // namespace

RouteCity make_city(std::size_t copies, std::size_t enterprises) {
    const reference::Reference reference = delivered();
    ticketing::Directory directory = reference::directory_of(reference);
    directory.officials = staff(reference, copies);
    const city::CardSource cards{directory.units, directory.officials, seed};
    const city::EnterpriseSource source{reference, seed};
    std::vector<ticketing::Enterprise> firms;
    firms.reserve(enterprises);
    for (std::uint64_t n = 0; n < enterprises; ++n) {
        firms.push_back(source.enterprise(n));
        if (const auto holder = cards.holder(firms.back())) {
            directory.cards[firms.back().id.value].push_back(*holder);
        }
    }
    directory.index();
    ticketing::Loads loads;
    for (const auto& official : directory.officials) {
        const auto open = static_cast<double>(official.id.value * 7 % 16);
        loads[official.id.value] = {open, official.id.value % 11 == 0 ? 1 : 0};
    }
    ticketing::CueReader reader{directory};
    auto misroutes = learned(directory);
    return {
        std::move(directory),
        std::move(reader),
        std::move(firms),
        std::move(loads),
        std::move(misroutes)
    };
}

}  // namespace hotline::bench
