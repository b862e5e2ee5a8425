#pragma once

#include "sla/local_time.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/appeal.hpp"
#include "ticketing/types/ids.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace hotline::ticketing {

// Persisted numbers.
enum class UnitLevel {
    city = 1,
    county = 2,
    town = 3,
    zone = 4,     // development-zone management body
    utility = 5,  // water, power, gas, heat …
    central = 6,  // centrally managed: tax, customs, bank regulator, State Grid
    centre = 7,   // the hotline centre itself
};

constexpr auto names_of(UnitLevel) {
    return NameTable<UnitLevel, 7>{{
        {UnitLevel::city, "city"},
        {UnitLevel::county, "county"},
        {UnitLevel::town, "town"},
        {UnitLevel::zone, "zone"},
        {UnitLevel::utility, "utility"},
        {UnitLevel::central, "central"},
        {UnitLevel::centre, "centre"},
    }};
}

// County, zone, town. Zones carry our own codes ("6105G1"): GB/T 2260 has none for them.
struct Division {
    std::string code;
    std::string name;
    std::string parent;  // "" for the city
    enum class Kind { city = 1, county = 2, zone = 3, town = 4 } kind = Kind::county;
};

// 承办单位. `function` ties a county bureau to its city counterpart ("housing", "market" …).
struct Unit {
    UnitId id;
    std::string code;  // stable text key ("city.housing", "610526.housing")
    std::string name;
    UnitId parent;  // none for the roots of the tree
    UnitLevel level = UnitLevel::city;
    std::string division;  // "610500" for the city's own
    std::string function;
    bool active = true;
};

// 帮扶干部.
struct Official {
    OfficialId id;
    std::string name;
    UnitId unit;
    std::string phone;
    std::string duty;       // functions he covers; empty = all of his unit's
    int capacity = 15;      // weighted open tickets
    bool on_leave = false;  // on the day of the directory
    OfficialId deputy;
    bool active = true;
};

// One line of the 派单目录: who has the power over a topic.
struct Duty {
    std::string topic;              // "用电"
    std::string category;           // L1 category as the city reports it
    std::string function;           // of the lead unit
    bool county_has_power = false;  // county bureau before city bureau
    bool zone_has_power = false;    // the zone's own body before both
    std::vector<std::string> co_functions;
    bool mediable = false;  // disputes of this kind may go to mediation (T38)
    // Words whose presence in the text moves the topic's power to another function than the default
    // ("特种行业" → public_security). Checked in order.
    struct Exception {
        std::string word;
        std::string function;
    };
    std::vector<Exception> exceptions;
    // Words that suggest this topic in free text, with their weight (ticketing/cues.hpp).
    struct Cue {
        std::string word;
        int weight = 0;
    };
    std::vector<Cue> words;
};

// A turn of duty (值班): who can be reached for his unit outside office hours.
struct Turn {
    TurnId id;
    UnitId unit;
    sla::LocalDay day;
    std::chrono::minutes from{0};      // after midnight of `day`
    std::chrono::minutes to{24 * 60};  // beyond 24:00: of the next day
    OfficialId official;
    std::string phone;  // of this turn; empty: his own
    bool active = true;

    bool covers(Instant at) const {
        const auto begin = sla::at_local(day, from);
        return active && begin <= at && at < begin + (to - from);
    }
};

// What is open on a desk; kept by the server beside the directory and handed to the router.
struct Load {
    double open_weighted = 0;
    int overdue = 0;
};

// The city as one immutable snapshot. Everything the router and the permissions need, no query.
struct Directory {
    std::uint64_t version = 0;
    sla::LocalDay day{};  // in China: whose leave counts
    std::vector<Division> divisions;
    std::vector<Unit> units;
    std::vector<Official> officials;
    std::vector<Duty> duties;
    std::unordered_map<std::uint64_t, std::vector<OfficialId>> cards;  // by EnterpriseId.value
    std::vector<Turn> turns;  // of the day before, the day, and the day after

    // Indexes over the vectors above; call after filling them.
    void index();

    const Unit* unit(UnitId id) const;
    const Unit* unit_by_code(std::string_view code) const;
    // The unit with `function` in `division`, or null.
    const Unit* unit_for(std::string_view function, std::string_view division) const;
    const Official* official(OfficialId id) const;
    const std::vector<OfficialId>& officials_of(UnitId unit) const;
    const Division* division(std::string_view code) const;
    const Duty* duty(std::string_view topic) const;
    // Who has a turn of duty for the unit then, in the order of their ids.
    std::vector<OfficialId> on_duty(UnitId unit, Instant at) const;
    // The unit itself and everything below it.
    const std::vector<UnitId>& subtree(UnitId root) const;
    bool within(UnitId unit, UnitId root) const;
    // The unit and those above it, nearest first. Units that stand above each other in a ring end
    // it.
    std::vector<UnitId> lineage(UnitId unit) const;

private:
    std::unordered_map<std::uint64_t, std::size_t> units_by_id_;
    std::unordered_map<std::string, std::size_t> units_by_code_;
    std::unordered_map<std::string, std::size_t> units_by_function_;  // function + '@' + division
    std::unordered_map<std::uint64_t, std::size_t> officials_by_id_;
    std::unordered_map<std::uint64_t, std::vector<OfficialId>> officials_by_unit_;
    std::unordered_map<std::string, std::size_t> divisions_by_code_;
    std::unordered_map<std::string, std::size_t> duties_by_topic_;
    std::unordered_map<std::uint64_t, std::vector<UnitId>> subtrees_;
};

}  // namespace hotline::ticketing
