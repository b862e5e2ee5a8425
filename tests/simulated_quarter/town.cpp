#include "tests/simulated_quarter/town.hpp"

#include "integrations/mysql/reference/reference.hpp"
#include "server/city/cards.hpp"
#include "server/city/enterprises.hpp"
#include "server/city/officials.hpp"
#include "ticketing/other_topic.hpp"

#include <array>
#include <set>

namespace simulated_quarter {
namespace {

using hotline::city::CardSource;
using hotline::city::EnterpriseSource;

struct District {
    std::string_view code;
    int weight;  // per mille of the appeals
};
// Three bulletins of the city's mailbox, 1 464 letters.
constexpr std::array<District, 14> districts{{
    {"610502", 231},
    {"610526", 126},
    {"610528", 124},
    {"6105G1", 114},
    {"610523", 81},
    {"610524", 81},
    {"610503", 51},
    {"610525", 48},
    {"610527", 42},
    {"610581", 31},
    {"610582", 29},
    {"610522", 27},
    {"6105G2", 11},
    {"6105G3", 3},
}};

// Per mille.
constexpr int critical = 10;
constexpr int urgent = 80;
constexpr int complaints_about_a_unit = 30;
constexpr int misread = 30;        // a matter of its own, whatever its kind says
constexpr int wrong_kinds = 55;    // the duty list sends these to the wrong unit
constexpr int busiest_topic = 40;  // times as many appeals as the rarest

constexpr std::string_view city = "610500";

bool happens(Dice& dice, int per_mille) {
    return dice.below(1000) < static_cast<std::size_t>(per_mille);
}

std::string_view place_of(const Enterprise& firm) {
    const std::string& place = firm.zone.empty() ? firm.division : firm.zone;
    for (const District& district : districts) {
        if (district.code == place) return district.code;
    }
    return {};
}

}  // namespace

Matter matter_of(const Incident& incident) {
    Matter matter;
    matter.type = incident.type;
    matter.urgency = incident.urgency;
    matter.topic = incident.topic;
    matter.division = incident.division;
    matter.complained_unit = incident.complained;
    return matter;
}

Town::Town(std::uint64_t seed, std::uint64_t enterprises) {
    const auto reference = hotline::reference::parse(hotline::reference::embedded_files()).value();
    directory = hotline::reference::directory_of(reference);
    directory.officials = hotline::city::make_officials(reference, seed);
    const CardSource cards{directory.units, directory.officials, seed};
    const EnterpriseSource source{reference, seed};
    for (std::uint64_t n = 0; n < enterprises; ++n) {
        Enterprise firm = source.enterprise(n);
        const std::string_view place = place_of(firm);
        if (place.empty()) continue;
        if (const auto holder = cards.holder(firm)) directory.cards[firm.id.value] = {*holder};
        firms_[place].push_back(std::move(firm));
    }
    directory.index();
    // The busiest topics first, each next one rarer (Zipf), with a floor.
    for (std::size_t n = 0; n < directory.duties.size(); ++n) {
        topic_weights_.push_back(1 + busiest_topic / static_cast<int>(n + 1));
    }
    hide_the_truth(seed);
}

void Town::hide_the_truth(std::uint64_t seed) {
    Dice dice{seed, 0x7847};
    for (const Duty& duty : directory.duties) {
        for (const District& district : districts) {
            if (!happens(dice, wrong_kinds) || duty.topic == other_topic) continue;
            truth_[{duty.topic, district.code}] = other_unit(district.code, dice);
        }
    }
}

// A unit of the place, or of the city where it has none of that function.
UnitId Town::other_unit(std::string_view place, Dice& dice) const {
    for (;;) {
        const Unit& picked = directory.units[dice.below(directory.units.size())];
        if (picked.function.empty() || picked.level == UnitLevel::centre) continue;
        const Unit* there = directory.unit_for(picked.function, place);
        if (!there) there = directory.unit_for(picked.function, city);
        if (there && there->active && !directory.officials_of(there->id).empty()) return there->id;
    }
}

UnitId Town::led_by(const Incident& incident) const {
    return route(simulated_quarter::matter_of(incident), incident.firm, directory, {}).lead;
}

Incident Town::incident(Dice& dice) const {
    std::array<int, districts.size()> weights{};
    for (std::size_t i = 0; i < districts.size(); ++i) weights[i] = districts[i].weight;
    Incident incident;
    incident.division = districts[dice.weighted(weights)].code;
    incident.topic = directory.duties[dice.weighted(topic_weights_)].topic;
    const auto firms = firms_.find(incident.division);
    if (firms != firms_.end()) incident.firm = &firms->second[dice.below(firms->second.size())];
    if (happens(dice, critical)) {
        incident.urgency = Urgency::critical;
    } else if (happens(dice, urgent)) {
        incident.urgency = Urgency::urgent;
    }
    if (happens(dice, complaints_about_a_unit)) {
        incident.type = AppealType::complaint;
        incident.complained =
            dice.one_in(2) ? led_by(incident) : other_unit(incident.division, dice);
    }
    const auto known = truth_.find({incident.topic, incident.division});
    if (happens(dice, misread)) {
        incident.truth = other_unit(incident.division, dice);
    } else if (known != truth_.end()) {
        incident.truth = known->second;
        incident.by_kind = true;
    }
    if (concerned(directory, incident.truth, incident.complained)) incident.truth = {};
    return incident;
}

bool concerned(const Directory& directory, UnitId unit, UnitId complained) {
    const Unit* about = directory.unit(complained);
    const Unit* row = directory.unit(unit);
    if (!about || !row) return false;
    if (about->division == city && !about->function.empty() && about->function == row->function) {
        return true;
    }
    std::set<std::uint64_t> seen;
    for (; row && seen.insert(row->id.value).second; row = directory.unit(row->parent)) {
        if (row->id == complained) return true;
    }
    return false;
}

}  // namespace simulated_quarter
