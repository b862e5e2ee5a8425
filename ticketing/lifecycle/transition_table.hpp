#pragma once

#include "ticketing/lifecycle/effects.hpp"
#include "ticketing/lifecycle/guards.hpp"
#include "ticketing/types/act.hpp"
#include "ticketing/types/actor.hpp"
#include "ticketing/types/state.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace hotline::ticketing {

// A set of enum values as bits.
template <class E>
struct EnumSet {
    std::uint32_t bits = 0;

    template <class... Es>
    static constexpr EnumSet of(Es... values) {
        return {((1U << static_cast<unsigned>(values)) | ...)};
    }
    constexpr bool has(E value) const { return (bits >> static_cast<unsigned>(value)) & 1U; }
};

using States = EnumSet<State>;
using Roles = EnumSet<Role>;

// One edge of the life of a ticket. Rows with the same act are tried in order; the first whose
// state and role fit and whose `when` holds is the one, and then every guard must hold.
struct Transition {
    std::string_view rule;  // number in ticketing/README.md
    Act act;
    States from;
    Roles roles;
    Guard when;  // chooses among rows of the same act; may be empty
    std::array<Guard, 6> guards;
    std::optional<State> to;  // nothing: the state stays
    Effect effect;
    bool internal = false;  // the appellant is not shown this step
};

// The whole life of a ticket, in the order of the rules.
std::span<const Transition> transitions();

}  // namespace hotline::ticketing
