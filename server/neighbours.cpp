#include "server/neighbours.hpp"

#include "server/now.hpp"

namespace hotline {

Neighbours::Settings Neighbours::settings(const config::Settings& settings) {
    Settings out;
    out.open311.enabled = settings.open311.enabled;
    out.open311.jurisdiction_id = settings.open311.jurisdiction_id;
    out.open311.public_url = settings.public_url();
    return out;
}

Neighbours::Neighbours(
    auth::Guard& guard,
    IntakeParts& intake,
    Stores& stores,
    const CitySource& city,
    const Settings& settings
)
    : open311_(
          guard, intake.desk, stores.pool, stores.limits, city, settings.open311, hotline::now
      ) {}

void Neighbours::add_routes(std::vector<http::Route>& routes) {
    open311_.add_routes(routes);
}

}  // namespace hotline
