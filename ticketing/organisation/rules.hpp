#pragma once

#include "ticketing/organisation/entries.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Rules O1 to O18 of README.md: what the directory may say. The same questions are asked of what
// people type, of an imported file and of the whole directory at start (whole.hpp).
namespace hotline::ticketing::organisation {

enum class Rule {
    code = 1,              // O1
    name = 2,              // O2
    parent = 3,            // O3
    ring = 4,              // O4
    level = 5,             // O5
    function = 6,          // O6
    unit_in_use = 7,       // O7
    staff_no = 8,          // O8
    unit = 9,              // O9
    deputy = 10,           // O10
    capacity = 11,         // O11
    duties = 12,           // O12
    official_in_use = 13,  // O13
    leave = 14,            // O14
    turn = 15,             // O15
    card = 16,             // O16
    place = 17,            // O17
    enterprise = 18,       // O18
};

// One broken rule. `what` picks the sentence of sentences.cpp, the words complete it.
struct Fault {
    Rule rule{};
    std::string_view field;  // of the API; static text
    std::string_view what;   // static text
    std::vector<std::string> words;

    bool operator==(const Fault&) const = default;
};
using Faults = std::vector<Fault>;

// "O4"
std::string label(Rule rule);

// One clear sentence with what to do next.
std::string sentence(const Fault& fault, bool english);

// What hangs on a unit or official, for the rules about taking it out of use and moving it.
struct Ties {
    std::int64_t open_tickets = 0;
    std::int64_t officials = 0;  // active ones
    std::int64_t units = 0;      // active ones below
    std::int64_t cards = 0;      // active ones nobody takes over
};

// `before` is null for something new. `directory` may hold the entry as it was, as it will be, or
// not at all; others are looked up in it. An entry out of use need only be well-formed.
Faults check(
    const Unit& wanted, const Unit* before, const Directory& directory, const Ties& ties = {}
);
// `same_number`: another official of this staff number.
Faults check(
    const StaffedOfficial& wanted,
    const StaffedOfficial* before,
    const Directory& directory,
    const StaffedOfficial* same_number = nullptr,
    const Ties& ties = {}
);
// `others`: what else is noted of this official.
Faults check(
    const Leave& wanted,
    const Leave* before,
    const Directory& directory,
    std::span<const Leave> others
);
// `others`: turns of this official around that day; `leaves`: his.
Faults check(
    const Turn& wanted,
    const Directory& directory,
    std::span<const Turn> others,
    std::span<const Leave> leaves
);
// `firm`: null when there is none of that id. `others`: cards of this enterprise.
Faults check(
    const Card& wanted,
    const Card* before,
    const Directory& directory,
    const Enterprise* firm,
    std::span<const Card> others
);
// `same_code`: another enterprise of this credit code. Phone numbers arrive normalised (I3).
Faults check(
    const Enterprise& wanted, const Directory& directory, const Enterprise* same_code = nullptr
);

// O12: the parts of a list of duties, and those of them the duty list does not know.
std::vector<std::string> duty_parts(std::string_view duties);
std::vector<std::string> unknown_duties(std::string_view duties, const Directory& directory);

// O4: a unit's line upwards comes back to a unit it has passed.
bool in_ring(const Unit& unit, const Directory& directory);

}  // namespace hotline::ticketing::organisation
