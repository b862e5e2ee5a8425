#pragma once

#include "integrations/mysql/reference/reference.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace hotline::city {

// Demonstration enterprises: spread over counties, zones, trades and sizes like the city's
// register, with sound credit codes and telephone numbers nobody can have. The n-th one depends on
// seed and n alone.
class EnterpriseSource {
public:
    EnterpriseSource(const reference::Reference& reference, std::uint64_t seed);

    // n = 0, 1, 2 …; gets the id n + 1.
    ticketing::Enterprise enterprise(std::uint64_t n) const;

private:
    struct County {
        std::string code;
        std::string name;
        std::vector<ticketing::Division> towns;
    };
    const County& county(std::string_view code) const { return counties_.at(std::string{code}); }

    std::uint64_t seed_;
    std::unordered_map<std::string, County> counties_;
};

}  // namespace hotline::city
