#include "ticketing/organisation/whole.hpp"

#include <algorithm>

namespace hotline::ticketing::organisation {
namespace {

using WholeFaults = std::vector<WholeFault>;

void note(
    WholeFaults& faults,
    Kind kind,
    std::uint64_t id,
    Rule rule,
    std::string_view what,
    std::vector<std::string> words
) {
    faults.push_back({kind, id, {rule, "", what, std::move(words)}});
}

// O3, O4. A ring loses the first link that is found, which leaves the others in order.
void mend_units(Directory& directory, WholeFaults& faults) {
    for (Unit& unit : directory.units) {
        if (!unit.parent) continue;
        if (directory.unit(unit.parent) == nullptr) {
            note(faults, Kind::unit, unit.id.value, Rule::parent, "parent_gone", {unit.name});
            unit.parent = {};
        } else if (in_ring(unit, directory)) {
            note(faults, Kind::unit, unit.id.value, Rule::ring, "ring_cut", {unit.name});
            unit.parent = {};
        }
    }
    // O6: the first one answers, as Directory::unit_for() says.
    for (const Unit& unit : directory.units) {
        if (!unit.active || unit.function.empty()) continue;
        const Unit* first = directory.unit_for(unit.function, unit.division);
        if (first == nullptr || first->id == unit.id) continue;
        note(
            faults,
            Kind::unit,
            unit.id.value,
            Rule::function,
            "function_twice",
            {first->name, unit.name}
        );
    }
}

// O9, O11, O12.
void mend_officials(Directory& directory, WholeFaults& faults) {
    for (Official& official : directory.officials) {
        if (!official.active) continue;
        const auto told = [&](Rule rule, std::string_view what, std::vector<std::string> words) {
            words.insert(words.begin(), official.name);
            note(faults, Kind::official, official.id.value, rule, what, std::move(words));
        };
        const Unit* unit = directory.unit(official.unit);
        if (unit == nullptr || !unit->active) {
            told(Rule::unit, "official_without_unit", {});
            official.active = false;
            continue;
        }
        const int capacity = std::clamp(official.capacity, 1, 100);
        if (capacity != official.capacity) {
            told(Rule::capacity, "capacity_bounded", {std::to_string(capacity)});
            official.capacity = capacity;
        }
        for (std::string& part : unknown_duties(official.duty, directory)) {
            told(Rule::duties, "duty_ignored", {std::move(part)});
        }
    }
}

// O10; after it is known who is active.
void mend_deputies(Directory& directory, WholeFaults& faults) {
    for (Official& official : directory.officials) {
        if (!official.active || !official.deputy) continue;
        const Official* deputy = directory.official(official.deputy);
        const bool fits = deputy != nullptr && deputy->active && deputy->unit == official.unit &&
                          deputy->id != official.id;
        if (fits) continue;
        note(
            faults,
            Kind::official,
            official.id.value,
            Rule::deputy,
            "deputy_dropped",
            {official.name}
        );
        official.deputy = {};
    }
}

// O16.
void mend_cards(Directory& directory, WholeFaults& faults) {
    for (auto at = directory.cards.begin(); at != directory.cards.end();) {
        auto& [enterprise, holders] = *at;
        std::vector<OfficialId> sound;
        for (const OfficialId id : holders) {
            const Official* holder = directory.official(id);
            const bool first = std::ranges::find(sound, id) == sound.end();
            if (holder != nullptr && holder->active && first) sound.push_back(id);
        }
        if (sound.size() != holders.size()) {
            const std::string firm = std::to_string(enterprise);
            note(faults, Kind::card, enterprise, Rule::card, "card_dropped", {firm});
            holders = std::move(sound);
        }
        at = holders.empty() ? directory.cards.erase(at) : std::next(at);
    }
}

}  // namespace

std::vector<WholeFault> make_sound(Directory& directory) {
    WholeFaults faults;
    directory.index();
    mend_units(directory, faults);
    mend_officials(directory, faults);
    mend_deputies(directory, faults);
    const std::size_t before_cards = faults.size();
    mend_cards(directory, faults);
    // The order of a hash table tells nobody anything.
    std::sort(
        faults.begin() + static_cast<std::ptrdiff_t>(before_cards),
        faults.end(),
        [](const auto& a, const auto& b) { return a.id < b.id; }
    );
    directory.index();
    return faults;
}

}  // namespace hotline::ticketing::organisation
