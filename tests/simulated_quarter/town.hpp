#pragma once

#include "server/city/dice.hpp"
#include "ticketing/router/route.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace simulated_quarter {

using namespace hotline::ticketing;
using hotline::city::Dice;

// An appeal as it comes in, and which unit can really solve it; none: whoever is asked can.
struct Incident {
    std::string_view topic;
    std::string_view division;
    AppealType type = AppealType::help;
    Urgency urgency = Urgency::normal;
    UnitId complained;
    const Enterprise* firm = nullptr;
    UnitId truth;
    bool by_kind = false;  // the truth of its kind, not of this matter alone
};

Matter matter_of(const Incident& incident);

// The demonstration city with its officials, enterprises and cards, and the truth that its duty
// list does not know: some kinds of matters (a topic at a place) belong to another unit than the
// list says.
class Town {
public:
    Town(std::uint64_t seed, std::uint64_t enterprises);

    Incident incident(Dice& dice) const;

    Directory directory;

private:
    using Kind = std::pair<std::string_view, std::string_view>;  // topic, place

    void hide_the_truth(std::uint64_t seed);
    UnitId other_unit(std::string_view place, Dice& dice) const;
    UnitId led_by(const Incident& incident) const;

    std::map<std::string_view, std::vector<Enterprise>> firms_;  // by county or zone
    std::vector<int> topic_weights_;
    std::map<Kind, UnitId> truth_;
};

// Independent of the router: whether the unit is the one complained of, hangs below it, or is its
// counterpart in a county.
bool concerned(const Directory& directory, UnitId unit, UnitId complained);

}  // namespace simulated_quarter
