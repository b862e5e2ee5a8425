#pragma once

#include "sla/policy.hpp"
#include "ticketing/types/directory.hpp"

#include <cstdint>
#include <unordered_map>

namespace hotline::ticketing {

// The limits of units that lines of the policy name (S42).
class UnitPolicies {
public:
    UnitPolicies() = default;
    // A code that no unit has is left out: whoever puts a policy in force is told before.
    UnitPolicies(const sla::Policy& whole, const Directory& directory);

    // What holds for the unit; nullptr: what holds for everybody.
    const sla::Policy* of(UnitId unit, const Directory& directory) const;

private:
    std::unordered_map<std::uint64_t, sla::Policy> named_;
};

}  // namespace hotline::ticketing
