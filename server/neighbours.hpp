#pragma once

#include "server/api/open311.hpp"
#include "server/auth/guard.hpp"
#include "server/city.hpp"
#include "server/config/settings.hpp"
#include "server/http/router.hpp"
#include "server/intake_parts.hpp"
#include "server/stores.hpp"

#include <vector>

namespace hotline {

// Other systems of the city: what they ask and file by Open311.
class Neighbours {
public:
    struct Settings {
        api::Open311Settings open311;
    };
    static Settings settings(const config::Settings& settings);

    Neighbours(
        auth::Guard& guard,
        IntakeParts& intake,
        Stores& stores,
        const CitySource& city,
        const Settings& settings
    );

    void add_routes(std::vector<http::Route>& routes);

private:
    api::Open311Api open311_;
};

}  // namespace hotline
