#include "server/city/enterprises.hpp"

#include "server/city/names.hpp"
#include "ticketing/uscc.hpp"

#include <array>

namespace hotline::city {
namespace {

using ticketing::Division;
using ticketing::Enterprise;

// Where firms are, in thousandths. Ordinary ones follow the letters of the mayor's mailbox by place
// (three published bulletins, 2021 to 2024); large ones the published count of 2018.
struct Share {
    std::string_view county;
    std::string_view zone;
    int ordinary;
    int large;
};
constexpr std::array<Share, 14> shares{{
    {"610502", "", 231, 130},
    {"610526", "", 126, 100},
    {"610528", "", 124, 89},
    {"610502", "6105G1", 114, 80},
    {"610523", "", 81, 101},
    {"610524", "", 81, 55},
    {"610503", "", 51, 65},
    {"610525", "", 48, 60},
    {"610527", "", 42, 50},
    {"610581", "", 31, 152},
    {"610582", "", 29, 45},
    {"610522", "", 27, 40},
    {"610502", "6105G2", 11, 20},
    {"610526", "6105G3", 4, 13},
}};

// Large firms (五上) are 2 527 of some 370 000.
constexpr std::size_t one_large_in = 146;

constexpr std::string_view trades = "ABCDEFGHIJKLMNOPQR";
constexpr std::array<int, 18> trade_weights{
    90, 3, 80, 6, 50, 380, 50, 120, 20, 3, 15, 40, 15, 4, 90, 8, 8, 18
};
constexpr std::array<std::string_view, 3> kinds{"91", "92", "93"};
constexpr std::array<int, 3> kind_weights{36, 58, 6};

const Share& share_for(Dice& dice, bool large) {
    std::array<int, shares.size()> weights{};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        weights[i] = large ? shares[i].large : shares[i].ordinary;
    }
    return shares[dice.weighted(weights)];
}

std::string padded(std::uint64_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

}  // namespace

EnterpriseSource::EnterpriseSource(const reference::Reference& reference, std::uint64_t seed)
    : seed_(seed) {
    for (const auto& place : reference.places) {
        const Division& division = place.division;
        if (division.kind == Division::Kind::county) {
            counties_[division.code] = {division.code, division.name, {}};
        }
    }
    for (const auto& place : reference.places) {
        if (place.division.kind == Division::Kind::town) {
            counties_.at(place.division.parent).towns.push_back(place.division);
        }
    }
}

Enterprise EnterpriseSource::enterprise(std::uint64_t n) const {
    Dice dice{seed_, n};
    Enterprise firm;
    firm.id = ticketing::EnterpriseId{n + 1};
    firm.demonstration = true;
    firm.five_above = dice.one_in(one_large_in);
    const Share& share = share_for(dice, firm.five_above);
    const County& home = county(share.county);
    const Division& town = home.towns[dice.below(home.towns.size())];
    const std::string_view kind = firm.five_above ? kinds[0] : kinds[dice.weighted(kind_weights)];
    firm.industry = kind == "93" ? 'A' : trades[dice.weighted(trade_weights)];
    firm.division = home.code;
    firm.zone = share.zone;
    firm.town = town.code;
    firm.size = firm.five_above ? 3 + static_cast<int>(dice.below(2))
                                : 1 + static_cast<int>(dice.one_in(kind == "91" ? 5 : 40));
    firm.name = enterprise_name(dice, home.name, kind, firm.industry);
    firm.address = home.name + town.name + "示例路" + std::to_string(1 + dice.below(400)) + "号";
    firm.uscc = ticketing::make_uscc(kind, home.code, seed_ * 1'000'003 + n);
    // Local numbers never begin with 0: these ring nowhere.
    firm.phone = "09130" + padded(n % 10'000'000, 7);
    return firm;
}

}  // namespace hotline::city
