#pragma once

#include "server/city/dice.hpp"
#include "ticketing/types/directory.hpp"
#include "ticketing/types/enterprise.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hotline::city {

// Who follows which enterprise (连心卡). Coverage is partial, as it must be with 250 firms to an
// official: every large firm, and one in forty of the others. The holder comes from the firm's own
// county or zone.
class CardSource {
public:
    CardSource(
        const std::vector<ticketing::Unit>& units,
        const std::vector<ticketing::Official>& officials,
        std::uint64_t seed
    );

    std::optional<ticketing::OfficialId> holder(const ticketing::Enterprise& enterprise) const;

private:
    std::uint64_t seed_;
    std::unordered_map<std::string, std::vector<ticketing::OfficialId>> by_division_;
};

}  // namespace hotline::city
